/* step.js - a step as people call it: by its title, where the document gives one */
import { html } from '../html.js';
import { Said } from './said.js';

/* Of a row that names a step: a task, a wait, an incident, a record. */
export function stepText(row) {
    return row?.step_title ?? row?.step ?? '';
}

/* For operators: what else the program calls it, in small letters below. */
export function Step({ row, ids }) {
    const name = row.step_title ? row.step : null;
    const small = [...ids, name].filter(Boolean).join(' · ');
    return html`<${Said}>${stepText(row)}<//>${small && html`<small class="below-text">${small}</small>`}`;
}
