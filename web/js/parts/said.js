/* said.js - a text that somebody wrote: titles, names, reasons, reports
 *
 * Isolated from what stands around it, so that marks of direction in it turn nothing else; in the
 * language of the documents, so that it is read out as it is written.
 */
import { html } from '../html.js';

export function Said({ children, ...rest }) {
    return html`<bdi lang="ru" ...${rest}>${children}</bdi>`;
}
