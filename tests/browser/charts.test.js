/* charts.test.js - pictures of numbers and long titles: on a wide screen, on a phone, on paper */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Engine } from './engine.js';
import { openBrowser, PHONE, WIDE, Window } from './people.js';

const LINE_PIXELS = 14; /* of a label of a chart */
let engine;
let browser;

before(async () => {
    engine = await new Engine().start();
    const [gone] = (await engine.get('/assignments?plan=lo-2023&state=open&group=overdue')).rows;
    await engine.post(`/assignments/${gone.task}/withdraw`, { reason: 'утратило смысл' }, gone.controller);
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await engine?.close();
});

/* The chart of the view, once it is drawn: work(chart) in the page. */
async function ofChart(window, work) {
    await window.page.waitForFunction(() => window.Chart?.getChart(document.querySelector('main canvas')));
    return window.page.evaluate(`(${work})(window.Chart.getChart(document.querySelector('main canvas')))`);
}

/* In both looks: where a tile of the fill is more of the ground than of the colour. */
function tilesOf(names) {
    return Promise.all([import('/js/parts/fills.js'), import('/js/parts/chart.js')]).then(([{ fill, toneOf }, { ink }]) => names.map((name) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 16, height: 16 });
        const context = canvas.getContext('2d', { willReadFrequently: true });
        const colourOf = (style) => {
            context.fillStyle = style;
            context.fillRect(0, 0, 16, 16);
            return context.getImageData(0, 0, 16, 16).data;
        };
        const [ground, colour, drawn] = [ink('sheet'), toneOf(name), fill(name)].map(colourOf);
        const far = (from, at) => [0, 1, 2].reduce((sum, part) => sum + Math.abs(drawn[at + part] - from[part]), 0);
        return Array.from({ length: 256 }, (_, n) => (far(ground, n * 4) < far(colour, n * 4) ? '1' : '0')).join('');
    }));
}

test('no two states of a plan are told apart by their colour alone', async () => {
    for (const look of ['light', 'dark']) {
        await Window.use(browser, engine, { look }, async (window) => {
            await window.go('roadmaps/lo-2023?view=timeline');
            const legend = await ofChart(window, (chart) => chart.legend.legendItems.map((item) => [item.text, item.fillStyle instanceof CanvasPattern]));
            const words = legend.map(([word]) => word);
            assert.ok(['запланировано', 'снято с контроля', 'в работе'].every((word) => words.includes(word)), words.join());
            assert.ok(legend.every(([, pattern]) => pattern), 'the legend shows the patterns');
            const names = ['critical', 'overdue', 'today', 'soon', 'open', 'decide', 'late-done', 'done', 'planned', 'paused', 'withdrawn'];
            const tiles = await window.page.evaluate(`(${tilesOf})(${JSON.stringify(names)})`);
            assert.equal(new Set(tiles).size, names.length, look);
        });
    }
});

test('on paper a chart has the colours of paper, whatever the look', async () => {
    const colourOf = (window) => ofChart(window, (chart) => chart.options.color);
    let light;
    await Window.use(browser, engine, { look: 'light' }, async (window) => {
        await window.go('roadmaps/lo-2023?view=timeline');
        light = await colourOf(window);
    });
    await Window.use(browser, engine, { look: 'dark' }, async (window) => {
        await window.go('roadmaps/lo-2023?view=timeline');
        const colour = () => colourOf(window);
        const dark = await colour();
        assert.notEqual(dark, light);
        await window.page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
        assert.equal(await colour(), light);
        await window.page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
        assert.equal(await colour(), dark);
        const { pages, text } = await window.printed('timeline');
        assert.equal(pages, 1);
        assert.match(text, /2023 год по дням/);
    });
});

test('names beside the bars of discipline by section have their room, and it is printed', async () => {
    for (const size of [WIDE, PHONE]) {
        await Window.use(browser, engine, { size }, async (window) => {
            await window.go('discipline?by=section');
            const { room, lines, names } = await ofChart(window, ({ scales: { y }, data }) => ({ room: y.getPixelForTick(1) - y.getPixelForTick(0), lines: Math.max(...data.labels.map((label) => label.length)), names: data.labels.map(String) }));
            assert.ok(lines > 1, 'no long name');
            assert.ok(room >= lines * LINE_PIXELS, `${lines} lines in ${room} pixels`);
            assert.equal(new Set(names).size, names.length, names.join('\n'));
            const { sections } = await engine.get('/roadmaps/lo-2023');
            const table = await window.page.getByRole('table').first().innerText();
            for (const { title } of sections) {
                assert.ok(table.replace(/\s+/g, ' ').includes(title), `the table has it in part: ${title}`);
            }
            assert.match((await window.printed(`sections-${size.width}`)).text, /Чем кончились поручения/);
        });
    }
});

test('a chart that leaves rows of its table out says so', async () => {
    const answer = await engine.get('/discipline?by=body&from=2023-01-01&to=2023-12-31');
    await Window.use(browser, engine, {}, async (window) => {
        let rows;
        await window.page.route(/\/discipline\?/, (route) => route.fulfill({ json: { ...answer, rows } }));
        for (const [count, notes] of [[20, 0], [21, 1]]) {
            rows = Array.from({ length: count }, (_, n) => ({ ...answer.rows[0], id: `body-${n}`, short: `Орган ${n}` }));
            await window.go(`discipline?count=${count}`);
            await window.link(/^Всего: \d+, Орган 19$/).waitFor();
            assert.equal(await window.text('Показаны первые 20 строк таблицы.').count(), notes);
            assert.equal(await ofChart(window, (chart) => chart.data.labels.length), 20);
        }
    });
});

test('a title of a list has three lines at most; it is there as a whole for who reads, prints or comes by keyboard', async () => {
    const { rows } = await engine.get('/assignments?limit=50&overdue=true');
    const longest = rows.reduce((a, b) => (a.title.length > b.title.length ? a : b));
    await Window.use(browser, engine, {}, async (window) => {
        const assignment = `/${longest.task}`;
        const process = `/${longest.instance}`;
        for (const [view, end] of [['assignments?overdue=true', assignment], ['', assignment], [`my?body=${longest.responsible.id}`, assignment], [`notices?instance=${longest.instance}`, assignment], [`processes?body=${longest.responsible.id}`, process]]) {
            await window.page.mouse.move(0, 0); /* over no link of this view */
            await window.go(view);
            const lines = await window.page.locator('main th a.brief').evaluateAll((links) => links.map((one) => one.clientHeight / Number.parseFloat(getComputedStyle(one).lineHeight)));
            assert.ok(lines.length > 0 && Math.max(...lines) < 3.2, `${view}: ${Math.max(...lines)} lines`);
            const link = window.page.locator(`main th a[href$="${end}"]`).first();
            assert.ok((await link.innerText()).includes(longest.title));
            assert.equal(await link.getAttribute('title'), null, 'what is read out twice');
            await link.hover();
            assert.ok((await link.getAttribute('title')).includes(longest.title), view);
            const before = (await link.boundingBox()).height;
            await window.page.keyboard.press('Tab'); /* from here on the keyboard is what is used */
            await link.focus();
            assert.ok((await link.boundingBox()).height > before, view);
        }
        await window.go('assignments?overdue=true');
        const { text } = await window.printed('titles');
        assert.ok(longest.title.split(/\s+/).slice(-4).every((word) => text.includes(word)), longest.title);
    });
});
