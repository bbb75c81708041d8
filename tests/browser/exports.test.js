/* exports.test.js - lists taken away as files: what is saved is what is shown, under its conditions */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Engine } from './engine.js';
import { openBrowser, Window } from './people.js';

/* The sheet as rows of texts, and whether its heads stay when it is scrolled. */
const OPEN = `import openpyxl, sys, json
sheet = openpyxl.load_workbook(sys.argv[1]).active
rows = [["" if v is None else str(v) for v in r] for r in sheet.iter_rows(values_only=True)]
print(json.dumps({"title": sheet.title, "stays": sheet.freeze_panes, "rows": rows}))`;
const waits = (days) => `document: {dsl: '1.0.3', namespace: tests, name: waits, version: '${days}'}\ndo: [{pause: {wait: {days: ${days}}}}]\n`;
let engine;
let browser;

before(async () => {
    engine = await new Engine({ documents: { 'waits.yaml': waits(1) } }).start();
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await engine?.close();
});

/* Press the link of a workbook and open what was saved: {name, title, stays, heads, rows}. */
async function save(window, within = window.page.getByRole('main')) {
    const link = within.getByRole('link', { name: 'XLSX' }).first();
    const [download] = await Promise.all([window.page.waitForEvent('download'), link.click()]);
    const copy = join(engine.folder, 'list.xlsx');
    await download.saveAs(copy);
    const { title, stays, rows } = JSON.parse(execFileSync('/usr/bin/python3', ['-c', OPEN, copy], { encoding: 'utf8' }));
    return { name: download.suggestedFilename(), title, stays, heads: rows[0], rows: rows.slice(1) };
}

test('what wants attention today is saved as one sheet, with why each stands there', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go();
        const late = Number((await window.page.getByRole('link', { name: /^\d+ просрочено$/ }).innerText()).match(/\d+/)[0]);
        const saved = await save(window, window.page.getByText('Сохранить всё, что требует внимания'));
        assert.equal(saved.name, 'Сегодня 2023-06-24.xlsx');
        assert.deepEqual([saved.title, saved.stays, saved.heads[0]], ['Сегодня', 'A2', 'Почему здесь']);
        assert.equal(saved.rows.filter((row) => row[0] === 'просрочено').length, late);
        const titles = saved.rows.map((row) => row[saved.heads.indexOf('Содержание')]);
        const shown = await window.page.locator('main section .c-title a').allInnerTexts();
        assert.ok(shown.length > 0 && titles.every(Boolean));
        for (const [text] of shown.map((one) => one.match(/[а-яё]{6,}/i))) {
            assert.ok(titles.some((title) => title.includes(text)), text);
        }
    });
});

test('a list is saved with the rows that it shows', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go('assignments?overdue=true');
        const shown = await window.rowsShown();
        const saved = await save(window);
        assert.ok(saved.heads.includes('Содержание'), saved.heads.join());
        assert.equal(saved.rows.length, shown);
    });
});

test('the conditions of a plan hold in its file too', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go('roadmaps/lo-2023');
        const all = (await save(window)).rows.length;
        await window.page.getByLabel('Состояние').selectOption({ label: 'просрочено давно' });
        await window.page.waitForURL(/state=critical/);
        const told = window.page.getByRole('status').filter({ hasText: /^Показан/ });
        await told.filter({ hasNotText: new RegExp(`^\\D+${all}\\D`) }).waitFor();
        const few = Number((await told.innerText()).match(/\d+/)[0]);
        const saved = await save(window);
        assert.ok(few > 0);
        assert.equal(saved.rows.length, few);
        assert.ok(saved.rows.every((row) => row.join().includes('просрочено давно')));
    });
});

test('definitions are saved as they are shown: those in force, or all', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await engine.post('/definitions', { file: 'waits.yaml', text: waits(2) });
        for (const place of ['definitions', 'definitions?all=true', 'definitions?kind=workflow']) {
            await window.go(place);
            const shown = await window.rowsShown();
            assert.equal((await save(window)).rows.length, shown, place);
        }
    });
});

test('every view with a list has its file', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        const task = (await engine.get('/assignments?limit=1')).rows[0].task;
        for (const place of ['', 'roadmaps', 'roadmaps/lo-2023', 'assignments', `assignment/${task}`, 'my', 'my?body=kopo_lo', 'calendar?month=2023-06', 'teachers', 'discipline?span=year', 'processes', 'processes/1', 'notices', 'search?q=план', 'definitions']) {
            await window.go(place);
            const link = window.page.getByRole('main').getByRole('link', { name: 'CSV' }).first();
            await link.waitFor({ state: 'attached' });
            const answer = await window.page.request.get(new URL(await link.getAttribute('href'), engine.url).href);
            assert.equal(answer.status(), 200, `${place}: ${await answer.text()}`);
            assert.match(answer.headers()['content-type'], /^text\/csv/);
        }
    });
});
