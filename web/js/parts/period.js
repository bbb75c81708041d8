/* period.js - a year, a half, a quarter or any days: which it is, its name, the one before and after
 *
 * In:      the address: span=year|half|quarter|days, at=the first day; from, to of `days`.
 */
import { html } from '../html.js';
import { setQuery } from '../route.js';
import { addDays, addTexts, dayText, t, todayDay } from '../text.js';
import { DayChoice } from './day_choice.js';
import { Choice } from './field.js';

const months = { year: 12, half: 6, quarter: 3 };
const day = /^[12]\d{3}-\d{2}-\d{2}$/;

/* The first day of the period that has this day in it, moved by so many periods. */
function firstDay(span, within, by = 0) {
    const [year, month] = within.split('-').map(Number);
    const index = Math.floor((year * 12 + month - 1) / months[span]) * months[span] + by * months[span];
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;
}

export function periodOf(query) {
    const span = query.span in months || query.span === 'days' ? query.span : 'year';
    if (span === 'days') {
        const year = todayDay().slice(0, 4);
        return { span, from: day.test(query.from ?? '') ? query.from : `${year}-01-01`, to: day.test(query.to ?? '') ? query.to : `${year}-12-31` };
    }
    const from = firstDay(span, day.test(query.at ?? '') ? query.at : todayDay());
    return { span, from, to: addDays(firstDay(span, from, 1), -1) };
}

/* «2023 год», «1 полугодие 2023 года», «3 квартал 2023 года», «с 1 марта по 5 мая» */
export function periodText({ span, from, to }) {
    const year = from.slice(0, 4);
    const n = Math.floor((Number(from.slice(5, 7)) - 1) / (months[span] ?? 12)) + 1;
    return t(`period.of_${span}`, { year, n, from: dayText(from), to: dayText(to) });
}

export function PeriodChoice({ period }) {
    const move = (by) => setQuery({ at: firstDay(period.span, period.from, by) });
    const choose = (span) => setQuery({ span, at: span === 'days' ? undefined : period.from, from: span === 'days' ? period.from : undefined, to: span === 'days' ? period.to : undefined });
    return html`<${Choice} label=${t('period.period')} all=${false} value=${period.span} options=${['year', 'half', 'quarter', 'days'].map((span) => [span, t(`period.${span}`)])} onChoose=${choose} />
        ${period.span === 'days'
            ? html`<${DayChoice} label=${t('period.from')} value=${period.from} onChoose=${(from) => setQuery({ from })} /><${DayChoice} label=${t('period.to')} value=${period.to} onChoose=${(to) => setQuery({ to })} />`
            : html`<span class="steps"><button type="button" onClick=${() => move(-1)} aria-label=${t('period.before')}>←</button> <strong>${periodText(period)}</strong> <button type="button" onClick=${() => move(1)} aria-label=${t('period.after')}>→</button></span>`}`;
}

addTexts('period', {
    ru: { period: 'Период', year: 'год', half: 'полугодие', quarter: 'квартал', days: 'свои даты', from: 'С', to: 'По', before: 'Предыдущий период', after: 'Следующий период', of_year: '{year} год', of_half: '{n} полугодие {year} года', of_quarter: '{n} квартал {year} года', of_days: 'с {from} по {to}' },
    en: { period: 'Period', year: 'year', half: 'half-year', quarter: 'quarter', days: 'own dates', from: 'From', to: 'To', before: 'The period before', after: 'The period after', of_year: '{year}', of_half: 'half {n} of {year}', of_quarter: 'quarter {n} of {year}', of_days: '{from} to {to}' },
});
