/* report_form.js - the `form` of an assignment: fields that a report is filled into (language §3.4)
 *
 * Owns:    how each kind of field is shown, read back into the report, and shown again to whoever decides.
 * Always:  what is left empty is not in the report; who left out what is needed is led to its place.
 */
import { html, useRef, useState } from '../html.js';
import { addTexts, dayText, number, t } from '../text.js';
import { Field } from './field.js';
import { Said } from './said.js';

const named = (fields) => (Array.isArray(fields) ? fields : []).filter((field) => typeof field?.name === 'string' && field.name !== '');
/* A form that an expression makes may be anything: what can't be filled in is left out. */
const fieldsOf = (form) => named(form).map((field) => (field.kind === 'table' ? { ...field, columns: named(field.columns) } : field))
    .filter((field) => field.kind !== 'table' || field.columns.length > 0);
const optionsOf = (field) => (Array.isArray(field.options) ? field.options : []).filter((one) => one !== null).map((one) => (typeof one === 'object' ? one : { value: one, title: one }));
const nameOf = (field, row, column) => ['form', field.name, row, column?.name].filter((part) => part !== undefined).join('/'); /* no name has a '/' */
const idOf = (name) => `field-${name}`;

/* --- filling in ----------------------------------------------------------------------------------- */

/* One value. What a table or `unless` needs is known only when all is there: readForm() looks at that. */
function Value({ field, name, label, required }) {
    const about = { label, name, hint: field.hint, required };
    if (field.kind === 'choice' || field.kind === 'flag') {
        const options = field.kind === 'flag' ? [{ value: 'true', title: t('form.yes') }, { value: 'false', title: t('form.no') }] : optionsOf(field);
        return html`<${Field} as="select" ...${about}><option value=""></option>${options.map((one) => html`<option key=${one.value} value=${one.value}>${one.title}</option>`)}<//>`;
    }
    if (field.kind === 'number') {
        return html`<${Field} type="number" step="any" min=${field.min} max=${field.max} ...${about} />`;
    }
    return html`<${Field} type=${field.kind === 'date' ? 'date' : 'text'} maxlength="2000" ...${about} />`;
}

function Rows({ field }) {
    const [rows, setRows] = useState([0]);
    const next = useRef(1);
    const more = useRef(null);
    const remove = (row) => {
        setRows(rows.filter((one) => one !== row));
        more.current?.focus();
    };
    return html`<fieldset class="document">
        <legend>${field.title}${field.required ? html`<span class="needed" aria-hidden="true"> *</span>` : ''}</legend>
        ${field.hint && html`<p><small>${field.hint}</small></p>`}
        ${rows.map((row, n) => html`<div key=${row} class="side form-row" role="group" aria-label=${t('form.row', { n: n + 1 })}>
            ${field.columns.map((column) => html`<${Value} key=${column.name} field=${column} name=${nameOf(field, row, column)} label=${column.title} />`)}
            <p class="row-end"><button type="button" class="quiet" onClick=${() => remove(row)} aria-label=${t('form.remove_row', { n: n + 1 })}>${t('form.remove')}</button></p>
        </div>`)}
        <p><button type="button" class="quiet" ref=${more} onClick=${() => setRows([...rows, next.current++])}>${t('form.more')}</button></p>
    </fieldset>`;
}

export function FormFields({ form }) {
    return fieldsOf(form).map((field) => (field.kind === 'table'
        ? html`<${Rows} key=${field.name} field=${field} />`
        : html`<${Value} key=${field.name} field=${field} name=${nameOf(field)} label=${field.title} required=${field.required && !field.unless} />`));
}

/* --- reading back --------------------------------------------------------------------------------- */

function refuse(name, text) {
    document.getElementById(idOf(name))?.focus();
    throw new Error(text);
}

