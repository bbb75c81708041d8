/* step.js - a step as people call it: by its title, where the document gives one */
import { html } from '../html.js';
import { Said } from './said.js';

/* Of a row that names a step: a task, a wait, an incident, a record. */
export function stepText(row) {
    return row?.step_title ?? row?.step ?? '';
}

/* For operators, in small letters below: what documents and programs call it. */
export function Names({ names }) {
    const known = names.filter(Boolean);
    return known.length > 0 && html`<small class="below-text">${known.join(' · ')}</small>`;
}

/* These, and the name that the document has for the step. */
export function StepIds({ row, ids }) {
    return html`<${Names} names=${[...ids, row.step_title || row.assignment ? row.step : null]} />`;
}

export function Step({ row, ids }) {
    return html`<${Said}>${stepText(row)}<//><${StepIds} row=${row} ids=${ids} />`;
}
