/* assignment.test.js - an assignment on its way: as those who answer for it and those who decide use
 * the page */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Engine } from './engine.js';
import { openBrowser, PHONE, Window } from './people.js';

/* Its result is a document. */
const WITH_RESULT = `document: {kind: roadmap, name: orders, version: '1', title: План приказов}
period: {from: 2023-01-01, to: 2023-12-31}
controller: kopo_lo
policy: default
items:
  - {no: '1', title: Утвердить порядок, responsible: [loiro], result: приказ, due: {phrase: до 31 июля, kind: date, windows: [{from: 2023-06-01, to: 2023-07-31}]}}
`;

let engine;
let browser;

before(async () => {
    engine = await new Engine({ documents: { 'orders.yaml': WITH_RESULT }, start: [{ definition: 'orders', key: 'orders' }] }).start();
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await engine?.close();
});

/* An open assignment that nobody has to do with others, for whom this action is open. */
async function find(query, body, action) {
    const { rows } = await engine.get(`/assignments?state=open&limit=200&${query}`);
    for (const row of rows) {
        if (row.co_executors.length === 0 && row.controller !== row.responsible.id) {
            const by = body(row);
            const { actions } = await engine.get(`/assignments/${row.task}?for=${encodeURIComponent(by)}`);
            if (actions.includes(action)) {
                return row;
            }
        }
    }
    throw new Error(`no assignment for ${action} with ${query}`);
}

async function shortOf(id) {
    return (await engine.get('/bodies')).rows.find((body) => body.id === id).short;
}

const REPORT = { 'Что сделано': 'План утверждён и направлен в муниципалитеты', Номер: '15-р', Дата: '2023-06-20', 'Вид документа': 'приказ' };

test('an overdue item is opened from Сегодня, reported, returned, reported again and accepted', async () => {
    const { overdue } = await engine.get('/today');
    const row = overdue.find((one) => one.co_executors.length === 0 && one.controller !== one.responsible.id);
    const controller = await shortOf(row.controller);
    await Window.use(browser, engine, {}, async (window) => {
        await window.go();
        await window.heading(/^Сегодня, 24\sиюня 2023/).waitFor();
        const late = window.page.getByRole('region', { name: /^Просрочено/ });
        const why = late.getByRole('row').filter({ has: window.page.locator(`a[href="#/assignment/${row.task}"]`) });
        await why.filter({ hasText: /нет отчёта[^]*ждут с \d+\s\S+\s2023[^]*Дальше:/ }).waitFor();
        await window.link(new RegExp(`п\\.\\s${row.no.replaceAll('.', '\\.')} `), late).click();
        await window.heading(row.title.slice(0, 60)).waitFor();
        await window.text('Вы пока ни за кого не действуете').waitFor();

        /* what can be done is shown; for whom is asked at the press of the button, among those who may */
        await window.button('Принять').waitFor({ state: 'detached' });
        await window.button('Отчитаться').click();
        await window.dialog.getByRole('radio').first().waitFor();
        assert.deepEqual(await window.axe(), []);
        await window.picture('acting-first');
        await window.dialog.getByRole('radio', { name: row.responsible.name, exact: true }).check();
        await window.button('Дальше', window.dialog).click();
        await window.dialog.getByRole('heading', { name: 'Отчёт об исполнении' }).waitFor();
        await window.button('Отмена', window.dialog).click();
        await window.page.getByRole('button', { name: /Вы действуете за/ }).filter({ hasText: row.responsible.short }).waitFor();
        await window.act('Отчитаться', REPORT, 'Отправить отчёт', 'Отчёт отправлен');
        await window.text('отчёт ждёт решения').waitFor();
        await window.text('15-р').waitFor();

        await window.actFor(controller);
        await window.act('Вернуть', { 'Основание, пояснение': 'нет приложения' }, 'Вернуть', 'Отчёт возвращён');
        await window.text('нет приложения').waitFor();

        await window.actFor(row.responsible.short);
        const returned = new RegExp(`^Отчёт вернули на доработку\\. Вернул: ${controller}, 24\\.06\\.2023.*Что исправить: нет приложения$`, 's');
        await window.page.getByRole('main').getByText(returned).waitFor();
        await window.button('Отчитаться').click();
        await window.dialog.getByText(returned).waitFor();
        assert.equal(await window.dialog.getByLabel('Что сделано').inputValue(), REPORT['Что сделано']);
        await window.picture('returned-form');
        await window.button('Отмена', window.dialog).click();
        await window.act('Отчитаться', { ...REPORT, Номер: '16-р' }, 'Отправить отчёт', 'Отчёт отправлен');
        await window.actFor(controller);
        await window.settled();
        assert.equal(await window.text('Отчёт вернули на доработку').count(), 0); /* it was mended */
        await window.act('Принять', {}, 'Принять', 'Отчёт принят');
        await window.text('принято').waitFor();
        const story = window.page.getByRole('region', { name: 'История' });
        await story.getByText(`Отчёт принят: ${controller}`).first().waitFor();

        /* found by the document of the report that was returned, with the letters about it */
        await window.page.getByRole('searchbox').fill('15-р');
        await window.page.keyboard.press('Enter');
        await window.heading(/^Найдено: «15-р»/).waitFor();
        await window.text('найдено в отчётах, замечаниях или причинах').waitFor();
        await window.heading(/^Уведомления/).waitFor();
        await window.link(new RegExp(`^п\\.\\s${row.no.replaceAll('.', '\\.')} `)).click();
        await window.heading(row.title.slice(0, 60)).waitFor();
    });
    const now = await engine.get(`/assignments/${row.task}`);
    assert.equal(now.state, 'accepted');
    assert.equal(now.report.documents[0].number, '16-р');
});

