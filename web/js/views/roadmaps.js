/* roadmaps.js - «Дорожные карты»: the list of plans, and one plan as the table that was approved
 *
 *   #/roadmaps                           all plans
 *   #/roadmaps/lo-2023?section=1&body=…  one, with filters; view=timeline draws the year
 */
import { ProblemNote, useApi } from '../api.js';
import { Fragment, html } from '../html.js';
import { Body } from '../parts/assignment_cells.js';
import { Choice } from '../parts/field.js';
import { lookOf, StateBadge } from '../parts/state.js';
import { Table } from '../parts/table.js';
import { Timeline } from '../parts/timeline.js';
import { place, setQuery } from '../route.js';
import { addTexts, dayShort, dayText, number, t } from '../text.js';

/* --- all plans ----------------------------------------------------------------------------- */

function Plans() {
    const { data, problem, loading } = useApi('/roadmaps');
    const columns = [
        { name: 'title', title: t('roadmaps.plan'), cell: (row) => html`<a href=${place('roadmaps', row.name)}>${row.title ?? row.name}</a>` },
        { name: 'period', title: t('roadmaps.period'), cell: (row) => `${dayShort(row.period.from)} – ${row.period.open_ended ? '…' : dayShort(row.period.to)}` },
        { name: 'controller', title: t('assignment.controller'), cell: (row) => html`<${Body} body=${row.controller} />` },
        { name: 'number n-late', title: t('today.overdue'), cell: (row) => row.counts ? number(row.counts.overdue + row.counts.critical) : '' },
        { name: 'number n-done', title: t('roadmaps.done'), cell: (row) => row.counts ? `${number(row.counts.closed)} / ${number(row.counts.all)}` : '' },
    ];
    return html`<div>
        <h1>${t('shell.roadmaps')}</h1>
        <${ProblemNote} problem=${problem} />
        <${Table} caption=${t('shell.roadmaps')} columns=${columns} rows=${data?.rows ?? []} loading=${loading} rowKey=${(row) => row.name} />
    </div>`;
}

/* --- one plan ------------------------------------------------------------------------------ */

/* The window that a reader asks about first: the one that is late, else open, else the next. */
const order = { critical: 0, overdue: 1, today: 2, decide: 3, soon: 4, open: 5, none: 6, 'late-done': 7, done: 8 };

function worst(item) {
    return [...item.windows].sort((a, b) => order[lookOf(a).tone] - order[lookOf(b).tone])[0];
}

function Windows({ item }) {
    return html`<ul class="windows">${item.windows.map((window) => {
        const text = item.bounded || !window.to ? t('roadmaps.as_needed') : window.from && window.from !== window.to ? `${dayShort(window.from)} – ${dayShort(window.to)}` : dayShort(window.to);
        return html`<li>${window.task ? html`<a href=${place('assignment', window.task)}>${text}</a>` : text} <${StateBadge} row=${window} />${window.moved && html` <small class="moved">${t('roadmaps.moved', { day: dayShort(window.due) })}</small>`}</li>`;
    })}</ul>`;
}

function Progress({ item }) {
    if (item.computed) {
        return html`<p><a href=${place('roadmaps', item.plan, 'item', item.no)}>${number(item.computed.value ?? 0)} ${item.computed.unit ?? ''}</a>${item.computed.target !== undefined && item.computed.target !== null && html` <small>${t('roadmaps.target', { n: number(item.computed.target) })}</small>`}</p>`;
    }
    const { done, of } = item.progress;
    return html`<span class="progress"><meter min="0" max=${of} value=${done} aria-label=${t('roadmaps.progress_of', { done, of })}></meter> <small>${number(done)} / ${number(of)}</small></span>`;
}

const columns = () => [
    { name: 'no', title: t('roadmaps.no'), cell: (item) => item.no },
    { name: 'title', title: t('roadmaps.item'), cell: (item) => html`<${Fragment}>${item.title}${item.bullets.length > 0 && html`<ul>${item.bullets.map((text) => html`<li>${text}</li>`)}</ul>`}${item.note && html`<small class="below-text">${item.note}</small>`}<//>` },
    { name: 'body', title: t('roadmaps.responsible'), cell: (item) => html`<ul class="plain">${item.responsible.map((body, n) => html`<li key=${body.id}>${n === 0 && item.responsible.length > 1 ? html`<strong><${Body} body=${body} /></strong>` : html`<${Body} body=${body} />`}</li>`)}</ul>` },
    { name: 'due', title: t('roadmaps.due'), cell: (item) => html`<${Fragment}><span title=${item.rule ?? ''}>${item.phrase}</span>${item.ambiguity && html`<small class="below-text">${item.ambiguity}</small>`}<//>` },
    { name: 'result', title: t('roadmaps.result'), cell: (item) => item.result ?? '' },
    { name: 'state', title: t('roadmaps.state'), cell: (item) => html`<${Windows} item=${item} />` },
    { name: 'progress', title: t('roadmaps.progress'), cell: (item) => html`<${Progress} item=${item} />` },
];

function Sections({ plan, items }) {
    const groups = plan.sections.length > 0 ? plan.sections : [{ no: undefined, title: null }];
    const rest = items.filter((item) => item.section && !groups.some((group) => group.no === item.section) || (plan.sections.length > 0 && !item.section));
    return [...groups, ...(rest.length > 0 ? [{ no: undefined, title: t('roadmaps.no_section') }] : [])].map((group) => {
        const rows = group.no === undefined ? (plan.sections.length > 0 ? rest : items) : items.filter((item) => item.section === group.no);
        return rows.length === 0 ? null : html`<section key=${group.no ?? '-'}>
            ${group.title && html`<h2>${group.no ? `${group.no}. ` : ''}${group.title}</h2>`}
            <${Table} caption=${group.title ?? plan.title} columns=${columns()} rows=${rows} rowKey=${(item) => item.no} />
        </section>`;
    });
}

