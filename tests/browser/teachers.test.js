/* teachers.test.js - «Педагоги»: a teacher is followed through the cycle */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { Engine, ROOT } from './engine.js';
import { openBrowser, Window } from './people.js';

let engine;
let browser;
const instances = [];

before(async () => {
    engine = await new Engine({
        programs: [['marshrut-diagnostics'], ['marshrut-notify'], ['marshrut-route-planner', '--registries', join(ROOT, 'workflows/registries')]],
    }).start();
    for (let n = 1; n <= 3; n++) {
        const teacher = { id: `t-${n}`, name: `Учитель № ${n}`, municipality: n < 3 ? 'Тосненский район' : 'Лужский район', school: `Школа № ${n}`, experience_years: 7 };
        instances.push(await engine.begin('teacher-cycle', teacher.id, { teacher }));
    }
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await engine?.close();
});

/* The open assignment of a teacher with this word in its title, once it is there. */
async function open(instance, word) {
    const find = async () => (await engine.get(`/instances/${instance}`)).tasks.find((task) => task.assignment && task.state !== 'closed' && task.assignment.title.includes(word))?.assignment;
    return engine.until(find, Boolean, `«${word}» of ${instance}`);
}

/* Reported by everybody who has a part, accepted by who decides. */
async function done(instance, word, report = {}) {
    const row = await open(instance, word);
    for (const body of row.missing ?? []) {
        await engine.post(`/assignments/${row.task}/report`, { report: { text: 'сведения представлены' } }, body);
    }
    const document = { kind: row.result[0].kind, number: '1', date: '2023-06-20' };
    await engine.post(`/assignments/${row.task}/report`, { report: { ...document, ...report } }, row.responsible.id);
    await engine.post(`/assignments/${row.task}/accept`, {}, row.decider);
}

test('a teacher is followed from stage to stage', async () => {
    const [teacher] = instances;
    await engine.until(() => engine.get('/cycles/teacher-cycle'), (cycle) => cycle.stages[0].count === 3, 'three at the diagnosis');
    await Window.use(browser, engine, {}, async (window) => {
        await window.go();
        await window.link('Педагоги').click();
        await window.heading('Цикл непрерывного развития педагога').waitFor();
        const stage = (name) => window.page.getByRole('row').filter({ hasText: name }).first();
        await stage('Диагностика').getByRole('cell', { name: '3', exact: true }).first().waitFor();
        await window.page.getByRole('combobox', { name: 'Муниципалитет' }).selectOption('Лужский район');
        await window.page.getByRole('link', { name: 'Учитель № 1' }).first().waitFor({ state: 'detached' });
        await window.page.getByRole('combobox', { name: 'Муниципалитет' }).selectOption('');
        await window.link('Диагностика').click();
        await window.heading('Педагоги на этапе: Диагностика').waitFor();
        await window.link('Учитель № 1', window.page.getByRole('region', { name: 'Педагоги на этапе' })).click();
        await window.heading('Учитель № 1').waitFor();
        const now = window.page.locator('[aria-current="step"]');
        await now.filter({ hasText: 'Диагностика' }).waitFor();
        await window.page.getByRole('img', { name: /Схема цикла/ }).waitFor();
        await done(teacher, 'диагностика', { results: [{ competence: 'metodicheskie', title: 'Методические', score: 42 }] });
        await now.filter({ hasText: 'Согласование' }).waitFor(); /* without a reload */
        await window.text('Методические').waitFor();
        await window.link(/согласование/, window.page.getByRole('region', { name: 'Открытые поручения' })).click();
        await window.heading(/согласование/).waitFor();
        await window.page.goBack();
        await done(teacher, 'согласование');
        await now.filter({ hasText: 'Обучение' }).waitFor();
        await window.picture('teacher');
        const story = window.page.locator('ol.story');
        await story.getByText('Шаг «Анализ дефицитов» выполнен').waitFor();
        await story.getByText('Согласование маршрута').first().waitFor();
        const said = (await story.innerText()).replace('(test)', ''); /* who began it here */
        assert.doesNotMatch(said, /[A-Za-z]/, 'people are told nothing by the names that programs have');
        assert.doesNotMatch(said, /Пройден шаг/);
        await window.page.getByRole('link', { name: 'Процесс', exact: true }).click();
        await window.page.locator('.reasons').getByText(/«[^«»]*„Методические“»/).first().waitFor(); /* quoted within what is quoted */
        const all = window.page.getByRole('checkbox', { name: 'Все записи' });
        await story.getByText('Пройден шаг «Согласие с маршрутом»: согласие').waitFor();
        await all.uncheck();
        await story.getByText('Пройден шаг').first().waitFor({ state: 'detached' });
        await story.getByText('Отчёт принят').first().waitFor();
        await window.settled();
        const large = await window.page.getByRole('main').evaluate((main) => {
            const copy = main.cloneNode(true);
            copy.querySelectorAll('small, pre, ol.story, .below, .picture').forEach((part) => part.remove());
            return copy.textContent;
        });
        assert.match(large, /Ждёт сообщения/);
        assert.doesNotMatch(large, /[A-Za-z]/, 'names that programs and documents have stand in small letters alone');
        assert.deepEqual(await window.axe(), []);
    });
    const { stages } = await engine.get('/cycles/teacher-cycle');
    assert.equal(stages.find((one) => one.step === 'training').count, 1);
});

