// Shows the figures of sql/report/page.sql. Nothing is counted or rounded here, and text reaches the
// page as text only (textContent; charts draw SVG text), never as HTML.
'use strict';

const data = JSON.parse(document.getElementById('data').textContent);
const marks = { met: '✓', near: '≈', below: '✗' };
const statuses = { met: ['达标', 'met'], near: ['接近', 'near'], below: ['未达标', 'below'] };
const units = { s: ['秒', 's'], money: ['元', 'yuan'] };
const accent = '#2b5f8f', soft = '#5b6775', line = '#e1e6eb', alarm = '#b3261e';
const font = getComputedStyle(document.body).fontFamily;

// --- Elements --------------------------------------------------------------------------------------

function element(name, properties, ...children) {
    const made = document.createElement(name);
    Object.assign(made, properties);
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
}

/* Chinese and English side by side. */
function words(zh, en) {
    return [element('span', { lang: 'zh', textContent: zh }), ' ',
        element('span', { lang: 'en', className: 'en', textContent: en })];
}

/* A report's heading or label: "回复率 reply_rate". */
function split(label) {
    const at = label.indexOf(' ');
    return at < 0 ? [label, ''] : [label.slice(0, at), label.slice(at + 1).replaceAll('_', ' ')];
}

/* A figure as SQL printed it, under the name by which it is looked up. Digits of large numbers are set
   apart by style, so that what is copied stays a number. */
function figure(key, text) {
    const made = element('span', { className: 'figure' });
    made.dataset.figure = key;
    const [, sign, whole, rest] = /^(-?)(\d*)(.*)$/s.exec(text);
    const first = whole.length > 4 ? whole.length % 3 || 3 : whole.length;
    made.append(sign + whole.slice(0, first));
    for (let at = first; at < whole.length; at += 3) {
        made.append(element('span', { className: 'group', textContent: whole.slice(at, at + 3) }));
    }
    made.append(rest);
    return made;
}

function mark(status) {
    return element('span', { className: 'mark', textContent: marks[status], title: statuses[status].join(' ') });
}

function bound(kpi) {
    return kpi.standard === null ? '' : (kpi.better === 'lower' ? '≤ ' : '≥ ') + kpi.standard;
}

function person(row) {
    return row.whole ? words('全店', 'shop')
        : [[row.agent ?? '(无 none)', row.name].filter(Boolean).join(' '), ' ',
            element('span', { className: 'en', textContent: row.team ?? '' })];
}

/* A table of figures whose columns can be sorted by. Rows that are whole stay on top.
   columns: {heading: nodes, cell(row): {text, number, status} or undefined, key(row)}. */
function figureTable(table, firstHeading, columns, rows) {
    const body = element('tbody');
    const headings = [];
    let sorted = null;
    for (const row of rows) {
        const made = element('tr', { className: row.whole ? 'whole' : '' },
            element('th', { scope: 'row' }, ...person(row)));
        for (const column of columns) {
            const cell = column.cell(row);
            made.append(cell ? element('td', { className: 'number ' + (cell.status ?? '') },
                figure(column.key(row), cell.text), cell.status ? mark(cell.status) : null)
                : element('td', { className: 'empty', textContent: '–' }));
        }
        row.element = made;
        body.append(made);
    }
    function sortBy(index) {
        const again = sorted === index && headings[index].ariaSort === 'descending';
        headings.forEach((heading) => heading.removeAttribute('aria-sort'));
        headings[index].setAttribute('aria-sort', again ? 'ascending' : 'descending');
        sorted = index;
        const sign = again ? 1 : -1;
        const last = -sign * Infinity;
        const value = (row) => columns[index].cell(row)?.number ?? last;
        body.append(...rows.filter((row) => row.whole).map((row) => row.element),
            ...rows.filter((row) => !row.whole).sort((a, b) => sign * (value(a) - value(b)) || 0)
                .map((row) => row.element));
    }
    columns.forEach((column, index) => {
        const button = element('button', { type: 'button' }, ...column.heading);
        button.addEventListener('click', () => sortBy(index));
        headings.push(element('th', { scope: 'col', className: 'number' }, button));
    });
    table.replaceChildren(element('thead', {}, element('tr', {},
        element('th', { scope: 'col' }, ...firstHeading), ...headings)), body);
}

