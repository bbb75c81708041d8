/* assignment.js - «Поручение»: all that is known of one, and what the one who acts may do
 *
 *   #/assignment/17.1
 */
import { ProblemNote, useApi } from '../api.js';
import { html } from '../html.js';
import { touches } from '../live.js';
import { Absent } from '../parts/absent.js';
import { Acts } from '../parts/acts.js';
import { Body, reasonText, Term } from '../parts/assignment_cells.js';
import { FormValues } from '../parts/report_form.js';
import { Returned } from '../parts/returned.js';
import { Said } from '../parts/said.js';
import { Story } from '../parts/story.js';
import { StateBadge } from '../parts/state.js';
import { Table } from '../parts/table.js';
import { NextStep, waitsSince } from '../parts/why.js';
import { place, useTitle } from '../route.js';
import { setting } from '../settings.js';
import { addTexts, brief, dayText, momentText, t } from '../text.js';

const texts = (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value])
    .map((one) => (typeof one === 'string' ? one : one.title ?? one.kind ?? ''));

function Fact({ name, children }) {
    return children ? html`<dt>${t(`assignment.${name}`)}</dt><dd>${children}</dd>` : null;
}

function Facts({ row, bodies }) {
    const input = row.input ?? {};
    const nameOf = (id) => bodies.find((body) => body.id === id) ?? { id, name: id };
    const results = texts(row.result);
    return html`<dl class="facts">
        <${Fact} name="responsible"><${Body} body=${row.responsible} /><//>
        <${Fact} name="co">${row.co_executors?.length > 0 && html`<ul class="plain">${row.co_executors.map((id) => {
            const part = row.parts?.find((one) => one.body === id);
            return html`<li key=${id}><${Body} body=${nameOf(id)} />${part && html` — ${t(`assignment.part_${part.state}`)}${part.to && part.to !== row.to ? `, ${t('assignment.until', { day: dayText(part.to) })}` : ''}`}</li>`;
        })}</ul>`}<//>
        <${Fact} name="controller">${row.controller && html`<${Body} body=${nameOf(row.controller)} />`}<//>
        <${Fact} name="acting">${row.acting?.map((one) => html`<p key=${one.body}>${t('assignment.acts_for', { deputy: one.deputy_name ?? one.deputy, body: one.body_name ?? one.body, day: dayText(one.until) })}</p>`)}<//>
        <${Fact} name="result">${results.length > 0 && html`<ul class="plain">${results.map((text) => html`<li><${Said}>${text}<//></li>`)}</ul>`}<//>
        <${Fact} name="audience">${input.audience && html`<${Said}>${input.audience}<//>`}<//>
        <${Fact} name="plan">${row.plan && html`<a href=${place('roadmaps', row.plan)}><${Said}>${row.plan_title ?? row.plan}<//></a>`}<//>
        <${Fact} name="section">${row.section ?? input.section}<//>
        <${Fact} name="note">${input.note && html`<${Said}>${input.note}<//>`}<//>
    </dl>
    ${input.bullets?.length > 0 && html`<ul>${input.bullets.map((text) => html`<li><${Said}>${text}<//></li>`)}</ul>`}`;
}

const termColumns = (nameOf) => [
    { name: 'last', title: t('assignment.term'), cell: (term) => html`<time datetime=${term.to}>${dayText(term.to)}</time>` },
    { name: 'begun', title: t('assignment.since'), cell: (term) => html`<time datetime=${term.since}>${momentText(term.since)}</time>` },
    { name: 'reason', title: t('assignment.why'), cell: (term) => html`${t(`assignment.term_${term.why}`)}<${Said}>${term.by ? ` (${nameOf(term.by)})` : ''}${term.reason ? `: ${term.reason}` : ''}<//>` },
];

/* The term: as it stands now, how the phrase of the document was read, and every term before. */
function Terms({ row, bodies }) {
    const phrase = row.phrase;
    const nameOf = (id) => bodies.find((body) => body.id === id)?.short ?? id;
    return html`<section class="sheet" aria-labelledby="term">
        <h2 id="term">${t('assignment.term')}</h2>
        <p class="large"><${Term} row=${row} /></p>
        ${row.literal_to && html`<p class="note">${t('assignment.day_off', { day: dayText(row.literal_to), to: dayText(row.to) })}</p>`}
        ${row.from && html`<p>${t('assignment.from', { day: dayText(row.from) })}</p>`}
        ${phrase && html`<p>${t('assignment.phrase')} «<${Said}>${phrase.text}<//>»${phrase.rule && html` — ${t('assignment.read_as')} <${Said}>${phrase.rule}<//>`}</p>`}
        ${phrase?.ambiguity && html`<p class="note"><${Said}>${phrase.ambiguity}<//></p>`}
        ${row.extension && html`<p class="note">${t('assignment.asked', { by: nameOf(row.extension.by), day: dayText(row.extension.day) })} <${Said}>${row.extension.reason}<//></p>`}
        ${row.pause && html`<p class="note">${t('assignment.paused', { day: dayText(row.pause.since) })} <${Said}>${row.pause.reason}<//></p>`}
        ${row.terms?.length > 1 && html`<${Table} caption=${t('assignment.terms')} columns=${termColumns(nameOf)} rows=${row.terms} />`}
    </section>`;
}

function Document({ document }) {
    const number = document.number ? ` №\u00a0${document.number}` : '';
    const date = document.date ? ` ${t('assignment.of_day', { day: dayText(document.date) })}` : '';
    const safe = /^https?:\/\//i.test(document.link ?? '');
    return html`<li><${Said}>${document.title ?? document.kind ?? t('assignment.document')}${document.title && document.kind ? ` (${document.kind})` : ''}${number}<//>${date}
        ${document.link && html` — ${safe ? html`<a href=${document.link} rel="noopener noreferrer" target="_blank">${document.link}</a>` : document.link}`}
        ${document.sha256 && html` <small>SHA-256 ${document.sha256}</small>`}</li>`;
}

function Report({ report, by, day, form }) {
    const documents = report.documents ?? (report.kind || report.number ? [report] : []);
    return html`<div class="report">
        <p><strong><${Said}>${by}<//></strong>${day && html`, <time>${dayText(day)}</time>`}</p>
        ${report.text && html`<p class="said"><${Said}>${report.text}<//></p>`}
        <${FormValues} form=${form} report=${report} />
        ${documents.length > 0 && html`<ul>${documents.map((document) => html`<${Document} document=${document} />`)}</ul>`}
    </div>`;
}

function Reports({ row, bodies }) {
    const nameOf = (id) => bodies.find((body) => body.id === id)?.short ?? id;
    const parts = row.parts?.filter((part) => part.report) ?? [];
    if (!row.report && parts.length === 0) {
        return null;
    }
    return html`<section class="sheet" aria-labelledby="reports">
        <h2 id="reports">${t('assignment.reports')}</h2>
        ${row.report && html`<${Report} report=${row.report} by=${row.responsible?.short} day=${row.reported} form=${row.input?.form} />`}
        ${parts.map((part) => html`<${Report} key=${part.body} report=${part.report} by=${nameOf(part.by ?? part.body)} day=${part.reported} />`)}
    </section>`;
}

/* To whom its work was given and until when, as the assignment of that one says. */
function Delegated({ row }) {
    const { data: child } = useApi(`/assignments/${encodeURIComponent(row.child)}`, {}, { concerns: (what) => touches(what, row.instance) });
    const link = html`<a href=${place('assignment', row.child)}>${t('assignment.delegated_link')}</a>`;
    return child ? html`<p>${t('assignment.delegated_to')} <${Body} body=${child.responsible} />, ${t('assignment.delegated_until', { day: dayText(child.to) })} — ${link}</p>`
        : html`<p>${t('assignment.delegated')} — ${link}</p>`;
}

function Next({ row }) {
    const next = row.why?.next;
    const on = row.why?.on;
    return html`<section class="sheet" aria-labelledby="waits">
        <h2 id="waits">${t('assignment.waits')}</h2>
        ${row.closed && html`<p>${t('assignment.closed', { when: momentText(row.closed) })}</p>`}
        ${row.child && html`<${Delegated} row=${row} />`}
        ${on && html`<p>${t(row.why.kind === 'decision' ? 'assignment.waits_decision' : 'assignment.waits_on')} <${Body} body=${on} />, ${t('assignment.since_when', { when: dayText(waitsSince(row)) })}</p>`}
        ${on && (next || row.why.kind === 'assignment') && html`<p><${NextStep} next=${next} /></p>`}
        ${row.why?.ahead?.length > 0 && html`<details><summary>${t('assignment.ahead')}</summary><ul>${row.why.ahead.map((letter) => html`<li>${momentText(letter.at)}: ${letter.to.map((body) => body.short ?? body.name).join(', ')}</li>`)}</ul></details>`}
        <p><a href=${place('processes', String(row.instance))}>${t('common.process')}</a> · <a href=${place('notices', { instance: row.instance })}>${t('assignment.notices')}</a></p>
    </section>`;
}

/* Of the buttons: who is asked for, or why there are none. */
function WhoMay({ row, by }) {
    const may = row.actors.map((actor, n) => html`${n > 0 ? ', ' : ' '}<${Body} key=${actor.id} body=${actor} />`);
    if (!by) {
        return may.length > 0 && html`<p class="empty no-print">${t('assignment.choose')}</p>`;
    }
    if (row.actions.some((name) => name !== 'comment')) {
        return null;
    }
    const [none, others] = row.actions.length > 0 ? ['assignment.only_comment', 'assignment.deciders'] : ['assignment.no_actions', 'assignment.actors'];
    return html`<p class="empty no-print">${t(none, { name: by.name })}${may.length > 0 && html` ${t(others)}${may}.`}</p>`;
}

export default function Assignment({ parts }) {
    const task = parts[0] ?? '';
    const instance = Number(task.split('.')[0]);
    const by = setting('by');
    const { data: row, problem, reload } = useApi(`/assignments/${encodeURIComponent(task)}`, { for: by?.id }, { concerns: (what) => touches(what, instance) });
    const bodies = useApi('/bodies', {}, { live: false }).data?.rows ?? [];
    useTitle(row && `${row.no ? `${t('common.item')} ${row.no} ` : ''}${brief(row.title, 90)}`);
    if (!row) {
        return html`<${Absent} problem=${problem} list="assignments" />`;
    }
    const why = reasonText(row);
    return html`<article>
        <p class="above">${row.plan && html`<span class="way"><a href=${place('roadmaps', row.plan)}><${Said}>${brief(row.plan_title ?? row.plan, 60)}<//></a> · </span>`}${row.no && html`<span class="no">${t('common.item')}\u00a0${row.no}</span>`} <${StateBadge} row=${row} /></p>
        <h1 class="long"><${Said}>${row.title}<//></h1>
        <${ProblemNote} problem=${problem} />
        ${why && html`<p class="why"><${Said}>${why}<//></p>`}
        ${[row, ...row.parts ?? []].map((of) => html`<${Returned} key=${of.body} of=${of} />`)}
        <${Acts} row=${row} etag=${row.etag} bodies=${bodies} done=${reload} />
        <${WhoMay} row=${row} by=${by} />
        <div class="columns">
            <div>
                <section class="sheet" aria-label=${t('assignment.facts')}><${Facts} row=${row} bodies=${bodies} /></section>
                <${Reports} row=${row} bodies=${bodies} />
            </div>
            <div>
                <${Terms} row=${row} bodies=${bodies} />
                <${Next} row=${row} />
            </div>
        </div>
        <section aria-labelledby="story"><h2 id="story">${t('assignment.story')}</h2><${Story} path=${`/assignments/${encodeURIComponent(task)}/history`} instance=${instance} bodies=${bodies} /></section>
    </article>`;
}

addTexts('assignment', {
    ru: {
        facts: 'Сведения', responsible: 'Ответственный исполнитель', co: 'Соисполнители', controller: 'Контроль', acting: 'Замещение', acts_for: '{deputy} — вместо: {body}, по {day}',
        result: 'Ожидаемый документ', audience: 'Для кого', plan: 'План', section: 'Раздел', note: 'Примечание', part_open: 'не ответил', part_answered: 'ответил', until: 'срок {day}',
        term: 'Срок', from: 'Начало — {day}', phrase: 'В документе:', read_as: 'прочитано как', day_off: '{day} — выходной день; срок исполнения — {to}.', terms: 'Все сроки', since: 'С какого времени', why: 'Почему',
        term_set: 'установлен', term_extended: 'продлён по просьбе', term_moved: 'перенесён', term_resumed: 'после приостановки', term_calendar: 'изменился производственный календарь',
        asked: '{by} просит продлить до {day}. Основание:', paused: 'Приостановлено с {day}.', reports: 'Отчёты и документы', document: 'Документ', of_day: 'от {day}',
        closed: 'Закрыто {when}.', waits: 'Что дальше', waits_on: 'Ждут отчёта:', waits_decision: 'Ждут решения:', since_when: 'с {when}', ahead: 'Ближайшие письма', delegated: 'Перепоручено', delegated_to: 'Перепоручено:', delegated_until: 'срок до {day}', delegated_link: 'поручение', process: 'Процесс', notices: 'Отправленные уведомления',
        no_actions: 'Сейчас {name} ничего не может сделать с этим поручением.', only_comment: '{name} может здесь только добавить замечание.', actors: 'Действовать могут:', deciders: 'Отчитаться или принять решение могут:', choose: 'Вы пока ни за кого не действуете. Нажмите на нужное — страница спросит, за кого.', story: 'История',
    },
    en: {
        facts: 'Facts', responsible: 'Responsible', co: 'Co-executors', controller: 'Controller', acting: 'Deputies', acts_for: '{deputy} for {body}, until {day}',
        result: 'Expected document', audience: 'Audience', plan: 'Plan', section: 'Section', note: 'Note', part_open: 'has not answered', part_answered: 'has answered', until: 'due {day}',
        term: 'Term', from: 'Begins {day}', phrase: 'In the document:', read_as: 'read as', day_off: '{day} is a day off; the term ends {to}.', terms: 'All terms', since: 'Since', why: 'Why',
        term_set: 'set', term_extended: 'extended on request', term_moved: 'moved', term_resumed: 'after a pause', term_calendar: 'the production calendar has changed',
        asked: '{by} asks for an extension until {day}. Reason:', paused: 'Paused since {day}.', reports: 'Reports and documents', document: 'Document', of_day: 'of {day}',
        closed: 'Closed {when}.', waits: 'What comes next', waits_on: 'A report is awaited of', waits_decision: 'A decision is awaited of', since_when: 'since {when}', ahead: 'Next letters', delegated: 'Delegated', delegated_to: 'Delegated to', delegated_until: 'due {day}', delegated_link: 'assignment', process: 'Process', notices: 'Notices sent',
        no_actions: '{name} can do nothing with this assignment now.', only_comment: '{name} can only add a remark here.', actors: 'Those who can act:', deciders: 'Those who can report or decide:', choose: 'You act for nobody yet. Press what you need, and the page asks for whom.', story: 'History',
    },
});
