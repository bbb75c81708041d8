/* why.js - «почему ждёт»: the facts of WHY as sentences: on whom, since when, what comes next
 *
 * In:      the answer of /instances/{id}/why (docs/protocol.md §3.6).
 * Always:  no fact is made up: what the engine did not say is left out.
 */
import { Fragment, html } from '../html.js';
import { place } from '../route.js';
import { addTexts, dayText, has, momentDay, momentText, t } from '../text.js';
import { Body } from './assignment_cells.js';
import { Said } from './said.js';
import { stepText } from './step.js';

const list = (values) => (values ?? []).join(', ');

/* --- one sentence for each kind ------------------------------------------------------------- */

/* A Russian title in Russian quotes, in both languages; what it quotes itself stands in those within. */
const quoted = (title) => `«${title.replaceAll('«', '„').replaceAll('»', '“')}»`;

function assignmentLink(row) {
    return html`<a href=${place('assignment', row.task)}>${row.no ? `${t('common.item')}\u00a0${row.no} ` : ''}<${Said}>${quoted(row.title ?? stepText(row))}<//></a>`;
}

const ofAssignment = (words) => (row) => html`${words(row)} <${Body} body=${row.on} />: ${assignmentLink(row)}${row.to && row.kind !== 'pause' ? `, ${t('why.until', { day: dayText(row.to) })}` : ''}`;

/* A listen takes one event, all of some, or any until something. */
function events(row) {
    const until = row.until ? `, ${t(`why.until_${row.until}`, { events: list(row.until_events) })}` : '';
    return `${t(`why.events_${row.mode}`, { events: list(row.events) })}${row.subject ? `, ${t('why.subject', { subject: row.subject })}` : ''}${until}${row.taken ? `. ${t('why.taken', { n: row.taken })}` : ''}`;
}

function work(row) {
    const who = row.worker ? t('why.worker', { worker: row.worker }) : row.workers === 0 ? t('why.no_worker') : '';
    return `${t('why.call', { service: row.service ?? '' })}${who ? `: ${who}` : ''}`;
}

function parts(row) {
    const silent = (row.parts ?? []).filter((part) => part.state === 'open').map((part) => part.name ?? part.body);
    return [
        silent.length > 0 && t('why.silent', { names: list(silent) }),
        row.missing_results?.length > 0 && t('why.lacks', { names: list(row.missing_results) }),
        row.extension && t('why.extension', { day: dayText(row.extension.day) }),
        row.pause && t('why.paused', { day: dayText(row.pause.since), reason: row.pause.reason ?? '' }),
        row.first_to && row.first_to !== row.to && t('cells.first', { day: dayText(row.first_to) }),
        row.missing_year && t('why.year', { year: row.missing_year }),
    ].filter(Boolean);
}

const sentences = {
    assignment: ofAssignment(() => t('why.assignment')),
    decision: ofAssignment(() => t('why.decision')),
    pause: ofAssignment(() => t('why.pause')),
    delegated: (row) => html`${assignmentLink(row)}: ${t('why.delegated')} <a href=${place('assignment', row.child ?? '')}>${row.child}</a>`,
    call: work,
    notice: (row) => html`${t('why.notice')} <${Body} body=${row.on} />`,
    letter: (row) => html`${t('why.letter', { n: row.count ?? 0 })} <${Body} body=${row.on} />`,
    backoff: (row) => t('why.backoff', { n: row.tries ?? 0 }),
    incident: () => t('why.incident'),
    wait: () => t('why.wait'),
    listen: events,
    schedule: (row) => (row.events ? events(row) : t('why.schedule')),
    fork: (row) => t('why.fork', { ended: row.ended ?? 0, of: row.of ?? 0, needed: row.needed ?? '' }),
    for: (row) => t('why.for', { ended: row.ended ?? 0, of: row.of ?? 0 }),
    run: (row) => html`${t('why.run')} <a href=${place('processes', String(row.child ?? ''))}>№ ${row.child}</a>`,
    children: (row) => html`${t('why.children', { n: row.count ?? 0 })}${row.late > 0 && html`; <a href=${place('assignments', { plan: row.plan, overdue: true })}>${t('why.late', { n: row.late })}</a>`}`,
    suspended: () => t('why.suspended'),
    emit: () => t('why.emit'),
};

/* Types of events, services and workers are words of programs: of a step that has a title these say
 * enough, and operators read the whole below. */
const plain = {
    listen: (row) => `${t('why.event')}${row.taken ? `. ${t('why.taken', { n: row.taken })}` : ''}`,
    call: (row) => t(row.workers === 0 ? 'why.program_away' : 'why.program'),
};

