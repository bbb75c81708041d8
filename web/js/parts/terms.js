/* terms.js - how a term of a plan is understood, and a counter of working days
 *
 * Owns:    the words of a reading (docs/cli.md §due); its days and rule are the engine's.
 * In:      a phrase; body: whose calendar counts, or nothing for the usual one.
 */
import { ProblemNote, useApi } from '../api.js';
import { html, useState } from '../html.js';
import { addDays, addTexts, dayText, number, spanText, t, todayDay, weekdayName } from '../text.js';
import { DayChoice } from './day_choice.js';
import { Field } from './field.js';
import { Said } from './said.js';

/* --- a reading ------------------------------------------------------------------------------- */

const windowText = (one) => (one.from ? spanText(one.from, one.to) : t('terms.until', { day: dayText(one.to) }));

function Windows({ reading, more }) {
    return reading.windows.length > 0 && html`<ul class="windows">
        ${reading.windows.map((one) => html`<li key=${one.to}>${windowText(one)}</li>`)}
        ${more && html`<li>…</li>`}
    </ul>`;
}

function Reading({ reading, more }) {
    const many = reading.kind === 'window' && reading.windows.length > 1;
    return html`<p><strong>${t(`terms.kind_${many ? 'windows' : reading.kind}`)}</strong>${reading.rule && html`: <${Said}>${reading.rule}<//>`}</p>
        <${Windows} reading=${reading} more=${more} />`;
}

/* What is said of the whole, after its days. */
function remarks(due) {
    return [
        due.year_missing && t('terms.year_missing'),
        due.anchor?.event && html`${t('terms.counted_from')} <${Said}>${due.anchor.event}<//>`,
        due.by_time && t('terms.by_time', { time: due.by_time }),
        due.bounds && due.windows.length === 0 && t('terms.bounds', { span: windowText(due.bounds) }),
        due.open_ended && t('terms.open_ended'),
        due.ambiguity && html`${t('terms.unclear')} <${Said}>${due.ambiguity}<//>`,
    ].filter(Boolean);
}

function Understood({ due }) {
    return html`<div>
        ${due.parts.length === 0 ? html`<${Reading} reading=${due} more=${due.more} />` : due.parts.map((part, n) => html`<div key=${n}>
            <h3>${t('terms.part', { n: n + 1 })}${part.purpose && html`: <${Said}>${part.purpose}<//>`}</h3>
            <${Reading} reading=${part} more=${n === 0 && due.more} />
        </div>`)}
        ${remarks(due).map((one, n) => html`<p key=${n}>${one}</p>`)}
        ${due.alternatives.length > 0 && html`<h3>${t('terms.others')}</h3>`}
        ${due.alternatives.map((other, n) => html`<${Reading} key=${n} reading=${other} />`)}
    </div>`;
}

/* The phrase from the place on that is not understood, marked. */
function Place({ phrase, column }) {
    const letters = [...phrase];
    const rest = letters.slice(column - 1).join('');
    const word = rest.match(/^\S+/)?.[0] ?? '';
    return html`<p><${Said}>${letters.slice(0, column - 1).join('')}<mark>${word}</mark>${rest.slice(word.length)}<//></p>`;
}

/* asked: {phrase, year}, as the address of the page has it; ask() changes it. */
export function TermReader({ asked, body, ask }) {
    const year = /^\d{4}$/.test(asked.year ?? '') ? asked.year : todayDay().slice(0, 4);
    const phrase = asked.phrase?.trim();
    const { data, problem } = useApi(phrase ? '/due' : null, { phrase, year, body }, { live: false });
    const submit = (event) => {
        event.preventDefault();
        const form = new FormData(event.target);
        ask({ phrase: form.get('phrase').trim(), year: form.get('year') });
    };
    return html`<section class="sheet no-print" aria-labelledby="term-reader">
        <h2 id="term-reader">${t('terms.title')}</h2>
        <form class="term-form" onSubmit=${submit}>
            <${Field} label=${t('terms.phrase')} name="phrase" hint=${t('terms.example')} defaultValue=${asked.phrase ?? ''} maxlength="500" lang="ru" required />
            <${Field} label=${t('terms.year')} name="year" type="number" min="1900" max="2199" defaultValue=${year} />
            <button type="submit" class="primary">${t('terms.read')}</button>
        </form>
        <div role="status">
            <${ProblemNote} problem=${problem} />
            ${problem?.body?.column && html`<${Place} phrase=${phrase} column=${problem.body.column} />`}
            ${phrase && data && !problem && html`<${Understood} due=${data} />`}
        </div>
    </section>`;
}

/* --- working days ---------------------------------------------------------------------------- */

