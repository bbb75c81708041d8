/* work.test.js - long work from the page: an import, a rehearsal of several plans, one action on many */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Engine } from './engine.js';
import { openBrowser, PHONE, Window } from './people.js';

const OPERATOR = { id: 'Иванов И. И.', name: 'Иванов И. И.' };
const CONTROLLER = { id: 'kopo_lo', name: 'Комитет' };

const item = (no, title, body) => `
  - no: '${no}'
    title: ${title}
    responsible: [${body}]
    due: {phrase: до 31 июля, kind: date, windows: [{from: 2023-06-01, to: 2023-07-31}]}`;
const plan = (name, title) => `document: {kind: roadmap, name: ${name}, version: '1', title: ${title}}
period: {from: 2023-01-01, to: 2023-12-31}
controller: kopo_lo
policy: default
items:${item('1', 'Издать приказ', 'loiro')}${item('2', 'Провести семинар', 'cnppm_lo')}
`;
const THIRD = `${plan('third', 'Третий план').trimEnd()}${item('3', 'Собрать отзывы', 'loiro, cnppm_lo')}\n`;
const flow = (name, step) => `document: {dsl: 1.0.3, namespace: tests, name: ${name}, version: '1'}
do:
  - pause: ${step}
`;
const file = (name, text) => ({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) });
const POLICY = "document: {kind: policy, name: fourth, version: '1'}\nat: '09:00'\nsoon: 3\nladder: [{remind: 3 days before}]\n";
const GOOD = flow('good', '{wait: {days: 1}}');

let engine;
let browser;

before(async () => {
    engine = await new Engine({
        documents: { 'first.yaml': plan('first', 'Первый план'), 'second.yaml': plan('second', 'Второй план'), 'third.yaml': THIRD },
        start: [{ definition: 'first', key: 'first' }, { definition: 'third', key: 'third' }],
    }).start();
    browser = await openBrowser();
    const { rows } = await engine.until(() => engine.get('/assignments?plan=third'), (list) => list.rows.length === 3, 'they are given');
    for (const { task, responsible } of rows.filter((row) => row.no !== '1')) {
        await engine.post(`/assignments/${task}/report`, { report: { text: 'сделано' } }, responsible.id);
    }
});
after(async () => {
    await browser?.close();
    await engine?.close();
});

async function importFiles(window, files) {
    await window.go('definitions');
    await window.page.getByLabel(/выберите их/).setInputFiles(files);
    await window.text(`Выбраны ${files.length} файла`).waitFor();
    await window.button(`Загрузить ${files.length} файла`).click();
    await window.heading(/Загрузка № \d+/).waitFor();
}

test('of two files one has an error: its place is told, and neither is deployed until it is mended', async () => {
    const before = (await engine.get('/definitions')).rows.length;
    await Window.use(browser, engine, { by: OPERATOR }, async (window) => {
        await importFiles(window, [file('good.yaml', GOOD), file('bad.yaml', flow('bad', '{wiat: {days: 1}}'))]);
        await window.text('не получилось').waitFor();
        await window.page.getByText(/^bad\.yaml:3:\d+$/).waitFor();
        assert.equal((await engine.get('/definitions')).rows.length, before);
        await window.picture('work-import-failed');
        await window.link('Исправить файлы и загрузить снова').click();
        await importFiles(window, [file('good.yaml', GOOD), file('mended.yaml', flow('bad', '{wait: {days: 1}}'))]);
        await window.text('2 из 2 файлов').waitFor();
        assert.equal(await window.page.getByRole('row').filter({ hasText: 'введено в действие' }).count(), 2);
        assert.deepEqual(await window.axe(), []);
        await window.picture('work-import');
    });
    assert.equal((await engine.get('/definitions')).rows.length, before + 2);
});

test('several files are checked together before anything is loaded, also by who acts for nobody', async () => {
    const before = (await engine.get('/definitions')).rows.length;
    await Window.use(browser, engine, {}, async (window) => {
        const fourth = plan('fourth', 'Четвёртый план').replace('policy: default', 'policy: fourth');
        await window.go('definitions');
        await window.page.getByLabel(/выберите их/).setInputFiles([file('fourth.yaml', fourth), file('bad.yaml', flow('bad', '{wiat: {days: 1}}'))]);
        await window.button('Проверить').click();
        await window.text('bad.yaml: 1 ошибка').waitFor();
        await window.text('fourth.yaml: 1 ошибка').waitFor();
        await window.picture('check-several');
        await window.page.getByLabel(/выберите их/).setInputFiles([file('bad.yaml', POLICY)]); /* which the plan names */
        await window.text('bad.yaml: 1 ошибка').waitFor({ state: 'detached' }); /* that was said of another file */
        await window.button('Проверить').click();
        await window.text('fourth.yaml: ошибок нет.').waitFor();
        await window.text('bad.yaml: ошибок нет.').waitFor();
        assert.deepEqual(await window.axe(), []);
        await window.button('Загрузить 2 файла').click();
        await window.dialog.getByRole('heading', { name: 'За кого вы действуете' }).waitFor();
        await window.button('Дальше', window.dialog).click();
        await window.dialog.getByRole('alert').getByText('Выберите, за кого вы действуете').waitFor();
    });
    assert.equal((await engine.get('/definitions')).rows.length, before);
});

