/* funnel.js - how many stand at each stage of a cycle, how long, and where they are stuck
 *
 * In:      the answer of /cycles/{definition} (docs/protocol.md §3.6, CYCLE).
 */
import { Fragment, html } from '../html.js';
import { place, setQuery } from '../route.js';
import { addTexts, has, number, t } from '../text.js';
import { Body } from './assignment_cells.js';
import { Chart } from './chart.js';
import { fill, toneOf } from './fills.js';
import { labelLines } from './labels.js';
import { Said } from './said.js';
import { Table } from './table.js';

/* The stages, and who is between two of them, when somebody is. */
export function stagesOf(cycle) {
    const stages = cycle.stages.map((stage) => ({ ...stage, title: stage.title ?? stage.step }));
    return cycle.between.count > 0 ? [...stages, { ...cycle.between, step: 'between', title: t('funnel.between') }] : stages;
}

export function TeacherLink({ cycle, row }) {
    return html`<a href=${place('teachers', cycle, String(row.instance))}><${Said}>${row.name ?? row.key ?? row.instance}<//></a>`;
}

/* The stage at which people stand for longest. A pause that was planned is no jam. */
function Stuck({ cycle, stages }) {
    const working = stages.filter((stage) => !stage.pause);
    const slow = working.filter((stage) => stage.count > 0).sort((a, b) => b.median_days - a.median_days)[0];
    const oldest = working.map((stage) => stage.oldest).filter(Boolean).sort((a, b) => b.days - a.days)[0];
    return slow ? html`<p class="note">${t('funnel.slow', { stage: slow.title, n: slow.median_days })} ${oldest && html`${t('funnel.longest')} <${TeacherLink} cycle=${cycle.definition} row=${oldest} />, ${t('funnel.at', { stage: oldest.stage ?? t('funnel.between') })}, ${t('funnel.days', { n: oldest.days })}${oldest.on?.length > 0 && html`; ${t('funnel.on')} <${Body} body=${oldest.on[0]} />`}.`}</p>` : null;
}

function config(cycle, stages) {
    const paused = fill('paused');
    const bars = (label, values, kind, axis, ground = fill(kind)) => ({ label, data: values, backgroundColor: ({ dataIndex }) => (stages[dataIndex]?.pause ? paused : ground), borderColor: toneOf(kind), borderWidth: 1, xAxisID: axis, maxBarThickness: 18 });
    return {
        type: 'bar',
        data: { labels: stages.map((stage) => labelLines(stage.title)), datasets: [bars(t('funnel.count'), stages.map((stage) => stage.count), 'open', 'x'), bars(t('funnel.median'), stages.map((stage) => stage.median_days ?? 0), 'today', 'days')] },
        options: {
            indexAxis: 'y', maintainAspectRatio: false,
            onClick: (event, hits) => hits.length > 0 && setQuery({ stage: stages[hits[0].index].step }),
            scales: { x: { beginAtZero: true, ticks: { precision: 0 }, title: { display: true, text: t('funnel.count') } }, days: { position: 'top', beginAtZero: true, grid: { display: false }, ticks: { precision: 0 }, title: { display: true, text: t('funnel.median') } }, y: { ticks: { autoSkip: false } } },
            plugins: { legend: { position: 'bottom' } },
        },
    };
}

const columns = (cycle) => [
    { name: 'stage', title: t('funnel.stage'), cell: (stage) => html`${stage.count > 0 ? html`<a href=${place('teachers', cycle.definition, { ...cycle.filter, stage: stage.step })}>${stage.title}</a>` : stage.title}${stage.pause && html`<small class="below-text">${t('funnel.pause')}</small>`}` },
    { name: 'number n-count', title: t('funnel.count'), cell: (stage) => number(stage.count) },
    { name: 'number n-days', title: t('funnel.median'), cell: (stage) => (stage.median_days === undefined ? '' : number(stage.median_days)) },
    { name: 'oldest', title: t('funnel.oldest'), cell: (stage) => stage.oldest ? html`<${TeacherLink} cycle=${cycle.definition} row=${stage.oldest} /> <small>${t('funnel.days', { n: stage.oldest.days })}</small>` : '' },
    { name: 'on', title: t('funnel.waits'), cell: (stage) => stage.oldest?.on?.length > 0 ? html`<${Body} body=${stage.oldest.on[0]} />` : '' },
];

export function Funnel({ cycle, filter }) {
    const stages = stagesOf(cycle);
    const full = { ...cycle, filter };
    return html`<${Fragment}>
        <${Stuck} cycle=${cycle} stages=${stages} />
        <div class="sheet"><${Chart} label=${t('funnel.chart')} height=${110 + stages.length * 46} make=${() => config(cycle, stages)} depends=${JSON.stringify(stages.map((stage) => [stage.title, stage.count, stage.median_days]))} /></div>
        <${Table} caption=${t('funnel.chart')} columns=${columns(full)} rows=${stages} rowKey=${(stage) => stage.step} />
        <${Ended} cycle=${cycle} filter=${filter} />
    <//>`;
}

