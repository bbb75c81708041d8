/* overview.test.js - looking and counting: figures and what is behind them, paper, languages, the
 * weight of the page */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Engine } from './engine.js';
import { openBrowser, Window } from './people.js';

const FIRST_PAINT_BYTES_MAX = 300 * 1024; /* what a page over a slow line may weigh, packed */
let engine;
let browser;

before(async () => {
    engine = await new Engine().start();
    await reportLate();
    browser = await openBrowser();
});

/* One of those that are overdue is reported, and waits for its decision. */
async function reportLate() {
    const [late] = (await engine.get('/today')).overdue.filter((row) => row.co_executors.length === 0);
    const report = { text: 'Сделано.', documents: [{ kind: 'приказ', number: '1', date: '2023-06-23' }] };
    await engine.post(`/assignments/${late.task}/report`, { report }, late.responsible.id);
}
after(async () => {
    await browser?.close();
    await engine?.close();
});

/* A figure is named «просрочено: 7, ЛОИРО». */
async function figuresOf(window, table) {
    const figures = table.getByRole('link', { name: /: \d+, / });
    await figures.first().waitFor();
    return figures.evaluateAll((links) => links.map((link) => link.getAttribute('aria-label')));
}

async function leadsToAsMany(window, view, name) {
    await window.go(view);
    await window.page.getByRole('link', { name, exact: true }).first().click();
    await window.page.waitForURL(/#\/assignments/);
    await window.heading('Поручения').waitFor();
    await window.settled();
    assert.equal(await window.rowsShown(), Number(name.match(/: (\d+), /)[1]), name);
}

test('each figure of discipline leads to as many assignments', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go('discipline');
        const names = await figuresOf(window, window.page.getByRole('table').first());
        assert.ok(names.length >= 4, names.join('\n'));
        for (const name of [names[0], names.find((one) => /просрочено|не исполнено/i.test(one)) ?? names[1], names.at(-1)]) {
            await leadsToAsMany(window, 'discipline', name);
        }
    });
});

test('each number of a body on «Сегодня» leads to as many assignments', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go();
        for (const name of await figuresOf(window, window.page.getByRole('table', { name: 'По исполнителям' }))) {
            await leadsToAsMany(window, '', name);
        }
    });
});

const russian = new Intl.Collator('ru', { numeric: true });

test('bodies are chosen by name, and who is late stands first where work is shown', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        for (const view of ['', 'discipline', 'my', 'calendar', 'assignments', 'notices', 'processes', 'roadmaps/lo-2023']) {
            await window.go(view);
            const names = (await window.page.locator('main select').filter({ has: window.page.locator('option', { hasText: /^ЛОИРО$/ }) }).locator('option').allInnerTexts()).slice(1);
            assert.ok(names.length > 3, view);
            assert.deepEqual(names, [...names].sort(russian.compare), view);
        }
        await window.go();
        await window.button('Выбрать, за кого вы действуете').click();
        const names = (await window.page.getByLabel('Орган или должность').last().locator('option').allInnerTexts()).slice(1).map((text) => text.split(' — ')[0]);
        assert.deepEqual(names, [...names].sort(russian.compare));
        for (const [view, table, column] of [['', 'По исполнителям', 0], ['my', 'Орган или должность', 1]]) {
            await window.go(view);
            const late = await window.page.getByRole('table', { name: table }).locator('tbody tr').evaluateAll((rows, at) => rows.map((row) => Number(row.querySelectorAll('.c-number')[at].innerText)), column);
            assert.ok(late.length > 3 && late[0] > 0, view);
            assert.deepEqual(late, [...late].sort((a, b) => b - a), view);
        }
        const rows = await window.page.getByRole('table', { name: 'Орган или должность' }).locator('tbody tr').evaluateAll((all) => all.map((row) => ({ name: row.querySelector('a').innerText, counts: [...row.querySelectorAll('.c-number')].map((cell) => cell.innerText) })));
        const alike = (a, b) => a.counts.join() === b.counts.join();
        const misplaced = rows.map((row) => row.name).filter((name, n) => n > 0 && alike(rows[n - 1], rows[n]) && russian.compare(rows[n - 1].name, name) > 0);
        assert.ok(rows.some((row, n) => n > 0 && alike(rows[n - 1], row)), 'no two with as much to do');
        assert.deepEqual(misplaced, [], 'who has as much to do stands by the name that is shown');
    });
});

