/* today.js - «Сегодня»: what is late, due, waiting for a decision or broken, and at whom
 *
 * The first thing an operator sees; each number leads to its items.
 */
import { ProblemNote, useApi } from '../api.js';
import { html } from '../html.js';
import { assignmentColumns, Body, State } from '../parts/assignment_cells.js';
import { bodyOptions, byWork } from '../parts/bodies.js';
import { Choice } from '../parts/field.js';
import { Said } from '../parts/said.js';
import { Badge } from '../parts/state.js';
import { stepText } from '../parts/step.js';
import { Exports, Table } from '../parts/table.js';
import { NextStep, waitsSince } from '../parts/why.js';
import { place, setQuery } from '../route.js';
import { addTexts, dayText, number, t, todayDay } from '../text.js';

/* The groups of the page: which number, which list behind it, in which colour. */
const groups = [
    { name: 'overdue', tone: 'overdue', count: (counts) => counts.overdue, query: { open: true, group: 'overdue' }, rows: 'overdue' },
    { name: 'today', tone: 'today', count: (counts) => counts.today, query: { open: true, group: 'today' }, rows: 'due_today' },
    { name: 'soon', tone: 'soon', count: (counts) => counts.soon, query: { open: true, group: 'soon' }, rows: 'due_soon' },
    { name: 'decisions', tone: 'decide', count: (counts) => counts.decisions, query: { open: true, group: 'decisions' }, rows: 'decisions' },
];

function Counts({ counts, body }) {
    return html`<ul class="counts">
        ${groups.map((group) => html`<li key=${group.name}>
            <a href=${place('assignments', { ...group.query, body })} class=${group.count(counts) > 0 ? `tone-${group.tone}` : ''}>
                <strong>${number(group.count(counts))}</strong> ${t(`today.${group.name}`)}
            </a>
        </li>`)}
        <li><a href=${place('incidents')} class=${counts.incidents > 0 ? 'tone-overdue' : ''}><strong>${number(counts.incidents)}</strong> ${t('today.incidents')}</a></li>
        <li><a href=${place('assignments', { open: true, group: 'open', body })}><strong>${number(counts.open)}</strong> ${t('today.open')}</a></li>
    </ul>`;
}

/* What «Дисциплина» counts as late, and the number of what is overdue leaves out. */
function LateReports({ counts, body }) {
    return counts.reported_late > 0 && html`<p class="note">${t('today.among')} <a href=${place('assignments', { group: 'reported', overdue: true, body })}>${t('today.reported_late', { n: counts.reported_late })}</a>. ${t('today.on_page')} <a href=${place('discipline', { body })}>${t('today.discipline')}</a> ${t('today.counts_late')}</p>`;
}

/* Why it is not closed, since when that is waited for, and what time does about it. */
function Attention({ row }) {
    const { kind, next } = row.why;
    return html`<${State} row=${row} />
        ${!row.extension && html`<small class="below-text">${t('today.waits', { day: dayText(waitsSince(row)) })}</small>`}
        ${(next || kind !== 'decision') && html`<small class="below-text"><${NextStep} next=${next} /></small>`}`;
}

const columns = () => [
    ...assignmentColumns().filter((column) => column.name !== 'state'),
    { name: 'why', title: t('today.why'), cell: (row) => html`<${Attention} row=${row} />` },
];

function Group({ group, rows, count, body }) {
    if (!rows || rows.length === 0) {
        return null;
    }
    return html`<section aria-labelledby=${`group-${group.name}`}>
        <h2 id=${`group-${group.name}`}>${t(`today.head_${group.name}`)} <span class="count">${number(count)}</span></h2>
        <${Table} caption=${t(`today.${group.name}`)} columns=${columns()} rows=${rows} rowKey=${(row) => row.task} />
        ${count > rows.length && html`<p><a href=${place('assignments', { ...group.query, body })}>${t('today.all', { n: number(count) })}</a></p>`}
    </section>`;
}

function Bodies({ rows, more }) {
    const cell = (name, tone, query) => ({
        name: `number n-${name}`,
        title: t(`today.head_${name}`),
        cell: (row) => row[name] > 0 ? html`<a href=${place('assignments', { ...query, body: row.id, role: 'responsible' })} aria-label=${`${t(`today.${name}`)}: ${row[name]}, ${row.short}`}><${Badge} tone=${tone}>${number(row[name])}<//></a>` : html`<span class="nil">0</span>`,
    });
    const columns = [
        { name: 'body', title: t('common.body'), cell: (row) => html`<${Body} body=${row} />` },
        cell('overdue', 'overdue', groups[0].query), cell('today', 'today', groups[1].query), cell('soon', 'soon', groups[2].query), cell('decisions', 'decide', groups[3].query),
    ];
    const busy = rows.filter((row) => row.overdue + row.today + row.soon + row.decisions > 0).sort(byWork((row) => row.overdue, (row) => row.total));
    return busy.length > 0 && html`<section aria-labelledby="by-body">
        <h2 id="by-body">${t('today.by_body')}</h2>
        <${Table} caption=${t('today.by_body')} columns=${columns} rows=${busy} rowKey=${(row) => row.id} exports=${{ path: '/bodies' }} />
        ${more > 0 && html`<p class="below">${t('today.bodies_more', { shown: number(busy.length), all: number(rows.length + more) })}</p>`}
    </section>`;
}