async function checkFile(window, one) {
    await window.go('definitions');
    await window.page.getByLabel(/выберите их/).setInputFiles([one]);
}

test('a file is checked beside what is in force, and one that is refused is not called good', async () => {
    await Window.use(browser, engine, { by: OPERATOR }, async (window) => {
        await checkFile(window, file('third.yaml', plan('third', 'Третий план').replace('policy: default', 'policy: nosuch')));
        await window.text('1 ошибка').waitFor();
        await window.page.getByText(/«nosuch»/).first().waitFor();
        assert.equal(await window.button('Ввести в действие').count(), 0);
        await window.picture('check-unknown-policy');
        await checkFile(window, file('third.yaml', plan('third', 'Третий план')));
        await window.text('ошибок нет').waitFor();
        await window.page.route('**/api/v1/definitions', (route) => route.fulfill({
            status: 422, contentType: 'application/problem+json', json: { status: 422, title: 'не подходит', code: 'invalid', detail: 'регламента нет',
                problems: [{ severity: 'error', code: 'not-found', line: 4, column: 9, text: 'регламента нет' }] },
        }));
        window.expected.push(/422/);
        await window.button('Ввести в действие').click();
        await window.text('1 ошибка').waitFor();
        assert.equal(await window.text('ошибок нет').count(), 0);
        assert.equal(await window.button('Ввести в действие').count(), 0);
        await window.picture('check-refused');
    });
});

test('plans that are marked are rehearsed together, and what came of it is opened', async () => {
    await Window.use(browser, engine, { by: OPERATOR }, async (window) => {
        await window.go('roadmaps');
        await window.page.getByLabel('Отметить план: Первый план').check();
        await window.page.getByLabel('Отметить план: Второй план').check();
        await window.button('Прорепетировать 2 плана…').click();
        await window.dialog.getByLabel('Показать с').fill('2023-01-01');
        await window.dialog.getByLabel('по', { exact: true }).fill('2023-08-31');
        await window.button('Прорепетировать', window.dialog).click();
        await window.heading(/Репетиция планов № \d+/).waitFor();
        await window.text('Первый план, Второй план').waitFor();
        await window.text('365 из 365 дней').waitFor();
        await window.picture('work-rehearsal');
        window.expected.push(/sandboxed and lacks/); /* what Window.open() does with every page; the result runs nothing */
        await window.link('Открыть результат').click();
        await window.text('Провести семинар').waitFor();
        await window.go('work');
        await window.page.getByRole('row').filter({ hasText: 'Первый план, Второй план' }).filter({ hasText: 'готово' }).waitFor();
        assert.deepEqual(await window.axe(), []);
        await window.picture('work');
    });
});

test('the terms of all assignments that a filter finds are moved by the form of one', async () => {
    const terms = async () => (await engine.get('/assignments?plan=first')).rows.map((row) => row.to);
    assert.deepEqual(await terms(), ['2023-07-31', '2023-07-31']);
    await Window.use(browser, engine, { by: CONTROLLER }, async (window) => {
        await window.go('assignments?plan=first');
        await window.button('Действие со всеми…').click();
        await window.dialog.getByText('Это коснётся 2 строк').waitFor();
        await window.dialog.getByText('Можно: 0. Будет отказано: 2 — отчёта на рассмотрении нет; состояние поручения: в работе').waitFor();
        assert.equal(await window.dialog.getByRole('listitem').filter({ hasText: 'будет отказано' }).count(), 2);
        assert.equal(await window.dialog.getByRole('listitem').filter({ hasText: 'Издать приказ' }).filter({ hasText: 'ЛОИРО' }).count(), 1);
        await window.dialog.getByLabel('Что сделать').selectOption('reassign');
        await window.dialog.getByLabel('Кому').waitFor();
        await window.dialog.getByLabel('Что сделать').selectOption('move');
        await window.dialog.getByLabel('Новый срок').fill('2023-08-12');
        await window.dialog.getByText(/^12\sавгуста\s2023\sг\. — суббота; срок каждого поручения будет перенесён по его регламенту/).waitFor();
        await window.dialog.getByText('Можно: 2. Отказов не ожидается.').waitFor();
        await window.dialog.getByLabel('Новый срок').fill('2023-08-10');
        await window.dialog.getByLabel('Основание, пояснение').fill('перенос курсов');
        await window.picture('work-bulk-dialog');
        await window.button('Выполнить', window.dialog).click();
        await window.text('2 из 2 строк').waitFor();
        await window.text('Поручения: перенести срок').waitFor();
        await window.text('перенос курсов').waitFor();
    });
    assert.deepEqual(await terms(), ['2023-08-10', '2023-08-10']);
});

