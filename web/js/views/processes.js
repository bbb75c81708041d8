/* processes.js - «Процессы»: every instance, and one of them with all that is known of it
 *
 *   #/processes?state=all&definition=…&body=…    those that run, unless it says which
 *   #/processes/17
 */
import { ProblemNote, useApi, usePages } from '../api.js';
import { Fragment, html, useEffect, useRef, useState } from '../html.js';
import { onChange, touches } from '../live.js';
import { Absent } from '../parts/absent.js';
import { bodyOptions } from '../parts/bodies.js';
import { BriefLink } from '../parts/brief_link.js';
import { BulkDialog } from '../parts/bulk.js';
import { Choice } from '../parts/field.js';
import { InstanceActs } from '../parts/instance_acts.js';
import { Json } from '../parts/json.js';
import { Picture } from '../parts/picture.js';
import { Said } from '../parts/said.js';
import { Badge, instanceTone } from '../parts/state.js';
import { Names, Step, StepIds, stepText } from '../parts/step.js';
import { Story } from '../parts/story.js';
import { Table } from '../parts/table.js';
import { TaskActs } from '../parts/task_acts.js';
import { Why } from '../parts/why.js';
import { place, setQuery, useTitle } from '../route.js';
import { addTexts, has, momentText, t } from '../text.js';

const CHILDREN_MAX = 1000; /* of more, every change counts */
const PICTURE_PAUSE_MS = 500; /* in which a picture is drawn */

const states = ['running', 'suspended', 'completed', 'cancelled', 'faulted'];

/* --- the list ------------------------------------------------------------------------------- */

