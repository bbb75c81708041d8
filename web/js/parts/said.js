/* said.js - a text that somebody wrote: titles, names, reasons, reports
 *
 * Isolated from what stands around it, so that marks of direction in it turn nothing else; in the
 * language of the documents, so that it is read out as it is written. A run of letters too long for a
 * word may be broken anywhere: in a table, too, where words are kept whole.
 */
import { html } from '../html.js';

const ENDLESS = /[^\s\p{Pd}]{25}/u;

export function Said({ children, ...rest }) {
    const endless = [children].flat().some((part) => typeof part === 'string' && ENDLESS.test(part));
    return html`<bdi lang="ru" class=${endless ? 'endless' : undefined} ...${rest}>${children}</bdi>`;
}
