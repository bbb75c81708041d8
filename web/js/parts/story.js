/* story.js - what happened, newest first: records of the journal as sentences
 *
 * A record is one line; what it says beside that (reason, report) stands under it. For people a
 * story is what people did and what became of it. For operators it has all records, with what a
 * step was given and what it gave, folded; they may look at it as people do.
 */
import { ProblemNote, usePages } from '../api.js';
import { html, useState } from '../html.js';
import { touches } from '../live.js';
import { addTexts, dayText, has, momentText, t } from '../text.js';
import { Json } from './json.js';
import { Said } from './said.js';
import './state.js'; /* its words */
import { stepText } from './step.js';
import { Exports } from './table.js';

function sentence(record, nameOf) {
    const letter = record.task_kind === 'notice' && has(`story.letter_${record.kind}`);
    const key = `story.${letter ? 'letter_' : ''}${record.kind}`;
    const by = record.by_name ?? nameOf(record.by);
    const values = {
        by: record.for ? t('story.for', { by, body: nameOf(record.for) }) : by,
        to: record.kind === 'assignment.term' ? dayText(record.to) : nameOf(record.to),
        day: dayText(record.day),
        body: nameOf(record.body), deputy: nameOf(record.deputy), step: stepText(record) || (record.task ?? ''), child: record.child ?? '', taken: record.taken,
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
    if (record.kind === 'step.passed' && record.taken) {
        return t(has(`story.passed_${record.taken}`) ? `story.passed_${record.taken}` : 'story.passed', values);
    }
    if (record.kind === 'assignment.step' && !record.phase) {
        return t('story.rung');
    }
    if (record.kind === 'assignment.step') {
        return t('story.step', { ...values, phase: has(`state.${record.phase}`) ? t(`state.${record.phase}`) : record.phase });
    }
    return has(key) ? t(key, values) : record.kind;
}

/* several: assignments, of which it must be said which one is meant. */
function Line({ record, nameOf, data, several }) {
    const report = record.report;
    return html`<li>
        <time datetime=${record.time}>${momentText(record.time)}</time>
        <span><${Said}>${sentence(record, nameOf)}<//>
            ${several && record.kind.startsWith('assignment.') && html` <small>· <${Said}>${record.step_title ?? record.assignment?.title}<//></small>`}
            ${record.by && !record.kind.startsWith('assignment.') && html` <small>(${record.by_name ?? nameOf(record.by)})</small>`}
            ${record.reason && html`<br /><small><${Said}>${record.reason}<//></small>`}
            ${report?.text && html`<br /><small class="said"><${Said}>${report.text}<//></small>`}
            ${record.problem && html`<br /><small><${Said}>${record.problem.title ?? ''} ${record.problem.detail ?? ''}<//></small>`}
            ${data && html`<${Json} title=${t('story.input')} value=${record.input} /><${Json} title=${t('story.output')} value=${record.output ?? record.data ?? record.context} />`}
        </span>
    </li>`;
}

/* Of steps people see work that a program did, waits, and what went wrong; assignments tell of
 * themselves, letters too, and how steps follow each other is the engine's business. */
const STEPS_SHOWN = {
    'task.opened': ['wait', 'run'],
    'task.done': ['call', 'wait', 'listen', 'run'],
    'task.skipped': ['call', 'assignment', 'wait', 'listen', 'run'],
    'task.incident': ['call', 'assignment', 'wait', 'listen', 'run'],
    'task.faulted': ['call', 'assignment', 'wait', 'listen', 'run'],
};

function isForPeople(record, opened) {
    if (record.kind === 'assignment.step') {
        return Boolean(record.phase);
    }
    return (record.kind.startsWith('assignment.') && record.kind !== 'assignment.ladder') || record.kind.startsWith('instance.') || STEPS_SHOWN[record.kind]?.includes(opened.get(record.task)?.task_kind);
}

/* Which step a record is about, and what kind of work, was said when its task was opened. */
function withStep(record, opened) {
    const { step, step_title, task_kind } = opened.get(record.task) ?? {};
    return { step, step_title, task_kind, ...record };
}

export function Story({ path, instance, bodies = [], operator = false }) {
    const { rows, problem, more, next, loading } = usePages(path, {}, { concerns: (what) => touches(what, instance) });
    const [all, setAll] = useState(operator);
    const nameOf = (body) => (body ? body.short ?? body.name ?? body.id ?? bodies.find((one) => one.id === body)?.short ?? body : '');
    const opened = new Map(rows.filter((record) => record.kind === 'task.opened').map((record) => [record.task, record]));
    const shown = (all ? rows : rows.filter((record) => isForPeople(record, opened))).map((record) => withStep(record, opened));
    const several = new Set(rows.filter((record) => record.assignment).map((record) => record.task)).size > 1;
    return html`<div>
        ${operator && html`<p class="field check no-print"><label><input type="checkbox" checked=${all} onChange=${(event) => setAll(event.target.checked)} /> ${t('story.all')}</label></p>`}
        <${ProblemNote} problem=${problem} />
        <ol class="story" reversed>${shown.map((record) => html`<${Line} key=${record.seq} record=${record} nameOf=${nameOf} data=${all} several=${several} />`)}</ol>
        ${rows.length > 0 && html`<p class="below no-print">${more && html`<button type="button" onClick=${next} disabled=${loading}>${t('common.more')}</button>`}<${Exports} path=${path} what=${t('story.save')} /></p>`}
    </div>`;
}

addTexts('story', {
    ru: {
        'for': '{by} (за: {body})', input: 'Получил', output: 'Дал', all: 'Все записи', save: 'Сохранить историю:',
        'instance.started': 'Процесс начат', 'instance.completed': 'Процесс завершён', 'instance.cancelled': 'Процесс отменён', 'instance.suspended': 'Процесс приостановлен', 'instance.resumed': 'Процесс возобновлён', 'instance.faulted': 'Процесс прерван ошибкой', 'instance.migrated': 'Переведён на другую версию',
        'child.started': 'Начат процесс {child}', 'child.closed': 'Окончен процесс {child}',
        'task.opened': 'Шаг «{step}» начат', 'task.done': 'Шаг «{step}» выполнен', 'task.failed': 'Попытка шага «{step}» не удалась', 'task.ready': 'Новая попытка шага «{step}»', 'task.incident': 'Инцидент на шаге «{step}»', 'task.skipped': 'Шаг «{step}» пропущен', 'task.input': 'Изменены входные данные шага «{step}»',
        'task.cancelled': 'Шаг «{step}» отменён', 'task.faulted': 'Ошибка шага «{step}»', 'task.caught': 'Ошибка обработана', 'task.again': 'Шаг «{step}» начат заново', 'task.event': 'Получено событие', 'task.joined': 'Дальше без остальных', 'task.child': 'Запущен процесс {child}', 'step.passed': 'Пройден шаг «{step}»', passed: 'Пройден шаг «{step}»: {taken}', passed_skipped: 'Шаг «{step}» не нужен: его условие не выполнено', passed_input: 'Шагу «{step}» оператор дал другие данные',
        'event.received': 'Получено событие', 'data.set': 'Записаны данные процесса', 'context.set': 'Записан контекст', 'letter.entry': 'Новость добавлена в письмо дня', 'letter_task.opened': 'Готово письмо: {to}', 'letter_task.done': 'Письмо доставлено',
        'assignment.given': 'Поручение дано', 'assignment.set': 'Поручение дано', step: 'Состояние срока: {phase}', rung: 'Время напоминания', 'assignment.ladder': 'Напоминания запланированы заново', 'assignment.reported': 'Отчёт представил: {by}', 'assignment.accepted': 'Отчёт принят: {by}', accepted_in_part: 'Отчёт принят частично: {by}',
        'assignment.returned': 'Возвращено на доработку: {by}', 'assignment.withdrawn': 'Снято с контроля: {by}', 'assignment.part': 'Ответ соисполнителя: {body}', 'assignment.asked': '{by} просит продлить срок до {day}', 'assignment.refused': 'В продлении отказано: {by}', 'assignment.term': 'Новый срок — {to}',
        'assignment.paused': 'Приостановлено: {by}', 'assignment.resumed': 'Возобновлено: {by}', 'assignment.reassigned': 'Исполнитель теперь: {to}', 'assignment.delegated': '{by} перепоручает исполнение: {to}', 'assignment.taken-back': 'Завершено перепорученное {child}', 'assignment.handed': 'Дела переданы: замещает {deputy}, вместо: {body}', handed_back: 'Дела возвращены: {body}', 'assignment.commented': 'Замечание: {by}',
        noticed: 'Уведомление ({what}): {to}', notice_opened: 'поручение дано', notice_reminder: 'напоминание', notice_today: 'срок сегодня', notice_overdue: 'просрочено', notice_escalated: 'вышестоящему', notice_undecided: 'ждёт решения', notice_handed_over: 'замещение', notice_handed_back: 'возврат дел', notice_returned: 'возвращено на доработку', notice_reported: 'представлен отчёт', notice_part: 'ответил соисполнитель', notice_withdrawn: 'снято с контроля', notice_asked: 'просят продлить', notice_moved: 'срок изменился', notice_refused: 'в продлении отказано', notice_paused: 'приостановлено', notice_resumed: 'возобновлено', notice_reassigned: 'сменился исполнитель', notice_delegated: 'перепоручено', notice_accepted: 'отчёт принят',
    },
    en: {
        'for': '{by} (for {body})', input: 'Input', output: 'Output', all: 'All records', save: 'Save the history:',
        'instance.started': 'Started', 'instance.completed': 'Completed', 'instance.cancelled': 'Cancelled', 'instance.suspended': 'Suspended', 'instance.resumed': 'Resumed', 'instance.faulted': 'Ended with an error', 'instance.migrated': 'Moved to another version',
        'child.started': 'Process {child} started', 'child.closed': 'Process {child} ended',
        'task.opened': 'Step “{step}” opened', 'task.done': 'Step “{step}” done', 'task.failed': 'An attempt of “{step}” failed', 'task.ready': 'A new attempt of “{step}”', 'task.incident': 'Incident at “{step}”', 'task.skipped': 'Step “{step}” skipped', 'task.input': 'Input of “{step}” edited',
        'task.cancelled': 'Step “{step}” cancelled', 'task.faulted': 'Error of “{step}”', 'task.caught': 'An error was caught', 'task.again': 'Step “{step}” begins anew', 'task.event': 'An event came', 'task.joined': 'Goes on without the rest', 'task.child': 'Started {child}', 'step.passed': 'Passed “{step}”', passed: 'Passed “{step}”: {taken}', passed_skipped: '“{step}” is left out: its condition is not met', passed_input: 'An operator gave “{step}” other data',
        'event.received': 'An event came', 'data.set': 'Data of the process set', 'context.set': 'Context set', 'letter.entry': 'News went into a letter of the day', 'letter_task.opened': 'A letter to {to} is ready', 'letter_task.done': 'The letter is delivered',
        'assignment.given': 'Given', 'assignment.set': 'Given', step: 'The term is now: {phase}', rung: 'Time for a notice', 'assignment.ladder': 'Notices are planned anew', 'assignment.reported': 'Reported by {by}', 'assignment.accepted': 'Accepted by {by}', accepted_in_part: 'Accepted in part by {by}',
        'assignment.returned': 'Returned for rework by {by}', 'assignment.withdrawn': 'Withdrawn by {by}', 'assignment.part': 'A co-executor answered: {body}', 'assignment.asked': '{by} asks for an extension until {day}', 'assignment.refused': 'The extension is refused by {by}', 'assignment.term': 'The new term is {to}',
        'assignment.paused': 'Paused by {by}', 'assignment.resumed': 'Resumed by {by}', 'assignment.reassigned': 'Responsible is now {to}', 'assignment.delegated': '{by} delegates to {to}', 'assignment.taken-back': 'Taken back from {child}', 'assignment.handed': '{deputy} acts for {body}', handed_back: 'Handed back to {body}', 'assignment.commented': 'Remark of {by}',
        noticed: 'Notice ({what}) to {to}', notice_opened: 'opened', notice_reminder: 'reminder', notice_today: 'due today', notice_overdue: 'overdue', notice_escalated: 'to those above', notice_undecided: 'waits for a decision', notice_handed_over: 'deputy', notice_handed_back: 'handed back', notice_returned: 'returned for rework', notice_reported: 'a report', notice_part: 'a co-executor answered', notice_withdrawn: 'withdrawn', notice_asked: 'an extension is asked for', notice_moved: 'the term has changed', notice_refused: 'the extension is refused', notice_paused: 'paused', notice_resumed: 'resumed', notice_reassigned: 'given to another', notice_delegated: 'delegated', notice_accepted: 'the report is accepted',
    },
});
