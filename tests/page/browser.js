// A headless Chromium, spoken to through its DevTools protocol over a pipe: no port, no package.
'use strict';

const { spawn } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
    '--hide-scrollbars', '--remote-debugging-pipe'];

class Browser {
    constructor(program) {
        this.profile = mkdtempSync(join(tmpdir(), 'kefu-page-'));
        this.process = spawn(program, [...flags, '--user-data-dir=' + this.profile, 'about:blank'],
            { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
        this.gone = new Promise((resolve) => this.process.on('exit', resolve));
        this.gone.then(() => this.waiting.forEach(({ reject }) => reject(new Error(program + ' ended'))));
        this.waiting = new Map();
        this.listeners = new Set();
        this.last = 0;
        let rest = '';
        this.process.stdio[4].setEncoding('utf8').on('data', (part) => {
            const messages = (rest + part).split('\0');
            rest = messages.pop();
            messages.forEach((message) => this.receive(JSON.parse(message)));
        });
    }

    receive(message) {
        const asked = this.waiting.get(message.id);
        if (!asked) {
            this.listeners.forEach((listener) => listener(message));
            return;
        }
        this.waiting.delete(message.id);
        if (message.error) {
            asked.reject(new Error(message.error.message));
        } else {
            asked.resolve(message.result);
        }
    }

    send(method, params = {}, sessionId = undefined) {
        this.last += 1;
        const id = this.last;
        this.process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
        return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    }

    async close() {
        await this.send('Browser.close').catch(() => {});
        await this.gone;
        rmSync(this.profile, { recursive: true, force: true });
    }

    /* A page that was shown at this width: what it asked the network for, what went wrong on it. */
    async open(address, width, height) {
        const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
        const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
        const page = new Page(this, targetId, sessionId);
        for (const domain of ['Page', 'Runtime', 'Log', 'Network']) {
            await page.send(domain + '.enable');
        }
        await page.resize(width, height);
        const loaded = new Promise((resolve) => { page.onload = resolve; });
        await page.send('Page.navigate', { url: address });
        await loaded;
        await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
        return page;
    }
}

class Page {
    constructor(browser, targetId, sessionId) {
        this.browser = browser;
        this.targetId = targetId;
        this.sessionId = sessionId;
        this.requests = [];
        this.errors = [];
        this.dialogs = 0;
        browser.listeners.add((message) => message.sessionId === sessionId && this.hear(message));
    }

    hear({ method, params }) {
        if (method === 'Page.loadEventFired') {
            this.onload();
        } else if (method === 'Network.requestWillBeSent') {
            this.requests.push(params.request.url);
        } else if (method === 'Runtime.exceptionThrown') {
            this.errors.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
        } else if (method === 'Runtime.consoleAPICalled' && ['error', 'warning', 'assert'].includes(params.type)) {
            this.errors.push(params.args.map((argument) => argument.value).join(' '));
        } else if (method === 'Log.entryAdded' && ['error', 'warning'].includes(params.entry.level)) {
            this.errors.push(params.entry.text);
        } else if (method === 'Page.javascriptDialogOpening') {
            this.dialogs += 1;
            this.send('Page.handleJavaScriptDialog', { accept: true });
        }
    }

    send(method, params) {
        return this.browser.send(method, params, this.sessionId);
    }

    async evaluate(expression) {
        const { result, exceptionDetails } = await this.send('Runtime.evaluate',
            { expression, awaitPromise: true, returnByValue: true });
        if (exceptionDetails) {
            throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        }
        return result.value;
    }

    /* The whole page, as PNG in base64: the window is made as high as the page. */
    async screenshot() {
        const { cssContentSize } = await this.send('Page.getLayoutMetrics');
        await this.resize(this.width, Math.ceil(cssContentSize.height));
        return (await this.send('Page.captureScreenshot')).data;
    }

    async resize(width, height) {
        this.width = width;
        await this.send('Emulation.setDeviceMetricsOverride',
            { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    }

    close() {
        return this.browser.send('Target.closeTarget', { targetId: this.targetId });
    }
}

module.exports = { Browser };