function Incidents({ rows }) {
    const columns = [
        { name: 'what', title: t('today.incident'), cell: (row) => html`<a href=${place('processes', String(row.instance))}><${Said}>${row.problem?.title ?? stepText(row)}<//></a>` },
        { name: 'where', title: t('common.process'), cell: (row) => html`<${Said}>${row.definition_title}<//><small class="below-text"><${Said}>${stepText(row)}<//></small>` },
    ];
    return rows?.length ? html`<section aria-labelledby="incidents"><h2 id="incidents">${t('today.incidents')}</h2>
        <${Table} caption=${t('today.incidents')} columns=${columns} rows=${rows} rowKey=${(row) => row.task} /></section>` : null;
}

export default function Today({ query }) {
    const { data, problem } = useApi('/today', { body: query.body });
    const bodies = useApi('/bodies', {}, { live: false }).data?.rows ?? [];
    if (!data) {
        return problem ? html`<${ProblemNote} problem=${problem} />` : html`<p class="wait" role="status">${t('shell.loading')}</p>`;
    }
    const calm = groups.every((group) => group.count(data.counts) === 0) && data.counts.incidents === 0;
    return html`<div>
        <h1>${t('today.title', { day: dayText(todayDay()) })}</h1>
        <${ProblemNote} problem=${problem} />
        <div class="filters"><${Choice} label=${t('common.body')} value=${query.body} options=${bodyOptions(bodies)} onChoose=${(body) => setQuery({ body })} /></div>
        <${Counts} counts=${data.counts} body=${query.body} />
        <${LateReports} counts=${data.counts} body=${query.body} />
        ${calm && html`<p class="good">${t('today.calm')}</p>`}
        ${calm && !query.body && data.counts.open === 0 && html`<p>${t('today.idle')} <a href=${place('roadmaps')}>${t('shell.roadmaps')}</a> · <a href=${place('definitions')}>${t('shell.definitions')}</a></p>`}
        ${groups.map((group) => html`<${Group} key=${group.name} group=${group} rows=${data[group.rows]} count=${group.count(data.counts)} body=${query.body} />`)}
        <${Incidents} rows=${data.incidents} />
        ${!calm && html`<p class="below no-print"><${Exports} path="/today" query=${{ body: query.body }} what=${t('today.save')} /></p>`}
        ${!query.body && html`<${Bodies} rows=${data.bodies} more=${data.bodies_more} />`}
    </div>`;
}

addTexts('today', {
    ru: {
        title: 'Сегодня, {day}', why: 'Почему и что дальше', waits: 'ждут с {day}', overdue: 'просрочено', today: 'срок сегодня', soon: 'срок близко', decisions: 'ждут решения', incidents: 'инциденты', open: 'в работе',
        head_overdue: 'Просрочено', head_today: 'Срок сегодня', head_soon: 'Срок близко', head_decisions: 'Ждут решения',
        among: 'Среди ждущих решения', reported_late: { one: '{n} отчёт пришёл после срока', few: '{n} отчёта пришли после срока', many: '{n} отчётов пришли после срока' }, on_page: 'На странице', discipline: '«Дисциплина»', counts_late: 'такие поручения считаются просроченными, здесь — нет.',
        all: 'Весь список: {n}', by_body: 'По исполнителям', bodies_more: 'Показаны {shown} из {all}, у кого просрочено больше всего. Все — в файле.', incident: 'Что случилось', calm: 'Просроченного нет, решений никто не ждёт.', idle: 'В работе сейчас ничего нет. Планы и то, откуда они берутся:', save: 'Сохранить всё, что требует внимания:',
    },
    en: {
        title: 'Today, {day}', why: 'Why, and what next', waits: 'awaited since {day}', overdue: 'overdue', today: 'due today', soon: 'due soon', decisions: 'wait for a decision', incidents: 'incidents', open: 'open',
        head_overdue: 'Overdue', head_today: 'Due today', head_soon: 'Due soon', head_decisions: 'Wait for a decision',
        among: 'Among those that wait for a decision', reported_late: { one: '{n} report came after its term', other: '{n} reports came after their term' }, on_page: 'On the page', discipline: '“Discipline”', counts_late: 'such assignments count as overdue, here they do not.',
        all: 'The whole list: {n}', by_body: 'By body', bodies_more: '{shown} of {all}: those with most that is late. The file has all.', incident: 'What happened', calm: 'Nothing is late, and nobody waits for a decision.', idle: 'Nothing is in work now. Plans, and where they come from:', save: 'Save all that wants attention:',
    },
});