/* Links to lists that begin with a number: the number, and what narrows the list. */
async function numbersOn(window, view) {
    await window.go(view);
    return window.page.locator('main a[href^="#/assignments"]').evaluateAll((links) => links
        .map((link) => ({ count: Number(link.innerText.match(/^\d+/)?.[0] ?? NaN), query: link.hash.split('?')[1] ?? '' }))
        .filter((link) => !Number.isNaN(link.count)));
}

async function rowsOf(query) {
    return (await engine.rows(`/assignments?limit=1000&${query}`)).length;
}

test('each number that a view shows has a list with as many assignments', async () => {
    const views = ['', '?body=kopo_lo', 'my', 'roadmaps', 'discipline?by=body', 'discipline?by=plan&body=kopo_lo', 'discipline?by=section', 'discipline?by=month&plan=lo-2023'];
    await Window.use(browser, engine, {}, async (window) => {
        for (const view of views) {
            const numbers = await numbersOn(window, view);
            assert.ok(numbers.length >= 2, view);
            for (const { count, query } of numbers) {
                assert.equal(await rowsOf(query), count, `${view}: ${decodeURIComponent(query)}`);
            }
        }
    });
});

test('what is late is two numbers where a late report waits, and it is said why', async () => {
    const { counts } = await engine.get('/today');
    const { all } = await engine.get('/discipline?from=2023-01-01&to=2023-12-31');
    assert.equal(all.open_overdue, counts.overdue + counts.reported_late);
    await Window.use(browser, engine, {}, async (window) => {
        for (const [view, name] of [['', '1 отчёт пришёл после срока'], ['discipline', /^Отчёт, который пришёл после срока/]]) {
            await window.go(view);
            await window.link(name, window.page.getByRole('main')).click();
            await window.heading('Поручения').waitFor();
            await window.settled();
            assert.equal(await window.rowsShown(), counts.reported_late, view);
        }
    });
});

test('the list behind any number of «Сегодня» says which it is', async () => {
    const { counts } = await engine.get('/today');
    await Window.use(browser, engine, {}, async (window) => {
        for (const group of Object.keys(counts).filter((name) => !['total', 'incidents', 'reported_late'].includes(name))) {
            await window.go(`assignments?group=${group}`);
            const choice = window.page.getByLabel('Сегодня', { exact: true });
            assert.equal(await choice.inputValue(), group);
            assert.notEqual(await choice.locator('option:checked').innerText(), `state.${group}`);
        }
    });
});

test('what a plan waits for says how much of it is late, and leads there', async () => {
    const { instance } = (await engine.get('/instances?definition=lo-2023')).rows[0];
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(`processes/${instance}`);
        const late = window.link(/^просрочен[оы] \d+ поручени/, window.page.getByRole('main'));
        const count = Number((await late.innerText()).match(/\d+/)[0]);
        await late.click();
        await window.heading('Поручения').waitFor();
        await window.settled();
        assert.equal(await window.rowsShown(), count);
    });
});

test('of what is delegated the page says to whom and until when, and leads there', async () => {
    const row = (await engine.rows('/assignments?open=true&limit=1000')).find((one) => one.from > '2023-06-24' && one.co_executors.length === 0);
    await engine.post(`/assignments/${row.task}/delegate`, { to: 'mmo_lo', reason: 'по профилю' }, row.responsible.id);
    const { child } = await engine.get(`/assignments/${row.task}`);
    const { responsible } = await engine.get(`/assignments/${child}`);
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(`assignment/${row.task}`);
        const next = window.page.getByRole('region', { name: 'Что дальше' });
        await next.getByText(`Перепоручено: ${responsible.short}, срок до`).waitFor();
        assert.match((await next.innerText()).replaceAll('\u00a0', ' '), new RegExp(`Ждут отчёта: .*, с ${Number(row.from.slice(8))} `), 'not before its work begins');
        await window.link('поручение', next).click();
        await window.page.waitForURL((url) => url.hash === `#/assignment/${child}`);
    });
});

