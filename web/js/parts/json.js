/* json.js - data of a process as it is, folded until somebody asks */
import { html } from '../html.js';

const SHOWN = 60000; /* characters */

export function Json({ title, value, open }) {
    if (value === undefined || value === null) {
        return null;
    }
    const text = JSON.stringify(value, null, 2);
    return html`<details class="json" open=${open}><summary>${title}</summary><pre class="code" tabindex="0">${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}</pre></details>`;
}
