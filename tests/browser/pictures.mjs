/* pictures.mjs - the pictures of docs/operators.md and README.md, made again
 *
 *   node tests/browser/pictures.mjs        beside the packages of these tests
 *
 * Owns:    docs/images: what they show, and how large they are.
 * In:      MARSHRUT_BIN, MARSHRUT_CHROMIUM; pngquant of the path makes them smaller.
 * Out:     a picture for each name below, at most BYTES_MAX each.
 * Always:  the engine is real and runs the bundled demonstration until DAY, with simulated officials.
 *          Then its clock is stopped, so that all pictures are of one day, and the rest is done as people
 *          do it, in the page.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BIN, Engine, ROOT } from './engine.js';
import { openBrowser, Window } from './people.js';

const OUT = join(ROOT, 'docs/images');
const DAY = '2021-11-29';
const BYTES_MAX = 150 * 1000;
const SIZE = { width: 1280, height: 800 };
const PAPER = 1500; /* as wide as the report on discipline is */
const PYTHON = '/usr/bin/python3';

/* Work that its worker refuses, as when a table comes in the wrong form. */
const TROUBLE = `document: {dsl: 1.0.3, namespace: demo, name: results, version: '1', title: Приём результатов диагностики}
do:
  - diagnosis:
      call: diagnostics
      with: {results: '\${ .results }'}
      metadata: {marshrut: {retry: {attempts: 1}}}
`;

/* workflows/demo.yaml as it is, in a folder of its own, on a port that the system chooses. */
class Demonstration extends Engine {
    constructor() {
        super({ documents: { 'results.yaml': TROUBLE } });
        const script = 'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1])), default=str))';
        const demo = JSON.parse(execFileSync(PYTHON, ['-c', script, join(ROOT, 'workflows/demo.yaml')], { encoding: 'utf8' }));
        const words = ({ true: on, ...one }) => (on ? { ...one, on } : one); /* a bare `on` is true to that reader */
        const registries = (word) => (word === 'workflows/registries' ? join(ROOT, word) : word);
        this.config = {
            ...demo,
            folder: this.config.folder,
            http: { port: 0, web: join(ROOT, 'web') },
            deploy: [...demo.deploy.map((name) => join(ROOT, 'workflows', name)), 'results.yaml'],
            start: demo.start.map(words),
            programs: demo.programs.filter(({ name }) => name !== 'watch').map((one) => ({ ...one, run: one.run.map(registries) })),
        };
    }

    /* Until that day everything happens by itself, a day a second; then nothing does. */
    async comeTo(day) {
        for (let today = ''; today < day;) {
            const before = today;
            today = await this.until(async () => (await this.get('/stats')).today, (now) => now > before, `the day after ${before}`);
        }
        await this.stop();
        this.config.clock = { stands: { start: this.config.clock.demo.start } }; /* it goes on where it was */
        this.config.programs = this.config.programs.filter(({ name }) => name !== 'officials');
        await this.start();
    }

    async short(id) {
        return (await this.get('/bodies')).rows.find((body) => body.id === id).short;
    }

    /* The first of those that fit for which this body may do that. */
    async find(query, action, as = (row) => row.responsible.id, fits = () => true) {
        for (const row of (await this.get(`/assignments?limit=200&${query}`)).rows) {
            if (row.plan && fits(row) && (await this.get(`/assignments/${row.task}?for=${encodeURIComponent(as(row))}`)).actions.includes(action)) {
                return row;
            }
        }
        throw new Error(`no assignment for ${action} with ${query}`);
    }
}

function small(file) {
    try {
        execFileSync('pngquant', ['--force', '--ext', '.png', '--speed', '1', '--quality', '60-95', file]);
    } catch (error) {
        if (error.code !== 'ENOENT') {
            throw error;
        }
    }
    const { size } = statSync(file);
    console.log(`${file.slice(ROOT.length + 1)}: ${Math.round(size / 1000)} kB`);
    if (size > BYTES_MAX) {
        throw new Error(`${file} is larger than ${BYTES_MAX} bytes: is there pngquant?`);
    }
}

/* So many pixels of the window, from its head. */
async function shoot(window, name, { height = SIZE.height, width = SIZE.width } = {}) {
    await window.settled();
    await window.page.setViewportSize({ width, height: Math.max(SIZE.height, height) });
    await window.page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
    await window.page.waitForFunction(() => document.getAnimations().length === 0);
    const path = join(OUT, `${name}.png`);
    await window.page.screenshot({ path, clip: { x: 0, y: 0, width, height }, animations: 'disabled' });
    await window.page.setViewportSize(SIZE);
    small(path);
}

async function as(browser, engine, id, work) {
    const by = id && { id, name: await engine.short(id) };
    await Window.use(browser, engine, { size: SIZE, by }, work);
}