const columns = () => [
    { name: 'title', title: t('common.process'), cell: (row) => html`<${BriefLink} href=${place('processes', String(row.instance))}><${Said}>${row.title}<//><//><small class="below-text">№ ${row.instance}${row.key ? html` · <${Said}>${row.key}<//>` : ''}</small>` },
    { name: 'definition', title: t('processes.definition'), cell: (row) => html`${row.definition_title !== row.title && html`<${Said}>${row.definition_title}<//>`}<${Names} names=${[row.definition, t('processes.version', { n: row.version })]} />` },
    { name: 'state', title: t('common.state'), cell: (row) => html`<${Badge} tone=${instanceTone(row.state)}>${t(`state.${row.state}`)}<//>` },
    { name: 'when', title: t('processes.since'), cell: (row) => html`${momentText(row.created)}<small class="below-text">${t('processes.changed_at', { when: momentText(row.changed) })}</small>` },
];

function useDefinitionNames() {
    const rows = useApi('/definitions', {}, { live: false }).data?.rows ?? [];
    return [...new Map(rows.filter((row) => ['workflow', 'roadmap'].includes(row.kind)).map((row) => [row.name, row.title ?? row.name]))];
}

function List({ query }) {
    const state = query.state === 'all' ? undefined : query.state ?? 'running';
    const filter = { state, definition: query.definition, body: query.body, parent: query.parent, letters: query.letters };
    const list = usePages('/instances', filter);
    const [bulk, setBulk] = useState(false);
    const definitions = useDefinitionNames();
    const bodies = useApi('/bodies', {}, { live: false }).data?.rows ?? [];
    return html`<div>
        <h1>${t('shell.processes')}</h1>
        <div class="filters">
            <${Choice} label=${t('common.state')} value=${state} options=${states.map((one) => [one, t(`state.${one}`)])} onChoose=${(one) => setQuery({ state: one || 'all' })} />
            <${Choice} label=${t('processes.definition')} value=${query.definition} options=${definitions} onChoose=${(definition) => setQuery({ definition })} />
            <${Choice} label=${t('processes.body')} value=${query.body} options=${bodyOptions(bodies)} onChoose=${(body) => setQuery({ body })} />
            <${Choice} label=${t('processes.letters')} all=${t('processes.letters_no')} value=${query.letters} options=${[['true', t('processes.letters_yes')]]} onChoose=${(letters) => setQuery({ letters })} />
            ${query.parent && html`<button type="button" onClick=${() => setQuery({ parent: undefined })}>${t('processes.of_parent', { n: query.parent })}</button>`}
            ${list.rows.length > 0 && html`<button type="button" onClick=${() => setBulk(true)}>${t('processes.act_on_all')}</button>`}
        </div>
        <${ProblemNote} problem=${list.problem} />
        <${Table} caption=${t('shell.processes')} columns=${columns()} rows=${list.rows} more=${list.more} next=${list.next} loading=${list.loading} rowKey=${(row) => row.instance} exports=${{ path: '/instances', query: filter }} empty=${t('processes.none')} />
        ${bulk && html`<${BulkDialog} list="instances" filter=${filter} close=${() => setBulk(false)} />`}
    </div>`;
}

/* --- the steps of one ----------------------------------------------------------------------- */

/* What others run in: they go on when those do. */
const scopes = new Set(['do', 'try', 'for', 'many', 'fork', 'iteration']);

const taskTones = { ready: 'open', backoff: 'today', waiting: 'soon', incident: 'overdue', closed: 'done' };

function TaskDetails({ task }) {
    return html`<${Fragment}>
        ${task.problem && html`<p class="problem"><${Said}>${task.problem.title} ${task.problem.detail ?? ''}<//></p>`}
        <${Json} title=${t('processes.input')} value=${task.input} />
        <${Json} title=${t('processes.report')} value=${task.report} />
        <${Json} title=${t('processes.progress')} value=${task.progress} />
    <//>`;
}

function kindText(task) {
    const key = `processes.kind_${task.kind}`;
    return has(key) ? t(key) : task.kind;
}

function taskColumns(etag, done) {
    return [
        { name: 'step', title: t('processes.step'), cell: (task) => task.assignment ? html`<a href=${place('assignment', task.task)}><${Said}>${task.assignment.title}<//></a><${StepIds} row=${task} ids=${[task.task, task.step_title]} />` : html`<${Step} row=${task} ids=${[task.task]} />` },
        { name: 'kind', title: t('processes.kind'), cell: (task) => html`${kindText(task)}<${Names} names=${[task.service, task.worker]} />` },
        { name: 'state', title: t('common.state'), cell: (task) => html`<${Badge} tone=${taskTones[task.state]}>${t(`processes.task_${task.state}`)}<//>${task.tries > 1 && html`<small class="below-text">${t('processes.tries', { n: task.tries })}</small>`}` },
        { name: 'since', title: t('processes.waits_since'), cell: (task) => momentText(task.since) },
        { name: 'details', title: t('processes.data'), cell: (task) => html`<${TaskDetails} task=${task} />` },
        { name: 'acts', title: t('processes.acts'), cell: (task) => task.state === 'closed' || (scopes.has(task.kind) && task.state === 'waiting') ? '' : html`<${TaskActs} task=${task} etag=${etag} done=${done} />` },
    ];
}

function Tasks({ row, etag, done }) {
    const open = row.tasks.filter((task) => task.state !== 'closed');
    const closed = row.tasks.filter((task) => task.state === 'closed');
    const table = (tasks, caption) => html`<${Table} look="wide" caption=${caption} columns=${taskColumns(etag, done)} rows=${tasks} rowKey=${(task) => task.task} />`;
    return html`<section aria-labelledby="steps"><h2 id="steps">${t('processes.steps')}</h2>
        ${open.length > 0 ? table(open, t('processes.steps')) : html`<p class="empty">${t('processes.no_steps')}</p>`}
        ${closed.length > 0 && html`<details class="part"><summary><h3>${t('processes.steps_closed', { n: closed.length })}</h3></summary>${table(closed, t('processes.steps_closed', { n: closed.length }))}</details>`}
    </section>`;
}

/* --- one ------------------------------------------------------------------------------------ */

/* How far each step is, for who can't see the drawing. */
function inWords(row) {
    const open = row.tasks.filter((task) => task.state !== 'closed').map((task) => `${stepText(task)} — ${t(`processes.task_${task.state}`)}`);
    return t('processes.drawing', { title: row.title, state: t(`state.${row.state}`), steps: open.join('; ') || t('processes.no_steps') });
}

function Facts({ row }) {
    const definition = html`<a href=${place('processes', { definition: row.definition })}><${Said}>${row.definition_title}<//></a><${Names} names=${[row.definition, t('processes.version', { n: row.version })]} />`;
    return html`<dl class="facts">
        <dt>${t('processes.definition')}</dt><dd>${definition}</dd>
        ${row.key && html`<dt>${t('processes.key')}</dt><dd><small><${Said}>${row.key}<//></small></dd>`}
        <dt>${t('processes.since')}</dt><dd>${momentText(row.created)}</dd>
        <dt>${t('processes.changed')}</dt><dd>${momentText(row.changed)}</dd>
        ${row.parent && html`<dt>${t('processes.parent')}</dt><dd><a href=${place('processes', String(row.parent))}>№ ${row.parent}</a></dd>`}
        <dt>${t('processes.children')}</dt><dd><a href=${place('processes', { parent: row.instance, state: 'all' })}>${row.children?.open > 0 ? t('processes.children_open', { n: row.children.open }) : t('processes.children_list')}</a></dd>
        <dt>${t('shell.notices')}</dt><dd><a href=${place('notices', { instance: row.instance })}>${t('processes.notices')}</a></dd>
    </dl>`;
}

/* Another number when one that it has started is another: WHY and the picture of a plan tell of those.
 * Until it is known which they are, every change counts. */
function useChildren(row) {
    const instance = row?.instance;
    const has = row?.children?.open > 0;
    const timer = useRef(null);
    const [changes, setChanges] = useState(0);
    const { data } = useApi(has ? '/instances' : null, { parent: instance, limit: CHILDREN_MAX }, { concerns: (what) => touches(what, instance) });
    useEffect(() => (has ? onChange((what) => {
        if (!data || data.next || touches(what, ...data.rows.map((child) => child.instance))) {
            timer.current ??= setTimeout(() => {
                timer.current = null;
                setChanges((n) => n + 1);
            }, PICTURE_PAUSE_MS);
        }
    }) : undefined), [has, data]);
    useEffect(() => () => clearTimeout(timer.current), []);
    return changes;
}

/* The drawing of a plan of a hundred items is made only when it is asked for. */
function Drawing({ row, changes }) {
    const [open, setOpen] = useState(row.tasks.length < 60);
    return html`<details class="part" open=${open} onToggle=${(event) => setOpen(event.target.open)}><summary><h2>${t('processes.graph')}</h2></summary>
        ${open && html`<${Picture} path=${`/instances/${row.instance}/graph.svg`} version=${`${row.changed}/${changes}`} alt=${inWords(row)} />`}</details>`;
}

export function Instance({ id }) {
    const concerns = (what) => touches(what, Number(id));
    const { data: row, problem, reload } = useApi(`/instances/${encodeURIComponent(id)}`, {}, { concerns });
    const { data: why, reload: askWhy } = useApi(`/instances/${encodeURIComponent(id)}/why`, {}, { concerns });
    const changes = useChildren(row);
    const bodies = useApi('/bodies', {}, { live: false }).data?.rows ?? [];
    useTitle(row ? `№ ${row.instance} ${row.title}` : '');
    useEffect(() => {
        if (changes > 0) {
            askWhy();
        }
    }, [changes]);
    if (!row) {
        return html`<${Absent} problem=${problem} list="processes" />`;
    }
    return html`<article>
        <p class="above"><a href=${place('processes')}>${t('shell.processes')}</a> № ${row.instance} <${Badge} tone=${instanceTone(row.state)}>${t(`state.${row.state}`)}<//></p>
        <h1 class="long"><${Said}>${row.title}<//></h1>
        <${ProblemNote} problem=${problem} />
        ${row.problem && html`<p class="problem"><${Said}>${row.problem.title} ${row.problem.detail ?? ''}<//></p>`}
        <${InstanceActs} row=${row} etag=${row.etag} done=${reload} />
        <div class="columns">
            <section class="sheet" aria-labelledby="why"><h2 id="why">${t('processes.why')}</h2>${why ? html`<${Why} why=${why} ids />` : html`<p class="wait">${t('shell.loading')}</p>`}</section>
            <section class="sheet" aria-label=${t('processes.facts')}><${Facts} row=${row} /><${Json} title=${t('processes.own_data')} value=${row.data} /><${Json} title=${t('processes.context')} value=${row.context} /></section>
        </div>
        <${Drawing} row=${row} changes=${changes} />
        <${Tasks} row=${row} etag=${row.etag} done=${reload} />
        <section aria-labelledby="story"><h2 id="story">${t('processes.story')}</h2><${Story} operator path=${`/instances/${row.instance}/history`} instance=${row.instance} bodies=${bodies} /></section>
    </article>`;
}

export default function Processes({ parts, query }) {
    return parts.length > 0 ? html`<${Instance} key=${parts[0]} id=${parts[0]} />` : html`<${List} query=${query} />`;
}

addTexts('processes', {
    ru: {
        definition: 'Определение', version: 'версия {n}', since: 'Начат', changed: 'Последнее изменение', changed_at: 'изменён {when}', body: 'Ждёт исполнителя', letters: 'Письма дня', letters_no: 'не показывать', letters_yes: 'показывать', of_parent: 'Только начатые процессом № {n}. Показать все', none: 'Таких процессов нет', key: 'Ключ', parent: 'Начат процессом', children: 'Начатые им процессы', children_list: 'показать', children_open: { one: '{n} не окончен', few: '{n} не окончены', many: '{n} не окончены' },
        facts: 'Сведения', story: 'История', notices: 'что отправлено', acts: 'Действия', act_on_all: 'Действие со всеми…', waits_since: 'С', why: 'Почему ждёт', graph: 'Схема', drawing: 'Схема процесса «{title}», {state}. Открытые шаги: {steps}', steps: 'Открытые шаги', no_steps: 'нет', steps_closed: { one: '{n} пройденный шаг', few: '{n} пройденных шага', many: '{n} пройденных шагов' }, step: 'Шаг', kind: 'Что это', data: 'Данные', input: 'Входные данные', report: 'Отчёт', progress: 'Ход', own_data: 'Данные процесса', context: 'Контекст', tries: { one: '{n} попытка', few: '{n} попытки', many: '{n} попыток' },
        task_ready: 'выполняется', task_backoff: 'между попытками', task_waiting: 'ждёт', task_incident: 'инцидент', task_closed: 'окончен',
        kind_call: 'работа программы', kind_assignment: 'поручение', kind_wait: 'ожидание', kind_listen: 'ждёт события', kind_notice: 'письмо', kind_emit: 'событие', kind_run: 'процесс', kind_schedule: 'расписание', kind_letter: 'письмо дня', kind_do: 'шаги подряд', kind_try: 'с обработкой ошибок', kind_for: 'повторения', kind_many: 'повторения сразу', kind_fork: 'ветви', kind_iteration: 'повторение',
    },
    en: {
        definition: 'Definition', version: 'version {n}', since: 'Started', changed: 'Last change', changed_at: 'changed {when}', body: 'Waits for', letters: 'Letters of the day', letters_no: 'not shown', letters_yes: 'shown', of_parent: 'Only those that process {n} started. Show all', none: 'There are no such processes', key: 'Key', parent: 'Started by', children: 'Processes it started', children_list: 'show them', children_open: { one: '{n} is open', other: '{n} are open' },
        facts: 'Facts', story: 'History', notices: 'what was sent', acts: 'Actions', act_on_all: 'Act on all…', waits_since: 'Since', why: 'Why it waits', graph: 'Drawing', drawing: 'Drawing of “{title}”, {state}. Open steps: {steps}', steps: 'Open steps', no_steps: 'none', steps_closed: { one: '{n} step that is over', other: '{n} steps that are over' }, step: 'Step', kind: 'What it is', data: 'Data', input: 'Input', report: 'Report', progress: 'Progress', own_data: 'Data of the process', context: 'Context', tries: { one: '{n} try', other: '{n} tries' },
        task_ready: 'at work', task_backoff: 'between tries', task_waiting: 'waits', task_incident: 'incident', task_closed: 'over',
        kind_call: 'work of a program', kind_assignment: 'assignment', kind_wait: 'wait', kind_listen: 'waits for an event', kind_notice: 'letter', kind_emit: 'event', kind_run: 'process', kind_schedule: 'schedule', kind_letter: 'letter of the day', kind_do: 'steps in order', kind_try: 'with handling of errors', kind_for: 'turns', kind_many: 'turns at once', kind_fork: 'branches', kind_iteration: 'a turn',
    },
});
