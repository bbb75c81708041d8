/* incidents.test.js - an operator and what has gone wrong: many at once, or one by one */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Engine } from './engine.js';
import { openBrowser, Window } from './people.js';
import { incidents, TROUBLE } from './trouble.js';

const OPERATOR = { id: 'Иванов И. И.', name: 'Иванов И. И.' };
let engine;
let browser;

before(async () => {
    engine = await new Engine({ documents: { 'trouble.yaml': TROUBLE }, programs: [['marshrut-diagnostics']] }).start();
    browser = await openBrowser();
    await incidents(engine, 5);
});
after(async () => {
    await browser?.close();
    await engine?.close();
});

const tries = async () => (await engine.get('/incidents')).rows.map((row) => row.attempt);

test('all incidents that a filter finds are retried, after a look at what that touches', async () => {
    assert.deepEqual(await tries(), [1, 1, 1, 1, 1]);
    await Window.use(browser, engine, { by: OPERATOR }, async (window) => {
        await window.go();
        await window.link(/5 инциденты/).click();
        await window.heading('Инциденты').waitFor();
        await window.page.getByLabel('Работник').selectOption('diagnostics');
        await window.button('Действие со всеми…').click();
        await window.dialog.getByText('Это коснётся 5 строк').waitFor();
        assert.equal(await window.dialog.getByRole('listitem').filter({ hasText: 'trouble-3' }).count(), 1);
        await window.picture('incidents-bulk-dialog');
        await window.button('Выполнить', window.dialog).click();
        await window.heading(/Действие с многими № \d+/).waitFor();
        await window.text('готово').waitFor();
        await window.text('Иванов И. И.').waitFor();
        await window.text('5 из них сейчас снова инциденты').waitFor();
        await window.picture('work-again');
        await window.link('К инцидентам').click();
        await window.heading('Инциденты').waitFor();
        assert.equal(await window.page.getByLabel('Работник').inputValue(), 'diagnostics');
    });
    await engine.until(tries, (list) => list.length === 5 && list.every((n) => n === 2), 'each was tried once more');
    const rows = await engine.rows('/journal');
    assert.ok(rows.some((row) => row.kind === 'task.ready' && row.by === OPERATOR.name), 'the journal names who');
});

test('one is skipped with a reason, and the process goes on', async () => {
    const [{ instance, task }] = (await engine.get('/incidents')).rows;
    await Window.use(browser, engine, { by: OPERATOR }, async (window) => {
        await window.go(`processes/${instance}`);
        await window.button('Пропустить').click();
        await window.dialog.getByLabel('Основание, пояснение').fill('сведения внесены вручную');
        await window.button('Пропустить', window.dialog).click();
        await window.text('завершён').waitFor();
        await window.text('сведения внесены вручную').waitFor();
        await window.page.getByRole('img').first().waitFor();
    });
    const row = await engine.get(`/instances/${instance}`);
    assert.equal(row.state, 'completed', task);
});

test('who has not chosen for whom they act does so in the form', async () => {
    const [{ instance }] = (await engine.get('/incidents')).rows;
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(`processes/${instance}`);
        await window.button('Приостановить').click();
        await window.dialog.getByLabel('Основание, пояснение').fill('проверка');
        await window.button('Приостановить', window.dialog).click();
        await window.dialog.getByRole('alert').filter({ hasText: 'Выберите, за кого вы действуете' }).waitFor();
        await window.dialog.getByLabel('Или имя человека').fill(OPERATOR.name);
        await window.picture('acting-in-a-form');
        assert.deepEqual(await window.axe(), []);
        await window.button('Приостановить', window.dialog).click();
        await window.text('приостановлен').waitFor();
        await window.button(`Вы действуете за: ${OPERATOR.name}`).waitFor();
        await window.button('Возобновить').click();
        assert.equal(await window.dialog.getByLabel('Или имя человека').count(), 0, 'it is known by now');
        await window.button('Возобновить', window.dialog).click();
        await window.button('Приостановить').waitFor();
    });
    const rows = await engine.rows('/journal');
    assert.ok(rows.some((row) => /suspend/.test(row.kind) && row.by === OPERATOR.name), 'the journal names who');
});

test('input that is no JSON is told before anything is sent', async () => {
    const [{ instance }] = (await engine.get('/incidents')).rows;
    await Window.use(browser, engine, { by: OPERATOR }, async (window) => {
        await window.go(`processes/${instance}`);
        await window.button('Исправить и повторить').click();
        const faults = [['{"results":', 1, 12], ['{"a": [1, {}, -0.5e1, "\\u0041"],\n  b: 2}', 2, 3], ['{"a": 1,}', 1, 9], ['[1 2]', 1, 4], ['{"a"}', 1, 5],
            ['[]\n\n x', 3, 2], ['{"a": "x\ny"}', 1, 7], ['[true, nul]', 1, 8], ['[,]', 1, 2], ['{"a": 01}', 1, 8], ['[{}}', 1, 4]];
        for (const [text, line, column] of faults) {
            await window.dialog.getByLabel('Входные данные (JSON)').fill(text);
            await window.button('Исправить и повторить', window.dialog).click();
            const said = `Входные данные (JSON): это не JSON, ошибка в строке ${line}, столбце ${column}`;
            await window.dialog.getByRole('alert').getByText(said, { exact: true }).waitFor();
        }
    });
});
