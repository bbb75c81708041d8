/* definitions.js - «Определения»: documents in force, their versions, one with its drawing and text
 *
 *   #/definitions?kind=workflow&all=true
 *   #/definitions/15
 */
import { ProblemNote, useApi } from '../api.js';
import { html, useState } from '../html.js';
import { Absent } from '../parts/absent.js';
import { Compare } from '../parts/compare.js';
import { Deploy } from '../parts/deploy.js';
import { Choice } from '../parts/field.js';
import { Picture } from '../parts/picture.js';
import { Said } from '../parts/said.js';
import { Source } from '../parts/source.js';
import { Badge } from '../parts/state.js';
import { Table } from '../parts/table.js';
import { Try } from '../parts/try.js';
import { place, setQuery, useTitle } from '../route.js';
import { addTexts, has, number, t } from '../text.js';

const kinds = ['workflow', 'roadmap', 'bodies', 'calendar', 'policy', 'routes'];
const drawn = ['workflow', 'roadmap', 'bodies'];

const kindText = (kind) => (has(`definitions.kind_${kind}`) ? t(`definitions.kind_${kind}`) : kind);

function Standing({ row }) {
    return row.removed ? html`<${Badge} tone="none">${t('definitions.removed')}<//>` : row.newest ? html`<${Badge} tone="done">${t('definitions.newest')}<//>` : html`<${Badge} tone="soon">${t('definitions.older')}<//>`;
}

/* Who uses it: instances of a workflow or plan. */
function Used({ row }) {
    return ['workflow', 'roadmap'].includes(row.kind)
        ? row.used > 0 ? html`<a href=${place('processes', { definition: row.name, state: 'running' })}>${number(row.used)}</a>` : '0'
        : html`<span aria-hidden="true">—</span><span class="hidden">${t('definitions.not_counted')}</span>`;
}

const columns = () => [
    { name: 'title', title: t('definitions.title'), cell: (row) => html`<a href=${place('definitions', String(row.number))}><${Said}>${row.title ?? row.name}<//></a><small class="below-text">${row.name}</small>` },
    { name: 'kind', title: t('definitions.kind'), cell: (row) => kindText(row.kind) },
    { name: 'number n-version', title: t('definitions.version'), cell: (row) => number(row.version) },
    { name: 'state', title: t('common.state'), cell: (row) => html`<${Standing} row=${row} />` },
    { name: 'number n-used', title: t('definitions.used'), cell: (row) => html`<${Used} row=${row} />` },
];

const concerns = (what) => what.instances === null || what.kinds.some((kind) => kind.startsWith('definition.'));

function List({ query }) {
    const filter = { kind: query.kind, in_force: !query.all };
    const { data, problem, loading, reload } = useApi('/definitions', {}, { concerns });
    const all = data?.rows ?? []; /* which kinds there are, too */
    const rows = all.filter((row) => (!query.kind || row.kind === query.kind) && (query.all || row.newest));
    return html`<div>
        <h1>${t('shell.definitions')}</h1>
        <${Deploy} deployed=${reload} />
        <div class="filters">
            <${Choice} label=${t('definitions.kind')} value=${query.kind} options=${kinds.filter((kind) => all.some((row) => row.kind === kind)).map((kind) => [kind, kindText(kind)])} onChoose=${(kind) => setQuery({ kind })} />
            <${Choice} label=${t('definitions.versions')} all=${t('definitions.only_newest')} value=${query.all} options=${[['true', t('definitions.all')]]} onChoose=${(one) => setQuery({ all: one })} />
        </div>
        <${ProblemNote} problem=${problem} />
        <${Table} caption=${t('shell.definitions')} columns=${columns()} rows=${rows} loading=${loading} rowKey=${(row) => row.number} exports=${{ path: '/definitions', query: filter }} empty=${t(all.length > 0 ? 'definitions.none_such' : 'definitions.none')} />
    </div>`;
}

/* --- one ------------------------------------------------------------------------------------- */

/* Drawn at once, unless it is a plan of many items: then when it is asked for. */
function Drawing({ row }) {
    const [open, setOpen] = useState(row.kind === 'workflow');
    return html`<details class="part" open=${open} onToggle=${(event) => setOpen(event.target.open)}><summary><h2>${t('definitions.drawing')}</h2></summary>
        ${open && html`<${Picture} path=${`/definitions/${row.number}/graph.svg`} version=${row.number} alt=${t('definitions.drawing_alt', { title: row.title ?? row.name })} />`}</details>`;
}