for (const [name, size] of [['wide', undefined], ['phone', PHONE]]) {
    test(`before it is sent, an action on many says what would be refused, and why: ${name}`, async () => {
        await Window.use(browser, engine, { by: CONTROLLER, size }, async (window) => {
            await window.go('assignments?plan=third');
            await window.button('Действие со всеми…').click();
            await window.dialog.getByText('Можно: 1. Будет отказано: 2').waitFor();
            const rows = window.dialog.locator('ul.preview').getByRole('listitem');
            assert.equal(await rows.filter({ hasText: 'будет отказано' }).count(), 2);
            assert.equal(await rows.filter({ hasNotText: 'будет отказано' }).filter({ hasText: 'Провести семинар' }).count(), 1);
            const reasons = window.dialog.locator('ul.reasons').getByRole('listitem');
            assert.equal(await reasons.filter({ hasText: /^1 — не ответили соисполнители/ }).count(), 1);
            assert.equal(await reasons.filter({ hasText: /^1 — отчёта на рассмотрении нет/ }).count(), 1);
            assert.deepEqual(await window.axe(), []);
            assert.deepEqual(await window.overflow(), []);
            await window.picture(`work-bulk-refusals-${name}`);
            await window.dialog.getByLabel(/Принять частично/).check();
            await window.dialog.getByLabel('Основание, пояснение').fill('часть не нужна');
            await window.dialog.getByLabel('Основание, пояснение').blur();
            await window.dialog.getByText('Можно: 2. Будет отказано: 1 — отчёта на рассмотрении нет; состояние поручения: в работе').waitFor();
        });
    });
}

test('who acts for nobody is asked before an action on many, and sees what would be refused', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go('assignments?plan=third');
        await window.button('Действие со всеми…').click();
        await window.dialog.getByLabel('Или имя человека').fill(CONTROLLER.id);
        await window.button('Дальше', window.dialog).click();
        await window.dialog.getByRole('status').getByText('Можно: 1. Будет отказано: 2').waitFor();
        assert.equal(await window.dialog.getByRole('status').getByRole('listitem').filter({ hasText: 'Провести семинар' }).count(), 0); /* what is read out are the counts */
    });
});

test('a day that is typed figure by figure leaves what was seen', async () => {
    await Window.use(browser, engine, { by: CONTROLLER }, async (window) => {
        const days = [];
        window.page.on('request', (request) => request.url().endsWith('/bulk/preview') && days.push(request.postDataJSON().day));
        await window.go('assignments?plan=third');
        await window.button('Действие со всеми…').click();
        await window.dialog.getByLabel('Что сделать').selectOption('move');
        await window.dialog.getByText('Это коснётся 3 строк').waitFor();
        for (const day of ['0002-08-10', '0020-08-10', '0202-08-10', '2023-08-10']) {
            await window.dialog.getByLabel('Новый срок').fill(day);
            await window.settled();
            await window.dialog.getByText('Это коснётся 3 строк').waitFor();
        }
        assert.deepEqual(days.filter(Boolean), ['2023-08-10']);
    });
});

test('what an action on many was refused is named as its preview named it, with the reason once', async () => {
    await Window.use(browser, engine, { by: CONTROLLER }, async (window) => {
        await window.go('assignments?plan=first');
        await window.button('Действие со всеми…').click();
        await window.dialog.getByText('Это коснётся 2 строк').waitFor();
        await window.button('Выполнить', window.dialog).click();
        await window.heading('Отказано в 2 случаях').waitFor();
        const rows = window.page.getByRole('region', { name: 'Отказано в 2 случаях' }).getByRole('listitem');
        assert.equal(await rows.filter({ hasText: 'Издать приказ' }).filter({ hasText: 'ЛОИРО' }).filter({ hasText: 'Провести семинар' }).count(), 1);
        assert.equal(await rows.filter({ hasText: 'Провести семинар' }).filter({ hasNotText: 'Издать приказ' }).count(), 1);
        assert.deepEqual(await window.axe(), []);
        await window.picture('work-refused');
    });
});

test('a plan is begun by who is asked for whom, and who acts after that is not asked again', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go('roadmaps/second');
        await window.button('Начать исполнение плана').click();
        await window.dialog.getByRole('heading', { name: 'За кого вы действуете' }).waitFor();
        await window.dialog.getByLabel('Или имя человека').fill(OPERATOR.name);
        await window.button('Дальше', window.dialog).click();
        await window.button('Начать исполнение плана').waitFor({ state: 'detached' });
        await window.page.getByRole('button', { name: /Вы действуете за/ }).filter({ hasText: OPERATOR.name }).waitFor();
    });
    assert.equal((await engine.get('/instances?definition=second')).rows.length, 1);
});