test('an extension is asked for, and granted as another body', async () => {
    const row = await find('phase=open', (one) => one.responsible.id, 'extend');
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(`assignment/${row.task}`);
        await window.actFor(row.responsible.short);
        await window.act('Запросить продление', { 'Новый срок': '2024-02-16', 'Основание, пояснение': 'ждём сведения школ' }, 'Запросить продление', 'Просьба о продлении отправлена');
        await window.text('просят продлить').waitFor();
        await window.actFor(await shortOf(row.controller));
        await window.act('Продлить срок', {}, 'Продлить срок', 'Срок продлён');
        await window.text('продлён по просьбе').waitFor();
        await window.text(`первоначально`).waitFor();
        assert.equal((await engine.get(`/assignments/${row.task}`)).to, '2024-02-16');
    });
});

const plain = (text) => text.replaceAll('\u00a0', ' ');

test('where a day off goes, and that a day is over, is said before it is sent', async () => {
    const row = await find('phase=open', (one) => one.responsible.id, 'extend');
    const by = { id: row.responsible.id, name: row.responsible.short };
    const SATURDAY = '2 марта 2024 г. — суббота; срок будет 1 марта 2024 г., пятница.';
    await Window.use(browser, engine, { by, size: PHONE }, async (window) => {
        await window.go(`assignment/${row.task}`);
        await window.button('Запросить продление').click();
        const [day, said] = [window.dialog.getByLabel('Новый срок'), window.dialog.getByRole('status')];
        await day.fill('2023-06-01');
        await said.getByText(/^Этот день не подойдёт: новый последний день срока должен быть позже \d\d\.\d\d\.202\d/).waitFor();
        await day.fill('2024-03-01');
        await said.getByText('не подойдёт').waitFor({ state: 'detached' });
        await day.fill('2024-03-02');
        await said.getByText('суббота').waitFor();
        assert.ok(plain(await said.innerText()).startsWith(SATURDAY), await said.innerText());
        await said.getByText('Основание: Обычай делопроизводства').waitFor();
        assert.deepEqual(await window.axe(), []);
        await window.picture('day-off');
        await window.dialog.getByLabel('Основание, пояснение').fill('ждём сведения школ');
        await window.button('Запросить продление', window.dialog).click();
        await window.page.getByRole('status').filter({ hasText: 'Просьба о продлении отправлена' }).waitFor();
    });
    await Window.use(browser, engine, { by: { id: row.controller, name: await shortOf(row.controller) } }, async (window) => {
        await window.go(`assignment/${row.task}`);
        await window.button('Продлить срок').click();
        await window.dialog.getByRole('status').getByText('суббота').waitFor();
        assert.ok(plain(await window.dialog.getByRole('status').innerText()).startsWith(SATURDAY));
        await window.button('Продлить срок', window.dialog).click();
        await window.page.getByRole('status').filter({ hasText: 'Срок продлён' }).waitFor();
    });
    assert.equal((await engine.get(`/assignments/${row.task}`)).to, '2024-03-01');
});

