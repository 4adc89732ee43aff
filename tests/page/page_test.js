// The page of sql/report/page.sh, looked at by a browser. Run by tests/page/run, which makes the pages:
//
//   node tests/page/page_test.js CHROMIUM FOLDER
//
// In FOLDER: demo.html, with figures.txt (tests/page/figures.sql) and standards.txt, exceptions.txt,
// payroll.txt (the reports); hostile.html, bare.html (no standards) and empty.html (no rows). The
// screenshots demo-1280.png and demo-390.png are left there for people.
'use strict';

const assert = require('node:assert/strict');
const { readFileSync, writeFileSync } = require('node:fs');
const { resolve } = require('node:path');
const { Browser } = require('./browser.js');

const [program, folder] = process.argv.slice(2);
const read = (name) => readFileSync(resolve(folder, name), 'utf8');
/* What a report printed: headings and rows, cells apart by the unit separator. */
function rows(name) {
    const [headings, ...lines] = read(name).trimEnd().split('\n').map((line) => line.split('\x1f'));
    return lines.map((line) => Object.fromEntries(line.map((text, index) => [headings[index], text])));
}
const address = (name) => 'file://' + resolve(folder, name);
const widths = { desktop: 1280, phone: 390 };

let passed = 0;
let failed = 0;
async function fact(name, check) {
    try {
        await check();
        passed += 1;
    } catch (error) {
        failed += 1;
        console.log('FAIL: ' + name + '\n' + String(error.stack ?? error).slice(0, 2000));
    }
}

