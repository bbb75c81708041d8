/* notices.js - «Уведомления»: what was sent to whom, about what, by which rule, and has it left
 *
 *   #/notices?body=omsu_lo&instance=17&from=2023-01-01&to=2023-12-31
 */
import { ProblemNote, useApi, usePages } from '../api.js';
import { Fragment, html } from '../html.js';
import { AssignmentLink, Body } from '../parts/assignment_cells.js';
import { bodyOptions } from '../parts/bodies.js';
import { DayChoice } from '../parts/day_choice.js';
import { Choice } from '../parts/field.js';
import { Badge } from '../parts/state.js';
import { Table } from '../parts/table.js';
import { place, setQuery } from '../route.js';
import { addTexts, dayShort, has, momentText, t } from '../text.js';

/* --- the rule, in words --------------------------------------------------------------------- */

/* «за 5 рабочих дней до срока», «через 3 дня после срока»: rungs before the last day are negative. */
function distance(row) {
    const n = Math.abs(row.days);
    const unit = row.working ? 'working' : 'days';
    return row.days < 0 ? t(`notices.before_${unit}`, { n }) : t(`notices.after_${unit}`, { n });
}

const byDistance = new Set(['reminder', 'overdue', 'escalated', 'undecided']);

function ruleText(row) {
    const key = `notices.rule_${row.notice.replaceAll('-', '_')}`;
    const rule = has(key) ? t(key) : row.notice;
    const levels = row.levels > 0 ? `, ${t('notices.levels', { n: row.levels })}` : '';
    return `${rule}${row.days && byDistance.has(row.notice) ? `: ${distance(row)}` : ''}${levels}`;
}

function Rule({ row }) {
    return html`<${Fragment}>${ruleText(row)}${row.for?.id && html`<small class="below-text">${t('notices.for')} <${Body} body=${row.for} /></small>`}<//>`;
}

/* --- the list ------------------------------------------------------------------------------- */

const tones = { sent: 'done', waits: 'soon', dropped: 'none' };

function About({ row }) {
    const about = row.assignment ?? {};
    return html`<${Fragment}><${AssignmentLink} row=${{ ...about, task: row.task }} />
        ${about.to && html`<small class="below-text">${t('notices.due', { day: dayShort(about.to) })}</small>`}<//>`;
}

function Letter({ row }) {
    return html`<${Fragment}>${row.state && html`<${Badge} tone=${tones[row.state]}>${t(`notices.${row.state}`)}<//>`}
        ${row.at && row.state !== 'dropped' && html`<small class="below-text">${momentText(row.at)}</small>`}
        ${row.letter && html`<small class="below-text"><a href=${place('processes', String(row.letter))}>${t('notices.letter', { n: row.letter })}</a></small>`}<//>`;
}

const columns = () => [
    { name: 'about', title: t('notices.about'), cell: (row) => html`<${About} row=${row} />` },
    { name: 'when', title: t('notices.when'), cell: (row) => html`<time datetime=${row.time}>${momentText(row.time)}</time>` },
    { name: 'to', title: t('notices.to'), cell: (row) => html`<${Body} body=${row.to} />` },
    { name: 'rule', title: t('notices.why'), cell: (row) => html`<${Rule} row=${row} />` },
    { name: 'letter', title: t('notices.state'), cell: (row) => html`<${Letter} row=${row} />` },
];

export default function Notices({ query }) {
    const filter = { body: query.body, instance: query.instance, from: query.from, to: query.to };
    const list = usePages('/notices', filter, { concerns: (what) => what.kinds.length === 0 || what.kinds.includes('assignment.noticed') });
    const bodies = useApi('/bodies', {}, { live: false }).data?.rows ?? [];
    return html`<div>
        <h1>${t('shell.notices')}</h1>
        <p>${t('notices.what')}</p>
        <div class="filters">
            <${Choice} label=${t('notices.to')} value=${query.body} options=${bodyOptions(bodies)} onChoose=${(body) => setQuery({ body })} />
            <${DayChoice} label=${t('notices.from')} value=${query.from} onChoose=${(from) => setQuery({ from })} />
            <${DayChoice} label=${t('notices.until')} value=${query.to} onChoose=${(to) => setQuery({ to })} />
            ${query.instance && html`<button type="button" onClick=${() => setQuery({ instance: undefined })}>${t('notices.of_all', { n: query.instance })}</button>`}
        </div>
        <${ProblemNote} problem=${list.problem} />
        <${Table} look="wide" caption=${t('shell.notices')} columns=${columns()} rows=${list.rows} more=${list.more} next=${list.next} loading=${list.loading} rowKey=${(row) => row.seq} exports=${{ path: '/notices', query: filter }} empty=${t('notices.none')} />
    </div>`;
}