test('a day after the last of what is delegated is said to be cut, and by no regulation', async () => {
    const row = await find('phase=open', (one) => one.responsible.id, 'delegate');
    const other = (await engine.get('/bodies')).rows.find((body) => ![row.responsible.id, row.controller].includes(body.id));
    await Window.use(browser, engine, { by: { id: row.responsible.id, name: row.responsible.short }, size: PHONE }, async (window) => {
        await window.go(`assignment/${row.task}`);
        await window.button('Перепоручить').click();
        await window.dialog.getByLabel('Кому').selectOption(other.id);
        await window.dialog.getByLabel(/^Срок для исполнителя/).fill('2024-08-31');
        const said = window.dialog.getByRole('status');
        await said.getByText(/^Перепорученное заканчивается не позже самого поручения: \d/).waitFor();
        assert.ok(!(await said.innerText()).includes('Обычай делопроизводства'));
        assert.deepEqual(await window.axe(), []);
        await window.picture('day-cut');
    });
});

test('who may only remark reads who may do more', async () => {
    const row = await find('overdue=true', (one) => one.responsible.id, 'report');
    const { rows } = await engine.get('/bodies');
    const { actors } = await engine.get(`/assignments/${row.task}`);
    const other = rows.find((body) => !actors.some((actor) => actor.id === body.id) && body.id.startsWith('omsu'));
    assert.deepEqual((await engine.get(`/assignments/${row.task}?for=${other.id}`)).actions, ['comment']);
    await Window.use(browser, engine, { by: { id: other.id, name: other.short } }, async (window) => {
        await window.go(`assignment/${row.task}`);
        const told = window.page.getByText('может здесь только добавить замечание. Отчитаться или принять решение могут:');
        await told.getByRole('link', { name: row.responsible.short, exact: true }).waitFor();
    });
});

test('a report without the document that is expected is sent when that has been told', async () => {
    const [row] = (await engine.get('/assignments?plan=orders')).rows;
    await Window.use(browser, engine, { by: { id: row.responsible.id, name: row.responsible.short }, size: PHONE }, async (window) => {
        await window.go(`assignment/${row.task}`);
        await window.button('Отчитаться').click();
        await window.dialog.getByLabel('Что сделано').fill('Порядок утверждён');
        await window.dialog.getByLabel('Номер').fill('15-р');
        await window.button('Отправить отчёт', window.dialog).click();
        const told = window.dialog.getByRole('alert');
        await told.getByText(/^В поручении ожидается: приказ\. В отчёте документа нет\. Отправить без документа\?/).waitFor();
        assert.equal((await engine.get(`/assignments/${row.task}`)).state, 'open');
        assert.deepEqual(await window.axe(), []);
        await window.picture('report-without-document');
        await window.button('Отправить без документа', window.dialog).waitFor();
        await window.dialog.getByLabel('Вид документа').fill('приказ');
        await window.dialog.getByLabel('Дата').fill('2023-06-20');
        await window.button('Отправить отчёт', window.dialog).click();
        await window.page.getByRole('status').filter({ hasText: 'Отчёт отправлен' }).waitFor();
    });
    assert.equal((await engine.get(`/assignments/${row.task}`)).missing_results, undefined);
    await engine.post(`/assignments/${row.task}/return`, { reason: 'нет подписи' }, row.controller);
    await Window.use(browser, engine, { by: { id: row.responsible.id, name: row.responsible.short }, language: 'en' }, async (window) => {
        await window.go(`assignment/${row.task}`);
        await window.button('Report').click();
        await window.button('Send the report', window.dialog).click();
        await window.dialog.getByText(/^The assignment expects: приказ\. The report has no document\. Send it without one\?/).waitFor();
        await window.button('Send without a document', window.dialog).click();
        await window.page.getByRole('status').filter({ hasText: 'The report is sent' }).waitFor();
    });
    assert.deepEqual((await engine.get(`/assignments/${row.task}`)).missing_results, ['приказ']);
});