const textOf = (page, selector) => page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((found) => found.textContent)`);
const tableOf = (page, id) => page.evaluate(
    `[...document.querySelectorAll('#${id} tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))`);

/* Every figure on the page by its name: those in the text, and the points of the charts. */
const figuresOf = (page) => page.evaluate(`(() => {
    const found = [...document.querySelectorAll('[data-figure]')].map((e) => [e.dataset.figure, e.textContent]);
    const series = (e) => echarts.getInstanceByDom(e).getOption().series;
    for (const id of ['waits', 'funnel']) {
        series(document.getElementById(id))[0].data
            .forEach((point, index) => found.push(['chart/' + id + '/' + index, String(point.value)]));
    }
    for (const place of document.querySelectorAll('[data-trend]')) {
        const [known, open] = series(place);
        data.trends[place.dataset.trend].forEach((point, index) => found.push(
            ['chart/trend/' + place.dataset.trend + '/' + point.day, String(known.data[index] ?? open.data[index])]));
    }
    return found;
})()`);

/* How much of each tenth of a picture, from the top, is not its ground: decoded by the browser itself. */
async function inkOf(browser, png) {
    const page = await browser.open('about:blank', 300, 300);
    const ink = await page.evaluate(`(async () => {
        const image = new Image();
        image.src = 'data:image/png;base64,${png}';
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
        canvas.drawImage(image, 0, 0);
        const tenth = Math.floor(image.height / 10);
        return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((part) => {
            const pixels = canvas.getImageData(0, part * tenth, image.width, tenth).data;
            let dark = 0;
            for (let at = 0; at < pixels.length; at += 4) {
                dark += pixels[at] + pixels[at + 1] + pixels[at + 2] < 600;
            }
            return dark / (image.width * tenth);
        });
    })()`);
    await page.close();
    return ink;
}

async function checkShown(browser, name, width) {
    const page = await browser.open(address(name), width, 900);
    const title = name + ', ' + width + ' wide: ';
    await fact(title + 'it is shown to its end, without an error or a warning', async () => {
        assert.equal(await page.evaluate('document.body.dataset.shown'), 'yes');
        assert.deepEqual(page.errors, []);
    });
    await fact(title + 'nothing but the file is asked for', () =>
        assert.deepEqual(page.requests, [address(name)]));
    await fact(title + 'no wider than the window', async () =>
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width));
    return page;
}

async function checkPicture(browser, width) {
    const page = await checkShown(browser, 'demo.html', width);
    const png = await page.screenshot();
    writeFileSync(resolve(folder, 'demo-' + width + '.png'), Buffer.from(png, 'base64'));
    await fact('a picture ' + width + ' wide: every tenth of it has ink', async () => {
        const ink = await inkOf(browser, png);
        assert.ok(ink.every((part) => part > 0.005), String(ink));
    });
    await fact('a picture ' + width + ' wide: every chart has marks and fits its place', async () => {
        const charts = await page.evaluate(`[...document.querySelectorAll('svg')].map((svg) =>
            [svg.querySelectorAll('path').length, svg.clientWidth - svg.parentElement.parentElement.clientWidth])`);
        assert.equal(charts.length, 16);
        assert.ok(charts.every(([marks, more]) => marks > 3 && more === 0), String(charts));
    });
    await page.close();
}

async function checkNumbers(browser) {
    const page = await browser.open(address('demo.html'), widths.desktop, 900);
    const found = await figuresOf(page);
    const wanted = read('figures.txt').trim().split('\n').map((line) => line.split('|'))
        .map(([key, text]) => [key, key.startsWith('chart/') ? String(Number(text)) : text]);
    const shown = new Map(found);

    await fact('no figure has two values', () => assert.equal(shown.size, found.length));
    await fact('every figure that SQL finds is shown', () =>
        assert.deepEqual(wanted.map(([key]) => [key, shown.get(key)]), wanted));
    await fact('every figure that is shown is one that SQL finds', () => {
        const known = new Set(wanted.map(([key]) => key));
        const trends = /^chart\/trend\/(received|avg_response|inquirers|sales_amount)\//;
        assert.deepEqual(found.map(([key]) => key).filter((key) => !known.has(key) && !key.startsWith('pay/')
            && (!key.startsWith('chart/trend/') || trends.test(key))), []);
    });
    await fact('status, value and standard of every cell are those of report/standards', async () => {
        const cells = await page.evaluate(`[...document.querySelectorAll('#team td.met, #team td.near, #team td.below')]
            .map((cell) => [cell.querySelector('.figure').dataset.figure, cell.querySelector('.figure').textContent,
                cell.className.split(' ')[1]])`);
        const standards = rows('standards.txt').map((row) => [
            'team/' + (row['客服 agent'] === '全店 shop' ? '' : row['客服 agent']) + '/' + row['指标 kpi'].split(' ')[1],
            row['实际 value'], row['状态 status'].split(' ')[1]]);
        assert.equal(standards.length, 510);
        assert.deepEqual(cells.sort(), standards.sort());
    });
    await fact('the exceptions are those of report/exceptions', async () => {
        const wantedRows = rows('exceptions.txt').map(Object.values);
        assert.ok(wantedRows.length > 100);
        assert.deepEqual(await tableOf(page, 'exceptions'), wantedRows);
        assert.deepEqual(await textOf(page, '#exception-count'), [String(wantedRows.length)]);
    });
    await checkPay(page, shown);
    await checkOrder(page);
    await page.close();
}

async function checkPay(page, shown) {
    const payroll = rows('payroll.txt');
    const kind = (row) => row['项目 line'].split(' ')[1];
    await fact('the pay of every agent is that of report/payroll', () => {
        const pays = payroll.filter((row) => kind(row) === 'pay');
        assert.equal(pays.length, 50);
        for (const row of pays) {
            assert.equal(shown.get('pay/' + row['客服 agent'] + '/pay'), row['金额 amount']);
        }
    });
    await fact('the parts of every pay add up to it', () => {
        const hundredths = (text) => Math.round(Number(text ?? 0) * 100);
        for (const agent of new Set(payroll.map((row) => row['客服 agent']))) {
            const of = (part) => hundredths(shown.get('pay/' + agent + '/' + part));
            assert.equal(of('base') + of('commission') + of('kpi_pay') + of('bonus') + of('other'), of('pay'), agent);
        }
    });
    for (const agent of ['A01', 'A46']) {
        await fact('the pay slip of ' + agent + ' is that of report/payroll', async () => {
            await page.evaluate(`(() => {
                const choice = document.getElementById('slip-agent');
                choice.value = '${agent}';
                choice.dispatchEvent(new Event('change'));
            })()`);
            const columns = ['起 from', '止 to', '方案 plan', '项目 line', '说明 label', '基数 basis',
                '比率 rate', '精确值 exact', '金额 amount'];
            assert.deepEqual(await tableOf(page, 'slip'), payroll.filter((row) => row['客服 agent'] === agent)
                .map((row) => columns.map((column) => row[column])));
        });
    }
}

async function checkOrder(page) {
    const column = `[...document.querySelectorAll('#team tbody tr')].map((row) => row.cells[4].textContent)`;
    const click = `document.querySelectorAll('#team thead button')[3].click()`;
    for (const [times, sign] of [['once', -1], ['twice', 1]]) {
        await fact('a heading clicked ' + times + ' sorts by number; the shop stays on top', async () => {
            const before = await page.evaluate(column);
            await page.evaluate(click);
            const after = await page.evaluate(column);
            assert.equal(after[0], before[0]);
            const numbers = after.slice(1).map(Number.parseFloat);
            assert.deepEqual(numbers, [...numbers].sort((a, b) => sign * (a - b)));
            assert.deepEqual([...after].sort(), [...before].sort());
        });
    }
}

/* Names of tests/page/hostile.sql. */
async function checkHostile(browser) {
    const names = { agent: '<script>alert(1)</script>', key: '<img src=x onerror=alert(2)>',
        customer: '</script><script>alert(3)</script>', team: '<!--<script>&lt;\u2028"\'\\' };
    for (const width of Object.values(widths)) {
        const page = await checkShown(browser, 'hostile.html', width);
        await fact('hostile names are text, wherever they stand', async () => {
            assert.equal((await textOf(page, '#team tbody th')).filter((text) => text.includes(names.agent)).length, 1);
            assert.equal((await textOf(page, '#team tbody th')).filter((text) => text.includes(names.key)).length, 1);
            assert.equal((await textOf(page, '#team tbody th')).filter((text) => text.includes(names.team)).length, 1);
            assert.ok((await textOf(page, '#exceptions td')).includes(names.customer));
            assert.ok((await textOf(page, '#exceptions td')).includes(names.agent));
            assert.ok((await textOf(page, '#pay tbody th')).some((text) => text.includes(names.agent)));
            assert.ok((await textOf(page, '#slip-agent option')).some((text) => text.includes(names.agent)));
        });
        await fact('a hostile name in the tip of a chart is text', async () => {
            await page.evaluate(`echarts.getInstanceByDom(document.getElementById('pay-chart')).dispatchAction({ type:
                'showTip', seriesIndex: 0, dataIndex: data.pay.findIndex((row) => row.name === ${JSON.stringify(names.agent)}) })`);
            await page.evaluate('new Promise((resolve) => setTimeout(resolve, 200))');
            assert.ok((await textOf(page, '#pay-chart')).join().includes('alert(1)'));
        });
        await fact('no hostile name became an element or ran', async () => {
            assert.equal(await page.evaluate(`document.querySelectorAll('script').length`), 3);
            assert.equal(await page.evaluate(`document.querySelectorAll('img, iframe, object, base, form').length`), 0);
            assert.equal(page.dialogs, 0);
            assert.deepEqual(page.errors, []);
        });
        await fact('a script that came in nevertheless would not run', async () => {
            await page.evaluate(`document.body.append(Object.assign(document.createElement('script'),
                { textContent: 'document.title = "ran"' }))`);
            await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title = 1">')`);
            await page.evaluate('new Promise((resolve) => setTimeout(resolve, 100))');
            assert.match(await page.evaluate('document.title'), /客服看板/);
        });
        await page.close();
    }
}

async function checkSparse(browser) {
    const bare = await checkShown(browser, 'bare.html', widths.phone);
    await fact('without standards there is no status, and all figures', async () => {
        assert.deepEqual(await textOf(bare, '.mark, .status, td.met, td.near, td.below'), []);
        assert.equal((await textOf(bare, '#team .figure')).length, 510);
    });
    await bare.close();
    const empty = await checkShown(browser, 'empty.html', widths.phone);
    await fact('a shop without rows has a page that says so', async () => {
        assert.ok((await textOf(empty, 'p')).some((text) => text.includes('没有数据 no data')));
        assert.deepEqual(await textOf(empty, '.figure'), []);
    });
    await empty.close();
}

async function main() {
    const browser = new Browser(program);
    try {
        for (const width of Object.values(widths)) {
            await checkPicture(browser, width);
        }
        await checkNumbers(browser);
        await checkHostile(browser);
        await checkSparse(browser);
    } finally {
        await browser.close();
    }
}

main().catch((error) => {
    failed += 1;
    console.log('FAIL: ' + (error.stack ?? error));
}).finally(() => {
    writeFileSync(resolve(folder, 'counts'), passed + ' ' + failed + '\n');
    process.exit(failed > 0 ? 1 : 0);
});
