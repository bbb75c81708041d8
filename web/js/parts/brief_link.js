/* brief_link.js - a link by a long title: three lines of it are shown where it stands in a list
 *
 * Always:  who reads it out, searches the page, comes by keyboard or prints it has the whole; who
 *          points at it gets the rest as a hint, which stays away from those who hear it anyway.
 */
import { html } from '../html.js';

function hint({ currentTarget: link }) {
    link.title = link.scrollHeight > link.clientHeight ? link.innerText : '';
}

export function BriefLink({ href, children }) {
    return html`<a class="brief" href=${href} onMouseEnter=${hint}>${children}</a>`;
}