/* How the cycle ended, for whom it did. */
function Ended({ cycle, filter }) {
    const outcomes = Object.entries(cycle.ended);
    const name = (outcome) => { const key = `funnel.out_${outcome.replaceAll('-', '_')}`; return has(key) ? t(key) : outcome; };
    return cycle.over === 0 ? null : html`<p>${t('funnel.over')} <a href=${place('teachers', cycle.definition, { ...filter, stage: 'over' })}>${number(cycle.over)}</a> (${outcomes.map(([outcome, n]) => `${name(outcome)} — ${number(n)}`).join(', ')})</p>`;
}

/* --- by municipality and school -------------------------------------------------------------- */

function rolled(groups, name) {
    const sums = new Map();
    for (const group of groups) {
        const row = sums.get(group[name]) ?? { name: group[name], counts: group.counts.map(() => 0), between: 0, ended: 0 };
        row.counts = row.counts.map((n, at) => n + group.counts[at]);
        row.between += group.between;
        row.ended += group.ended;
        sums.set(group[name], row);
    }
    return [...sums.values()].sort((a, b) => a.name.localeCompare(b.name, 'ru', { numeric: true }));
}

const inCycle = (row) => row.counts.reduce((sum, n) => sum + n, row.between);

export function Places({ cycle, filter }) {
    const by = filter.municipality ? 'school' : 'municipality';
    const rows = rolled(cycle.groups, by);
    const link = (row, n, stage) => n > 0 ? html`<a href=${place('teachers', cycle.definition, { ...filter, [by]: row.name, stage })}>${number(n)}</a>` : html`<span class="nil">0</span>`;
    const list = [
        { name: 'place', title: t(`funnel.${by}`), cell: (row) => html`<a href=${place('teachers', cycle.definition, { ...filter, [by]: row.name })}><${Said}>${row.name || t('funnel.nowhere')}<//></a>` },
        { name: 'number n-in', title: t('funnel.in_cycle'), cell: (row) => number(inCycle(row)) },
        ...cycle.stages.map((stage, at) => ({ stage, at })).filter(({ stage }) => stage.count > 0).map(({ stage, at }) => ({ name: `number n-${stage.step}`, title: stage.title ?? stage.step, cell: (row) => link(row, row.counts[at], stage.step) })),
        { name: 'number n-over', title: t('funnel.ended'), cell: (row) => link(row, row.ended, 'over') },
    ];
    return html`<section aria-labelledby="places"><h2 id="places">${t(`funnel.by_${by}`)}</h2>
        <div class="scroll" tabindex="0" role="group" aria-label=${t(`funnel.by_${by}`)}><${Table} caption=${t(`funnel.by_${by}`)} columns=${list} rows=${rows} rowKey=${(row) => row.name} look="wide" /></div></section>`;
}

addTexts('funnel', {
    ru: {
        chart: 'Сколько педагогов на каждом этапе и сколько дней они на нём стоят', stage: 'Этап', count: 'Педагогов', median: 'Дней на этапе (медиана)', oldest: 'Дольше всех', waits: 'Кого ждёт', between: 'Между этапами', pause: 'плановый перерыв', slow: { one: 'Дольше всего стоят на этапе «{stage}»: медиана {n} день.', few: 'Дольше всего стоят на этапе «{stage}»: медиана {n} дня.', many: 'Дольше всего стоят на этапе «{stage}»: медиана {n} дней.' }, longest: 'Дольше всех —', at: '«{stage}»', on: 'ждёт:',
        days: { one: '{n} день', few: '{n} дня', many: '{n} дней' }, over: 'Цикл закончили:', out_developed: 'дефициты устранены', out_partly: 'часть дефицитов осталась', out_no_deficits: 'дефицитов не было', out_refused: 'отказ', out_left: 'уход', out_completed: 'завершено', out_cancelled: 'отменено', out_faulted: 'прервано ошибкой',
        municipality: 'Муниципалитет', school: 'Школа', by_municipality: 'По муниципалитетам', by_school: 'По школам', in_cycle: 'В цикле', ended: 'Закончили', nowhere: 'не указано',
    },
    en: {
        chart: 'How many teachers are at each stage, and for how many days', stage: 'Stage', count: 'Teachers', median: 'Days there (median)', oldest: 'For longest', waits: 'Waits for', between: 'Between stages', pause: 'a planned pause', slow: { one: 'Longest at the stage “{stage}”: median {n} day.', other: 'Longest at the stage “{stage}”: median {n} days.' }, longest: 'Longest of all is', at: '“{stage}”', on: 'waits for',
        days: { one: '{n} day', other: '{n} days' }, over: 'The cycle is over for', out_developed: 'no deficits left', out_partly: 'some deficits left', out_no_deficits: 'had no deficits', out_refused: 'refused', out_left: 'left', out_completed: 'completed', out_cancelled: 'cancelled', out_faulted: 'faulted',
        municipality: 'Municipality', school: 'School', by_municipality: 'By municipality', by_school: 'By school', in_cycle: 'In the cycle', ended: 'Over', nowhere: 'not said',
    },
});