test('a co-executor reports about its part, and reads why it was returned', async () => {
    const { rows } = await engine.get('/assignments?overdue=true&limit=100');
    const row = rows.find((one) => one.missing?.length === 1 && one.controller !== one.responsible.id);
    const [part] = row.missing;
    await engine.post(`/assignments/${row.task}/report`, { report: { text: 'Списки собраны' } }, part);
    await engine.post(`/assignments/${row.task}/return`, { to: part, reason: 'не те районы' }, row.responsible.id);
    await Window.use(browser, engine, { by: { id: part, name: await shortOf(part) } }, async (window) => {
        await window.go(`assignment/${row.task}`);
        await window.button('Отчитаться').click();
        await window.dialog.getByText(/^Ответ соисполнителя вернули на доработку:[^]*Что исправить: не те районы$/).waitFor();
        assert.equal(await window.dialog.getByLabel('Что сделано').inputValue(), 'Списки собраны');
        assert.equal(await window.dialog.getByLabel('Отчёт включает части всех').count(), 0); /* that is for who answers for the whole */
    });
    await Window.use(browser, engine, { by: { id: row.controller, name: await shortOf(row.controller) } }, async (window) => {
        await window.go(`assignment/${row.task}`);
        await window.button('Снять с контроля').click();
        await window.dialog.getByText('Поручение будет закрыто без отчёта').waitFor();
        await window.dialog.getByLabel('Основание, пояснение').fill('исключено из плана');
        await window.button('Снять с контроля', window.dialog).click();
        await window.page.getByRole('status').filter({ hasText: 'Снято с контроля' }).waitFor();
    });
});

test('by keyboard alone one reports and accepts', async () => {
    const row = await find('overdue=true', (one) => one.responsible.id, 'report');
    const by = { id: row.responsible.id, name: row.responsible.short };
    await Window.use(browser, engine, { by }, async (window) => {
        await window.go(`assignment/${row.task}`);
        const { keyboard } = window.page;
        await window.tabTo(/^К содержанию$/);
        await keyboard.press('Enter');
        await window.tabTo(/^Отчитаться$/);
        await keyboard.press('Enter');
        await window.dialog.waitFor();
        await window.tabTo(/^Что сделано/);
        await keyboard.type('Сделано без мыши');
        await window.tabTo(/^Номер/);
        await keyboard.type('17-р');
        await window.tabTo(/^Отправить отчёт$/);
        await keyboard.press('Enter');
        await window.page.getByRole('status').filter({ hasText: 'Отчёт отправлен' }).waitFor();
    });

    const decides = { id: row.controller, name: await shortOf(row.controller) };
    await Window.use(browser, engine, { by: decides }, async (window) => {
        await window.go(`assignment/${row.task}`);
        await window.tabTo(/^Принять$/);
        await window.page.keyboard.press('Enter');
        await window.dialog.waitFor();
        await window.page.keyboard.press('Escape');
        await window.dialog.waitFor({ state: 'detached' });
        await window.tabTo(/^Принять$/);
        await window.page.keyboard.press('Enter');
        await window.dialog.waitFor();
        const reason = window.dialog.getByLabel('Основание, пояснение');
        if (await reason.count() > 0) {
            await window.tabTo(/^Основание/);
            await window.page.keyboard.type('документ не нужен');
        }
        await window.tabTo(/^Принять$/);
        await window.page.keyboard.press('Enter');
        await window.page.getByRole('status').filter({ hasText: 'Отчёт принят' }).waitFor();
    });
});

test('by keyboard the focus is back on the button that was pressed, also where it was asked for whom first', async () => {
    const row = await find('overdue=true', (one) => one.responsible.id, 'report');
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(`assignment/${row.task}`);
        const { keyboard } = window.page;
        const pressed = window.page.locator('.acts button:focus').getByText('Отчитаться', { exact: true });
        await window.tabTo(/^Отчитаться$/);
        await keyboard.press('Enter');
        await window.dialog.waitFor();
        await keyboard.press('Escape');
        await window.dialog.waitFor({ state: 'detached' });
        await pressed.waitFor();
        await keyboard.press('Enter');
        await window.dialog.waitFor(); /* before that a key would go to the page behind */
        await window.tabTo(new RegExp(`^${row.responsible.name}$`));
        await keyboard.press('Space');
        await window.tabTo(/^Дальше$/);
        await keyboard.press('Enter');
        await window.dialog.getByLabel('Что сделано').waitFor();
        await window.settled(); /* the answer for whom one acts has other buttons */
        await keyboard.press('Escape');
        await window.dialog.waitFor({ state: 'detached' });
        await pressed.waitFor();
        await window.settled();
        await pressed.waitFor();
    });
});