/* The day since when somebody has the next word about an assignment: not before its work begins. */
export function waitsSince(row) {
    const day = momentDay(row.why.since);
    return ['assignment', 'delegated'].includes(row.why.kind) && day < row.from ? row.from : day;
}

/* What time does next, when, and who is told then. */
export function NextStep({ next }) {
    if (!next) {
        return t('why.no_next');
    }
    const key = `why.next_${next.what.replaceAll(' ', '_')}`;
    return html`${t('why.next')} ${momentText(next.at)} — ${has(key) ? t(key) : next.what}${next.on ? html`: <${Body} body=${next.on} />` : ''}`;
}

/* What only stands open beside: branches, and events that may never come. */
const beside = new Set(['fork', 'for', 'listen', 'children']);

function Reasons({ rows, ids }) {
    return html`<ul class="reasons">${rows.map((row, n) => html`<${Reason} key=${row.task ?? n} row=${row} ids=${ids} />`)}</ul>`;
}

function Reason({ row, ids }) {
    const facts = parts(row);
    const whole = sentences[row.kind] ?? (() => row.kind);
    const short = row.step_title && plain[row.kind];
    const problem = row.problem;
    return html`<li>
        ${row.step && row.kind !== 'assignment' && html`<strong><${Said}>${stepText(row)}<//>:</strong> `}${(short || whole)(row)}
        ${ids && short && html`<small class="below-text">${whole(row)}</small>`}
        ${row.since && html`<small class="below-text">${t('why.since', { when: momentText(row.since) })}</small>`}
        ${facts.length > 0 && html`<small class="below-text"><${Said}>${facts.join('; ')}<//></small>`}
        ${problem && html`<small class="below-text"><${Said}>${problem.title} ${problem.detail ?? ''}<//></small>`}
        ${row.next && html`<small class="below-text"><${NextStep} next=${row.next} /></small>`}
    </li>`;
}

/* ids: for operators, with the names of services and events. */
export function Why({ why, ids = false }) {
    const over = ['completed', 'cancelled', 'faulted'].includes(why.state);
    if (why.waiting.length === 0) {
        return html`<p>${over ? t(`why.over_${why.state}`) : t('why.nothing')}</p>${why.problem && html`<p class="problem">${why.problem.title} ${why.problem.detail ?? ''}</p>`}`;
    }
    const first = why.waiting.filter((row) => !beside.has(row.kind));
    const rest = why.waiting.filter((row) => beside.has(row.kind));
    return first.length === 0 ? html`<${Reasons} rows=${rest} ids=${ids} />`
        : html`<${Fragment}><${Reasons} rows=${first} ids=${ids} />${rest.length > 0 && html`<details class="json"><summary>${t('why.count', { n: rest.length })}</summary><${Reasons} rows=${rest} ids=${ids} /></details>`}<//>`;
}

