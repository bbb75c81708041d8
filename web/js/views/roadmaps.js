/* roadmaps.js - «Дорожные карты»: the list of plans, and one plan as the table that was approved
 *
 *   #/roadmaps                           all plans
 *   #/roadmaps/lo-2023?section=1&body=…  one, with filters; view=timeline draws the year; no=1.4 shows
 *                                        this item
 */
import { post, ProblemNote, useApi, usePages } from '../api.js';
import { Fragment, html, useEffect, useState } from '../html.js';
import { Absent } from '../parts/absent.js';
import { useActing } from '../parts/acting_first.js';
import { AssignmentLink, Body } from '../parts/assignment_cells.js';
import { bodyOptions } from '../parts/bodies.js';
import { Choice } from '../parts/field.js';
import { RehearseDialog } from '../parts/rehearse.js';
import { Said } from '../parts/said.js';
import { Badge, instanceTone, lookOf, StateBadge } from '../parts/state.js';
import { Exports, Table } from '../parts/table.js';
import { Timeline } from '../parts/timeline.js';
import { place, setQuery, useTitle } from '../route.js';
import { addTexts, brief, dayShort, dayText, number, t } from '../text.js';

/* --- all plans ----------------------------------------------------------------------------- */

function Plans() {
    const { data, problem, loading } = useApi('/roadmaps');
    const [chosen, setChosen] = useState([]); /* names, to be rehearsed */
    const [rehearsing, setRehearsing] = useState(false);
    const choose = (row) => setChosen(chosen.includes(row.name) ? chosen.filter((name) => name !== row.name) : [...chosen, row.name]);
    const link = (row, n, query, tone) => n > 0 ? html`<a href=${place('assignments', { plan: row.name, ...query })}><${Badge} tone=${tone}>${number(n)}<//></a>` : number(0);
    const columns = Object.assign([
        { name: 'choose', title: t('roadmaps.choose'), cell: (row) => html`<input type="checkbox" class="no-print" aria-label=${t('roadmaps.choose_one', { title: row.title ?? row.name })} checked=${chosen.includes(row.name)} onChange=${() => choose(row)} />` },
        { name: 'title', title: t('common.plan'), cell: (row) => html`<a href=${place('roadmaps', row.name)}><${Said}>${row.title ?? row.name}<//></a>` },
        { name: 'period', title: t('roadmaps.period'), cell: (row) => `${dayShort(row.period.from)}${row.period.open_ended ? t('roadmaps.and_on') : `\u00a0— ${dayShort(row.period.to)}`}` },
        { name: 'body', title: t('common.controller'), cell: (row) => html`<${Body} body=${row.controller} />` },
        { name: 'number n-late', title: t('roadmaps.late'), cell: (row) => link(row, row.counts?.overdue ?? 0, { overdue: true }, row.counts?.critical > 0 ? 'critical' : 'overdue') },
        { name: 'number n-decide', title: t('roadmaps.decide'), cell: (row) => link(row, row.counts?.decide ?? 0, { decide: true }, 'decide') },
        { name: 'number n-done', title: t('roadmaps.done'), cell: (row) => row.counts ? html`<span class="progress">${link(row, row.counts.closed, { open: 'false' }, 'done')} ${t('roadmaps.of')} ${link(row, row.counts.all, {})}</span>` : '' },
    ], { head: 1 });
    const rows = data?.rows ?? [];
    return html`<div>
        <h1>${t('shell.roadmaps')}</h1>
        <${ProblemNote} problem=${problem} />
        <${Table} look="wide" caption=${t('shell.roadmaps')} columns=${columns} rows=${rows} loading=${loading} rowKey=${(row) => row.name} exports=${{ path: '/roadmaps' }} empty=${t('roadmaps.none')} />
        ${rows.length > 0 && html`<p class="buttons no-print"><button type="button" disabled=${chosen.length === 0} onClick=${() => setRehearsing(true)}>${chosen.length === 0 ? t('roadmaps.rehearse_none') : t('roadmaps.rehearse_chosen', { n: chosen.length })}</button></p>`}
        ${rehearsing && html`<${RehearseDialog} plans=${rows.filter((row) => chosen.includes(row.name))} close=${() => setRehearsing(false)} />`}
    </div>`;
}