function Versions({ row, rows }) {
    const same = rows.filter((one) => one.kind === row.kind && one.name === row.name).sort((a, b) => b.version - a.version);
    return html`<ul class="plain">${same.map((one) => html`<li key=${one.number}>${one.number === row.number ? html`<strong>${t('definitions.version_n', { n: one.version })}</strong>` : html`<a href=${place('definitions', String(one.number))}>${t('definitions.version_n', { n: one.version })}</a>`} <${Standing} row=${one} />${one.used > 0 && html` <small>${t('definitions.used_by', { n: one.used })}</small>`}</li>`)}</ul>`;
}

function Users({ row }) {
    return html`<dt>${t('definitions.users')}</dt><dd>${row.kind === 'roadmap' && html`<a href=${place('roadmaps', row.name)}>${t('definitions.plan')}</a> · `}${['workflow', 'roadmap'].includes(row.kind)
        ? html`<a href=${place('processes', { definition: row.name })}>${t('definitions.used_by', { n: row.used ?? 0 })}</a>`
        : row.kind === 'bodies' ? html`<a href=${place('my')}>${t('definitions.bodies')}</a>` : t('definitions.not_counted')}</dd>`;
}

function One({ id }) {
    const { data, problem } = useApi(`/definitions/${encodeURIComponent(id)}`, {}, { live: false });
    const rows = useApi('/definitions', {}, { concerns }).data?.rows ?? [];
    const row = data?.rows?.[0] ?? (data?.number ? data : null);
    useTitle(row?.title ?? row?.name);
    if (!row) {
        return html`<${Absent} problem=${problem} list="definitions" />`;
    }
    return html`<article>
        <p class="above"><a href=${place('definitions')}>${t('shell.definitions')}</a> <${Standing} row=${rows.find((one) => one.number === row.number) ?? row} /></p>
        <h1 class="long"><${Said}>${row.title ?? row.name}<//></h1>
        <div class="sheet"><dl class="facts">
            <dt>${t('definitions.kind')}</dt><dd>${kindText(row.kind)}</dd>
            <dt>${t('definitions.name')}</dt><dd>${row.name}</dd>
            ${row.doc_version && html`<dt>${t('definitions.doc_version')}</dt><dd><${Said}>${row.doc_version}<//></dd>`}
            <dt>${t('definitions.versions')}</dt><dd><${Versions} row=${row} rows=${rows} /></dd>
            <${Users} row=${row} />
        </dl></div>
        <${Compare} row=${row} rows=${rows} />
        ${drawn.includes(row.kind) && html`<${Drawing} row=${row} />`}
        ${row.kind === 'workflow' && html`<${Try} row=${row} />`}
        ${row.text !== undefined && html`<section aria-labelledby="text"><h2 id="text">${t('definitions.text')}</h2><${Source} text=${row.text} /></section>`}
    </article>`;
}

export default function Definitions({ parts, query }) {
    return parts.length > 0 ? html`<${One} key=${parts[0]} id=${parts[0]} />` : html`<${List} query=${query} />`;
}

addTexts('definitions', {
    ru: {
        none: 'Определений пока нет: выберите файлы вверху, и система их проверит.', none_such: 'Таких определений нет', title: 'Определение', kind: 'Вид', version: 'Версия', versions: 'Версии', name: 'Имя', doc_version: 'Версия документа', newest: 'действует', older: 'прежняя', removed: 'снята', used: 'Открытых процессов', used_by: { one: '{n} открытый процесс', few: '{n} открытых процесса', many: '{n} открытых процессов' }, users: 'Кто пользуется', not_counted: 'все процессы и планы', plan: 'План', bodies: 'Поручения органов и должностей', only_newest: 'только действующие', all: 'все', drawing: 'Схема', drawing_alt: 'Схема: {title}. То же самое сказано в тексте документа ниже.', text: 'Текст',
        kind_workflow: 'определение процесса', kind_roadmap: 'дорожная карта', kind_bodies: 'органы и должности', kind_calendar: 'производственный календарь', kind_policy: 'регламент', kind_routes: 'правила событий', version_n: 'версия {n}',
    },
    en: {
        none: 'There are no definitions yet: choose files above, and they are checked.', none_such: 'There are no such definitions', title: 'Definition', kind: 'Kind', version: 'Version', versions: 'Versions', name: 'Name', doc_version: 'Version of the document', newest: 'in force', older: 'older', removed: 'removed', used: 'Open processes', used_by: { one: '{n} open process', other: '{n} open processes' }, users: 'Used by', not_counted: 'all processes and plans', plan: 'The plan', bodies: 'Assignments of bodies', only_newest: 'only those in force', all: 'all', drawing: 'Drawing', drawing_alt: 'Drawing: {title}. The text of the document below says the same.', text: 'Text',
        kind_workflow: 'workflow', kind_roadmap: 'roadmap', kind_bodies: 'bodies', kind_calendar: 'production calendar', kind_policy: 'policy', kind_routes: 'rules of events', version_n: 'version {n}',
    },
});