addTexts('why', {
    ru: {
        assignment: 'Ждёт отчёта —', decision: 'Ждёт решения об отчёте —', pause: 'Исполнение приостановлено, возобновить может', delegated: 'исполнение перепоручено, ждёт поручения', until: 'срок — {day}',
        call: 'Ждёт работника «{service}»', worker: 'выполняет {worker}', no_worker: 'ни один такой работник не подключён', notice: 'Отправляется письмо, кому:', letter: { one: 'Собирается письмо дня ({n} запись), кому:', few: 'Собирается письмо дня ({n} записи), кому:', many: 'Собирается письмо дня ({n} записей), кому:' },
        backoff: { one: 'Не получилось {n} раз, будет новая попытка', few: 'Не получилось {n} раза, будет новая попытка', many: 'Не получилось {n} раз, будет новая попытка' }, incident: 'Инцидент: нужен оператор', wait: 'Ждёт назначенного времени',
        program: 'Выполняет программа', program_away: 'Ждёт программы, которая сейчас не работает', event: 'Ждёт сообщения',
        events_one: 'Ждёт события {events}', events_all: 'Ждёт всех событий: {events}', events_any: 'Принимает события: {events}', until_condition: 'пока не выполнится условие', until_event: 'пока не придёт {events}', until_never: 'без конца', subject: 'о «{subject}»',
        taken: { one: 'Принято {n} событие', few: 'Принято {n} события', many: 'Принято {n} событий' }, schedule: 'Ждёт времени по расписанию', fork: 'Ветви: окончено {ended} из {of}', for: 'Повторения: окончено {ended} из {of}', run: 'Ждёт процесса', emit: 'Отправляет событие',
        children: { one: 'Ждёт окончания {n} начатого им процесса', few: 'Ждёт окончания {n} начатых им процессов', many: 'Ждёт окончания {n} начатых им процессов' }, late: { one: 'просрочено {n} поручение', few: 'просрочено {n} поручения', many: 'просрочено {n} поручений' }, suspended: 'Процесс приостановлен оператором', since: 'с {when}', silent: 'не ответили соисполнители: {names}', lacks: 'в отчёте нет: {names}', extension: 'просят продлить до {day}',
        paused: 'приостановлено с {day}: {reason}', year: 'производственный календарь на {year} год ещё не утверждён', next: 'Дальше:', no_next: 'Дальше: напоминаний больше не будет', next_opens: 'начало работы', next_soon: 'приближение срока', next_reminder: 'напоминание', next_today: 'день срока', next_due: 'окончание срока', next_overdue: 'письмо о просрочке', next_escalated: 'сообщение вышестоящему',
        next_critical: 'поручение станет давно просроченным', next_undecided: 'напоминание о решении', next_reassigned: 'передача другому исполнителю', next_handed_over: 'передача дел замещающему', next_handed_back: 'возврат дел от замещающего', next_retry: 'новая попытка', next_starts: 'запуск', next_leaves: 'письмо уйдёт', next_goes_on: 'процесс пойдёт дальше',
        over_completed: 'Ничего не ждёт: процесс завершён.', over_cancelled: 'Ничего не ждёт: процесс отменён.', over_faulted: 'Ничего не ждёт: процесс прерван ошибкой.', nothing: 'Ничего не ждёт: система занята им сейчас.', count: { one: 'Рядом стоит ещё {n} шаг', few: 'Рядом стоят ещё {n} шага', many: 'Рядом стоят ещё {n} шагов' },
    },
    en: {
        assignment: 'Waits for a report of', decision: 'Waits for a decision about the report, of', pause: 'Is paused; it may be resumed by', delegated: 'is delegated and waits for assignment', until: 'due {day}',
        call: 'Waits for the worker “{service}”', worker: '{worker} works on it', no_worker: 'no such worker is connected', notice: 'A letter is being sent to', letter: { one: 'The letter of the day gathers ({n} entry), to', other: 'The letter of the day gathers ({n} entries), to' },
        backoff: { one: 'Failed {n} time, will be tried again', other: 'Failed {n} times, will be tried again' }, incident: 'Incident: an operator is needed', wait: 'Waits for its time',
        program: 'A program is at it', program_away: 'Waits for a program that does not run now', event: 'Waits for a message',
        events_one: 'Waits for the event {events}', events_all: 'Waits for all events: {events}', events_any: 'Takes the events {events}', until_condition: 'until a condition holds', until_event: 'until {events} comes', until_never: 'for ever', subject: 'about “{subject}”',
        taken: { one: '{n} event taken', other: '{n} events taken' }, schedule: 'Waits for the time of its schedule', fork: 'Branches: {ended} of {of} have ended', for: 'Turns: {ended} of {of} have ended', run: 'Waits for the process', emit: 'Sends an event',
        children: { one: 'Waits for the end of {n} process it started', other: 'Waits for the end of {n} processes it started' }, late: { one: '{n} assignment is overdue', other: '{n} assignments are overdue' }, suspended: 'Suspended by an operator', since: 'since {when}', silent: 'no answer yet from: {names}', lacks: 'the report lacks: {names}', extension: 'an extension until {day} is asked for',
        paused: 'paused since {day}: {reason}', year: 'the production calendar of {year} is not approved yet', next: 'Next:', no_next: 'Next: no more reminders', next_opens: 'work begins', next_soon: 'the term comes near', next_reminder: 'a reminder', next_today: 'the day of the term', next_due: 'the term ends', next_overdue: 'a letter about the delay', next_escalated: 'those above are told',
        next_critical: 'long overdue', next_undecided: 'a reminder to decide', next_reassigned: 'given to another', next_handed_over: 'handed to the deputy', next_handed_back: 'handed back by the deputy', next_retry: 'a new attempt', next_starts: 'it starts', next_leaves: 'the letter leaves', next_goes_on: 'the process goes on',
        over_completed: 'Waits for nothing: it is completed.', over_cancelled: 'Waits for nothing: it was cancelled.', over_faulted: 'Waits for nothing: it ended with an error.', nothing: 'Waits for nothing: the engine is at work on it.', count: { one: '{n} more step stands open beside', other: '{n} more steps stand open beside' },
    },
});
