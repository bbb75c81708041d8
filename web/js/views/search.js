/* search.js - what was found for the words in the search box, by kind */
import { ProblemNote, useApi } from '../api.js';
import { html } from '../html.js';
import { Said } from '../parts/said.js';
import { StateBadge } from '../parts/state.js';
import { Exports } from '../parts/table.js';
import { place } from '../route.js';
import { addTexts, t } from '../text.js';

const kinds = [
    { name: 'assignments', link: (row) => place('assignment', row.task), text: (row) => `${row.no ? `${t('common.item')} ${row.no} ` : ''}${row.title ?? row.task}`, after: (row) => row.state && row.phase ? html`<${StateBadge} row=${row} />` : '' },
    { name: 'items', link: (row) => place('roadmaps', row.plan), text: (row) => `${t('common.item')} ${row.no} ${row.title}`, after: (row) => html`<small>${row.plan_title ?? row.plan}</small>` },
    { name: 'instances', link: (row, cycles) => place(...(cycles.has(row.definition) ? ['teachers', row.definition] : ['processes']), String(row.instance)), text: (row) => row.name ?? row.key ?? row.title ?? String(row.instance), after: (row) => html`<small>${row.definition} ${row.state ? t(`state.${row.state}`) : ''}</small>` },
    { name: 'bodies', link: (row) => place('my', { body: row.id }), text: (row) => row.name ?? row.id, after: () => '' },
    { name: 'definitions', link: (row) => place('definitions', String(row.number)), text: (row) => row.title ?? row.name, after: (row) => html`<small>${row.name}</small>` },
];

export default function Search({ query }) {
    const q = query.q ?? '';
    const { data, problem, loading } = useApi(q ? '/search' : null, { q }, { live: false });
    const cycles = new Set((useApi(q ? '/cycles' : null, {}, { live: false }).data?.rows ?? []).map((row) => row.definition));
    const found = kinds.filter((kind) => data?.[kind.name]?.length > 0);
    return html`<div>
        <h1>${t('search.title', { q })}</h1>
        <${ProblemNote} problem=${problem} />
        <p role="status" class="empty">${loading && q ? t('shell.loading') : found.length === 0 ? t('search.nothing') : ''}</p>
        ${found.map((kind) => html`<section key=${kind.name}><h2>${t(`search.${kind.name}`)}</h2>
            <ul class="found">${data[kind.name].map((row, n) => html`<li key=${n}><a href=${kind.link(row, cycles)}><${Said}>${kind.text(row)}<//></a> ${kind.after(row)}</li>`)}</ul>
        </section>`)}
        ${found.length > 0 && html`<p class="below no-print"><${Exports} path="/search" query=${{ q }} /></p>`}
        ${data?.more && html`<p class="note">${t('search.more')}</p>`}
    </div>`;
}

addTexts('search', {
    ru: { title: 'Найдено: «{q}»', nothing: 'Ничего не нашлось. Ищутся слова целиком или их начало.', assignments: 'Поручения', items: 'Пункты планов', instances: 'Процессы и педагоги', bodies: 'Органы и должности', definitions: 'Определения', more: 'Показано не всё: уточните запрос.' },
    en: { title: 'Found: “{q}”', nothing: 'Nothing was found. Whole words or their beginnings are looked for.', assignments: 'Assignments', items: 'Items of plans', instances: 'Processes and teachers', bodies: 'Bodies', definitions: 'Definitions', more: 'Not everything is shown: say more.' },
});
