/* table.js - rows of a list: a real table on wide screens, cards on narrow ones (by CSS alone)
 *
 * columns: [{name, title, cell(row)}]; the first is the head of its row, or the one that columns.head
 * says. With `more` there is a button for the next page; `exports` is the address of the list for CSV
 * and XLSX; look: "wide" for tables with many columns; `current`: the key of the row one came for.
 */
import { address } from '../api.js';
import { html } from '../html.js';
import { addTexts, t } from '../text.js';

export function Table({ caption, columns, rows, empty, more, next, loading, rowKey, exports: list, look = '', current }) {
    if (rows.length === 0) {
        return loading ? html`<p class="wait" role="status">${t('shell.loading')}</p>` : html`<p class="empty">${empty ?? t('common.nothing')}</p>`;
    }
    return html`<div class=${`list ${look}`} aria-busy=${loading ? 'true' : undefined}>
        <table class="rows" role="table">
            <caption class="hidden">${caption}</caption>
            <thead role="rowgroup"><tr role="row">${columns.map((column) => html`<th key=${column.name} scope="col" role="columnheader" class=${`c-${column.name}`}>${column.title}</th>`)}</tr></thead>
            <tbody role="rowgroup">${rows.map((row, index) => html`<tr key=${rowKey ? rowKey(row) : index} role="row" aria-current=${rowKey && rowKey(row) === current ? 'true' : undefined}>
                ${columns.map((column, n) => n === (columns.head ?? 0)
                    ? html`<th key=${column.name} scope="row" role="rowheader" class=${`c-${column.name}`} data-title=${column.title}>${column.cell(row)}</th>`
                    : html`<td key=${column.name} role="cell" class=${`c-${column.name}`} data-title=${column.title}>${column.cell(row)}</td>`)}
            </tr>`)}</tbody>
        </table>
        ${(more || list) && html`<p class="below">
            ${more && html`<button type="button" onClick=${next} disabled=${loading}>${t('common.more')}</button>`}
            ${list && html`<${Exports} path=${list.path} query=${list.query} />`}
        </p>`}
    </div>`;
}

/* The same list as a file; `what` says which, where several lists stand on the page. */
export function Exports({ path, query, what }) {
    const file = (format) => address(path, { ...query, format, language: document.documentElement.lang });
    return html`<span class="exports">${what ?? t('table.save')} <a href=${file('xlsx')} download>XLSX</a> <a href=${file('csv')} download>CSV</a></span>`;
}

addTexts('table', {
    ru: { empty: 'Ничего нет', more: 'Показать ещё', save: 'Сохранить список:' },
    en: { empty: 'Nothing here', more: 'Show more', save: 'Save the list:' },
});