test('for a remark anybody is offered, for a report who may', async () => {
    const row = await find('overdue=true', (one) => one.responsible.id, 'report');
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(`assignment/${row.task}`);
        await window.button('Отчитаться').click();
        await window.dialog.getByRole('radio').first().waitFor();
        await window.button('Отмена', window.dialog).click();
        await window.button('Добавить замечание').click();
        await window.dialog.getByLabel('Или имя человека').fill('Наблюдатель');
        await window.button('Дальше', window.dialog).click();
        await window.dialog.getByLabel('Основание, пояснение').fill('видел на сайте');
        await window.button('Добавить замечание', window.dialog).click();
        await window.page.getByRole('status').filter({ hasText: 'Замечание записано' }).waitFor();
    });
});

test('who is overtaken is told, and sends again what is still right', async () => {
    const row = await find('overdue=true', (one) => one.responsible.id, 'report');
    await Window.use(browser, engine, { by: { id: row.responsible.id, name: row.responsible.short } }, async (window) => {
        window.expected.push(/412/);
        await window.go(`assignment/${row.task}`);
        await window.button('Отчитаться').click();
        await window.dialog.getByLabel('Что сделано').fill('Сделано');
        await engine.post(`/assignments/${row.task}/reassign`, { to: 'loiro', reason: 'реорганизация' }, row.controller);
        await window.button('Отправить отчёт', window.dialog).click();
        await window.dialog.getByRole('alert').filter({ hasText: 'поручение изменилось' }).waitFor();
    });
});

/* What FormFields shows of a form, each field filled in with its own name but for those that `not` names, and what
 * readForm() makes of that. */
async function filled(window, form, not = '') {
    return window.page.evaluate(async ([shown, left]) => {
        const load = (name) => import(new URL(`js/${name}`, document.baseURI));
        const { html, render } = await load('html.js');
        const { FormFields, FormValues, readForm } = await load('parts/report_form.js');
        const place = document.createElement('form');
        document.body.append(place);
        render(html`<${FormFields} form=${shown} />`, place);
        const names = [...new FormData(place).keys()];
        const report = readForm(shown, Object.fromEntries(names.map((name) => [name, name.startsWith(left) && left ? '' : name])));
        render(html`<${FormValues} form=${shown} report=${report} />`, place);
        return { names, report, said: place.innerText };
    }, [form, not]);
}

const TABLE = { kind: 'table', columns: [{ name: 'score', title: 'Балл' }] };

test('of a form that an expression has broken the rest is filled in', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go();
        const { names, report, said } = await filled(window, [
            null, 'words', { title: 'Без имени' }, { name: 'bare', title: 'Без граф', kind: 'table', required: true },
            { name: 'odd', title: 'Графы ничьи', kind: 'table', columns: [null, {}] }, { name: 'pick', title: 'Выбор', kind: 'choice', options: [null, 'да'] },
            { name: 'none', title: 'Без вариантов', kind: 'choice', options: 'да' }, { name: 'results', title: 'Итоги', ...TABLE },
        ]);
        assert.deepEqual(names, ['form/pick', 'form/none', 'form/results/0/score']);
        assert.deepEqual(report.results, [{ score: 'form/results/0/score' }]);
        assert.ok(said.includes('Итоги'), said);
        assert.deepEqual(await filled(window, { fields: [] }), { names: [], report: {}, said: '' });
    });
});

test('a dash in the name of a table makes its rows no rows of another', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go();
        const { report } = await filled(window, [{ name: 'done', title: 'Первая', ...TABLE }, { name: 'done-0', title: 'Вторая', ...TABLE }], 'form/done/');
        assert.deepEqual(report, { 'done-0': [{ score: 'form/done-0/0/score' }] });
    });
});
