/* words.test.js - words are read whole: none is broken over two lines without a hyphen, and no table
 * is wider than its place, on the views that have the longest words, wide and on a phone */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { Engine, ROOT } from './engine.js';
import { openBrowser, PHONE, WIDE, Window } from './people.js';

const OTHERS = ['bodies/dubna.yaml', 'bodies/aleksandrovsk.yaml', 'policies/lo-2021.yaml', 'roadmaps/lo-2021.yaml', 'roadmaps/dubna-2022.yaml', 'roadmaps/aleksandrovsk-2021.yaml'];

let engine;
let browser;
let moved;

before(async () => {
    engine = new Engine({ programs: [['marshrut-diagnostics']] });
    engine.config.deploy.push(...OTHERS.map((name) => join(ROOT, 'workflows', name)));
    engine.config.start.push(...['lo-2021', 'dubna-2022', 'aleksandrovsk-2021'].map((name) => ({ definition: name, key: name })));
    await engine.start();
    const teacher = { id: 'synthetic-1', name: 'Условный педагог № 1', municipality: 'Тосненский район', school: 'Школа № 1' };
    await engine.begin('teacher-cycle', teacher.id, { teacher });
    const { task, responsible, controller } = (await engine.get('/assignments?state=open&phase=open&limit=1')).rows[0];
    moved = task;
    await engine.post(`/assignments/${task}/extend`, { day: '2024-03-29', reason: 'Согласование перенесено' }, responsible.id);
    await engine.post(`/assignments/${task}/move`, { day: '2024-03-29', reason: 'Согласование перенесено' }, controller);
    await engine.post('/jobs', { kind: 'rehearse', plans: ['lo-2021', 'lo-2023'], from: '2023-01-01', to: '2023-01-31' }, controller);
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await engine?.close();
});

const places = ['', 'roadmaps', 'roadmaps/lo-2021', 'roadmaps/lo-2023', 'roadmaps/aleksandrovsk-2021', 'roadmaps/dubna-2022', () => `assignment/${moved}`,
    'my', 'my?body=kopo_lo', 'assignments', 'discipline?span=year', 'discipline?span=year&by=plan', 'discipline?span=year&by=section', 'processes', 'notices', 'workers', 'definitions',
    'work', 'work/1', `search?q=${encodeURIComponent('метод')}`];

/* Words of up to 24 letters, and dates and times, whose letters stand on more than one line. A soft
 * hyphen is a hyphen; those that a browser sets by itself are off here: not every one knows Russian. */
function brokenWords() {
    const WORD = /(?<![^\s\-–—/·«»])[^\s\-–—/·«»]{4,24}(?![^\s\-–—/·«»])/g;
    const unseen = (element) => element.closest('thead, .hidden')?.getBoundingClientRect().width <= 1 || element.closest('pre, code, svg, option, .endless');
    const broken = new Set();
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.parentElement.checkVisibility() || unseen(node.parentElement)) {
            continue;
        }
        for (const word of node.data.matchAll(WORD)) {
            if (word[0].includes('\u00ad')) {
                continue;
            }
            const range = document.createRange();
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map((rect) => Math.round(rect.top))).size > 1) {
                broken.add(word[0]);
            }
        }
    }
    return [...broken];
}

function wideTables() {
    return [...document.querySelectorAll('main table')].filter((table) => table.parentElement.scrollWidth > table.parentElement.clientWidth + 1)
        .map((table) => `${table.caption?.textContent}: ${table.parentElement.scrollWidth} > ${table.parentElement.clientWidth}`);
}

for (const [name, size] of [['wide', WIDE], ['on a phone', PHONE]]) {
    test(`words are whole, ${name}`, async (t) => {
        await Window.use(browser, engine, { size }, async (window) => {
            await window.page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => document.body.style.setProperty('hyphens', 'manual')));
            for (const place of places) {
                const where = typeof place === 'string' ? place : place();
                await t.test(where || 'today', async () => {
                    await window.go(where);
                    assert.deepEqual(await window.page.evaluate(brokenWords), [], 'broken words');
                    assert.deepEqual(await window.page.evaluate(wideTables), [], 'wider than its place');
                    assert.deepEqual(await window.overflow(), [], 'beyond the edge');
                });
            }
        });
    });
}