/* What stands there, as members of what it belongs to; {} when it is empty. */
function valueOf(field, text) {
    const words = text?.trim() ?? '';
    if (words === '') {
        return {};
    }
    if (field.kind === 'choice' && field.title_as) {
        return { [field.name]: words, [field.title_as]: optionsOf(field).find((one) => String(one.value) === words)?.title };
    }
    return { [field.name]: field.kind === 'number' ? Number(words) : field.kind === 'flag' ? words === 'true' : words };
}

function rowOf(field, row, values) {
    const read = Object.assign({}, ...field.columns.map((column) => valueOf(column, values[nameOf(field, row, column)])));
    const missing = field.columns.find((column) => column.required && read[column.name] === undefined);
    if (missing && Object.keys(read).length > 0) {
        refuse(nameOf(field, row, missing), t('form.needed', { title: missing.title }));
    }
    return read;
}

function tableOf(field, values) {
    const [before, after] = [`${nameOf(field)}/`, `/${field.columns[0].name}`];
    const filled = Object.keys(values).filter((name) => name.startsWith(before) && name.endsWith(after))
        .map((name) => rowOf(field, name.slice(before.length, -after.length), values))
        .filter((row) => Object.keys(row).length > 0);
    return filled.length > 0 ? { [field.name]: filled } : {};
}

/* The members of the report that the form asks for, of the values of the dialog. */
export function readForm(form, values) {
    const fields = fieldsOf(form);
    const report = Object.assign({}, ...fields.map((field) => (field.kind === 'table' ? tableOf(field, values) : valueOf(field, values[nameOf(field)]))));
    for (const field of fields) {
        if (field.required && report[field.name] === undefined && !(field.unless && report[field.unless] !== undefined)) {
            const other = fields.find((one) => one.name === field.unless);
            refuse(field.kind === 'table' ? nameOf(field, 0, field.columns[0]) : nameOf(field), other ? t('form.needed_unless', { title: field.title, other: other.title }) : t('form.needed', { title: field.title }));
        }
    }
    return report;
}

/* --- showing -------------------------------------------------------------------------------------- */

function valueText(field, value) {
    if (value === undefined || value === null) {
        return '';
    }
    const known = optionsOf(field).find((one) => one.value === value);
    if (known) {
        return known.title;
    }
    const shown = { boolean: () => t(value ? 'form.yes' : 'form.no'), number: () => number(value), string: () => (field.kind === 'date' ? dayText(value) : value) };
    return (shown[typeof value] ?? (() => JSON.stringify(value)))();
}

function FilledRows({ field, rows }) {
    return html`<table class="rows small"><caption>${field.title}</caption>
        <thead><tr>${field.columns.map((column) => html`<th key=${column.name} scope="col">${column.title}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`<tr>${field.columns.map((column) => html`<td key=${column.name} data-title=${column.title}><${Said}>${valueText(column, row?.[column.name])}<//></td>`)}</tr>`)}</tbody>
    </table>`;
}

/* What a report says in the fields of its form. */
export function FormValues({ form, report }) {
    return fieldsOf(form).filter((field) => report[field.name] !== undefined && report[field.name] !== null).map((field) => {
        const value = report[field.name];
        return field.kind === 'table' && Array.isArray(value)
            ? html`<${FilledRows} key=${field.name} field=${field} rows=${value} />`
            : html`<p key=${field.name}>${field.title}: <strong><${Said}>${valueText(field, value)}<//></strong></p>`;
    });
}

addTexts('form', {
    ru: { yes: 'да', no: 'нет', more: 'Ещё строка', remove: 'Убрать', row: 'Строка {n}', remove_row: 'Убрать строку {n}', needed: 'не заполнено «{title}»', needed_unless: 'нужно заполнить «{title}» или «{other}»' },
    en: { yes: 'yes', no: 'no', more: 'One more row', remove: 'Remove', row: 'Row {n}', remove_row: 'Remove row {n}', needed: '“{title}” is empty', needed_unless: 'fill in “{title}” or “{other}”' },
});
