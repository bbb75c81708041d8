/* bulk.js - one action on all that a filter finds: first what it would touch, then the work itself
 *
 * The work goes on in the engine when this page is closed; «Задания» shows how far it is. Assignments
 * have the forms of the buttons of one (acts.js).
 */
import { post, ProblemNote, useApi } from '../api.js';
import { html, useEffect, useState } from '../html.js';
import { go } from '../route.js';
import { addTexts, dayText, number, t } from '../text.js';
import { ActFields, actIsDangerous, actPayload, filled } from './acts.js';
import { isWhole } from './day_field.js';
import { FormDialog } from './dialog.js';
import { Field } from './field.js';
import { Said } from './said.js';
import { stepText } from './step.js';

/* What can be done with the rows of a list (docs/http.md §4.2); system/bulk_words holds it to lib/wire/bulk_table.c. */
const actions = {
    incidents: ['retry', 'skip', 'suspend', 'cancel'],
    instances: ['suspend', 'resume', 'cancel'],
    assignments: ['accept', 'return', 'withdraw', 'move', 'grant', 'refuse', 'pause', 'resume', 'reassign'],
};
const needsReason = new Set(['skip', 'cancel', 'suspend']);

/* Which one it is, in a line: many rows have the same title. */
export function Row({ row }) {
    if (row.responsible) {
        return html`<${Said}>${row.no ? `${t('common.item')}\u00a0${row.no} ` : ''}${row.title}<//> <small><${Said}>${row.responsible.short ?? row.responsible.name}<//> · ${dayText(row.to)}</small>`;
    }
    const what = row.step ? [stepText(row), row.problem?.title].filter(Boolean).join(': ') : row.definition_title ?? row.definition;
    return html`<${Said}>${row.title}<//> <small>${row.person && html`<${Said}>${row.person}<//> · `}${row.key && row.key !== row.title && html`<${Said}>${row.key}<//> · `}<${Said}>${what}<//></small>`;
}

/* What the engine would refuse as things are, by what it would say. */
function Refusals({ data }) {
    if (data.refused === null) {
        return html`<p><small>${t('bulk.nobody')}</small></p>`;
    }
    const [first, ...others] = data.reasons;
    const can = number(data.count - data.refused);
    if (!first) {
        return html`<p>${t('bulk.can', { can })}</p>`;
    }
    return html`<div class="note">
        <strong>${t('bulk.can_and_not', { can, refused: number(data.refused) })}</strong>${others.length === 0 && ` — ${first.text}`}
        ${others.length > 0 && html`<ul class="reasons">${data.reasons.map((reason) => html`<li key=${reason.format ?? reason.text}>${number(reason.count)} — ${reason.text}</li>`)}</ul>`}
    </div>`;
}

const touchesText = (data) => t('bulk.touches', { n: data.count, count: number(data.count) });

function Counts({ data }) {
    return html`<p><strong>${touchesText(data)}</strong>${data.more ? ` ${t('bulk.at_least')}` : ''}</p>
        <${Refusals} data=${data} />
        ${data.more && html`<p><small>${t('bulk.looked', { count: number(data.count) })}</small></p>`}`;
}

function Rows({ data }) {
    return html`<ul class="preview" tabindex="0" aria-label=${touchesText(data)}>${data.rows.map((row) => html`<li key=${row.task ?? row.instance}>${row.responsible ? '' : `№ ${row.instance} `}<${Row} row=${row} />${row.refused && html` <span class="badge tone-overdue">${t('bulk.refused')}</span>${data.reasons.length > 1 && html` <small>${row.refused.text}</small>`}`}</li>`)}</ul>
        ${data.count > data.rows.length && html`<p><small>${t('bulk.first', { n: data.rows.length })}</small></p>`}`;
}

/* What was seen stays while it is looked anew, and beside a problem: nothing moves away under the hand. */
function Preview({ request }) {
    const [state, setState] = useState({});
    useEffect(() => {
        let over = false;
        const show = (found) => over || setState((before) => ({ data: before.data, ...found }));
        setState((before) => ({ ...before, busy: true }));
        post('/bulk/preview', request).then((data) => show({ data }), (problem) => show({ problem }));
        return () => {
            over = true;
        };
    }, [JSON.stringify(request)]);
    const { data, problem, busy } = state;
    return html`<div role="status" aria-busy=${busy ? 'true' : undefined}>${data ? html`<${Counts} data=${data} />` : !problem && html`<p class="wait">${t('bulk.counting')}</p>`}</div>
        <${ProblemNote} problem=${problem} />
        ${data && html`<${Rows} data=${data} />`}`;
}

