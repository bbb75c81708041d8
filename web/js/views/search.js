/* search.js - what was found for the words in the search box, by kind: people and places first
 *
 *   #/search?q=педагог № 1     without words: what can be found
 */
import { ProblemNote, useApi } from '../api.js';
import { Fragment, html } from '../html.js';
import { Said } from '../parts/said.js';
import { Badge, instanceTone, StateBadge } from '../parts/state.js';
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

const itemText = (row) => `${t('common.item')} ${row.no} ${row.title}`;

const assignment = { link: (row) => place('assignment', row.task), text: assignmentText, after: (row) => html`<${Fragment}>${row.state && row.phase ? html`<${StateBadge} row=${row} />` : ''}${row.said && html` <small>${t('search.said')}</small>`}<${Whence} row=${row} /><//>` };
const item = { link: (row) => place('roadmaps', row.plan, { no: row.no }), text: itemText, after: (row) => html`<small>${row.plan_title ?? row.plan}</small>` };
const either = (row) => (row.task ? assignment : item);

const small = (...parts) => html`<small><${Said}>${parts.filter(Boolean).join(' · ')}<//></small>`;

const kinds = [
    { name: 'people', link: (row) => place('teachers', row.definition, String(row.instance)), text: (row) => row.name ?? row.key ?? String(row.instance), after: (row) => small(row.stage ?? t(`state.${row.state}`), row.school, row.municipality) },
    { name: 'places', link: (row) => place('teachers', row.definition, { municipality: row.municipality, school: row.school }), text: (row) => row.school ?? row.municipality, after: (row) => small(row.school && row.municipality) },
    { name: 'assignments', ...assignment },
    { name: 'documents', ...assignment, after: (row) => assignment.after({ ...row, said: false }) }, /* its head says it */
    { name: 'incidents', link: (row) => place('processes', String(row.instance)), text: (row) => row.problem?.title ?? row.step ?? row.task, after: (row) => html`<small>${[row.problem?.detail, row.title ?? row.key, t('search.process', { n: row.instance })].filter(Boolean).join(' · ')}</small>` },
    { name: 'items', ...item },
    { name: 'instances', link: (row) => place('processes', String(row.instance)), text: (row) => ['№\u00a0' + row.instance, row.title].filter(Boolean).join(' · '), after: (row) => html`${row.state && html`<${Badge} tone=${instanceTone(row.state)}>${t(`state.${row.state}`)}<//>`}<small class="below-text"><${Said}>${[row.key, row.definition_title].filter(Boolean).join(' · ')}<//></small>` },
    { name: 'bodies', link: (row) => place('my', { body: row.id }), text: (row) => row.name ?? row.id, after: () => '' },
    { name: 'notices', link: (row) => place('notices', { instance: row.instance, body: row.to.id }), text: (row) => `${row.to.short ?? row.to.name ?? row.to.id}: ${assignmentText(row.assignment ?? row)}`, after: (row) => html`<small>${momentText(row.time)}</small>` },
    { name: 'workers', link: () => place('workers'), text: (row) => row.name, after: (row) => html`<small>${row.services.join(', ')}</small>` },
    { name: 'definitions', link: (row) => place('definitions', String(row.number)), text: (row) => row.title ?? row.name, after: (row) => html`<small>${row.name}</small>` },
    { name: 'mentions', link: (row) => either(row).link(row), text: (row) => either(row).text(row), after: (row) => either(row).after(row) },
];

/* Of a number: first what it is the number of, then who and where, by their names, then documents. */
const FIRST = ['items', 'assignments', 'people', 'places', 'documents'];
const numberedFirst = [...FIRST.map((name) => kinds.find((kind) => kind.name === name)), ...kinds.filter((kind) => !FIRST.includes(kind.name))];

/* Without words there is nothing to find: what could be asked for. */
function Hint() {
    return html`<div><h1>${t('search.empty')}</h1>
        <p>${t('search.hint')}</p>
        <ul>${['people', 'places', 'assignments', 'documents', 'numbers', 'others'].map((what) => html`<li key=${what}>${t(`search.hint_${what}`)}</li>`)}</ul>
        <p class="note">${t('search.how')}</p></div>`;
}

export default function Search({ query }) {
    const q = (query.q ?? '').trim();
    const { data: answer, problem, loading } = useApi(q ? '/search' : null, { q, limit: query.limit }, { live: false });
    const workers = useApi(q ? '/workers' : null, { q }, { live: false }).data?.rows ?? []; /* known to the engine alone */
    const data = answer && { ...answer, workers };
    if (!q) {
        return html`<${Hint} />`;
    }
    const found = (data?.number ? numberedFirst : kinds).filter((kind) => data?.[kind.name]?.length > 0);
    return html`<div>
        <h1>${t('search.title', { q })}</h1>
        <${ProblemNote} problem=${problem} />
        <p role="status" class=${loading ? 'wait' : 'empty'}>${loading ? t('shell.loading') : found.length === 0 ? t('search.nothing') : ''}</p>
        ${found.map((kind) => html`<section key=${kind.name}><h2>${t(`search.${kind.name}`, { number: data.number })}</h2>
            <ul class="found">${data[kind.name].map((row, n) => html`<li key=${n}><a href=${kind.link(row)}><${Said}>${kind.text(row)}<//></a> ${kind.after(row)}</li>`)}</ul>
        </section>`)}
        ${found.some((kind) => kind.name !== 'workers') && html`<p class="below no-print"><${Exports} path="/search" query=${{ q }} /></p>`}
        ${data?.more && (query.limit ? html`<p class="note">${t('search.more')}</p>` : html`<p><button type="button" onClick=${() => setQuery({ limit: String(LIMIT_MOST) })}>${t('common.more')}</button></p>`)}
    </div>`;
}

addTexts('search', {
    ru: { title: 'Найдено: «{q}»', empty: 'Поиск', hint: 'Введите в строку поиска вверху страницы одно или несколько слов. Найти можно:', hint_people: 'педагога — по имени или номеру: «педагог № 1»', hint_places: 'муниципалитет или школу — их педагогов', hint_assignments: 'поручение или пункт плана — по словам названия и номеру: «1.4», «п. 14»', hint_documents: 'отчёт, замечание, причину — по словам и номерам документов: «384-р»', hint_numbers: 'процесс — по его номеру или началу ключа', hint_others: 'орган или должность, инцидент, уведомление, определение, работника системы', how: 'Должны найтись все слова; каждое может быть началом слова. Точные совпадения стоят первыми.',
        nothing: 'Ничего не нашлось. Ищутся слова целиком или их начало.', people: 'Педагоги', places: 'Муниципалитеты и школы', assignments: 'Поручения', documents: 'Поручения с документом № {number} в отчёте', mentions: 'Только в тексте: {number}', said: 'найдено в отчётах, замечаниях или причинах', term: 'срок {day}', incidents: 'Инциденты', process: 'процесс № {n}', notices: 'Уведомления: последние из найденного', workers: 'Работники системы', items: 'Пункты планов', instances: 'Процессы', bodies: 'Органы и должности', definitions: 'Определения', more: 'Показано не всё: уточните запрос.' },
    en: { title: 'Found: “{q}”', empty: 'Search', hint: 'Type a word or several into the search box at the top of the page. You can find:', hint_people: 'a teacher, by name or number: “teacher 1”', hint_places: 'a municipality or a school, with its teachers', hint_assignments: 'an assignment or an item of a plan, by the words of its title and its number: “1.4”, “item 14”', hint_documents: 'a report, remark or reason, by its words and the numbers of documents: “384”', hint_numbers: 'a process, by its number or the beginning of its key', hint_others: 'a body or post, an incident, a notice, a definition, a worker', how: 'All words must be there; each may be the beginning of a word. Exact matches come first.',
        nothing: 'Nothing was found. Whole words or their beginnings are looked for.', people: 'Teachers', places: 'Municipalities and schools', assignments: 'Assignments', documents: 'Assignments with a document {number} in their report', mentions: 'Only in words: {number}', said: 'found in reports, remarks or reasons', term: 'due {day}', incidents: 'Incidents', process: 'process {n}', notices: 'Notices: the newest of what was found', workers: 'Workers', items: 'Items of plans', instances: 'Processes', bodies: 'Bodies', definitions: 'Definitions', more: 'Not everything is shown: say more.' },
});