/* A table of text, as a report printed it. */
function textTable(table, headings, rows, numberFrom) {
    const numeric = (index) => index >= numberFrom ? 'number' : '';
    table.replaceChildren(
        element('thead', {}, element('tr', {}, ...headings.map((heading, index) =>
            element('th', { scope: 'col', className: numeric(index) }, ...words(...split(heading)))))),
        element('tbody', {}, ...rows.map((row) => element('tr', {},
            ...row.map((text, index) => {
                const cell = element('td', { className: numeric(index), textContent: text ?? '' });
                cell.dataset.heading = split(headings[index])[0];
                return cell;
            })))));
}

// --- Charts ----------------------------------------------------------------------------------------

function draw(place, option) {
    const chart = echarts.init(place, null, { renderer: 'svg' });
    chart.setOption({
        animation: false,
        aria: { enabled: true },
        textStyle: { fontFamily: font },
        ...option,
        tooltip: { renderMode: 'richText', confine: true, backgroundColor: '#fff', borderColor: line,
            textStyle: { color: '#1d2733', fontSize: 13 }, ...option.tooltip },
    });
    new ResizeObserver(() => chart.resize()).observe(place);
}

function none(place) {
    place.className = '';
    place.replaceChildren(element('p', {}, ...words('没有数据', 'no data')));
}

const plainAxis = { axisLine: { lineStyle: { color: '#b9c4ce' } }, axisTick: { show: false },
    axisLabel: { color: soft, fontSize: 11, hideOverlap: true, alignMaxLabel: 'right' } };
const quietGrid = { splitLine: { lineStyle: { color: line } }, axisLabel: { color: soft, fontSize: 11 } };

