/* job_request.js - what a piece of long work was asked for, in words */
import { useApi } from '../api.js';
import { Fragment, html } from '../html.js';
import { addTexts, brief, dayText, has, t } from '../text.js';
import { actionText } from './bulk.js';
import { Said } from './said.js';

/* Names of plans and bodies: a request has their ids. */
export function useNames() {
    const plans = useApi('/roadmaps', {}, { live: false }).data?.rows ?? [];
    const bodies = useApi('/bodies', {}, { live: false }).data?.rows ?? [];
    return {
        plan: new Map(plans.map((plan) => [plan.name, plan.title ?? plan.name])),
        body: new Map(bodies.map((body) => [body.id, body.short || body.name])),
    };
}

function valueText(names, name, value) {
    if (value === true || value === false) {
        return t(value ? 'job_request.yes' : 'job_request.no');
    }
    if (name === 'from' || name === 'to') {
        return dayText(value);
    }
    const state = `state.${String(value).replaceAll('_', '-')}`;
    return ['state', 'phase', 'group', 'outcome', 'outcome_original'].includes(name) && has(state) ? t(state) : names[name]?.get(value) ?? String(value);
}

/* The rows of the list that it was for, as one line; '' for all of them. */
function filterText(names, filter) {
    return Object.entries(filter).map(([name, value]) => `${t(`job_request.f_${name}`)}: ${valueText(names, name, value)}`).join('; ');
}

/* In one line: for a list of jobs, and above the facts of one. */
export function RequestLine({ job, names }) {
    const { request } = job;
    if (job.kind === 'bulk') {
        return html`${t(`job_request.${request.list}`)}: ${actionText(request.list, request.action)}`;
    }
    const all = job.kind === 'rehearse' ? request.plans.map((name) => brief(names.plan.get(name) ?? name, 60)) : request.files;
    const more = (job.kind === 'import' ? job.of : all.length) - Math.min(all.length, 3);
    return html`<${Said}>${all.slice(0, 3).join(', ')}<//>${more > 0 ? ` ${t('job_request.more', { n: more })}` : ''}`;
}

/* The rest of it, as facts. */
export function RequestFacts({ job, names }) {
    const { filter, reason, day, to, pause, from } = job.request;
    const facts = [
        filter && [t('job_request.filter'), filterText(names, filter) || t('job_request.all')],
        day && [t('acts.new_day'), dayText(day)],
        job.kind === 'bulk' && to && [t('acts.to'), names.body.get(to) ?? to],
        pause && [t('acts.pause_kind'), t(`acts.pause_${pause}`)],
        reason && [t('common.reason'), reason],
        job.kind === 'rehearse' && (from || to) && [t('job_request.days'), `${dayText(from) || '…'} — ${dayText(to) || '…'}`],
    ].filter(Boolean);
    return html`<${Fragment}>${facts.map(([name, text]) => html`<${Fragment} key=${name}><dt>${name}</dt><dd><${Said}>${text}<//></dd><//>`)}<//>`;
}

addTexts('job_request', {
    ru: {
        incidents: 'Инциденты', instances: 'Процессы', assignments: 'Поручения', filter: 'С какими', all: 'со всеми', yes: 'да', no: 'нет', days: 'Показать дни', more: 'и ещё {n}',
        f_definition: 'процесс', f_service: 'работник', f_state: 'состояние', f_body: 'орган или должность', f_parent: 'внутри процесса', f_letters: 'и письма', f_phase: 'срок', f_role: 'роль', f_plan: 'план', f_section: 'раздел', f_no: 'пункт', f_from: 'срок с', f_to: 'срок по', f_outcome: 'исполнено', f_outcome_original: 'к первоначальному сроку', f_q: 'слова', f_open: 'не закрытые', f_overdue: 'просроченные', f_decide: 'ждут решения', f_group: 'сегодня',
    },
    en: {
        incidents: 'Incidents', instances: 'Processes', assignments: 'Assignments', filter: 'Of which', all: 'all', yes: 'yes', no: 'no', days: 'Days told of', more: 'and {n} more',
        f_definition: 'process', f_service: 'service', f_state: 'state', f_body: 'body or post', f_parent: 'within the process', f_letters: 'letters too', f_phase: 'term', f_role: 'role', f_plan: 'plan', f_section: 'section', f_no: 'item', f_from: 'due from', f_to: 'due to', f_outcome: 'outcome', f_outcome_original: 'against the first term', f_q: 'words', f_open: 'not closed', f_overdue: 'overdue', f_decide: 'wait for a decision', f_group: 'today',
    },
});