/* What an author and an operator do with a plan: try its period on a virtual clock, start it. */
function PlanActs({ plan, reload }) {
    const [problem, setProblem] = useState(null);
    const [rehearsing, setRehearsing] = useState(false);
    const acting = useActing();
    const start = () => post('/instances', { definition: plan.name, key: plan.name }).then(reload, setProblem);
    return html`<${Fragment}>
        <p class="buttons no-print">
            <button type="button" onClick=${() => setRehearsing(true)}>${t('roadmaps.rehearse')}</button>
            ${!plan.instance && html`<button type="button" class="primary" onClick=${() => acting.first(start)}>${t('roadmaps.start')}</button>`}
        </p>
        ${acting.dialog}
        <${ProblemNote} problem=${problem} />
        ${rehearsing && html`<${RehearseDialog} plans=${[plan]} close=${() => setRehearsing(false)} />`}
    <//>`;
}

/* --- one plan ------------------------------------------------------------------------------ */

const FEW = 3;

/* The window that a reader asks about first: the one that is late, else open, else the next. */
const order = { critical: 0, overdue: 1, today: 2, decide: 3, soon: 4, open: 5, none: 6, 'late-done': 7, done: 8 };

function worst(item) {
    return [...item.windows].sort((a, b) => order[lookOf(a).tone] - order[lookOf(b).tone])[0];
}

function Days({ item, window }) {
    const text = item.bounded || !window.to ? t('roadmaps.as_needed') : window.from && window.from !== window.to ? `${dayShort(window.from)}\u00a0— ${dayShort(window.to)}` : dayShort(window.to);
    return html`${window.task ? html`<a href=${place('assignment', window.task)}>${text}</a>` : text} <${StateBadge} row=${window} />${window.moved && html` <small class="moved">${t('roadmaps.moved', { day: dayShort(window.due) })}</small>`}`;
}

/* A few are all shown; of many the one that matters now, and the others behind a fold. */
function Windows({ item }) {
    const list = html`<ul class="windows">${item.windows.map((window, n) => html`<li key=${n}><${Days} item=${item} window=${window} /></li>`)}</ul>`;
    if (item.windows.length <= FEW) {
        return list;
    }
    return html`<p class="worst"><${Days} item=${item} window=${item.window} /></p>
        <details class="all-windows"><summary>${t('roadmaps.all_windows', { n: item.windows.length })}</summary>${list}</details>`;
}

function Progress({ item }) {
    if (item.computed) {
        const { value, unit, target, reached, more } = item.computed;
        return html`<p class="computed"><a href=${place('roadmaps', item.plan, 'item', item.no)}><strong>${number(Math.round(value * 10) / 10)}${unit ? `\u00a0${unit}` : ''}</strong></a> <small>${t(target.kind === 'at_most' ? 'roadmaps.target_most' : 'roadmaps.target', { n: `${number(target.value)}${unit ? `\u00a0${unit}` : ''}` })}</small> ${more ? html`<small>${t('roadmaps.counting')}</small>` : html`<${Badge} tone=${reached ? 'done' : 'soon'}>${t(reached ? 'roadmaps.reached' : 'roadmaps.not_reached')}<//>`}</p>`;
    }
    const { done, of } = item.progress;
    return of > 1 ? html`<span class="progress"><meter min="0" max=${of} value=${done} aria-label=${t('roadmaps.progress_of', { done, of })}></meter> <small>${number(done)} ${t('roadmaps.of')} ${number(of)}</small></span>` : null;
}