test('a planned pause is not where people are stuck, however long they stand there', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        const answer = await engine.get('/cycles/teacher-cycle');
        const oldest = answer.stages.find((stage) => stage.oldest).oldest;
        Object.assign(answer.stages.find((stage) => stage.step === 'training'), { count: 2, median_days: 20, oldest: { ...oldest, stage: 'Обучение и аттестация', days: 30 } });
        Object.assign(answer.stages.find((stage) => stage.step === 'pause'), { count: 3, median_days: 150, oldest: { ...oldest, stage: 'Пауза перед новым витком', days: 170 } });
        await window.page.route(/\/cycles\/teacher-cycle$/, (route) => route.fulfill({ json: answer }));
        await window.go('teachers');
        const stuck = await window.page.locator('.note').innerText();
        assert.match(stuck, /«Обучение и аттестация»: медиана 20 дней[^]*30 дней/);
        assert.doesNotMatch(stuck, /Пауза/);
        await window.page.getByRole('row').filter({ hasText: 'Пауза перед новым витком' }).getByText('плановый перерыв').waitFor();
    });
});

test('results are filled into the form, and lead the teacher on by the page alone', async () => {
    const teacher = instances[2];
    const row = await open(teacher, 'диагностика');
    for (const body of row.missing) {
        await engine.post(`/assignments/${row.task}/report`, { report: { text: 'сведения представлены' } }, body);
    }
    await Window.use(browser, engine, { by: row.responsible }, async (window) => {
        await window.go(`assignment/${row.task}`);
        await window.button('Отчитаться').click();
        const { dialog } = window;
        const line = (n) => dialog.getByRole('group', { name: `Строка ${n}` });
        const say = (words) => dialog.getByRole('alert').filter({ hasText: words }).waitFor();
        await dialog.getByLabel('Что сделано').fill('Диагностика проведена');
        await dialog.getByLabel('Вид документа').fill('справка');
        await dialog.getByLabel('Номер').fill('7');
        await dialog.getByLabel('Дата').fill('2023-06-20');
        await window.button('Отправить отчёт', dialog).click();
        await say('нужно заполнить «Результаты диагностики» или «Причина отказа»');
        await line(1).getByLabel('Компетенции').selectOption('Методические');
        await window.button('Отправить отчёт', dialog).click();
        await say('не заполнено «Балл из 100»');
        assert.equal(await line(1).getByLabel('Балл из 100').evaluate((one) => one === document.activeElement), true);
        await window.page.keyboard.type('42');
        for (const n of [2, 3]) {
            await window.button('Ещё строка', dialog).click();
            await line(n).getByLabel('Компетенции').selectOption('Цифровые');
            await line(n).getByLabel('Балл из 100').fill(String(40 + n));
        }
        await window.button('Убрать строку 2', dialog).click();
        assert.deepEqual(await window.axe(), []);
        await window.picture('report-form');
        await window.button('Отправить отчёт', dialog).click();
        await window.page.getByRole('status').filter({ hasText: 'Отчёт отправлен' }).waitFor();
    });
    const { report } = await engine.get(`/assignments/${row.task}`);
    assert.deepEqual(report.results, [{ competence: 'metodicheskie', title: 'Методические', score: 42 }, { competence: 'cifrovye', title: 'Цифровые', score: 43 }]);
    assert.equal('refused' in report, false);
    await Window.use(browser, engine, { by: { id: row.decider, name: row.decider_name } }, async (window) => {
        await window.go(`assignment/${row.task}`);
        const results = window.page.getByRole('table', { name: 'Результаты диагностики' });
        await results.getByRole('row', { name: 'Методические 42' }).waitFor();
        await window.act('Принять', {}, 'Принять', 'Отчёт принят');
        await window.go(`teachers/teacher-cycle/${teacher}`);
        await window.page.locator('[aria-current="step"]').filter({ hasText: 'Согласование' }).waitFor();
    });
});

