/* table.js - rows of a list: a real table on wide screens, cards on narrow ones (by CSS alone)
 *
 * columns: [{name, title, cell(row), tone?, narrow?}]; the first is the head of its row. With `more`
 * there is a button for the next page; `exports` is the address of the list for CSV and XLSX.
 */
import { address } from '../api.js';
import { html } from '../html.js';
import { addTexts, t } from '../text.js';

export function Table({ caption, columns, rows, empty, more, next, loading, rowKey, exports: list }) {
    if (rows.length === 0 && !loading) {
        return html`<p class="empty">${empty ?? t('table.empty')}</p>`;
    }
    return html`<div class="list" aria-busy=${loading ? 'true' : undefined}>
        <table class="rows">
            <caption class="hidden">${caption}</caption>
            <thead><tr>${columns.map((column) => html`<th key=${column.name} scope="col" class=${`c-${column.name}`}>${column.title}</th>`)}</tr></thead>
            <tbody>${rows.map((row, index) => html`<tr key=${rowKey ? rowKey(row) : index}>
                ${columns.map((column, n) => n === 0
                    ? html`<th key=${column.name} scope="row" class=${`c-${column.name}`}>${column.cell(row)}</th>`
                    : html`<td key=${column.name} class=${`c-${column.name}`} data-title=${column.title}>${column.cell(row)}</td>`)}
            </tr>`)}</tbody>
        </table>
        <p class="below">
            ${more && html`<button type="button" onClick=${next} disabled=${loading}>${t('table.more')}</button>`}
            ${list && html`<${Exports} path=${list.path} query=${list.query} />`}
        </p>
    </div>`;
}

/* The same list as a file. */
export function Exports({ path, query }) {
    const file = (format) => address(path, { ...query, format, language: document.documentElement.lang });
    return html`<span class="exports">${t('table.save')} <a href=${file('xlsx')} download>XLSX</a> <a href=${file('csv')} download>CSV</a></span>`;
}

addTexts('table', {
    ru: { empty: 'Ничего нет', more: 'Показать ещё', save: 'Сохранить список:' },
    en: { empty: 'Nothing here', more: 'Show more', save: 'Save the list:' },
});
