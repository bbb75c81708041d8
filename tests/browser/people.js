/* people.js - a browser, and what people do with the page in it
 *
 * Owns:    the browser of a file of tests, its windows, and the pictures they leave.
 * In:      MARSHRUT_CHROMIUM (else `chromium` of the path), MARSHRUT_SCREENSHOTS.
 * Out:     Window: a page with the ways in which people find things: by role and name.
 * Always:  a window in which a script failed, or the console told of an error, fails its test.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { BIN, GUARD_MS } from './engine.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const SCREENSHOTS = process.env.MARSHRUT_SCREENSHOTS ?? join(BIN, '../screenshots');
export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };
const UNSEEN_MS = 200; /* the browser may leave a page undrawn that it takes for covered */
const PICTURE_HEIGHT_MAX = 2400;

export async function openBrowser() {
    const program = process.env.MARSHRUT_CHROMIUM ?? execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
    return chromium.launch({
        executablePath: program,
        args: process.getuid() === 0 ? ['--no-sandbox'] : [],
    });
}

let failures = 0;

/* In the page: how many of its questions to the engine have no answer yet. */
function countQuestions() {
    const ask = window.fetch;
    window.asked = 0;
    window.fetch = async (url, options) => {
        window.asked++;
        try {
            const response = await ask(url, options);
            await response.clone().arrayBuffer();
            return response;
        } finally {
            window.asked--;
        }
    };
}

export class Window {
    /* A window for as long as work(window) takes; what it shows when that fails is kept. */
    static async use(browser, engine, options, work) {
        const window = await Window.open(browser, engine, options);
        try {
            await work(window);
        } catch (error) {
            failures++;
            await window.picture(`failed-${process.pid}-${failures}`);
            error.message += `\nthe page: ${window.page.url()}\n${(await window.page.locator('body').ariaSnapshot()).slice(0, 6000)}`;
            await window.context.close();
            throw error;
        }
        await window.close();
    }

    /* size, look (light, dark), by: {id, name} as whom one acts, language (ru, en). */
    static async open(browser, engine, { size = WIDE, look = 'light', by = null, language = 'ru' } = {}) {
        const context = await browser.newContext({ viewport: size, colorScheme: look, locale: 'ru-RU', timezoneId: 'Europe/Moscow', acceptDownloads: true });
        context.setDefaultTimeout(GUARD_MS);
        await context.addInitScript(([acting, words]) => {
            if (acting && localStorage.getItem('marshrut.by') === null) {
                localStorage.setItem('marshrut.by', JSON.stringify(acting));
            }
            if (words !== 'ru' && localStorage.getItem('marshrut.language') === null) {
                localStorage.setItem('marshrut.language', words);
            }
        }, [by, language]);
        await context.addInitScript(countQuestions);
        const window = new Window(await context.newPage(), engine);
        window.context = context;
        return window;
    }

    constructor(page, engine) {
        this.page = page;
        this.engine = engine;
        this.trouble = [];
        this.expected = []; /* what a test provokes on purpose */
        page.on('pageerror', (error) => this.trouble.push(`a script failed: ${error.stack}`));
        page.on('console', (message) => message.type() === 'error' && this.trouble.push(`the console: ${message.text()} ${message.location().url}`));
    }

    async close() {
        const trouble = this.trouble.filter((text) => !this.expected.some((pattern) => pattern.test(text)));
        await this.context.close();
        assert.deepEqual(trouble, []);
    }

    /* How many rows the first list has, all pages together. */
    async rowsShown() {
        const rows = this.page.getByRole('main').getByRole('table').first().getByRole('row');
        const more = this.page.getByRole('button', { name: 'Показать ещё' });
        await rows.first().waitFor();
        while (await more.count() > 0) {
            const before = await rows.count();
            await more.first().click();
            await this.page.waitForFunction((n) => document.querySelectorAll('main table tr').length > n, before);
            await this.settled();
        }
        return await rows.count() - 1;
    }