function Note({ data }) {
    return data?.note && html`<p class="note">${data.note}</p>`;
}

function Between({ body }) {
    const [span, setSpan] = useState({ from: todayDay(), to: addDays(todayDay(), 30) });
    const whole = span.from && span.to;
    const { data, problem } = useApi(whole ? '/workdays' : null, { ...span, body }, { live: false });
    return html`<div class="filters">
        <${DayChoice} label=${t('terms.from')} value=${span.from} onChoose=${(from) => setSpan({ ...span, from })} />
        <${DayChoice} label=${t('terms.to')} value=${span.to} onChoose=${(to) => setSpan({ ...span, to })} />
        <output>${whole && data && !problem && html`<strong>${t('terms.days', { n: data.working_days, count: number(data.working_days) })}</strong>${data.short_days > 0 && `, ${t('terms.short', { n: data.short_days })}`}`}</output>
    </div>
    <${ProblemNote} problem=${problem} />${!problem && html`<${Note} data=${data} />`}`;
}

function After({ body }) {
    const [asked, setAsked] = useState({ from: todayDay(), add: '10' });
    const whole = asked.from && /^-?\d{1,5}$/.test(asked.add);
    const { data, problem } = useApi(whole ? '/workday' : null, { ...asked, body }, { live: false });
    return html`<div class="filters">
        <span class="choice"><label for="workdays-add">${t('terms.count')}</label><input id="workdays-add" type="number" min="-99999" max="99999" value=${asked.add} onInput=${(event) => setAsked({ ...asked, add: event.target.value })} /></span>
        <${DayChoice} label=${t('terms.after')} value=${asked.from} onChoose=${(from) => setAsked({ ...asked, from })} />
        <output>${whole && data && !problem && html`<strong>${dayText(data.date)}</strong>, ${weekdayName(data.date, 'long')}`}</output>
    </div>
    <${ProblemNote} problem=${problem} />${!problem && html`<${Note} data=${data} />`}`;
}

export function WorkdayCounter({ body }) {
    return html`<section class="sheet no-print" aria-labelledby="workday-counter">
        <h2 id="workday-counter">${t('terms.workdays')}</h2>
        <${Between} body=${body} />
        <${After} body=${body} />
    </section>`;
}

addTexts('terms', {
    ru: {
        title: 'Как понимается срок', phrase: 'Срок, как он записан в плане', example: 'Например: до 15 августа ежегодно', year: 'Год документа', read: 'Понять', until: 'до {day}',
        kind_date: 'В определённый день', kind_window: 'Один раз в течение этого срока', kind_windows: 'По одному разу в каждый из этих сроков', kind_recurring: 'Повторяется', kind_continuous: 'Всё это время', kind_on_demand: 'По мере необходимости', kind_relative: 'Считается от события', kind_per_other_plan: 'По другому плану',
        year_missing: 'Год неизвестен: укажите год документа.', counted_from: 'Считается от:', by_time: 'До {time} этого дня.', bounds: 'Может наступить: {span}.', open_ended: 'Продолжается и после показанных дней.', unclear: 'Не вполне ясно:', others: 'Можно понять и так', part: 'Часть {n}',
        workdays: 'Рабочие дни', from: 'С', to: 'По', days: { one: '{count} рабочий день', few: '{count} рабочих дня', many: '{count} рабочих дней' }, short: { one: 'из них {n} короткий', few: 'из них {n} коротких', many: 'из них {n} коротких' }, count: 'Рабочих дней (до — с минусом)', after: 'После дня',
    },
    en: {
        title: 'How a term is understood', phrase: 'A term as a plan has it', example: 'In Russian, like: до 15 августа ежегодно', year: 'Year of the document', read: 'Read it', until: 'until {day}',
        kind_date: 'A date', kind_window: 'Once, on one of these days', kind_windows: 'Once in each of these spans', kind_recurring: 'Comes again', kind_continuous: 'All the time', kind_on_demand: 'When it is needed', kind_relative: 'Counted from an event', kind_per_other_plan: 'By another plan',
        year_missing: 'No year is known: say the year of the document.', counted_from: 'Counted from:', by_time: 'Until {time} of the day.', bounds: 'It can fall in: {span}.', open_ended: 'It goes on after the days that are shown.', unclear: 'Not quite clear:', others: 'It can be read so too', part: 'Part {n}',
        workdays: 'Working days', from: 'From', to: 'To', days: { one: '{count} working day', other: '{count} working days' }, short: { one: '{n} of them is short', other: '{n} of them are short' }, count: 'Working days (before: with a minus)', after: 'After the day',
    },
});