const columns = (withResult) => Object.assign([
    { name: 'no', title: t('common.no'), cell: (item) => item.no },
    { name: 'title', title: t('common.activity'), cell: (item) => html`<${Said}>${item.title}<//>${item.bullets.length > 0 && html`<ul>${item.bullets.map((text) => html`<li><${Said}>${text}<//></li>`)}</ul>`}${item.note && html`<small class="below-text"><${Said}>${item.note}<//></small>`}` },
    { name: 'due', title: t('roadmaps.due'), cell: (item) => html`<span title=${item.rule ?? ''}><${Said}>${item.phrase}<//></span>${item.ambiguity && html`<details class="reading"><summary>${t('roadmaps.reading')}</summary><small><${Said}>${item.rule}<//>; <${Said}>${item.ambiguity}<//></small></details>`}` },
    { name: 'body', title: t('roadmaps.responsible'), cell: (item) => html`<ul class="plain">${item.responsible.map((body, n) => html`<li key=${body.id}>${n === 0 && item.responsible.length > 1 ? html`<strong><${Body} body=${body} /></strong>` : html`<${Body} body=${body} />`}</li>`)}</ul>` },
    { name: 'result', title: t('roadmaps.result'), cell: (item) => item.result ? html`<${Said}>${item.result}<//>` : '—' },
    { name: 'state', title: t('common.state'), cell: (item) => html`<${Progress} item=${item} /><${Windows} item=${item} />` },
].filter((column) => column.name !== 'result' || withResult), { head: 1 });

function Sections({ plan, items, current }) {
    const groups = plan.sections.length > 0 ? plan.sections : [{ no: undefined, title: null }];
    const rest = items.filter((item) => item.section && !groups.some((group) => group.no === item.section) || (plan.sections.length > 0 && !item.section));
    return [...groups, ...(rest.length > 0 ? [{ no: undefined, title: t('roadmaps.no_section') }] : [])].map((group) => {
        const rows = group.no === undefined ? (plan.sections.length > 0 ? rest : items) : items.filter((item) => item.section === group.no);
        return rows.length === 0 ? null : html`<section key=${group.no ?? '-'}>
            ${group.title && html`<h2><${Said}>${group.no ? `${group.no}. ` : ''}${group.title}<//></h2>`}
            <${Table} look="wide" caption=${group.title ?? plan.title} columns=${columns(plan.items.some((item) => item.result))} rows=${rows} rowKey=${(item) => item.no} current=${current} />
        </section>`;
    });
}

/* `whole` is what can be chosen from; `plan` has what was chosen. */
function Plan({ name, query }) {
    const path = `/roadmaps/${encodeURIComponent(name)}`;
    const filter = { section: query.section, body: query.body, state: query.state };
    const { data: plan, problem, reload } = useApi(path, filter);
    const whole = useApi(Object.values(filter).some(Boolean) ? path : null, {}, { live: false }).data ?? plan;
    const counting = plan?.items.some((item) => item.computed?.more);
    useTitle(plan && brief(plan.title, 70));
    useEffect(() => {
        const timer = counting ? setTimeout(reload, 1000) : null; /* the engine goes on where it was */
        return () => clearTimeout(timer);
    }, [plan, counting]);
    useEffect(() => document.querySelector('tr[aria-current]')?.scrollIntoView({ block: 'center' }), [Boolean(plan), query.no]);
    if (!plan) {
        return html`<${Absent} problem=${problem} list="roadmaps" />`;
    }
    const items = plan.items.map((item) => ({ ...item, plan: plan.name, window: worst(item) }));
    const all = whole.items;
    const bodies = new Map(all.flatMap((item) => item.responsible).map((body) => [body.id, body]));
    const states = [...new Set(all.flatMap((item) => item.windows.map((window) => window.standing)))];
    return html`<article class="plan">
        <p class="above way"><a href=${place('roadmaps')}>${t('shell.roadmaps')}</a></p>
        <h1 class="long"><${Said}>${plan.title}<//></h1>
        <p>${plan.act && html`${t(plan.act.number ? 'roadmaps.act' : 'roadmaps.act_day', { number: plan.act.number ?? '', day: dayText(plan.act.date) })} · `}${t('common.controller')}: <${Body} body=${plan.controller} />${plan.instance ? html` · <a href=${place('processes', String(plan.instance))}>${t('common.process')}</a>` : html` · ${t('roadmaps.not_started')}`}</p>
        <${ProblemNote} problem=${problem} />
        <div class="filters">
            ${plan.sections.length > 0 && html`<${Choice} label=${t('common.section')} value=${query.section} options=${plan.sections.map((section) => [section.no, `${section.no}. ${section.title}`])} onChoose=${(section) => setQuery({ section })} />`}
            <${Choice} label=${t('common.body')} value=${query.body} options=${bodyOptions(bodies.values())} onChoose=${(body) => setQuery({ body })} />
            <${Choice} label=${t('common.state')} value=${query.state} options=${states.map((state) => [state, t(`state.${state.replaceAll('_', '-')}`)])} onChoose=${(state) => setQuery({ state })} />
            <${Choice} label=${t('roadmaps.view')} all=${false} value=${query.view ?? 'table'} options=${[['table', t('roadmaps.view_table')], ['timeline', t('roadmaps.view_timeline')]]} onChoose=${(view) => setQuery({ view: view === 'table' ? undefined : view })} />
        </div>
        <p role="status" class=${items.length === all.length ? 'empty no-print' : 'empty'}>${t('roadmaps.shown', { n: items.length, all: all.length })}</p>
        ${query.view === 'timeline' ? html`<${Timeline} items=${items} plan=${plan} year=${query.year} />` : items.length > 0 ? html`<${Sections} plan=${plan} items=${items} current=${query.no} />` : html`<p class="empty">${t('roadmaps.no_items')}</p>`}
        <p class="below no-print"><${Exports} path=${path} query=${filter} /></p>
        <${PlanActs} plan=${plan} reload=${reload} />
    </article>`;
}

/* --- a computed item: what was counted ------------------------------------------------------ */

function Counted({ name, no, query }) {
    const path = `/roadmaps/${encodeURIComponent(name)}/items/${encodeURIComponent(no)}/computed`;
    const { data, problem } = useApi(path);
    const which = query.rows === 'of' ? 'of' : 'done';
    const list = usePages(path, { rows: which });
    useTitle(data && brief(data.title, 70));
    const columns = [
        { name: 'name', title: t('roadmaps.counted'), cell: (row) => row.task ? html`<${AssignmentLink} row=${row} />` : html`<a href=${place('processes', String(row.instance))}><${Said}>${row.title ?? row.key ?? row.instance}<//></a>` },
        { name: 'key', title: t('roadmaps.key'), cell: (row) => row.key ?? '' },
        { name: 'state', title: t('common.state'), cell: (row) => row.task ? html`<${StateBadge} row=${row} />` : html`<${Badge} tone=${instanceTone(row.state)}>${t(`state.${row.state}`)}<//>` },
    ];
    return html`<article>
        <p class="above"><a href=${place('roadmaps', name)}>${t('roadmaps.to_plan')}</a> · ${t('common.item')}\u00a0${no}</p>
        <h1 class="long"><${Said}>${data?.title ?? `${t('common.item')} ${no}`}<//></h1>
        <${ProblemNote} problem=${problem} />
        ${data && html`<${Progress} item=${{ computed: data, plan: name, no }} />
            <div class="filters"><${Choice} label=${t('roadmaps.which')} all=${false} value=${which} options=${[['done', t('roadmaps.which_done', { n: number(data.done) })], ...(data.of === null ? [] : [['of', t('roadmaps.which_of', { n: number(data.of) })]])]} onChoose=${(rows) => setQuery({ rows })} /></div>
            <${Table} caption=${t('roadmaps.counted')} columns=${columns} rows=${list.rows} more=${list.more} next=${list.next} loading=${list.loading} rowKey=${(row) => row.task ?? row.instance} exports=${{ path, query: { rows: which } }} />`}
    </article>`;
}

export default function Roadmaps({ parts, query }) {
    return parts.length === 0 ? html`<${Plans} />` : parts[1] === 'item' ? html`<${Counted} name=${parts[0]} no=${parts[2] ?? ''} query=${query} />` : html`<${Plan} key=${parts[0]} name=${parts[0]} query=${query} />`;
}

addTexts('roadmaps', {
    ru: {
        rehearse: 'Прорепетировать период…', rehearse_none: 'Отметьте планы, чтобы прорепетировать их', rehearse_chosen: { one: 'Прорепетировать {n} план…', few: 'Прорепетировать {n} плана…', many: 'Прорепетировать {n} планов…' }, choose: 'Отметить', choose_one: 'Отметить план: {title}', start: 'Начать исполнение плана',
        period: 'Период', and_on: ' и далее', late: 'Просрочено', decide: 'Ждут решения', done: 'Закрыто', of: 'из', none: 'Планов пока нет. Их вводят в действие на странице «Определения» или командой marshrut deploy.', responsible: 'Ответственные исполнители', due: 'Срок', result: 'Результат', view: 'Вид', view_table: 'таблица', view_timeline: 'шкала года',
        act: 'Утверждён актом №\u00a0{number} от {day}', act_day: 'Утверждён {day}', not_started: 'ещё не начат', moved: 'срок {day}', as_needed: 'в течение периода', progress_of: 'исполнено {done} из {of}', target: 'нужно не менее {n}', target_most: 'нужно не более {n}', reached: 'достигнуто', not_reached: 'не достигнуто', counting: 'ещё считается…',
        counted: 'Что посчитано', key: 'Ключ', no_section: 'Вне разделов', to_plan: 'К плану', which: 'Показать', which_done: 'исполнено ({n})', which_of: 'от чего считается ({n})', no_items: 'Таких пунктов в плане нет.',
        reading: 'как прочитано', all_windows: { one: 'Все {n} срок', few: 'Все {n} срока', many: 'Все {n} сроков' },
        shown: { one: 'Показан {n} пункт из {all}', few: 'Показано {n} пункта из {all}', many: 'Показано {n} пунктов из {all}' },
    },
    en: {
        rehearse: 'Rehearse its period…', rehearse_none: 'Mark plans to rehearse them', rehearse_chosen: { one: 'Rehearse {n} plan…', other: 'Rehearse {n} plans…' }, choose: 'Mark', choose_one: 'Mark the plan: {title}', start: 'Start the plan',
        period: 'Period', and_on: ' and on', late: 'Overdue', decide: 'To decide', done: 'Closed', of: 'of', none: 'There are no plans yet. They are deployed on the page “Definitions” or by marshrut deploy.', responsible: 'Responsible', due: 'Term', result: 'Result', view: 'View', view_table: 'table', view_timeline: 'timeline of the year',
        act: 'Approved by act No\u00a0{number} of {day}', act_day: 'Approved on {day}', not_started: 'not started yet', moved: 'due {day}', as_needed: 'within the period', progress_of: '{done} of {of} done', target: 'at least {n} wanted', target_most: 'at most {n} wanted', reached: 'reached', not_reached: 'not reached', counting: 'counting…',
        counted: 'What was counted', key: 'Key', no_section: 'Outside of sections', to_plan: 'To the plan', which: 'Show', which_done: 'done ({n})', which_of: 'of what it is counted ({n})', no_items: 'The plan has no such items.',
        reading: 'how it is read', all_windows: { one: 'All {n} term', other: 'All {n} terms' },
        shown: { one: '{n} item of {all} is shown', other: '{n} items of {all} are shown' },
    },
});