    /* To a place in the page, as by its address: 'incidents', 'assignment/3.1'. Loaded anew: within one
     * page the view before could still be the one that is looked at. */
    async go(place = '') {
        const again = this.page.url().startsWith(this.engine.url);
        await this.page.goto(`${this.engine.url}/${place ? `#/${place}` : ''}`);
        if (again) {
            await this.page.reload();
        }
        await this.settled();
    }

    /* The view is there, nothing loads any more, and what came is drawn. */
    async settled() {
        await this.page.getByRole('heading', { level: 1 }).first().waitFor();
        const quiet = () => this.page.waitForFunction(() => window.asked === 0 && document.querySelector('.wait, [aria-busy="true"]') === null);
        await quiet();
        await this.page.evaluate((unseen) => new Promise((drawn) => {
            requestAnimationFrame(() => requestAnimationFrame(drawn));
            setTimeout(drawn, unseen);
        }), UNSEEN_MS);
        await quiet(); /* what came may have asked for more */
    }

    link(name, within = this.page) {
        return within.getByRole('link', { name }).first();
    }

    button(name, within = this.page) {
        return within.getByRole('button', { name, exact: typeof name === 'string' }).first();
    }

    heading(name) {
        return this.page.getByRole('heading', { name }).first();
    }

    text(words) {
        return this.page.getByText(words).first();
    }

    get dialog() {
        return this.page.getByRole('dialog');
    }

    /* As whom one acts, chosen as people do: by a few letters. */
    async actFor(short) {
        await this.button(/Вы действуете за|Выбрать, за кого/).click();
        await this.dialog.getByLabel('Найти орган или должность').fill(short);
        const option = this.dialog.getByRole('option', { name: new RegExp(`^${escape(short)}( —|$)`) }).first();
        await this.dialog.getByLabel('Орган или должность', { exact: true }).selectOption(await option.getAttribute('value'));
        await this.button('Действовать', this.dialog).click();
        await this.page.getByRole('button', { name: /Вы действуете за/ }).filter({ hasText: short.slice(0, 20) }).waitFor();
    }

    /* One of the buttons of an assignment, its form, and what is said in the end. fields: label -> value. */
    async act(button, fields, send, said) {
        await this.button(button).click();
        for (const [label, value] of Object.entries(fields)) {
            await this.dialog.getByLabel(label).first().fill(value);
        }
        await this.button(send, this.dialog).click();
        await this.page.getByRole('status').filter({ hasText: said }).waitFor();
    }

    /* By keyboard alone: the next element with this name that has the focus. */
    async tabTo(name, key = 'Tab') {
        for (let n = 0; n < 300; n++) {
            const here = await this.page.evaluate(() => {
                const at = document.activeElement;
                const label = at.labels?.[0]?.textContent;
                return (at.getAttribute('aria-label') ?? label ?? at.textContent ?? '').replace(/\s+/g, ' ').trim();
            });
            if (name.test(here)) {
                return;
            }
            await this.page.keyboard.press(key);
        }
        throw new Error(`the keyboard does not come to ${name}`);
    }

    /* The page from its top; of a list that goes on and on, the beginning. */
    async picture(name) {
        mkdirSync(SCREENSHOTS, { recursive: true });
        const { width } = this.page.viewportSize();
        const height = await this.page.evaluate(() => document.documentElement.scrollHeight);
        await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, PICTURE_HEIGHT_MAX) } });
    }

    /* On A4: how many pages, whether they lie on their side, how large the title is in points, the words. */
    async printed(name) {
        const file = join(SCREENSHOTS, `${name}.pdf`);
        mkdirSync(SCREENSHOTS, { recursive: true });
        writeFileSync(file, await this.page.pdf({ format: 'A4', printBackground: true }));
        const [, pages, width, height] = execFileSync('pdfinfo', [file], { encoding: 'utf8' }).match(/Pages:\s+(\d+)[^]*Page size:\s+([\d.]+) x ([\d.]+)/).map(Number);
        const [, top, bottom] = execFileSync('pdftotext', ['-bbox', '-l', '1', file, '-'], { encoding: 'utf8' }).match(/<word [^>]*yMin="([\d.]+)" [^>]*yMax="([\d.]+)"/).map(Number);
        return { pages, lies: width > height, title: bottom - top, text: execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }) };
    }

    /* What axe holds against this page, if it is serious. */
    async axe() {
        await this.page.evaluate(AXE);
        const found = await this.page.evaluate(async () => {
            const { violations } = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
            return violations.filter((one) => ['serious', 'critical'].includes(one.impact))
                .map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? node.failureSummary ?? ''}`).join(' | ')}`);
        });
        return found;
    }

    /* Is there more to the side than fits? Which elements reach out. */
    async overflow() {
        return this.page.evaluate(() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) {
                return [];
            }
            return [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1)
                .slice(0, 5).map((one) => `${one.tagName}.${one.className}: ${one.textContent.slice(0, 40)}`);
        });
    }
}

function escape(text) {
    return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
