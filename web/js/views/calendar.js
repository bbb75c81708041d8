/* calendar.js - «Календарь»: a month with what is due on each day, of all or of one body; below it
 * what a term means, and how many working days there are
 *
 *   #/calendar?month=2023-06&body=…&phrase=до 15 августа ежегодно&year=2026
 */
import { address, ProblemNote, useApi } from '../api.js';
import { html } from '../html.js';
import { bodyOptions } from '../parts/bodies.js';
import { Choice } from '../parts/field.js';
import { Said } from '../parts/said.js';
import { lookOf } from '../parts/state.js';
import { Exports } from '../parts/table.js';
import { TermReader, WorkdayCounter } from '../parts/terms.js';
import { place, setQuery } from '../route.js';
import { setting } from '../settings.js';
import { addDays, addTexts, brief, dayText, has, monthText, number, t, todayDay, weekdayName } from '../text.js';

const SHOWN = 4; /* of a day; the others are behind a link */

function otherMonth(month, step) {
    const [year, number] = month.split('-').map(Number);
    const index = year * 12 + number - 1 + step;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/* Weeks from Monday; days of other months are null. */
function weeksOf(days) {
    const first = (new Date(`${days[0].date}T00:00:00Z`).getUTCDay() + 6) % 7;
    const cells = [...Array(first).fill(null), ...days];
    while (cells.length % 7 !== 0) {
        cells.push(null);
    }
    return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/* Why a day is off, or shorter: holidays by their names in the law (Labour Code, article 112). */
function whyText(day) {
    const monthDay = day.date.slice(5);
    if (day.kind === 'holiday') {
        const named = has(`calendar.holiday_${monthDay}`) ? `calendar.holiday_${monthDay}` : monthDay < '01-09' ? 'calendar.holiday_01' : 'calendar.holiday';
        return t(named);
    }
    return day.kind && day.kind !== 'weekend' ? t(`calendar.${day.kind}`) : '';
}

/* What there is no room for: the whole title, at whom, how it stands, of which plan. */
function titleOf(row) {
    const plan = row.plan_title ? ` · ${brief(row.plan_title, 60)}` : '';
    return `${row.title} — ${row.responsible?.short ?? ''}: ${t(`state.${lookOf(row).look}`)}${plan}`;
}

/* «Иванова Анна Петровна» is «Иванова А. П.» in a cell, «Условный педагог № 17» is «№ 17». */
function shortName(person) {
    const [numbered] = person.match(/№\s*\d+$/) ?? [];
    const [family, ...given] = person.trim().split(/\s+/);
    return numbered ?? [family, ...given.map((name) => `${[...name][0]}.`)].join('\u00a0');
}

/* In a cell there is room for some words of what is to be done, and for whom it is with: titles of a cycle
 * begin with the name of the person, which says nothing in a column of them. */
function Short({ row }) {
    const title = row.person && row.title.startsWith(`${row.person}: `) ? row.title.slice(row.person.length + 2) : row.title;
    return html`<span class="in-grid" aria-hidden="true"><span class="what">${row.no ? `${row.no}\u00a0` : ''}<${Said}>${title.charAt(0).toUpperCase() + title.slice(1)}<//></span>${row.person && html` <span class="whom"><${Said}>${shortName(row.person)}<//></span>`}</span>`;
}

function Day({ day, body }) {
    if (!day) {
        return html`<td class="other" role="cell"></td>`;
    }
    const isToday = day.date === todayDay();
    const shown = day.due.slice(0, SHOWN);
    const count = day.count ?? day.due.length;
    const why = whyText(day);
    return html`<td role="cell" class=${`${day.off ? 'off' : ''}${isToday ? ' now' : ''}${count === 0 && !why ? ' idle' : ''}`} aria-current=${isToday ? 'date' : undefined}>
        <span class="date"><time datetime=${day.date}><span class="in-grid" aria-hidden="true">${Number(day.date.slice(8))}</span><span class="in-list">${weekdayName(day.date)}, ${dayText(day.date)}</span></time>${why && html` <small>${why}</small>`}</span>
        ${shown.length > 0 && html`<ul class="plain">${shown.map((row) => html`<li key=${row.task}><a class=${`due tone-${lookOf(row).tone}`} href=${place('assignment', row.task)} title=${titleOf(row)}><${Short} row=${row} /><span class="in-list">${row.no ? `${row.no}\u00a0` : ''}<${Said}>${row.title}<//></span><span class="hidden">, ${t(`state.${lookOf(row).look}`)}</span></a></li>`)}</ul>`}
        ${count > shown.length && html`<a class="further" href=${place('assignments', { from: day.date, to: day.date, body })}>${t('calendar.more', { n: number(count - shown.length) })}</a>`}
    </td>`;
}

export default function Calendar({ query }) {
    const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(query.month ?? '') ? query.month : todayDay().slice(0, 7);
    const body = query.body;
    const { data, problem } = useApi('/calendar', { month, body });
    const bodies = useApi('/bodies', {}, { live: false }).data?.rows ?? [];
    const names = Array.from({ length: 7 }, (_, n) => addDays('2024-01-01', n));
    return html`<div>
        <h1>${t('calendar.title', { month: monthText(month) })}</h1>
        <div class="filters">
            <span class="months"><button type="button" onClick=${() => setQuery({ month: otherMonth(month, -1) })}><span aria-hidden="true">←</span> ${monthText(otherMonth(month, -1))}</button>
            <button type="button" onClick=${() => setQuery({ month: undefined })}>${t('calendar.now')}</button>
            <button type="button" onClick=${() => setQuery({ month: otherMonth(month, 1) })}>${monthText(otherMonth(month, 1))} <span aria-hidden="true">→</span></button></span>
            <${Choice} label=${t('common.body')} value=${body} options=${bodyOptions(bodies)} onChoose=${(one) => setQuery({ body: one })} />
        </div>
        <${ProblemNote} problem=${problem} />
        ${!data && !problem && html`<p class="wait" role="status">${t('shell.loading')}</p>`}
        ${data && data.days.every((day) => (day.count ?? day.due.length) === 0) && html`<p class="empty">${t('calendar.none')}</p>`}
        ${data && !data.approved && html`<p class="note">${t('calendar.unapproved')}</p>`}
        ${data && html`<div class="list"><table class="month" role="table">
            <caption class="hidden">${t('calendar.title', { month: monthText(month) })}</caption>
            <thead role="rowgroup"><tr role="row">${names.map((day) => html`<th scope="col" role="columnheader"><abbr title=${weekdayName(day, 'long')}>${weekdayName(day)}</abbr></th>`)}</tr></thead>
            <tbody role="rowgroup">${weeksOf(data.days).map((week) => html`<tr role="row">${week.map((day) => html`<${Day} day=${day} body=${body} />`)}</tr>`)}</tbody>
        </table></div><p class="below no-print"><${Exports} path="/calendar" query=${{ month, body }} /></p>`}
        <p class="no-print">${t('calendar.feed')} <a href=${address('/calendar.ics', { body, language: setting('language') })}>${body ? bodies.find((one) => one.id === body)?.short ?? body : t('calendar.all')} (.ics)</a></p>
        <${TermReader} asked=${{ phrase: query.phrase, year: query.year }} body=${body} ask=${setQuery} />
        <${WorkdayCounter} body=${body} />
    </div>`;
}

addTexts('calendar', {
    ru: {
        title: 'Календарь сроков: {month}', now: 'Этот месяц', more: 'ещё {n}', feed: 'Для Outlook, Thunderbird и телефона:', all: 'все сроки', none: 'В этом месяце сроков нет.',
        unapproved: 'Производственный календарь на этот год ещё не утверждён: переносы выходных неизвестны.',
        transferred: 'перенос выходного', short: 'короткий день', holiday: 'праздник', holiday_01: 'новогодние каникулы', 'holiday_01-07': 'Рождество Христово', 'holiday_02-23': 'День защитника Отечества', 'holiday_03-08': 'Международный женский день',
        'holiday_05-01': 'Праздник Весны и Труда', 'holiday_05-09': 'День Победы', 'holiday_06-12': 'День России', 'holiday_11-04': 'День народного единства',
    },
    en: {
        title: 'Calendar of terms: {month}', now: 'This month', more: '{n} more', feed: 'For Outlook, Thunderbird and phones:', all: 'all terms', none: 'Nothing is due in this month.',
        unapproved: 'The production calendar of this year is not approved yet: transfers of days off are not known.',
        transferred: 'day off transferred', short: 'short day', holiday: 'holiday', holiday_01: 'New Year holidays', 'holiday_01-07': 'Orthodox Christmas', 'holiday_02-23': 'Defender of the Fatherland Day', 'holiday_03-08': 'International Women’s Day',
        'holiday_05-01': 'Spring and Labour Day', 'holiday_05-09': 'Victory Day', 'holiday_06-12': 'Russia Day', 'holiday_11-04': 'Unity Day',
    },
});
