/* views.test.js - every view, by itself: light and dark, on a phone and wide. Nothing serious for
 * those who do not see or hold a mouse, nothing beyond the edge, and a picture of each is kept. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { Engine, ROOT } from './engine.js';
import { openBrowser, PHONE, SCREENSHOTS, WIDE, Window } from './people.js';
import { incidents, TROUBLE } from './trouble.js';

let engine;
let browser;
let assignment;

const views = [
    ['today', ''], ['roadmaps', 'roadmaps'], ['roadmap', 'roadmaps/lo-2023'], ['timeline', 'roadmaps/lo-2023?view=timeline'],
    ['assignment', () => `assignment/${assignment.task}`], ['my', () => `my?body=${assignment.responsible.id}`], ['assignments', 'assignments?open=true'],
    ['calendar', 'calendar?month=2023-06'], ['teachers', 'teachers'], ['discipline', 'discipline'], ['sections', 'discipline?by=section'], ['processes', 'processes'],
    ['process', () => `processes/${assignment.instance}`], ['notices', 'notices'], ['incidents', 'incidents'], ['workers', 'workers'],
    ['definitions', 'definitions'], ['definition', 'definitions/8'], ['work', 'work'], ['search', `search?q=${encodeURIComponent('метод')}`], ['number', 'search?q=1.4'],
];
const looks = [['wide', WIDE, 'light'], ['dark', WIDE, 'dark'], ['phone', PHONE, 'light']];

before(async () => {
    engine = await new Engine({
        documents: { 'trouble.yaml': TROUBLE },
        programs: [['marshrut-diagnostics'], ['marshrut-notify'], ['marshrut-route-planner', '--registries', join(ROOT, 'workflows/registries')]],
    }).start();
    for (let n = 1; n <= 8; n++) {
        const teacher = { id: `synthetic-${n}`, name: `Условный педагог № ${n}`, municipality: n % 2 ? 'Тосненский район' : 'Лужский район', school: `Школа № ${n}` };
        await engine.begin('teacher-cycle', teacher.id, { teacher });
    }
    await incidents(engine, 3);
    await engine.until(() => engine.get('/cycles/teacher-cycle'), (cycle) => cycle.stages[0].count === 8, 'all at the diagnosis');
    [assignment] = (await engine.get('/assignments?overdue=true&limit=1')).rows;
    const { task, controller, responsible } = (await engine.get('/assignments?overdue=true&limit=100')).rows.find((row) => row.co_executors.length === 0);
    await engine.post(`/assignments/${task}/report`, { report: { text: 'Приказ издан', documents: [{ kind: 'приказ', number: '15-р', date: '2023-06-20' }] } }, responsible.id);
    await engine.post(`/assignments/${task}/accept`, {}, controller);
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await engine?.close();
});

for (const [name, size, look] of looks) {
    test(`every view, ${name}`, async (t) => {
        t.diagnostic(`pictures of the views: ${SCREENSHOTS}`);
        await Window.use(browser, engine, { size, look }, async (window) => {
            for (const [view, place] of views) {
                await t.test(view, async () => {
                    await window.go(typeof place === 'string' ? place : place());
                    await window.picture(`${view}-${name}`);
                    assert.deepEqual(await window.overflow(), [], 'beyond the edge');
                    assert.deepEqual(await window.axe(), [], 'axe');
                    const words = await window.page.locator('main').innerText();
                    assert.doesNotMatch(words, /undefined|\[object|NaN|Invalid Date|\b[a-z_]+\.[a-z_]+_[a-z_]+\b/, 'a word that is none');
                });
            }
        });
    });
}

test('a dialog can be read and left by everybody', async () => {
    const by = { id: assignment.responsible.id, name: assignment.responsible.short };
    for (const [name, size, look] of looks) {
        await Window.use(browser, engine, { size, look, by }, async (window) => {
            await window.go(`assignment/${assignment.task}`);
            await window.button('Отчитаться').click();
            await window.dialog.waitFor();
            await window.picture(`report-${name}`);
            assert.deepEqual(await window.axe(), [], name);
            assert.deepEqual(await window.overflow(), [], name);
            await window.page.keyboard.press('Escape');
            await window.dialog.waitFor({ state: 'detached' });
            assert.equal(await window.page.evaluate(() => document.activeElement.textContent), 'Отчитаться');
        });
    }
});

test('every list says something where there is nothing, and where nothing fits', async (t) => {
    const lists = ['', 'roadmaps', 'my', 'assignments', 'calendar', 'teachers', 'discipline', 'processes', 'notices', 'incidents', 'workers', 'definitions', 'work', 'search?q=x'];
    const narrowed = ['roadmaps/lo-2023?state=withdrawn', 'my?body=centry_nms', 'assignments?state=paused', 'calendar?month=1999-01',
        'teachers?municipality=x', 'discipline?at=1999-01-01', 'processes?state=faulted', 'notices?from=1999-01-01&to=1999-01-02', 'incidents?service=x', 'definitions?kind=indicators'];
    const nothing = await new Engine({ plan: false }).start();
    try {
        for (const [from, places] of [[nothing, lists], [engine, narrowed]]) {
            await Window.use(browser, from, { size: PHONE }, async (window) => {
                window.expected.push(/404/);
                for (const place of places) {
                    await window.go(place);
                    await t.test(place, () => window.page.locator('main :is(.empty, .note, .good):visible').filter({ hasText: /^(?!Загружается|Ничего нет$)./ }).first().waitFor());
                    assert.deepEqual(await window.overflow(), [], place);
                }
            });
        }
    } finally {
        await nothing.close();
    }
});
