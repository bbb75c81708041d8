/* absent.js - what stands in place of one thing that is not there: it loads, or the address leads nowhere
 *
 * In:      the problem of its question, and the view that lists its kind.
 */
import { ProblemNote } from '../api.js';
import { Fragment, html } from '../html.js';
import { place } from '../route.js';
import { t } from '../text.js';

export function Absent({ problem, list }) {
    if (!problem) {
        return html`<p class="wait" role="status">${t('shell.loading')}</p>`;
    }
    const name = t(`shell.${list}`);
    return html`<${Fragment}>
        <h1>${problem.status === 404 ? t('shell.nowhere') : name}</h1>
        <${ProblemNote} problem=${problem} />
        <p><a href=${place(list)}>${name}</a></p>
    <//>`;
}