test('the language is switched, and stays', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go();
        await window.button('English').click();
        await window.heading(/^Today, 24 June 2023/).waitFor();
        await window.link('Roadmaps').waitFor();
        assert.equal(await window.page.getAttribute('html', 'lang'), 'en');
        await window.page.reload();
        await window.heading(/^Today/).waitFor();
        const body = await window.page.locator('nav').innerText();
        assert.doesNotMatch(body.replace('Русский', ''), /[а-яё]/i, 'Russian words in the English menu');
        await window.button('Русский').click();
        await window.heading(/^Сегодня/).waitFor();
    });
});

test('a thing has its name and that of the program in the tab, in the chosen language', async () => {
    const [{ task, instance }] = (await engine.get('/assignments?limit=1')).rows;
    await Window.use(browser, engine, { language: 'en' }, async (window) => {
        for (const place of [`assignment/${task}`, `processes/${instance}`]) {
            await window.go(place);
            await window.page.waitForFunction(() => /\S · Marshrut$/.test(document.title));
            assert.doesNotMatch(await window.page.title(), /^(Assignment|Processes) ·/, place);
        }
    });
});

test('a wrong address says so, leads out, and is not asked for again', async () => {
    const instance = (await engine.get('/instances?limit=1')).rows[0].instance;
    for (const [place, list] of [['processes/999', 'Процессы'], ['teachers/527', 'Педагоги'], [`assignment/${instance}.99999`, 'Все поручения']]) {
        await Window.use(browser, engine, { by: { id: 'operator', name: 'Оператор' } }, async (window) => {
            window.expected.push(/404/);
            await window.go(place);
            await window.heading('Такой страницы нет').waitFor();
            await window.page.getByRole('alert').first().waitFor();
            const asked = [];
            window.page.on('request', (request) => asked.push(request.url()));
            const told = window.page.waitForResponse((response) => /\/stats$/.test(response.url()));
            await engine.post(`/instances/${instance}/suspend`, { reason: 'проверка' });
            await engine.post(`/instances/${instance}/resume`, {});
            await told; /* the page has heard of it */
            assert.deepEqual(asked.filter((url) => !/\/stats$/.test(url)), [], place);
            await window.link(list, window.page.getByRole('main')).click();
            await window.heading(list === 'Все поручения' ? 'Поручения' : list).waitFor();
        });
    }
});

test('what is found leads there', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go();
        await window.page.getByRole('searchbox').fill('метод совет');
        await window.page.keyboard.press('Enter');
        await window.heading(/Поиск|Найдено/).waitFor();
        await window.link(/методического совета/i, window.page.getByRole('main')).click();
        await window.heading(/методического совета/i).waitFor();
    });
});

test('a number leads to what has it, then to documents; what only says it stands last', async () => {
    const [{ task }] = (await engine.get('/assignments?open=true&group=overdue&limit=1')).rows;
    await engine.post(`/assignments/${task}/comment`, { reason: 'осталось 1.4 ставки' }, 'kopo_lo');
    await Window.use(browser, engine, {}, async (window) => {
        const main = window.page.getByRole('main');
        const heads = () => main.getByRole('heading', { level: 2 }).allInnerTexts();
        await window.go(`search?q=${encodeURIComponent('пункт 1.4')}`);
        const [first, ...others] = await heads();
        assert.equal(first, 'Пункты планов');
        assert.equal(others.at(-1), 'Только в тексте: 1.4');
        assert.match(await main.getByRole('listitem').first().innerText(), /^п\. 1\.4\s/);
        await main.locator('section', { hasText: 'Только в тексте' }).locator(`a[href$="/${task}"]`).waitFor();
        await window.go(`search?q=${encodeURIComponent('№ 1')}`);
        const all = await heads();
        assert.ok(all.indexOf('Поручения') < all.indexOf('Поручения с документом № 1 в отчёте'), all.join('\n'));
        const { key, title } = await engine.get('/instances/14');
        await window.go('search?q=14');
        const process = main.getByRole('listitem').filter({ has: window.page.locator('a[href$="/processes/14"]') });
        assert.equal((await process.getByRole('link').innerText()).replaceAll('\u00a0', ' '), `№ 14 · ${title}`);
        assert.ok((await process.locator('small').innerText()).startsWith(`${key} · `));
        await process.locator('.badge', { hasText: 'идёт' }).waitFor();
    });
});