const steps = {
    /* --- who watches ----------------------------------------------------------------------- */

    async today(browser, engine) {
        await as(browser, engine, null, async (window) => {
            await window.go();
            await shoot(window, 'today', { height: 860 });
        });
    },

    async overdue(browser, engine) {
        const { rows } = await engine.get('/assignments?limit=200&overdue=true');
        const whole = await Promise.all(rows.filter((one) => one.plan).map(({ task }) => engine.get(`/assignments/${task}`)));
        const row = whole.find(({ why }) => why?.next) ?? whole[0]; /* best one about which a letter is still to come */
        await as(browser, engine, null, async (window) => {
            await window.go(`assignment/${row.task}`);
            await shoot(window, 'overdue', { height: 900 });
        });
    },

    async calendar(browser, engine) {
        await as(browser, engine, null, async (window) => {
            await window.go(`calendar?month=${DAY.slice(0, 7)}`);
            await shoot(window, 'calendar', { height: 900 });
        });
    },

    async incidents(browser, engine) {
        const before = (await engine.get('/incidents')).rows.length;
        for (const [n, school] of ['Школа № 3', 'Школа № 7', 'Школа № 12'].entries()) {
            await engine.begin('results', `results-${n + 1}`, { results: `таблица: ${school}` });
        }
        await engine.until(() => engine.get('/incidents'), ({ rows }) => rows.length >= before + 3, 'three incidents');
        await as(browser, engine, null, async (window) => {
            await window.go('incidents');
            await window.button('Действие со всеми…').click();
            await window.dialog.getByText(/Это коснётся/).waitFor();
            await shoot(window, 'incidents', { height: 640 });
        });
    },

    async teachers(browser, engine) {
        await as(browser, engine, null, async (window) => {
            await window.go('teachers');
            await shoot(window, 'teachers', { height: 830 });
        });
    },

    /* --- who does the work ------------------------------------------------------------------ */

    async report(browser, engine) {
        const row = await engine.find('overdue=true', 'report', undefined, (one) => one.co_executors.length === 0 && one.controller !== one.responsible.id);
        await as(browser, engine, row.responsible.id, async (window) => {
            await window.go('my');
            await shoot(window, 'my', { height: 760 });
            await window.go(`assignment/${row.task}`);
            await window.button('Отчитаться').click();
            const fields = { 'Что сделано': 'План работы на 2021 год разработан и утверждён директором.', Номер: '47', Дата: '2021-11-26', 'Вид документа': 'план' };
            for (const [label, value] of Object.entries(fields)) {
                await window.dialog.getByLabel(label).first().fill(value);
            }
            await shoot(window, 'report', { height: 800 });
            await window.button('Отправить отчёт', window.dialog).click();
            await window.page.getByRole('status').filter({ hasText: 'Отчёт отправлен' }).waitFor();
        });
        await as(browser, engine, row.controller, async (window) => {
            await window.go(`assignment/${row.task}`);
            await window.button('Принять').waitFor();
            await shoot(window, 'decide', { height: 1030 });
        });
    },

    async discipline(browser, engine) {
        await as(browser, engine, null, async (window) => {
            await window.go(`discipline?from=${DAY.slice(0, 4)}-01-01&to=${DAY.slice(0, 4)}-12-31`);
            await shoot(window, 'discipline', { height: 860, width: PAPER });
        });
    },

    /* --- who writes plans -------------------------------------------------------------------- */

    async roadmap(browser, engine) {
        await as(browser, engine, null, async (window) => {
            await window.go('roadmaps/lo-2021');
            await shoot(window, 'roadmap', { height: 900 });
            await window.go('roadmaps/lo-2021?view=timeline&year=2021');
            await window.page.locator('canvas').first().waitFor();
            await shoot(window, 'timeline', { height: 900 });
        });
    },

    async check(browser, engine) {
        const name = join(engine.folder, 'план.yaml');
        const text = execFileSync('cat', [join(ROOT, 'workflows/roadmaps/lo-2023.yaml')], { encoding: 'utf8' });
        writeFileSync(name, text.replace(/(due: )[^\n]+/, '$1до 31 нонября').replace('loiro', 'loiroo'));
        await as(browser, engine, null, async (window) => {
            await window.go('definitions');
            await window.page.locator('#check-file').setInputFiles(name);
            await window.page.getByText(/\d+ ошиб/).first().waitFor();
            await shoot(window, 'check', { height: 760 });
        });
    },
};

mkdirSync(OUT, { recursive: true });
process.env.LANGUAGE = 'ru'; /* the browser's own words: dates, buttons of files (chromium-l10n) */
const browser = await openBrowser();
const engine = await new Demonstration().start();
try {
    console.log(`${BIN}: the demonstration runs until ${DAY}`);
    await engine.comeTo(DAY);
    for (const [name, step] of Object.entries(steps)) {
        if (process.argv.length < 3 || process.argv.includes(name)) {
            await step(browser, engine);
        }
    }
} finally {
    await browser.close();
    await engine.close();
}
