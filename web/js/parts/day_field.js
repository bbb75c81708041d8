/* day_field.js - the day that a term is to have, with what would come of it, said while it is chosen
 *
 * In:      the action and its assignment; to: whom it is delegated to. Of many there is no assignment:
 *          then the usual calendar says what kind of day it is.
 * Always:  where a day goes, and whether it is taken, the engine says (docs/http.md §2, …/check).
 */
import { post, useApi, withDays } from '../api.js';
import { html, useEffect, useState } from '../html.js';
import { addTexts, dayText, t, weekdayName } from '../text.js';
import { Field } from './field.js';
import { Said } from './said.js';

/* By keyboard a year is typed figure by figure: «0002», «0020». */
export const isWhole = (day) => /^[12]\d{3}-\d{2}-\d{2}$/.test(day);

/* A check that fails says nothing: what is sent is looked at anyway. */
function useChecked(row, request) {
    const [checked, setChecked] = useState(null);
    useEffect(() => {
        let over = false;
        setChecked(null);
        if (row.task && isWhole(request.day)) {
            post(`/assignments/${row.task}/check`, request).then((data) => over || setChecked(data), () => {});
        }
        return () => { over = true; };
    }, [row.task, JSON.stringify(request)]);
    return checked;
}

const withWeekday = (day) => `${dayText(day)}, ${weekdayName(day, 'long')}`;
const isOff = (kind) => ['weekend', 'holiday', 'off'].includes(kind);

/* «15 октября 2023 г. — воскресенье», or the feast and its day of the week. */
function kindText(day, kind) {
    return t(kind === 'weekend' ? 'day_field.weekend' : `day_field.${kind}`, { day: dayText(day), weekday: weekdayName(day, 'long') });
}

function Foreseen({ checked }) {
    const cut = checked.cut && html`<small class="below-text">${t('day_field.cut', { to: withWeekday(checked.to) })}</small>`;
    if (checked.refused) {
        return html`<p class="problem">${t('day_field.refused')} <${Said}>${withDays(checked.refused.text)}<//>${cut}</p>`;
    }
    return isOff(checked.is) && html`<p class="note">${kindText(checked.day, checked.is)}; ${checked.to === checked.day ? t('day_field.stays') : t('day_field.goes', { to: withWeekday(checked.to) })}
        ${checked.source && html`<small class="below-text">${t('day_field.source')} <${Said}>${checked.source}<//></small>`}${cut}</p>`;
}

/* defaultValue: what was typed stays when the page draws anew behind the form. */
export function DayField({ action, row, to, label, value = '', required = true }) {
    const [day, setDay] = useState(value);
    const checked = useChecked(row, { action, day, to });
    const many = useApi(!row.task && isWhole(day) ? '/workday' : null, { from: day, add: 0 }, { live: false }).data;
    return html`<${Field} type="date" label=${label} name="day" required=${required} defaultValue=${value} onInput=${(event) => setDay(event.target.value)} />
        <div role="status">
            ${checked && (action !== 'move' || day !== value) && html`<${Foreseen} checked=${checked} />`}
            ${many?.date === day && isOff(many.kind) && html`<p class="note">${kindText(day, many.kind)}; ${t('day_field.each')}</p>`}
        </div>`;
}

addTexts('day_field', {
    ru: {
        weekend: '{day} — {weekday}', holiday: '{day} — праздник, {weekday}', off: '{day} — выходной, {weekday}', goes: 'срок будет {to}.', stays: 'срок останется на этот день.', source: 'Основание:',
        cut: 'Перепорученное заканчивается не позже самого поручения: {to}.',
        each: 'срок каждого поручения будет перенесён по его регламенту.', refused: 'Этот день не подойдёт:',
    },
    en: {
        weekend: '{day} is a {weekday}', holiday: '{day} is a holiday, a {weekday}', off: '{day} is a day off, a {weekday}', goes: 'the term will be {to}.', stays: 'the term stays on that day.', source: 'The ground:',
        cut: 'What is delegated ends no later than the assignment itself: {to}.',
        each: 'the term of each assignment moves as its policy says.', refused: 'This day won’t do:',
    },
});
