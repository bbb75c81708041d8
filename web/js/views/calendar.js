/* calendar.js - «Календарь»: a month with what is due on each day, of all or of one body */
import { ProblemNote, useApi } from '../api.js';
import { html } from '../html.js';
import { Choice } from '../parts/field.js';
import { lookOf } from '../parts/state.js';
import { place, setQuery } from '../route.js';
import { setting } from '../settings.js';
import { addDays, addTexts, dayText, monthText, t, todayDay } from '../text.js';

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

function Day({ day, body }) {
    if (!day) {
        return html`<td class="other"></td>`;
    }
    const isToday = day.date === todayDay();
    const shown = day.due.slice(0, SHOWN);
    const count = day.count ?? day.due.length;
    return html`<td class=${`${day.off ? 'off' : ''}${isToday ? ' now' : ''}`} aria-current=${isToday ? 'date' : undefined}>
        <span class="date"><time datetime=${day.date} aria-label=${dayText(day.date)}>${Number(day.date.slice(8))}</time>${day.why && html` <small>${day.why}</small>`}</span>
        <ul class="plain">${shown.map((row) => html`<li key=${row.task}><a class=${`due tone-${lookOf(row).tone}`} href=${place('assignment', row.task)} title=${`${row.title} — ${row.responsible?.short ?? ''}: ${t(`state.${lookOf(row).look}`)}`}>${row.no ? `${row.no} ` : ''}${row.title}</a></li>`)}</ul>
        ${count > shown.length && html`<a href=${place('assignments', { from: day.date, to: day.date, body })}>${t('calendar.more', { n: count - shown.length })}</a>`}
    </td>`;
}

export default function Calendar({ query }) {
    const month = /^\d{4}-\d{2}$/.test(query.month ?? '') ? query.month : todayDay().slice(0, 7);
    const body = query.body;
    const { data, problem } = useApi('/calendar', { month, body });
    const bodies = useApi('/bodies', {}, { live: false }).data?.rows ?? [];
    const names = Array.from({ length: 7 }, (_, n) => new Date(`${addDays('2024-01-01', n)}T00:00:00Z`).toLocaleDateString(setting('language') === 'ru' ? 'ru-RU' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }));
    return html`<div>
        <h1>${t('calendar.title', { month: monthText(month) })}</h1>
        <div class="filters">
            <span class="buttons"><button type="button" onClick=${() => setQuery({ month: otherMonth(month, -1) })}>← ${monthText(otherMonth(month, -1))}</button>
            <button type="button" onClick=${() => setQuery({ month: undefined })}>${t('calendar.now')}</button>
            <button type="button" onClick=${() => setQuery({ month: otherMonth(month, 1) })}>${monthText(otherMonth(month, 1))} →</button></span>
            <${Choice} label=${t('assignments.body')} value=${body} options=${bodies.map((one) => [one.id, one.short || one.name])} onChoose=${(one) => setQuery({ body: one })} />
        </div>
        <${ProblemNote} problem=${problem} />
        ${data && html`<div class="list"><table class="month">
            <caption class="hidden">${t('calendar.title', { month: monthText(month) })}</caption>
            <thead><tr>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
            <tbody>${weeksOf(data.days).map((week) => html`<tr>${week.map((day) => html`<${Day} day=${day} body=${body} />`)}</tr>`)}</tbody>
        </table></div>`}
        <p>${t('calendar.feed')} <a href=${`/api/v1/calendar.ics${body ? `?body=${encodeURIComponent(body)}` : ''}`}>${body ? bodies.find((one) => one.id === body)?.short ?? body : t('calendar.all')} (.ics)</a></p>
    </div>`;
}

addTexts('calendar', {
    ru: { title: 'Календарь сроков: {month}', now: 'Этот месяц', more: 'ещё {n}', feed: 'Для Outlook, Thunderbird и телефона:', all: 'все сроки' },
    en: { title: 'Calendar of terms: {month}', now: 'This month', more: '{n} more', feed: 'For Outlook, Thunderbird and phones:', all: 'all terms' },
});