function filterItems(items, query) {
    return items.filter((item) => (!query.section || item.section === query.section)
        && (!query.body || item.responsible.some((body) => body.id === query.body))
        && (!query.state || item.windows.some((window) => lookOf(window).look === query.state)));
}

function Plan({ name, query }) {
    const { data: plan, problem } = useApi(`/roadmaps/${encodeURIComponent(name)}`);
    if (!plan) {
        return problem ? html`<${ProblemNote} problem=${problem} />` : html`<p class="wait" role="status">${t('shell.loading')}</p>`;
    }
    const all = plan.items.map((item) => ({ ...item, plan: plan.name, window: worst(item) }));
    const items = filterItems(all, query);
    const bodies = new Map(all.flatMap((item) => item.responsible).map((body) => [body.id, body.short ?? body.name]));
    const looks = [...new Set(all.flatMap((item) => item.windows.map((window) => lookOf(window).look)))];
    return html`<article class="plan">
        <p class="above"><a href=${place('roadmaps')}>${t('shell.roadmaps')}</a></p>
        <h1>${plan.title}</h1>
        <p>${plan.act && t('roadmaps.act', { number: plan.act.number ?? '', day: dayText(plan.act.date) })} ${t('roadmaps.controlled')} <${Body} body=${plan.controller} />${plan.instance && html` · <a href=${place('processes', String(plan.instance))}>${t('assignment.process')}</a>`}</p>
        <${ProblemNote} problem=${problem} />
        <div class="filters">
            ${plan.sections.length > 0 && html`<${Choice} label=${t('assignment.section')} value=${query.section} options=${plan.sections.map((section) => [section.no, `${section.no}. ${section.title}`])} onChoose=${(section) => setQuery({ section })} />`}
            <${Choice} label=${t('assignments.body')} value=${query.body} options=${[...bodies]} onChoose=${(body) => setQuery({ body })} />
            <${Choice} label=${t('assignments.state')} value=${query.state} options=${looks.map((look) => [look, t(`state.${look}`)])} onChoose=${(state) => setQuery({ state })} />
            <${Choice} label=${t('roadmaps.view')} all=${false} value=${query.view ?? 'table'} options=${[['table', t('roadmaps.view_table')], ['timeline', t('roadmaps.view_timeline')]]} onChoose=${(view) => setQuery({ view: view === 'table' ? undefined : view })} />
        </div>
        <p role="status" class="empty">${t('roadmaps.shown', { n: items.length, all: all.length })}</p>
        ${query.view === 'timeline' ? html`<${Timeline} items=${items} plan=${plan} year=${query.year} />` : html`<${Sections} plan=${plan} items=${items} />`}
    </article>`;
}

/* --- a computed item: what was counted ------------------------------------------------------ */

function Counted({ name, no }) {
    const { data, problem } = useApi(`/roadmaps/${encodeURIComponent(name)}/items/${encodeURIComponent(no)}/computed`);
    const columns = [
        { name: 'name', title: t('roadmaps.counted'), cell: (row) => html`<a href=${place('processes', String(row.instance))}>${row.title ?? row.key ?? row.instance}</a>` },
        { name: 'state', title: t('roadmaps.state'), cell: (row) => t(`state.${row.state}`) },
    ];
    return html`<div>
        <p class="above"><a href=${place('roadmaps', name)}>${name}</a></p>
        <h1>${t('cells.item')} ${no}</h1>
        <${ProblemNote} problem=${problem} />
        ${data && html`<${Table} caption=${t('roadmaps.counted')} columns=${columns} rows=${data.rows ?? []} rowKey=${(row) => row.instance} />`}
    </div>`;
}

export default function Roadmaps({ parts, query }) {
    return parts.length === 0 ? html`<${Plans} />` : parts[1] === 'item' ? html`<${Counted} name=${parts[0]} no=${parts[2]} />` : html`<${Plan} key=${parts[0]} name=${parts[0]} query=${query} />`;
}

addTexts('roadmaps', {
    ru: {
        plan: 'План', period: 'Период', done: 'Исполнено', no: '№', item: 'Мероприятие', responsible: 'Ответственные', due: 'Срок по документу', result: 'Документ', state: 'Состояние', progress: 'Ход', view: 'Вид', view_table: 'таблица', view_timeline: 'шкала года',
        act: 'Утверждён актом {number} от {day}.', controlled: 'Контроль:', moved: 'срок {day}', as_needed: 'по мере необходимости', progress_of: 'исполнено {done} из {of}', target: 'из {n}', counted: 'Что посчитано', no_section: 'Вне разделов',
        shown: { one: 'Показан {n} пункт из {all}', few: 'Показано {n} пункта из {all}', many: 'Показано {n} пунктов из {all}' },
    },
    en: {
        plan: 'Plan', period: 'Period', done: 'Done', no: 'No', item: 'Activity', responsible: 'Responsible', due: 'Term in the document', result: 'Document', state: 'State', progress: 'Progress', view: 'View', view_table: 'table', view_timeline: 'timeline of the year',
        act: 'Approved by {number} of {day}.', controlled: 'Controller:', moved: 'due {day}', as_needed: 'as needed', progress_of: '{done} of {of} done', target: 'of {n}', counted: 'What was counted', no_section: 'Outside of sections',
        shown: { one: '{n} item of {all} is shown', other: '{n} items of {all} are shown' },
    },
});