addTexts('notices', {
    ru: {
        about: 'О чём', when: 'Когда', to: 'Кому', why: 'Почему', state: 'Письмо', from: 'С какого дня', until: 'По какой день', of_all: 'Только о процессе № {n}. Показать обо всех', due: 'срок {day}', for: 'вместо:', letter: 'письмо дня № {n}', none: 'Таких уведомлений нет',
        what: 'Что было сказано, кому и по какому правилу. Всё, что накопилось за день, уходит адресату одним письмом.', sent: 'отправлено', waits: 'ждёт письма дня', dropped: 'не понадобилось',
        before_working: { one: 'за {n} рабочий день до срока', few: 'за {n} рабочих дня до срока', many: 'за {n} рабочих дней до срока' }, before_days: { one: 'за {n} день до срока', few: 'за {n} дня до срока', many: 'за {n} дней до срока' },
        after_working: { one: 'через {n} рабочий день', few: 'через {n} рабочих дня', many: 'через {n} рабочих дней' }, after_days: { one: 'через {n} день', few: 'через {n} дня', many: 'через {n} дней' },
        levels: { one: 'на {n} уровень выше', few: 'на {n} уровня выше', many: 'на {n} уровней выше' },
        rule_opened: 'поручение дано', rule_reminder: 'напоминание', rule_today: 'сегодня срок', rule_overdue: 'просрочка', rule_escalated: 'просрочка, вышестоящему', rule_undecided: 'отчёт ждёт решения', rule_reported: 'представлен отчёт', rule_accepted: 'отчёт принят', rule_returned: 'отчёт возвращён на доработку', rule_withdrawn: 'снято с контроля', rule_asked: 'просят продлить срок', rule_refused: 'в продлении отказано',
        rule_moved: 'срок изменился', rule_paused: 'исполнение приостановлено', rule_resumed: 'исполнение возобновлено', rule_reassigned: 'исполнитель сменился', rule_delegated: 'исполнение перепоручено', rule_handed_over: 'дела переданы замещающему', rule_handed_back: 'дела возвращены', rule_part: 'ответил соисполнитель',
    },
    en: {
        about: 'About', when: 'When', to: 'To', why: 'Why', state: 'Letter', from: 'From', until: 'Until', of_all: 'Only about process {n}. Show all', due: 'due {day}', for: 'in the place of', letter: 'letter of the day {n}', none: 'There are no such notices',
        what: 'What was told, to whom and by which rule. All of one day leaves in one letter for each.', sent: 'sent', waits: 'waits for the letter', dropped: 'not needed',
        before_working: { one: '{n} working day before the term', other: '{n} working days before the term' }, before_days: { one: '{n} day before the term', other: '{n} days before the term' },
        after_working: { one: '{n} working day after', other: '{n} working days after' }, after_days: { one: '{n} day after', other: '{n} days after' },
        levels: { one: '{n} level above', other: '{n} levels above' },
        rule_opened: 'the assignment was given', rule_reminder: 'reminder', rule_today: 'due today', rule_overdue: 'overdue', rule_escalated: 'overdue, to those above', rule_undecided: 'a report waits for a decision', rule_reported: 'a report was handed in', rule_accepted: 'the report is accepted', rule_returned: 'the report is returned for rework', rule_withdrawn: 'withdrawn', rule_asked: 'an extension is asked for', rule_refused: 'the extension is refused',
        rule_moved: 'the term has changed', rule_paused: 'paused', rule_resumed: 'resumed', rule_reassigned: 'given to another', rule_delegated: 'delegated', rule_handed_over: 'handed to the deputy', rule_handed_back: 'handed back', rule_part: 'a co-executor answered',
    },
});
