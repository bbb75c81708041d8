/* search.js - what was found for the words in the search box, by kind */
import { ProblemNote, useApi } from '../api.js';
import { Fragment, html } from '../html.js';
import { Said } from '../parts/said.js';
import { StateBadge } from '../parts/state.js';
import { Exports } from '../parts/table.js';
import { place, setQuery } from '../route.js';
import { addTexts, brief, dayText, momentText, t } from '../text.js';

const LIMIT_MOST = 50;

const assignmentText = (row) => `${row.no ? `${t('common.item')} ${row.no} ` : ''}${row.title ?? row.task}`;

/* Of which plan, and its term. */
function Whence({ row }) {
    const parts = [row.plan_title && brief(row.plan_title, 60), row.to && t('search.term', { day: dayText(row.to) })].filter(Boolean);
    return html`<small class="below-text" title=${row.plan_title}><${Said}>${parts.join(' · ')}<//></small>`;
}

const kinds = [
    { name: 'assignments', link: (row) => place('assignment', row.task), text: assignmentText, after: (row) => html`<${Fragment}>${row.state && row.phase ? html`<${StateBadge} row=${row} />` : ''}${row.said && html` <small>${t('search.said')}</small>`}<${Whence} row=${row} /><//>` },
    { name: 'incidents', link: (row) => place('processes', String(row.instance)), text: (row) => row.problem?.title ?? row.step ?? row.task, after: (row) => html`<small>${[row.problem?.detail, row.title ?? row.key, t('search.process', { n: row.instance })].filter(Boolean).join(' · ')}</small>` },
    { name: 'items', link: (row) => place('roadmaps', row.plan, { no: row.no }), text: (row) => `${t('common.item')} ${row.no} ${row.title}`, after: (row) => html`<small>${row.plan_title ?? row.plan}</small>` },
    { name: 'instances', link: (row, cycles) => place(...(cycles.has(row.definition) ? ['teachers', row.definition] : ['processes']), String(row.instance)), text: (row) => row.name ?? row.key ?? row.title ?? String(row.instance), after: (row) => html`<small><${Said}>${row.definition_title}<//> ${row.state ? t(`state.${row.state}`) : ''}</small>` },
    { name: 'bodies', link: (row) => place('my', { body: row.id }), text: (row) => row.name ?? row.id, after: () => '' },
    { name: 'notices', link: (row) => place('notices', { instance: row.instance, body: row.to.id }), text: (row) => `${row.to.short ?? row.to.name ?? row.to.id}: ${assignmentText(row.assignment ?? row)}`, after: (row) => html`<small>${momentText(row.time)}</small>` },
    { name: 'workers', link: () => place('workers'), text: (row) => row.name, after: (row) => html`<small>${row.services.join(', ')}</small>` },
    { name: 'definitions', link: (row) => place('definitions', String(row.number)), text: (row) => row.title ?? row.name, after: (row) => html`<small>${row.name}</small>` },
];

const wordsOf = (text) => text.toLowerCase().replaceAll('ё', 'е').match(/[\p{L}\p{N}]+/gu) ?? [];

/* Workers are known to the engine alone, which is not asked for words: they are few, and looked through here. */
function workersWith(q, workers) {
    return workers.filter((row) => {
        const words = wordsOf([row.name, ...row.services].join(' '));
        return wordsOf(q).every((word) => words.some((other) => other.startsWith(word)));
    });
}

export default function Search({ query }) {
    const q = query.q ?? '';
    const { data: answer, problem, loading } = useApi(q ? '/search' : null, { q, limit: query.limit }, { live: false });
    const workers = useApi(q ? '/workers' : null, {}, { live: false }).data?.rows ?? [];
    const data = answer && { ...answer, workers: workersWith(q, workers) };
    const cycles = new Set((useApi(q ? '/cycles' : null, {}, { live: false }).data?.rows ?? []).map((row) => row.definition));
    const found = kinds.filter((kind) => data?.[kind.name]?.length > 0);
    return html`<div>
        <h1>${t('search.title', { q })}</h1>
        <${ProblemNote} problem=${problem} />
        <p role="status" class="empty">${loading && q ? t('shell.loading') : found.length === 0 ? t('search.nothing') : ''}</p>
        ${found.map((kind) => html`<section key=${kind.name}><h2>${t(`search.${kind.name}`)}</h2>
            <ul class="found">${data[kind.name].map((row, n) => html`<li key=${n}><a href=${kind.link(row, cycles)}><${Said}>${kind.text(row)}<//></a> ${kind.after(row)}</li>`)}</ul>
        </section>`)}
        ${found.some((kind) => kind.name !== 'workers') && html`<p class="below no-print"><${Exports} path="/search" query=${{ q }} /></p>`}
        ${data?.more && (query.limit ? html`<p class="note">${t('search.more')}</p>` : html`<p><button type="button" onClick=${() => setQuery({ limit: String(LIMIT_MOST) })}>${t('common.more')}</button></p>`)}
    </div>`;
}

addTexts('search', {
    ru: { title: 'Найдено: «{q}»', nothing: 'Ничего не нашлось. Ищутся слова целиком или их начало.', assignments: 'Поручения', said: 'найдено в отчётах, замечаниях или причинах', term: 'срок {day}', incidents: 'Инциденты', process: 'процесс № {n}', notices: 'Уведомления: последние из найденного', workers: 'Работники системы', items: 'Пункты планов', instances: 'Процессы и педагоги', bodies: 'Органы и должности', definitions: 'Определения', more: 'Показано не всё: уточните запрос.' },
    en: { title: 'Found: “{q}”', nothing: 'Nothing was found. Whole words or their beginnings are looked for.', assignments: 'Assignments', said: 'found in reports, remarks or reasons', term: 'due {day}', incidents: 'Incidents', process: 'process {n}', notices: 'Notices: the newest of what was found', workers: 'Workers', items: 'Items of plans', instances: 'Processes and teachers', bodies: 'Bodies', definitions: 'Definitions', more: 'Not everything is shown: say more.' },
});