/* An action on an assignment, or on the process that a row belongs to. */
function Fields({ list, action }) {
    const bodies = useApi(list === 'assignments' ? '/bodies' : null, {}, { live: false }).data?.rows ?? [];
    if (list === 'assignments') {
        return html`<${ActFields} name=${action} bodies=${bodies} many />`;
    }
    return needsReason.has(action) ? html`<${Field} as="textarea" label=${t('common.reason')} name="reason" required maxlength="2000" />` : null;
}

/* What is looked at while it is filled in: without a day that is only half typed. */
const lookedAt = ({ day, ...others }) => (isWhole(day) ? { day, ...others } : others);

export function BulkDialog({ list, filter, close }) {
    const [values, setValues] = useState({ action: actions[list][0] });
    const { action } = values;
    const isAct = list === 'assignments';
    const requestOf = ({ action: chosen, ...said }) => ({ action: chosen, list, filter: filled(filter), ...(isAct ? actPayload(chosen, said) : filled(said)) });
    const submit = async (said) => {
        const job = await post('/jobs', { kind: 'bulk', ...requestOf(said) });
        go('work', String(job.job));
    };
    return html`<${FormDialog} title=${t('bulk.title')} ok=${t('bulk.go')} danger=${isAct ? actIsDangerous(action) : action === 'cancel'} submit=${submit} close=${close}>
        <${Field} as="select" label=${t('bulk.action')} name="action" value=${action} onChange=${(event) => setValues({ action: event.target.value })}>
            ${actions[list].map((name) => html`<option key=${name} value=${name}>${actionText(list, name)}</option>`)}
        <//>
        <${Preview} key=${action} request=${requestOf(lookedAt(values))} />
        <div onChange=${(event) => setValues(Object.fromEntries(new FormData(event.target.form)))}><${Fields} key=${action} list=${list} action=${action} /></div>
    <//>`;
}

/* Of an incident it is the process that is suspended or cancelled. */
export function actionText(list, action) {
    return t(list === 'incidents' && ['suspend', 'cancel'].includes(action) ? `bulk.${action}_process` : `bulk.${action}`);
}

addTexts('bulk', {
    ru: {
        title: 'Действие со всеми найденными', go: 'Выполнить', action: 'Что сделать', counting: 'Считаем, чего это коснётся…', at_least: 'или больше', first: 'Показаны первые {n}.',
        touches: { one: 'Это коснётся {count} строки:', few: 'Это коснётся {count} строк:', many: 'Это коснётся {count} строк:' },
        can: 'Можно:\u00a0{can}. Отказов не ожидается.', can_and_not: 'Можно:\u00a0{can}. Будет отказано:\u00a0{refused}', refused: 'будет отказано',
        looked: 'Отказы подсчитаны по первым {count} строкам.',
        nobody: 'Скольким будет отказано, зависит от того, за кого вы действуете.',
        retry: 'повторить', skip: 'пропустить', cancel: 'отменить', suspend: 'приостановить', resume: 'возобновить', cancel_process: 'отменить процесс', suspend_process: 'приостановить процесс',
        accept: 'принять отчёт', withdraw: 'снять с контроля', return: 'вернуть на доработку', move: 'перенести срок', grant: 'продлить срок, как просят', refuse: 'отказать в продлении', pause: 'приостановить', reassign: 'назначить другого исполнителя',
    },
    en: {
        title: 'Act on all that was found', go: 'Do it', action: 'What to do', counting: 'Counting what it would touch…', at_least: 'or more', first: 'The first {n} are shown.',
        touches: { one: 'It touches {count} row:', other: 'It touches {count} rows:' },
        can: 'Can be done:\u00a0{can}. No refusals are expected.', can_and_not: 'Can be done:\u00a0{can}. Would be refused:\u00a0{refused}', refused: 'would be refused',
        looked: 'Refusals are counted among the first {count} rows.',
        nobody: 'How many would be refused depends on for whom you act.',
        retry: 'retry', skip: 'skip', cancel: 'cancel', suspend: 'suspend', resume: 'resume', cancel_process: 'cancel the process', suspend_process: 'suspend the process',
        accept: 'accept the report', withdraw: 'withdraw', return: 'return for rework', move: 'move the term', grant: 'grant the extension', refuse: 'refuse the extension', pause: 'pause', reassign: 'give to another body',
    },
});
