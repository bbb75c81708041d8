/* story.js - what happened, newest first: records of the journal as sentences
 *
 * A record is one line; what it says beside that (reason, report) stands under it. With `data` also
 * what a step was given and what it gave, folded: for operators.
 */
import { ProblemNote, usePages } from '../api.js';
import { html } from '../html.js';
import { touches } from '../live.js';
import { addTexts, dayText, has, momentText, t } from '../text.js';
import { Json } from './json.js';
import { Said } from './said.js';
import './state.js'; /* its words */
import { Exports } from './table.js';

function sentence(record, nameOf) {
    const key = `story.${record.kind}`;
    const by = record.by_name ?? nameOf(record.by);
    const values = {
        by: record.for ? t('story.for', { by, body: nameOf(record.for) }) : by,
        to: record.kind === 'assignment.term' ? dayText(record.to) : nameOf(record.to),
        day: dayText(record.day),
        body: nameOf(record.body), deputy: nameOf(record.deputy), step: record.step ?? record.task ?? '', child: record.child ?? '',
    };
    if (record.kind === 'assignment.accepted' && record.in_part) {
        return t('story.accepted_in_part', values);
    }
    if (record.kind === 'assignment.handed' && !record.deputy) {
        return t('story.handed_back', values);
    }
    if (record.kind === 'assignment.noticed') {
        return t('story.noticed', { ...values, what: has(`story.notice_${record.notice}`) ? t(`story.notice_${record.notice}`) : record.notice });
    }
    if (record.kind === 'assignment.step') {
        return t('story.step', { ...values, phase: has(`state.${record.phase}`) ? t(`state.${record.phase}`) : record.phase });
    }
    return has(key) ? t(key, values) : record.kind;
}

