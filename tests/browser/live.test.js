/* live.test.js - what one changes, another sees at once; a connection that is lost and comes back */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Engine } from './engine.js';
import { openBrowser, Window } from './people.js';

let engine;
let browser;

before(async () => {
    engine = await new Engine().start();
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await engine?.close();
});

async function overdue() {
    return (await engine.get('/assignments?overdue=true&limit=100')).rows.find((row) => row.state === 'open' && row.co_executors.length === 0);
}

test('a change arrives in a second window without a reload', async (t) => {
    const row = await overdue();
    const by = { id: row.responsible.id, name: row.responsible.short };
    await Window.use(browser, engine, { by }, async (first) => {
        await Window.use(browser, engine, {}, async (second) => {
            await second.go(`assignment/${row.task}`);
            await second.page.evaluate(() => { window.notReloaded = true; });
            await second.page.locator('.live.there').waitFor({ state: 'attached' });
            await first.go(`assignment/${row.task}`);
            await first.button('Отчитаться').click();
            await first.dialog.getByLabel('Что сделано').fill('Сделано');
            const answered = first.page.waitForResponse((response) => response.request().method() === 'POST').then(() => Date.now());
            const seen = second.text('отчёт ждёт решения').waitFor().then(() => Date.now());
            await first.button('Отправить отчёт', first.dialog).click();
            t.diagnostic(`the second window shows it ${Math.max(0, await seen - await answered)} ms after the answer`);
            await second.page.waitForFunction(() => window.notReloaded === true);
        });
    });
});

test('an answer that was kept from before the newest change is asked for once more', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.page.route('**/api/v1/roadmaps', async (route) => {
            const response = await route.fetch();
            const body = await response.json();
            body.rows[0].title = 'Прежнее название';
            await route.fulfill({ response, json: body, headers: { ...response.headers(), age: '0' } });
        }, { times: 1 });
        await window.go('roadmaps');
        await window.text('Прежнее название').waitFor();
        await window.text('Прежнее название').waitFor({ state: 'detached' }); /* nothing was changed */
    });
});

test('the picture of a plan is drawn anew when one of its items is another', async () => {
    const { instance } = (await engine.get('/instances?definition=lo-2023')).rows[0];
    const row = await overdue();
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(`processes/${instance}`);
        const drawing = window.page.locator('.drawing img');
        const before = await drawing.getAttribute('src');
        await window.page.locator('.live.there').waitFor({ state: 'attached' });
        const drawn = window.page.waitForResponse((response) => response.url().endsWith('/graph.svg'));
        await engine.post(`/assignments/${row.task}/report`, { report: { text: 'Сделано' } }, row.responsible.id);
        await window.page.waitForFunction((src) => document.querySelector('.drawing img').getAttribute('src') !== src, before);
        assert.match(await (await drawn).text(), /ждёт решения/);
    });
});

test('what one of the items does while the page learns which there are is drawn, too', async () => {
    const { instance } = (await engine.get('/instances?definition=lo-2023')).rows[0];
    const row = await overdue();
    await Window.use(browser, engine, {}, async (window) => {
        let answer;
        const held = new Promise((done) => { answer = done; });
        await window.page.route('**/api/v1/instances?parent=*', async (route) => {
            await held;
            await route.continue();
        }, { times: 1 });
        const there = window.go(`processes/${instance}`); /* settled when the answer is there */
        const before = await window.page.locator('.drawing img').getAttribute('src');
        await window.page.locator('.live.there').waitFor({ state: 'attached' });
        await window.page.evaluate(async () => {
            const { onChange } = await import('/js/live.js');
            window.heard = new Promise((done) => { onChange(done); });
        });
        await engine.post(`/assignments/${row.task}/report`, { report: { text: 'Сделано' } }, row.responsible.id);
        await window.page.evaluate(async () => { await window.heard; });
        answer();
        await there;
        await window.page.waitForFunction((src) => document.querySelector('.drawing img').getAttribute('src') !== src, before);
    });
});

