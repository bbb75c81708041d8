/* terms.test.js - how a term is understood, working days, what has changed in a definition, and what
 * becomes of it when it is tried */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Engine, ROOT } from './engine.js';
import { openBrowser, PHONE, WIDE, Window } from './people.js';

let engine;
let browser;
let version; /* of the plan, the second */

before(async () => {
    engine = await new Engine().start();
    const plan = readFileSync(join(ROOT, 'workflows/roadmaps/lo-2023.yaml'), 'utf8').replace(/^controller: .*/m, 'controller: loiro');
    version = await engine.post('/definitions', { file: 'lo-2023.yaml', text: plan });
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await engine?.close();
});

const plain = (text) => text.replaceAll('\u00a0', ' ');
const part = (window, name) => window.page.getByRole('region', { name });

async function read(window, phrase, year) {
    const reader = part(window, 'Как понимается срок');
    await reader.getByLabel('Срок, как он записан').fill(phrase);
    await reader.getByLabel('Год документа').fill(year);
    await reader.getByLabel('Год документа').press('Enter');
    return reader;
}

for (const [name, size] of [['wide', WIDE], ['phone', PHONE]]) {
    test(`a phrase is read as people write days, ${name}`, async () => {
        await Window.use(browser, engine, { size }, async (window) => {
            await window.go('calendar?month=2023-06');
            const reader = await read(window, 'до 15 августа ежегодно', '2026');
            await reader.getByText('ежегодно до 15 августа включительно').waitFor();
            await reader.getByText('Можно понять и так').waitFor();
            const words = plain(await reader.innerText());
            for (const said of ['15 августа 2026 г.', '15 августа 2027 г.', '14 августа 2026 г.', 'не включая этот день', 'Повторяется']) {
                assert.ok(words.includes(said), `${said}: ${words}`);
            }
            assert.deepEqual(await window.overflow(), []);
            assert.deepEqual(await window.axe(), []);
            await window.picture(`term-${name}`);
            await window.page.reload();
            await reader.getByText('ежегодно до 15 августа включительно').waitFor();
        });
    });
}

test('what is not understood is marked in the phrase, and the next one is read', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        window.expected.push(/400 .*\/due/);
        await window.go('calendar');
        const reader = await read(window, 'до 15 сентебря', '2026');
        await reader.getByRole('alert').getByText('«сентебря» не понято').waitFor();
        assert.equal(await reader.locator('mark').innerText(), 'сентебря');
        await read(window, 'с 1 по 30 сентября', '2026');
        await reader.getByText('1–30 сентября 2026').waitFor();
        assert.equal(await reader.getByRole('alert').count(), 0);
        await read(window, '<b>май</b>', '2026');
        await reader.getByRole('alert').waitFor();
        assert.equal(await reader.locator('mark b').count(), 0);
    });
});

test('in English the words around a reading are English', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(`calendar?phrase=${encodeURIComponent('сентябрь - декабрь')}&year=2023`);
        await part(window, 'Как понимается срок').getByText('1 сентября').waitFor();
        await window.button('English').click();
        await part(window, 'How a term is understood').getByText('1 September – 31 December 2023').waitFor();
    });
});

test('working days are counted, and what is not known is said', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go('calendar');
        const counter = part(window, 'Рабочие дни');
        await counter.getByLabel('С', { exact: true }).fill('2023-01-01');
        await counter.getByLabel('По', { exact: true }).fill('2023-12-31');
        await counter.getByText('247 рабочих дней').waitFor();
        await counter.getByLabel('После дня').fill('2023-02-20');
        await counter.getByLabel('Рабочих дней').fill('5');
        await counter.getByText('1 марта 2023').waitFor();
        await counter.getByLabel('Рабочих дней').fill('-3');
        await counter.getByText('15 февраля 2023').waitFor();
        await counter.getByLabel('По', { exact: true }).fill('2030-12-31');
        await counter.getByText(/не утвержден/).waitFor();
    });
});

test('a definition says what has changed in it, whichever way one looks', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(`definitions/${version.number}`);
        const compared = part(window, 'Что изменилось');
        await compared.getByLabel('Сравнить с версией').selectOption({ label: 'версия 1' });
        await compared.getByText('С версии 1 к версии 2').waitFor();
        await compared.getByText(/ЛОИРО/).waitFor();
        assert.deepEqual(await window.axe(), []);
        const first = (await engine.get('/definitions')).rows.find((row) => row.name === 'lo-2023' && row.version === 1);
        await window.go(`definitions/${first.number}`);
        await compared.getByLabel('Сравнить с версией').selectOption({ label: 'версия 2' });
        await compared.getByText('С версии 1 к версии 2').waitFor();
    });
});

test('a workflow is tried, and nothing of it is kept', async () => {
    const cycle = (await engine.get('/definitions')).rows.find((row) => row.name === 'teacher-cycle');
    for (const [name, size] of [['wide', WIDE], ['phone', PHONE]]) {
        await Window.use(browser, engine, { size }, async (window) => {
            await window.go(`definitions/${cycle.number}`);
            await window.page.locator('summary').filter({ hasText: 'Попробовать' }).click();
            const input = window.page.getByLabel('Входные данные');
            await input.fill('{');
            await window.button('Попробовать').click();
            await window.page.getByRole('alert').getByText('не JSON').waitFor();
            await input.fill(JSON.stringify({ teacher: { id: 't-1', name: 'Учитель', municipality: 'Лужский район', school: 'Школа № 1' } }));
            await window.button('Попробовать').click();
            await window.text(/Дальше сам не пойдёт/).waitFor();
            await window.text(/diagnostics/).first().waitFor();
            await window.page.getByLabel('Ответы обработчиков').fill('{"diagnostics": {"level": "высокий", "deficits": [], "explanation": "сыграно"}}');
            await window.page.getByLabel('Начать').fill('2023-02-01T10:00');
            await window.button('Попробовать').click();
            await window.text('Завершён.').waitFor();
            await window.text(/no-deficits/).first().waitFor();
            assert.deepEqual(await window.overflow(), [], name);
            assert.deepEqual(await window.axe(), [], name);
            await window.picture(`try-${name}`);
        });
    }
    assert.equal((await engine.get('/instances?definition=teacher-cycle')).rows.length, 0);
});