test('who owes a part is not asked for what concerns the whole', async () => {
    const row = await open(instances[1], 'диагностика');
    await Window.use(browser, engine, { by: { id: row.missing[0], name: row.missing[0] } }, async (window) => {
        await window.go(`assignment/${row.task}`);
        await window.button('Отчитаться').click();
        await window.dialog.getByLabel('Что сделано').waitFor();
        assert.equal(await window.dialog.getByText('Результаты диагностики').filter({ hasNotText: 'Подтверждающий' }).count(), 0);
    });
});

test('who is found by name is shown with the route', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go();
        await window.page.getByRole('searchbox').fill('учитель № 2');
        await window.page.keyboard.press('Enter');
        const link = window.page.getByRole('main').locator(`a[href="#/teachers/teacher-cycle/${instances[1]}"]`);
        await link.click();
        await window.heading('Учитель № 2').waitFor();
    });
});

test('who has the very number comes first, without the assignments that carry the name', async () => {
    await engine.begin('teacher-cycle', 't-20', { teacher: { id: 't-20', name: 'Учитель № 20', municipality: 'Лужский район', school: 'Школа № 2' } });
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(`search?q=${encodeURIComponent('учитель № 2')}`);
        const found = window.page.getByRole('main').getByRole('link', { name: /^Учитель № / });
        assert.deepEqual(await found.allInnerTexts(), ['Учитель № 2', 'Учитель № 20']);
    });
});

test('a municipality that is found leads to its teachers', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(`search?q=${encodeURIComponent('тосненский')}`);
        await window.page.getByRole('main').getByRole('link', { name: 'Тосненский район', exact: true }).click();
        await window.heading('Цикл непрерывного развития педагога').waitFor();
        assert.equal(await window.page.getByRole('combobox', { name: 'Муниципалитет' }).inputValue(), 'Тосненский район');
    });
});

test('the calendar says of whom a term is', async () => {
    const teacher = { id: 't-21', name: 'Иванова Анна Петровна', municipality: 'Лужский район', school: 'Школа № 2' };
    const row = await open(await engine.begin('teacher-cycle', teacher.id, { teacher }), 'диагностика');
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(`calendar?month=${row.to.slice(0, 7)}`);
        const entry = window.page.locator(`a.due[href="#/assignment/${row.task}"] .in-grid`);
        assert.match(await entry.innerText(), /^Диагностика.*\sИванова\sА\.\sП\.$/s);
    });
});