test('who has started no process is not asked which', async () => {
    const { instance } = (await engine.get('/instances?definition=roadmap-item')).rows[0];
    await Window.use(browser, engine, {}, async (window) => {
        const asked = [];
        window.page.on('request', (request) => asked.push(request.url()));
        await window.go(`processes/${instance}`);
        await window.page.locator('.drawing img').waitFor();
        assert.deepEqual(asked.filter((url) => url.includes('parent=')), []);
    });
});

test('a lost connection is told, and what was missed is shown when it is back', async () => {
    const row = await overdue();
    const body = { id: row.responsible.id, name: row.responsible.short };
    await Window.use(browser, engine, {}, async (window) => {
        window.expected.push(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|503/);
        await window.go(`assignment/${row.task}`);
        await window.page.locator('.live.there').waitFor({ state: 'attached' });
        await engine.stop();
        await window.page.getByRole('status').filter({ hasText: /Нет связи с системой; показано то, что было в\s\d\d:\d\d/ }).waitFor();
        await window.heading(row.title).waitFor(); /* it is still there */
        assert.equal(await window.page.getByRole('alert').count(), 0, 'and nothing else complains');
        await engine.start();
        await engine.post(`/assignments/${row.task}/report`, { report: { text: 'Сделано' } }, body.id);
        await window.page.getByRole('status').filter({ hasText: 'Изменения показываются сразу' }).waitFor({ state: 'attached' });
        await window.text('отчёт ждёт решения').waitFor();
    });
});

test('without a network the page says so, keeps what it shows, and comes back', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        window.expected.push(/ERR_INTERNET_DISCONNECTED/);
        await window.go('roadmaps');
        await window.page.locator('.live.there').waitFor({ state: 'attached' });
        await window.context.setOffline(true);
        await window.page.getByRole('status').filter({ hasText: 'Нет связи с системой' }).waitFor();
        await window.page.getByRole('main').getByRole('table').waitFor();
        await window.context.setOffline(false);
        await window.page.locator('.live.there').waitFor({ state: 'attached' });
        await window.page.getByRole('status').filter({ hasText: 'Нет связи с системой' }).waitFor({ state: 'detached' });
    });
});

test('an engine that stands still is told, and what was asked of it comes when it goes on', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go('workers');
        await window.page.locator('.live.there').waitFor({ state: 'attached' });
        engine.process.kill('SIGSTOP');
        try {
            await window.link('Все поручения').click();
            await window.page.getByRole('status').filter({ hasText: 'Система не отвечает' }).waitFor();
        } finally {
            engine.process.kill('SIGCONT');
        }
        await window.page.getByRole('main').getByRole('table').waitFor();
        await window.page.locator('.live.there').waitFor({ state: 'attached' });
    });
});

test('a section that is opened while the connection is lost opens by itself when it is back', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        window.expected.push(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|503/);
        const openWithout = async (section) => {
            await window.page.locator('.live.there').waitFor({ state: 'attached' });
            await engine.stop();
            await window.page.getByRole('status').filter({ hasText: 'Нет связи с системой' }).waitFor();
            await window.link(section).click();
            await window.heading('Раздел не загрузился').waitFor();
        };
        await window.go();
        await openWithout('Процессы');
        await window.button('Повторить').click();
        await window.text('Система не отвечает. Проверьте').waitFor();
        await engine.start();
        await window.heading('Процессы').waitFor();

        await openWithout('Инциденты'); /* and when one was elsewhere meanwhile */
        await window.link('Процессы').click();
        await window.heading('Процессы').waitFor();
        await engine.start();
        await window.page.getByRole('status').filter({ hasText: 'Изменения показываются сразу' }).waitFor({ state: 'attached' });
        await window.link('Инциденты').click();
        await window.heading('Инциденты').waitFor();
    });
});