function Line({ record, nameOf, data }) {
    const report = record.report;
    return html`<li>
        <time datetime=${record.time}>${momentText(record.time)}</time>
        <span><${Said}>${sentence(record, nameOf)}<//>
            ${record.by && !record.kind.startsWith('assignment.') && html` <small>(${record.by_name ?? nameOf(record.by)})</small>`}
            ${record.reason && html`<br /><small><${Said}>${record.reason}<//></small>`}
            ${report?.text && html`<br /><small class="said"><${Said}>${report.text}<//></small>`}
            ${record.problem && html`<br /><small><${Said}>${record.problem.title ?? ''} ${record.problem.detail ?? ''}<//></small>`}
            ${data && html`<${Json} title=${t('story.input')} value=${record.input} /><${Json} title=${t('story.output')} value=${record.output} />`}
        </span>
    </li>`;
}

const hidden = new Set(['assignment.ladder', 'data.set', 'context.set']);

/* Letters have lines of their own (assignment.noticed); a step of the ladder without a phase is one. */
function isShown(record, opened) {
    const letter = opened.get(record.task)?.task_kind === 'notice';
    return !hidden.has(record.kind) && !(record.kind === 'assignment.step' && !record.phase) && !(letter && ['task.opened', 'task.done'].includes(record.kind));
}

export function Story({ path, instance, bodies = [], data = false }) {
    const { rows, problem, more, next, loading } = usePages(path, {}, { concerns: (what) => touches(what, instance) });
    const nameOf = (body) => (body ? body.short ?? body.name ?? body.id ?? bodies.find((one) => one.id === body)?.short ?? body : '');
    const opened = new Map(rows.filter((record) => record.kind === 'task.opened').map((record) => [record.task, record]));
    const shown = rows.filter((record) => isShown(record, opened)).map((record) => ({ ...record, step: record.step ?? opened.get(record.task)?.step }));
    return html`<div>
        <${ProblemNote} problem=${problem} />
        <ol class="story" reversed>${shown.map((record) => html`<${Line} key=${record.seq} record=${record} nameOf=${nameOf} data=${data} />`)}</ol>
        ${rows.length > 0 && html`<p class="below no-print">${more && html`<button type="button" onClick=${next} disabled=${loading}>${t('common.more')}</button>`}<${Exports} path=${path} what=${t('story.save')} /></p>`}
    </div>`;
}

addTexts('story', {
    ru: {
        'for': '{by} (за: {body})', input: 'Получил', output: 'Дал', save: 'Сохранить историю:',
        'instance.started': 'Процесс начат', 'instance.completed': 'Процесс завершён', 'instance.cancelled': 'Процесс отменён', 'instance.suspended': 'Процесс приостановлен', 'instance.resumed': 'Процесс возобновлён', 'instance.faulted': 'Процесс прерван ошибкой', 'instance.migrated': 'Переведён на другую версию',
        'child.started': 'Начат дочерний процесс {child}', 'child.closed': 'Дочерний процесс {child} окончен',
        'task.opened': 'Шаг «{step}» начат', 'task.done': 'Шаг «{step}» выполнен', 'task.failed': 'Попытка шага «{step}» не удалась', 'task.ready': 'Новая попытка шага «{step}»', 'task.incident': 'Инцидент на шаге «{step}»', 'task.skipped': 'Шаг «{step}» пропущен', 'task.input': 'Изменены входные данные шага «{step}»',
        'task.cancelled': 'Шаг «{step}» отменён', 'task.faulted': 'Ошибка шага «{step}»', 'task.caught': 'Ошибка обработана', 'task.again': 'Шаг «{step}» начат заново', 'task.event': 'Получено событие', 'task.joined': 'Дальше без остальных', 'task.child': 'Запущен процесс {child}', 'step.passed': 'Пройден шаг «{step}»', 'event.received': 'Получено событие',
        'assignment.given': 'Поручение дано', 'assignment.set': 'Поручение дано', step: 'Состояние срока: {phase}', 'assignment.reported': 'Отчёт представил: {by}', 'assignment.accepted': 'Отчёт принят: {by}', accepted_in_part: 'Отчёт принят частично: {by}',
        'assignment.returned': 'Возвращено на доработку: {by}', 'assignment.withdrawn': 'Снято с контроля: {by}', 'assignment.part': 'Ответ соисполнителя: {body}', 'assignment.asked': '{by} просит продлить срок до {day}', 'assignment.refused': 'В продлении отказано: {by}', 'assignment.term': 'Новый срок — {to}',
        'assignment.paused': 'Приостановлено: {by}', 'assignment.resumed': 'Возобновлено: {by}', 'assignment.reassigned': 'Исполнитель теперь: {to}', 'assignment.delegated': '{by} поручает исполнение: {to}', 'assignment.taken-back': 'Исполнение возвращено от {child}', 'assignment.handed': 'Дела переданы: замещает {deputy}, вместо: {body}', handed_back: 'Дела возвращены: {body}', 'assignment.commented': 'Замечание: {by}',
        noticed: 'Уведомление ({what}): {to}', notice_opened: 'поручение открыто', notice_reminder: 'напоминание', notice_today: 'срок сегодня', notice_overdue: 'просрочено', notice_escalated: 'вышестоящему', notice_undecided: 'ждёт решения', notice_handed_over: 'замещение', notice_handed_back: 'возврат дел', notice_returned: 'возвращено на доработку', notice_reported: 'представлен отчёт', notice_part: 'ответил соисполнитель', notice_withdrawn: 'снято с контроля', notice_asked: 'просят продлить', notice_moved: 'срок изменился', notice_refused: 'в продлении отказано', notice_paused: 'приостановлено', notice_resumed: 'возобновлено', notice_reassigned: 'сменился исполнитель', notice_delegated: 'исполнение поручено', notice_accepted: 'отчёт принят',
    },
    en: {
        'for': '{by} (for {body})', input: 'Input', output: 'Output', save: 'Save the history:',
        'instance.started': 'Started', 'instance.completed': 'Completed', 'instance.cancelled': 'Cancelled', 'instance.suspended': 'Suspended', 'instance.resumed': 'Resumed', 'instance.faulted': 'Ended with an error', 'instance.migrated': 'Moved to another version',
        'child.started': 'Child {child} started', 'child.closed': 'Child {child} ended',
        'task.opened': 'Step “{step}” opened', 'task.done': 'Step “{step}” done', 'task.failed': 'An attempt of “{step}” failed', 'task.ready': 'A new attempt of “{step}”', 'task.incident': 'Incident at “{step}”', 'task.skipped': 'Step “{step}” skipped', 'task.input': 'Input of “{step}” edited',
        'task.cancelled': 'Step “{step}” cancelled', 'task.faulted': 'Error of “{step}”', 'task.caught': 'An error was caught', 'task.again': 'Step “{step}” begins anew', 'task.event': 'An event came', 'task.joined': 'Goes on without the rest', 'task.child': 'Started {child}', 'step.passed': 'Passed “{step}”', 'event.received': 'An event came',
        'assignment.given': 'Given', 'assignment.set': 'Given', step: 'The term is now: {phase}', 'assignment.reported': 'Reported by {by}', 'assignment.accepted': 'Accepted by {by}', accepted_in_part: 'Accepted in part by {by}',
        'assignment.returned': 'Returned for rework by {by}', 'assignment.withdrawn': 'Withdrawn by {by}', 'assignment.part': 'A co-executor answered: {body}', 'assignment.asked': '{by} asks for an extension until {day}', 'assignment.refused': 'The extension is refused by {by}', 'assignment.term': 'The new term is {to}',
        'assignment.paused': 'Paused by {by}', 'assignment.resumed': 'Resumed by {by}', 'assignment.reassigned': 'Responsible is now {to}', 'assignment.delegated': '{by} delegates to {to}', 'assignment.taken-back': 'Taken back from {child}', 'assignment.handed': '{deputy} acts for {body}', handed_back: 'Handed back to {body}', 'assignment.commented': 'Remark of {by}',
        noticed: 'Notice ({what}) to {to}', notice_opened: 'opened', notice_reminder: 'reminder', notice_today: 'due today', notice_overdue: 'overdue', notice_escalated: 'to those above', notice_undecided: 'waits for a decision', notice_handed_over: 'deputy', notice_handed_back: 'handed back', notice_returned: 'returned for rework', notice_reported: 'a report', notice_part: 'a co-executor answered', notice_withdrawn: 'withdrawn', notice_asked: 'an extension is asked for', notice_moved: 'the term has changed', notice_refused: 'the extension is refused', notice_paused: 'paused', notice_resumed: 'resumed', notice_reassigned: 'given to another', notice_delegated: 'delegated', notice_accepted: 'the report is accepted',
    },
});
