/* timeline.js - the year of a plan: its windows as bars on a scale of days, with today
 *
 * Drawn by Chart.js as floating bars, each kind with a pattern of its own; the same windows stand in
 * the table beneath for who can't see them, and a click on a bar opens its assignment.
 */
import { html } from '../html.js';
import { go, place, setQuery } from '../route.js';
import { addTexts, brief, dayShort, daysBetween, monthName, t, todayDay } from '../text.js';
import { Chart, lineAt } from './chart.js';
import { Choice } from './field.js';
import { fill, toneOf } from './fills.js';
import { lookOf } from './state.js';

const kinds = ['critical', 'overdue', 'today', 'soon', 'open', 'decide', 'late-done', 'done', 'planned', 'paused', 'withdrawn'];

/* What has no colour of its own is told apart by its state. */
function kindOf(window) {
    const { look, tone } = lookOf(window);
    return tone === 'none' ? look : tone;
}

function yearsOf(items) {
    const years = items.flatMap((item) => item.windows.map((window) => (window.due ?? window.to)?.slice(0, 4))).filter(Boolean);
    return [...new Set(years)].sort();
}

/* A term that has moved beyond the end of a plan makes no year of it. */
function fullest(items, years) {
    const count = (year) => items.flatMap((item) => item.windows).filter((window) => (window.due ?? window.to)?.startsWith(year)).length;
    return years.reduce((best, year) => best === undefined || count(year) > count(best) ? year : best, undefined);
}

/* Bars of one year: days since its first, cut at its ends; a term that moved goes to its new day. */
function barsOf(items, year) {
    const first = `${year}-01-01`;
    const last = `${year}-12-31`;
    return items.flatMap((item, row) => item.windows.flatMap((window) => {
        const to = window.due ?? window.to;
        const from = window.from ?? window.opens ?? to;
        if (!to || to < first || from > last) {
            return [];
        }
        const begin = from < first ? first : from > to ? to : from;
        const end = to > last ? last : to;
        const bar = { row, item, window, kind: kindOf(window) };
        const x = (day) => daysBetween(first, day < first ? first : day > last ? last : day);
        return window.moved && window.due > window.to
            ? [{ ...bar, x: [x(begin), x(window.to) + 1] }, { ...bar, added: true, x: [x(window.to) + 1, x(end) + 1] }]
            : [{ ...bar, x: [x(begin), x(end) + 1] }];
    }));
}

function config(items, bars, year) {
    const narrow = window.innerWidth < 700; /* numbers only: the names are in the table beneath */
    const form = window.innerWidth < 1000 ? 'narrow' : 'short';
    const first = `${year}-01-01`;
    const labels = items.map((item) => `${item.no}  ${narrow ? '' : brief(item.title, form === 'short' ? 42 : 28)}`);
    return {
        type: 'bar',
        data: {
            labels,
            datasets: kinds.map((name) => ({ name, whole: fill(name), pale: fill(name, true) })).map(({ name, whole, pale }) => ({
                label: t(`timeline.${name}`), backgroundColor: ({ raw }) => (raw?.bar.added ? pale : whole), hoverBackgroundColor: whole, borderColor: toneOf(name), borderWidth: 1, borderSkipped: false, minBarLength: 6, borderRadius: 3, grouped: false,
                data: bars.filter((bar) => bar.kind === name).map((bar) => ({ x: bar.x, y: labels[bar.row], bar })),
            })).filter((set) => set.data.length > 0),
        },
        options: {
            indexAxis: 'y', maintainAspectRatio: false,
            onClick: (event, hits) => {
                const task = hits[0]?.element.$context.raw.bar.window.task;
                if (task) {
                    go('assignment', task);
                }
            },
            scales: {
                x: { min: 0, max: daysBetween(first, `${year}-12-31`) + 1, position: 'top', ticks: { autoSkip: false, maxRotation: 0, callback: (value, index) => monthName(`${year}-${String(index + 1).padStart(2, '0')}`, form).replace('.', '') }, afterBuildTicks: (axis) => { axis.ticks = Array.from({ length: 12 }, (_, month) => ({ value: daysBetween(first, `${year}-${String(month + 1).padStart(2, '0')}-01`) })); } },
                y: { ticks: { autoSkip: false } },
            },
            plugins: {
                legend: { position: 'bottom' },
                tooltip: { callbacks: { title: (hits) => hits[0].raw.bar.item.title, label: (hit) => `${dayShort(hit.raw.bar.window.from ?? hit.raw.bar.window.to)} – ${dayShort(hit.raw.bar.window.due ?? hit.raw.bar.window.to)}${hit.raw.bar.window.moved ? `, ${t('timeline.moved')}` : ''}` } },
            },
        },
        plugins: [lineAt('today', daysBetween(first, todayDay()), 'overdue')],
    };
}

export function Timeline({ items, plan, year }) {
    const years = yearsOf(items);
    const now = todayDay().slice(0, 4);
    const shown = years.includes(year) ? year : years.includes(now) ? now : fullest(items, years);
    if (!shown) {
        return html`<p class="empty">${t('common.nothing')}</p>`;
    }
    const bars = barsOf(items, shown);
    const present = items.filter((_, row) => bars.some((bar) => bar.row === row));
    const drawn = barsOf(present, shown);
    const table = { head: [t('common.no'), t('common.activity'), t('timeline.from'), t('timeline.to'), t('common.state')], rows: drawn.filter((bar) => !bar.added).map(({ item, window }) => [item.no, window.task ? html`<a href=${place('assignment', window.task)}>${item.title}</a>` : item.title, dayShort(window.from ?? window.opens), dayShort(window.due ?? window.to), t(`state.${lookOf(window).look}`)]) };
    return html`<div class="sheet">
        <${Choice} label=${t('timeline.year')} all=${false} value=${shown} options=${years.map((one) => [one, one])} onChoose=${(one) => setQuery({ year: one })} />
        <${Chart} label=${t('timeline.label', { title: plan.title, year: shown })} height=${90 + present.length * 24} make=${() => config(present, drawn, shown)} table=${table} depends=${JSON.stringify([shown, drawn.map((bar) => [bar.x, bar.kind])])} />
    </div>`;
}

addTexts('timeline', {
    ru: { critical: 'просрочено давно', overdue: 'просрочено', today: 'срок сегодня', soon: 'срок близко', open: 'в работе', decide: 'ждёт решения', 'late-done': 'принято после срока', done: 'принято', planned: 'запланировано', paused: 'приостановлено', withdrawn: 'снято с контроля', moved: 'срок перенесён', from: 'С', to: 'По', year: 'Год', label: '{title}: {year} год по дням. Пунктир — сегодня, бледная часть — на сколько перенесён срок' },
    en: { critical: 'long overdue', overdue: 'overdue', today: 'due today', soon: 'due soon', open: 'open', decide: 'to decide', 'late-done': 'accepted late', done: 'accepted', planned: 'planned', paused: 'paused', withdrawn: 'withdrawn', moved: 'the term has moved', from: 'From', to: 'To', year: 'Year', label: '{title}: the year {year}. The dashed line is today, the pale part is by how much a term has moved' },
});
