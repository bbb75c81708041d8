/* chart.js - a chart of Chart.js, and the same numbers as a table for who can't see it
 *
 * The library is loaded when the first chart is drawn. Colours follow the look of the page; on paper
 * they are those of the light one.
 */
import { html, useEffect, useRef, useState } from '../html.js';
import { addTexts, t } from '../text.js';

let loading = null;

function library() {
    loading ??= new Promise((resolve, reject) => {
        const script = document.createElement('script');
        script.src = 'vendor/chart.js/chart.umd.min.js';
        script.onload = () => resolve(window.Chart);
        script.onerror = () => reject(new Error('chart.umd.min.js'));
        document.head.append(script);
    });
    return loading;
}

/* The colour that the style sheet has under this name: tone('overdue'). */
export function tone(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--tone-${name}`).trim();
}

export function ink(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/* A plug-in: a dashed line across the bars at a value of the scale below, where that is in sight. */
export const lineAt = (id, value, colour) => ({
    id,
    afterDatasetsDraw({ ctx, scales, chartArea: { top, bottom, left, right } }) {
        const x = scales.x.getPixelForValue(value);
        if (x >= left && x <= right) {
            ctx.save();
            ctx.strokeStyle = tone(colour);
            ctx.setLineDash([5, 4]);
            ctx.beginPath();
            ctx.moveTo(x, top);
            ctx.lineTo(x, bottom);
            ctx.stroke();
            ctx.restore();
        }
    },
});

/* --- on paper: a picture keeps the colours it was drawn with ---------------------------------- */

const drawn = new Set(); /* what draws each chart anew */

window.addEventListener('beforeprint', () => {
    const { dataset } = document.documentElement;
    const { look } = dataset;
    dataset.look = 'light';
    drawn.forEach((draw) => draw());
    if (look) {
        dataset.look = look;
    } else {
        delete dataset.look;
    }
});
window.addEventListener('afterprint', () => drawn.forEach((draw) => draw()));

/* config: as Chart.js takes it, made anew by make() when the look changes; table: {head, rows} with the
 * same numbers; height in pixels. */
export function Chart({ label, make, table, height = 240, depends }) {
    const canvas = useRef(null);
    const chart = useRef(null);
    const [open, setOpen] = useState(false);
    useEffect(() => {
        let gone = false;
        let draw = null;
        library().then((Library) => {
            if (gone || !canvas.current) {
                return;
            }
            draw = () => {
                Library.defaults.color = ink('ink');
                Library.defaults.borderColor = ink('line');
                Library.defaults.font.family = getComputedStyle(document.body).fontFamily;
                Library.defaults.animation = false;
                chart.current?.destroy();
                chart.current = new Library(canvas.current, make());
            };
            draw();
            drawn.add(draw);
        });
        return () => {
            gone = true;
            drawn.delete(draw);
        };
    }, [depends, document.documentElement.dataset.look]);
    useEffect(() => () => chart.current?.destroy(), []);
    return html`<figure class="chart">
        <div style=${{ height: `${height}px`, position: 'relative' }}><canvas ref=${canvas} role="img" aria-label=${label}></canvas></div>
        <figcaption>
            ${label}
            ${table && html` <button type="button" class="quiet" aria-expanded=${open} onClick=${() => setOpen(!open)}>${t('chart.numbers')}</button>`}
        </figcaption>
        ${table && open && html`<table class="rows small">
            <thead><tr>${table.head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
            <tbody>${table.rows.map((row) => html`<tr>${row.map((cell, n) => n === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`)}</tr>`)}</tbody>
        </table>`}
    </figure>`;
}

addTexts('chart', { ru: { numbers: 'Числами' }, en: { numbers: 'As numbers' } });
