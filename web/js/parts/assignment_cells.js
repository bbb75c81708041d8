/* assignment_cells.js - how an assignment stands in a list: the columns that all lists share */
import { html } from '../html.js';
import { place } from '../route.js';
import { addTexts, brief, daysBetween, dayText, t, termText } from '../text.js';
import { BriefLink } from './brief_link.js';
import { Said } from './said.js';
import { StateBadge } from './state.js';

export function AssignmentLink({ row }) {
    return html`<${BriefLink} href=${place('assignment', row.task)}>${row.no ? html`<span class="no">${t('common.item')}\u00a0${row.no}</span> ` : ''}<${Said}>${row.title ?? row.task}<//><//>`;
}

/* Items of several plans have the same numbers: which plan it is. */
export function PlanLine({ row }) {
    return row.plan_title ? html`<small class="below-text" title=${row.plan_title}><${Said}>${brief(row.plan_title, 60)}<//></small>` : null;
}

export function Body({ body }) {
    return body ? html`<a href=${place('my', { body: body.id })} title=${body.name}><${Said}>${body.short ?? body.name ?? body.id}<//></a>` : '';
}

const isOpen = (row) => !row.outcome && row.state !== 'withdrawn' && !row.closed;

/* Days are counted for who still has to do the work: not where a report waits, or the clock stands. */
function counts(row) {
    return isOpen(row) && !['planned', 'reported', 'paused'].includes(row.state);
}

export function Term({ row }) {
    return html`<span class="term"><time datetime=${row.to}>${dayText(row.to)}</time>
        ${counts(row) && html` <small>${termText(row.to)}</small>`}
        ${row.first_to && row.first_to !== row.to && html` <small class="moved">${t('cells.first', { day: dayText(row.first_to) })}</small>`}
    </span>`;
}

/* Why it is not closed yet, in a few words: who has to do what. */
export function reasonText(row) {
    if (!isOpen(row) || row.state === 'planned') {
        return '';
    }
    const name = (part) => part.name ?? part.body;
    const silent = (row.parts ?? []).filter((part) => part.state === 'open').map(name);
    if (row.state === 'reported') {
        return t('cells.why_reported', { who: row.decider_name ?? row.decider ?? '' });
    }
    if (row.extension) {
        return t('cells.why_asked', { day: dayText(row.extension.day) }) + (row.decider_name ? t('cells.decides', { who: row.decider_name }) : '');
    }
    if (row.state === 'paused') {
        return t('cells.why_paused', { day: dayText(row.pause?.since) });
    }
    if (row.state === 'delegated') {
        return t('cells.why_delegated');
    }
    if (row.returns > 0) {
        return t('cells.why_returned');
    }
    return silent.length > 0 ? t('cells.why_silent', { who: silent.slice(0, 3).join(', ') + (silent.length > 3 ? '…' : '') }) : t('cells.why_none');
}

/* Of what was done after its term: when, and how many days that is. */
function Lateness({ row }) {
    return row.outcome === 'met-late' && row.reported > row.to ? html`<small class="below-text">${t('cells.done_late', { day: dayText(row.reported), n: daysBetween(row.to, row.reported) })}</small>` : null;
}

export function State({ row }) {
    const why = reasonText(row);
    return html`<${StateBadge} row=${row} /><${Lateness} row=${row} />${why && html`<small class="below-text"><${Said}>${why}<//></small>`}`;
}

export const assignmentColumns = () => [
    { name: 'title', title: t('cells.title'), cell: (row) => html`<${AssignmentLink} row=${row} /><${PlanLine} row=${row} />` },
    { name: 'body', title: t('cells.body'), cell: (row) => html`<${Body} body=${row.responsible} />` },
    { name: 'term', title: t('cells.term'), cell: (row) => html`<${Term} row=${row} />` },
    { name: 'state', title: t('common.state'), cell: (row) => html`<${State} row=${row} />` },
];

addTexts('cells', {
    ru: {
        title: 'Поручение', body: 'Исполнитель', term: 'Срок', first: 'первоначально {day}', done_late: { one: 'исполнено {day}, на {n} день позже', few: 'исполнено {day}, на {n} дня позже', many: 'исполнено {day}, на {n} дней позже' },
        why_reported: 'ждёт решения: {who}', why_asked: 'просят продлить до {day}', decides: '; решает: {who}', why_paused: 'стоит с {day}', why_delegated: 'перепоручено подведомственному', why_returned: 'отчёт возвращён, нового нет', why_silent: 'нет отчёта; не ответили: {who}', why_none: 'нет отчёта',
    },
    en: {
        title: 'Assignment', body: 'Responsible', term: 'Term', first: 'at first {day}', done_late: { one: 'done on {day}, {n} day late', other: 'done on {day}, {n} days late' },
        why_reported: 'waits for a decision: {who}', why_asked: 'an extension until {day} is asked for', decides: '; {who} decides', why_paused: 'stands since {day}', why_delegated: 'another executor does it', why_returned: 'returned, no new report', why_silent: 'no report; silent: {who}', why_none: 'no report',
    },
});
