/* step.js - a step as people call it: by its title, where the document gives one */
import { html } from '../html.js';
import { Said } from './said.js';

/* Of a row that names a step: a task, a wait, an incident, a record. */
export function stepText(row) {
    return row?.step_title ?? row?.step ?? '';
}

/* For operators, in small letters below: these, and the name that the document has for it. */
export function StepIds({ row, ids }) {
    const names = [...ids, row.step_title || row.assignment ? row.step : null].filter(Boolean);
    return names.length > 0 && html`<small class="below-text">${names.join(' · ')}</small>`;
}

export function Step({ row, ids }) {
    return html`<${Said}>${stepText(row)}<//><${StepIds} row=${row} ids=${ids} />`;
}
