/* hostile.test.js - text that wants to be more than text, in every field that people and programs fill */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Engine } from './engine.js';
import { openBrowser, PHONE, WIDE, Window } from './people.js';

const SCRIPT = '<img src=x onerror="window.__hacked=1"><script>window.__hacked=1</script><svg onload="window.__hacked=1">';
const TURNED = '\u202Eрот\u202C \u2066\u2067סוד\u2069';
const LONG = 'Ы'.repeat(5000); /* 10 KB without a place to break */
const NASTY = `${SCRIPT}"'\`${TURNED}{{7*7}}\${7*7} javascript:window.__hacked=1`;
const quoted = (text) => JSON.stringify(text);

const BODIES = `document: {kind: bodies, name: hostile, version: '1', title: ${quoted(NASTY)}}
timezone: Europe/Moscow
bodies:
  - {id: bad, name: ${quoted(NASTY)}, short: ${quoted(SCRIPT.slice(0, 60))}, email: bad@lo.invalid, parent: worse}
  - {id: worse, name: ${quoted(LONG.slice(0, 200))}, email: worse@lo.invalid}
`;
const ORDER = `document: {dsl: 1.0.3, namespace: tests, name: order, version: '1', title: ${quoted(NASTY)}}
do:
  - assign:
      call: assignment
      with:
        title: '\${ .title }'
        responsible: [bad]
        controller: worse
        due: {from: 2023-06-01, to: 2023-07-20}
        policy: default
        bullets: ['\${ .note }']
`;
const PLAN = `document: {kind: roadmap, name: hostile, version: '1', title: ${quoted(NASTY)}}
period: {from: 2023-01-01, to: 2023-12-31}
act: {date: 2023-01-10, number: ${quoted(SCRIPT)}}
controller: worse
policy: default
sections: [{no: '1', title: ${quoted(NASTY)}}]
items:
  - {no: '1.1', section: '1', title: ${quoted(NASTY)}, responsible: [bad], due: до 1 сентября, result: ${quoted(SCRIPT)}, note: ${quoted(`${NASTY}${LONG.slice(0, 1500)}`)}, audience: ${quoted(SCRIPT)}}
`;

let engine;
let browser;
const places = [];

before(async () => {
    engine = await new Engine({
        documents: { 'bodies.yaml': BODIES, 'order.yaml': ORDER, 'plan.yaml': PLAN },
        start: [{ definition: 'hostile', key: 'hostile' }],
    }).start();
    const by = `Некто ${SCRIPT}`.slice(0, 90);
    const nasty = await engine.begin('order', 'order-1', { title: NASTY, note: `${NASTY} ${LONG}` });
    const long = await engine.begin('order', 'order-2', { title: LONG, note: LONG });
    const spare = await engine.begin('order', 'order-3', { title: NASTY, note: '' });
    const report = { text: `${NASTY} ${LONG}`, documents: [{ kind: SCRIPT, number: LONG.slice(0, 90), date: '2023-06-20', title: NASTY, link: 'javascript:window.__hacked=1' }] };
    await engine.post(`/assignments/${nasty}.1/extend`, { day: '2023-08-01', reason: NASTY }, 'bad');
    await engine.post(`/assignments/${nasty}.1/refuse`, { reason: NASTY + LONG.slice(0, 500) }, 'worse');
    await engine.post(`/assignments/${nasty}.1/report`, { report }, 'bad');
    await engine.post(`/assignments/${long}.1/report`, { report }, 'bad');
    await engine.post(`/instances/${spare}/cancel`, { reason: NASTY }, by);
    places.push(`assignment/${nasty}.1`, `assignment/${long}.1`, `processes/${nasty}`, `processes/${spare}`, 'roadmaps/hostile',
        'roadmaps', 'assignments', 'my?body=bad', 'notices', 'discipline', 'calendar?month=2023-07', 'definitions', 'processes?state=all',
        `search?q=${encodeURIComponent('<img')}`, '');
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await engine?.close();
});

for (const [name, size] of [['wide', WIDE], ['on a phone', PHONE]]) {
    test(`hostile text is shown as text, ${name}`, async () => {
        const by = { id: 'bad', name: SCRIPT.slice(0, 60) };
        await Window.use(browser, engine, { size, by }, async (window) => {
            const reachingOut = [];
            for (const place of places) {
                await window.go(place);
                assert.equal(await window.page.evaluate(() => window.__hacked), undefined, place);
                assert.equal(await window.page.locator('main img[src="x"], main script, a[href^="javascript:"]').count(), 0, place);
                reachingOut.push(...(await window.overflow()).map((one) => `${place}: ${one}`));
            }
            assert.deepEqual(reachingOut, []);
        });
    });
}

test('it is read as it was written', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(places[0]);
        const heading = await window.page.getByRole('heading', { level: 1 }).innerText();
        assert.ok(heading.includes('<img src=x onerror='), heading);
        await window.text('<script>window.__hacked=1</script>').waitFor();
    });
});