function drawTrend(place, kpi, points) {
    const firstOpen = points.findIndex((point) => point.open);
    const known = (point, index) => firstOpen < 0 || index <= firstOpen - 1 ? point.number : null;
    const open = (point, index) => firstOpen >= 0 && index >= firstOpen - 1 ? point.number : null;
    const rate = kpi.unit === 'rate' ? '%' : '';
    const series = (name, values, style) => ({ name, type: 'line', data: points.map(values), symbol: 'circle',
        symbolSize: 4, showSymbol: points.length < 2, lineStyle: { width: 2, ...style }, itemStyle: { color: accent } });
    draw(place, {
        grid: { left: 4, right: 12, top: 10, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
        xAxis: { type: 'category', data: points.map((point) => point.day.slice(5)), boundaryGap: false, ...plainAxis },
        yAxis: { type: 'value', scale: true, splitNumber: 2, ...quietGrid,
            axisLabel: { color: soft, fontSize: 11, formatter: (value) =>
                (Math.abs(value) >= 10000 ? value / 10000 + ' 万' : value) + rate } },
        tooltip: { trigger: 'axis', formatter: (items) => {
            const point = points[items[0].dataIndex];
            return point.day + '\n' + point.text + (point.open ? '\n未定 may change' : '');
        } },
        series: [
            series('value', known, { color: accent }),
            series('open', open, { color: accent, type: 'dotted' }),
            { name: 'standard', type: 'line', step: 'middle', data: points.map((point) => point.standard),
                symbol: 'none', silent: true, lineStyle: { width: 1, type: 'dashed', color: '#8a6d3b' } },
        ],
    });
}

function drawWaits(place, bins) {
    const name = (bin) => bin.above === null ? '未答 never'
        : bin.up_to === null ? '> ' + bin.above : '≤ ' + bin.up_to;
    draw(place, {
        grid: { left: 4, right: 8, top: 14, bottom: 24, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
        xAxis: { type: 'category', data: bins.map(name), name: '秒 seconds', nameLocation: 'middle', nameGap: 26,
            nameTextStyle: { color: soft }, ...plainAxis },
        yAxis: { type: 'value', minInterval: 1, ...quietGrid },
        tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: (items) => {
            const bin = bins[items[0].dataIndex];
            return name(bin) + '\n' + bin.turns + ' 次 turns\n累计 so far ' + bin.so_far;
        } },
        series: [{ type: 'bar', barCategoryGap: '15%', data: bins.map((bin) => ({ value: bin.turns,
            itemStyle: { color: bin.above === null ? alarm : accent } })) }],
    });
}

function drawFunnel(place, stages) {
    const name = (stage) => stage.zh + '\n' + stage.en;
    draw(place, {
        grid: { left: 4, right: 56, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
        xAxis: { type: 'value', show: false, max: 'dataMax' },
        yAxis: { type: 'category', inverse: true, data: stages.map(name), axisLine: { show: false },
            axisTick: { show: false }, axisLabel: { color: '#1d2733', fontSize: 13, lineHeight: 18 } },
        tooltip: { formatter: (item) => stages[item.dataIndex].zh + ' ' + stages[item.dataIndex].en + '\n'
            + item.value + ' 人 customers' },
        series: [{ type: 'bar', barCategoryGap: '28%', data: stages.map((stage, index) => ({ value: stage.customers,
            itemStyle: { color: ['#2b5f8f', '#35759f', '#3a8f7b'][index] } })),
            label: { show: true, position: 'right', color: '#1d2733', fontSize: 14 } }],
    });
}

const payParts = [['base', '底薪', '#8fa6bb'], ['commission', '提成', '#2b5f8f'], ['kpi_pay', '绩效工资', '#3a8f7b'],
    ['bonus', '奖金', '#c08a2e'], ['other', '其他', '#8a7a9c']];

function drawPay(place, rows) {
    const parts = payParts.filter(([part]) => rows.some((row) => row.figures[part]));
    const who = (row) => row.agent + ' ' + row.name;
    draw(place, {
        grid: { left: 4, right: 8, top: 40, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
        legend: { top: 0, left: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 12, textStyle: { color: soft } },
        xAxis: { type: 'category', data: rows.map((row) => row.agent), ...plainAxis },
        yAxis: { type: 'value', ...quietGrid },
        tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: (items) => {
            const row = rows[items[0].dataIndex];
            return [who(row), ...parts.filter(([part]) => row.figures[part])
                .map(([part, zh]) => zh + ' ' + row.figures[part].text),
                '应发 pay ' + row.figures.pay.text].join('\n');
        } },
        series: parts.map(([part, zh, color]) => ({ name: zh + ' ' + part.replace('_', ' '), type: 'bar', stack: 'pay',
            barCategoryGap: '25%', itemStyle: { color }, data: rows.map((row) => row.figures[part]?.number ?? 0) })),
    });
}

// --- Page ------------------------------------------------------------------------------------------

const place = (id) => document.getElementById(id);

function showKpis() {
    const shop = data.team.find((row) => row.whole);
    for (const kpi of data.kpis) {
        const now = shop?.figures[kpi.kpi];
        const trend = element('div', { className: 'trend' });
        place('kpis').append(element('div', { className: 'card' },
            element('h3', {}, ...words(kpi.zh, kpi.kpi.replaceAll('_', ' '))),
            element('div', { className: 'now' },
                now ? figure('shop/' + kpi.kpi, now.text) : element('span', { className: 'en', textContent: '–' }),
                now && units[kpi.unit] ? element('span', { className: 'unit', textContent: units[kpi.unit].join(' ') }) : null),
            element('div', { className: 'against' },
                now?.status ? element('span', { className: 'status ' + now.status,
                    textContent: marks[now.status] + ' ' + statuses[now.status].join(' ') }) : null,
                kpi.standard === null ? null : element('span', { textContent: '标准 standard ' + bound(kpi) })),
            trend));
        const points = data.trends[kpi.kpi];
        if (points) {
            trend.dataset.trend = kpi.kpi;
            drawTrend(trend, kpi, points);
        } else {
            none(trend);
        }
    }
}

function showWaits() {
    if (data.waits.bins.length === 0) {
        none(place('waits'));
        return;
    }
    for (const { p, zh, text } of data.waits.percentiles) {
        place('percentiles').append(element('li', {}, ...words(zh, 'p' + p * 100), ' ',
            figure('waits/' + p, text), ' ', element('span', { className: 'en', textContent: units.s.join(' ') })));
    }
    drawWaits(place('waits'), data.waits.bins);
}

function showFunnel() {
    if (data.funnel.length === 0) {
        none(place('funnel'));
        return;
    }
    data.funnel.forEach((stage, index) => {
        if (!stage.rate) {
            return;
        }
        const before = data.funnel[index - 1];
        place('stages').append(element('li', { className: stage.status ?? '' },
            ...words(before.zh + '→' + stage.zh, before.en + ' → ' + stage.en), ' ',
            figure('funnel/' + stage.en, stage.rate), stage.status ? mark(stage.status) : null,
            stage.standard ? element('span', { className: 'en beside', textContent: '标准 standard ' + stage.standard }) : null));
    });
    drawFunnel(place('funnel'), data.funnel);
}

function showTeam() {
    if (data.team.length === 0) {
        none(place('team'));
        return;
    }
    figureTable(place('team'), words('客服', 'agent'), data.kpis.map((kpi) => ({
        heading: [...words(kpi.zh, kpi.kpi.replaceAll('_', ' ')),
            element('span', { className: 'en', textContent: bound(kpi) || '\u00a0' })],
        cell: (row) => row.figures[kpi.kpi],
        key: (row) => 'team/' + (row.whole ? '' : row.agent) + '/' + kpi.kpi,
    })), data.team);
}

function showExceptions() {
    place('exception-count').textContent = data.exceptions.length;
    if (data.exceptions.length === 0) {
        none(place('exceptions'));
        return;
    }
    textTable(place('exceptions'), ['客服 agent', '昵称 name', '异常 exception', '数值或客户 value or customer',
        '标准 standard', '可能原因 causes', '办法 remedies'], data.exceptions, Infinity);
}

function showPay() {
    if (data.pay.length === 0) {
        none(place('pay-chart'));
        place('slips').hidden = true;
        return;
    }
    const columns = [...payParts.filter(([part]) => data.pay.some((row) => row.figures[part])), ['pay', '应发']];
    drawPay(place('pay-chart'), data.pay);
    figureTable(place('pay'), words('客服', 'agent'), columns.map(([part, zh]) => ({
        heading: words(zh, part.replace('_', ' ')),
        cell: (row) => row.figures[part],
        key: (row) => 'pay/' + row.agent + '/' + part,
    })), data.pay);
    const choice = place('slip-agent');
    choice.append(...data.pay.map((row) => element('option', { value: row.agent, textContent: row.agent + ' ' + row.name }))
        .sort((a, b) => (a.value < b.value ? -1 : 1)));
    const show = () => {
        textTable(place('slip'), ['起 from', '止 to', '方案 plan', '项目 line', '说明 label', '基数 basis', '比率 rate',
            '精确值 exact', '金额 amount'], data.slips.filter(([agent]) => agent === choice.value).map(([, ...rest]) => rest), 5);
        place('slip').querySelector('tbody tr:last-child')?.classList.add('sum');
    };
    choice.addEventListener('change', show);
    show();
}

function showFrame() {
    const { category, from, to, kefu, standards } = data.shop;
    place('period').textContent = [category, to && from + ' – ' + to].filter(Boolean).join(' · ');
    const notes = [
        ['大字：整段时间，同一客户只算一次；曲线：逐日', 'large: the whole time, a customer counted once; curve: day by day'],
        ['虚线：标准；点线：之后的订单与付款还会改变数值', 'dashed: the standard; dotted: orders and payments to come may change it'],
        ['✓ 达标　≈ 低于标准，但可能只是偶然　✗ 未达标', '✓ met, ≈ below, but chance alone may be why, ✗ below'],
    ];
    if (standards) {
        notes.push(['标准来源：', 'source of standards: ' + standards]);
    }
    notes.push(['', 'kefu ' + kefu + ' · Apache ECharts ' + echarts.version]);
    place('notes').append(...notes.map(([zh, en]) => element('p', {}, ...words(zh, en))));
}

showFrame();
showKpis();
showWaits();
showFunnel();
showTeam();
showExceptions();
showPay();
document.body.dataset.shown = 'yes';