test('without words it is said what can be found', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go();
        await window.page.getByRole('searchbox').press('Enter');
        await window.heading('Поиск').waitFor();
        await window.page.getByText('муниципалитет или школу').waitFor();
    });
});

test('an item that is found is shown in its plan', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go(`search?q=${encodeURIComponent('метод совет')}`);
        await window.page.locator('main a[href*="/roadmaps/"]', { hasText: /методического совета/i }).first().click();
        const row = window.page.locator('tr[aria-current]', { hasText: /методического совета/i });
        await row.waitFor();
        assert.ok(await row.evaluate((tr) => tr.getBoundingClientRect().top < innerHeight), 'one has to look for it');
    });
});

test('the report on discipline prints, with its figures and how they are counted', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go('discipline');
        const { pages, lies, text } = await window.printed('discipline');
        assert.ok(pages >= 1 && pages <= 12, `${pages} pages`);
        assert.ok(lies);
        assert.match(text, /ЦНППМ/);
        assert.match(text, /2023/);
        assert.match(text, /В первоначальный срок ÷/);
        assert.doesNotMatch(text, /Поиск по всему|Выбрать, за кого/, 'what is only for the screen');
    });
});

test('lists print on their side and in full size, with what they were narrowed to', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        for (const place of ['assignments?overdue=true', 'roadmaps', 'roadmaps/lo-2023', 'teachers', 'calendar', 'notices', 'definitions', 'processes']) {
            await window.go(place);
            const { lies, title, text } = await window.printed(place.replace(/\W/g, '-'));
            assert.ok(lies, place);
            assert.ok(title > 12, `${place}: its title is ${title} pt high`);
            assert.doesNotMatch(text, /XLSX|Действие со всеми|Отметить|все$/m, place);
        }
        await window.go('assignments?overdue=true');
        assert.match((await window.printed('assignments-overdue')).text, /Срок:\s+просрочено/);
    });
});

test('a list that is not there yet says that it loads', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        for (const place of ['notices', 'search?q=лоиро']) {
            let answer;
            const held = new Promise((free) => { answer = free; });
            await window.page.route(/\/api\/v1\/(notices|search)/, async (route) => { await held; await route.continue(); });
            const there = window.go(place);
            const status = window.page.getByRole('main').getByRole('status').filter({ hasText: 'Загружается' });
            await status.waitFor();
            await window.page.locator('main h1').waitFor();
            assert.equal(await status.getAttribute('class'), 'wait', place);
            answer();
            await there;
            assert.equal(await status.count(), 0, place);
            await window.page.unrouteAll();
        }
    });
});

test('sections stand under their plan, and the formula names columns of the table', async () => {
    await Window.use(browser, engine, {}, async (window) => {
        await window.go('discipline?by=section');
        const table = window.page.getByRole('table').first();
        await table.getByRole('rowheader', { name: /^План мероприятий/ }).waitFor();
        assert.equal(await table.getByText('План мероприятий').count(), 1);
        const heads = (await table.getByRole('columnheader').allInnerTexts()).map((text) => text.replaceAll('\u00ad', ''));
        const formula = await window.page.locator('dd', { hasText: 'первона' }).innerText();
        for (const name of formula.split(/[÷()+]/).map((part) => part.trim()).filter(Boolean)) {
            assert.ok(heads.includes(name), name);
        }
    });
});

test('the first page is small', async (t) => {
    await Window.use(browser, engine, {}, async (window) => {
        const client = await window.context.newCDPSession(window.page);
        let bytes = 0;
        await client.send('Network.enable');
        client.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
        await window.go();
        await window.heading(/^Сегодня/).waitFor();
        const painted = await window.page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
        const useful = await window.page.evaluate(() => performance.now());
        t.diagnostic(`first paint ${Math.round(painted)} ms, the day is read by ${Math.round(useful)} ms, ${Math.round(bytes / 1024)} KiB`);
        assert.ok(bytes > 0 && bytes <= FIRST_PAINT_BYTES_MAX, `${bytes} bytes`);
        const late = await window.page.evaluate(() => { /* modules that the page asks for one after the other */
            const told = new Set([...document.querySelectorAll('script[type="module"], link[rel="modulepreload"]')].map((one) => one.src || one.href));
            return performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.includes('/js/') && !told.has(name));
        });
        assert.deepEqual(late, []);
    });
});
