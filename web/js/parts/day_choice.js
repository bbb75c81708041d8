/* day_choice.js - a day that a list is narrowed by; it acts when a whole day, or none, is there */
import { html } from '../html.js';

let count = 0;

export function DayChoice({ label, value, onChoose }) {
    const id = `day-${++count}`;
    const choose = (event) => {
        const day = event.target.value;
        if (day !== (value ?? '') && (day === '' || /^[12]\d{3}-\d{2}-\d{2}$/.test(day))) {
            onChoose(day || undefined);
        }
    };
    return html`<span class="choice"><label for=${id}>${label}</label><input id=${id} type="date" value=${value ?? ''} onChange=${choose} /></span>`;
}
