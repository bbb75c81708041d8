/* assignment_cells.js - how an assignment stands in a list: the columns that all lists share */
import { html } from '../html.js';
import { place } from '../route.js';
import { addTexts, dayText, t, termText } from '../text.js';
import { StateBadge } from './state.js';

export function AssignmentLink({ row }) {
    return html`<a href=${place('assignment', row.task)}>${row.no ? html`<span class="no">${t('cells.item')} ${row.no}</span> ` : ''}${row.title ?? row.task}</a>`;
}

export function Body({ body }) {
    return body ? html`<a href=${place('my', { body: body.id })} title=${body.name}>${body.short ?? body.name ?? body.id}</a>` : '';
}

export function Term({ row }) {
    const open = !row.outcome && row.state !== 'withdrawn';
    return html`<span class="term"><time datetime=${row.to}>${dayText(row.to)}</time>
        ${open && row.state !== 'planned' && html` <small>${termText(row.to)}</small>`}
        ${row.first_to && row.first_to !== row.to && html` <small class="moved">${t('cells.first', { day: dayText(row.first_to) })}</small>`}
    </span>`;
}

export const assignmentColumns = () => [
    { name: 'title', title: t('cells.title'), cell: (row) => html`<${AssignmentLink} row=${row} />` },
    { name: 'body', title: t('cells.body'), cell: (row) => html`<${Body} body=${row.responsible} />` },
    { name: 'term', title: t('cells.term'), cell: (row) => html`<${Term} row=${row} />` },
    { name: 'state', title: t('cells.state'), cell: (row) => html`<${StateBadge} row=${row} />` },
];

addTexts('cells', {
    ru: { item: 'п.', title: 'Поручение', body: 'Исполнитель', term: 'Срок', state: 'Состояние', first: 'первоначально {day}' },
    en: { item: 'item', title: 'Assignment', body: 'Responsible', term: 'Term', state: 'State', first: 'at first {day}' },
});
