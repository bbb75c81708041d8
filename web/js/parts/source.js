/* source.js - the text of a document with the numbers of its lines, and what is wrong in it */
import { html } from '../html.js';
import { addTexts, t } from '../text.js';
import { Badge } from './state.js';

/* The numbers stand in a list of their own place, so that copying takes the text alone. */
export function Source({ text, marked = new Set() }) {
    const lines = text.replace(/\n$/, '').split('\n');
    return html`<ol class="source code" tabindex="0" aria-label=${t('source.text')}>${lines.map((line, n) => html`<li key=${n} class=${marked.has(n + 1) ? 'marked' : ''}><code>${line || ' '}</code></li>`)}</ol>`;
}

/* One problem: where, what, and the line with the place under which it is. */
function Problem({ problem, lines }) {
    const line = lines[problem.line - 1];
    const shown = line === undefined ? null : `${line}\n${' '.repeat(Math.max(0, problem.column - 1))}^`;
    return html`<li>
        <${Badge} tone=${problem.severity === 'error' ? 'overdue' : 'soon'}>${t(`source.${problem.severity}`)}<//>
        ${problem.line > 0 && html` <strong>${t('source.place', { line: problem.line, column: problem.column })}</strong>`} <span>${problem.text ?? problem.detail ?? problem.title}</span>
        ${shown !== null && html`<pre class="code">${shown}</pre>`}
    </li>`;
}

export function Problems({ problems, text }) {
    const lines = text.split('\n');
    return html`<ol class="problems">${problems.map((problem, n) => html`<${Problem} key=${n} problem=${problem} lines=${lines} />`)}</ol>`;
}

addTexts('source', {
    ru: { text: 'Текст документа', error: 'ошибка', warning: 'предупреждение', place: 'строка {line}, знак {column}:' },
    en: { text: 'Text of the document', error: 'error', warning: 'warning', place: 'line {line}, column {column}:' },
});
