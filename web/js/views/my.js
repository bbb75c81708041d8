/* my.js - «Мои поручения»: what a body or official must do, decide, or has handed in
 *
 *   #/my            of the one who acts; #/my?body=omsu_vyborg of another
 */
import { ProblemNote, useApi, usePages } from '../api.js';
import { html } from '../html.js';
import { assignmentColumns } from '../parts/assignment_cells.js';
import { bodyName, bodyOptions, byWork } from '../parts/bodies.js';
import { Choice } from '../parts/field.js';
import { Said } from '../parts/said.js';
import { Table } from '../parts/table.js';
import { place, setQuery } from '../route.js';
import { setting } from '../settings.js';
import { addTexts, brief, number, t } from '../text.js';

const parts = [
    { name: 'todo', query: { open: true, role: 'responsible' } },
    { name: 'help', query: { open: true, role: 'co' } },
    { name: 'acting', query: { open: true, role: 'acting' }, quiet: true },
    { name: 'decide', query: { decide: true, role: 'controller' } },
    { name: 'watch', query: { open: true, role: 'controller' }, folded: true },
    { name: 'done', query: { open: 'false' }, folded: true },
];

function Part({ part, body }) {
    const query = { ...part.query, body, limit: 50 };
    const list = usePages('/assignments', query);
    if (part.quiet && list.rows.length === 0) {
        return null;
    }
    const table = html`<${Table} caption=${t(`my.${part.name}`)} columns=${assignmentColumns()} rows=${list.rows} more=${list.more} next=${list.next} loading=${list.loading} rowKey=${(row) => row.task} exports=${{ path: '/assignments', query }} empty=${t('my.nothing')} />`;
    return part.folded
        ? html`<details class="part"><summary><h2>${t(`my.${part.name}`)}</h2></summary><${ProblemNote} problem=${list.problem} />${table}</details>`
        : html`<section aria-labelledby=${`my-${part.name}`}><h2 id=${`my-${part.name}`}>${t(`my.${part.name}`)}</h2><${ProblemNote} problem=${list.problem} />${table}</section>`;
}

/* Whose could be shown: every body, with how much it has to do. */
function Bodies() {
    const { data, loading } = useApi('/bodies', { counts: true });
    const rows = [...data?.rows ?? []].sort(byWork((row) => row.counts.overdue, (row) => row.counts.open));
    const count = (name, query) => ({
        name: `number n-${name}`,
        title: t(`my.${name}`),
        cell: (row) => row.counts[name] > 0 ? html`<a href=${place('assignments', { ...query, body: row.id, role: 'responsible' })} aria-label=${`${t(`my.${name}`)}: ${row.counts[name]}, ${bodyName(row)}`}>${number(row.counts[name])}</a>` : html`<span class="nil">0</span>`,
    });
    const columns = [
        { name: 'about', title: t('my.body'), cell: (row) => html`<a href=${place('my', { body: row.id })}><${Said}>${bodyName(row)}<//></a>${row.name !== bodyName(row) && html`<small class="below-text"><${Said}>${row.name}<//></small>`}` },
        count('open', { open: true }),
        count('overdue', { overdue: true }),
    ];
    return html`<${Table} caption=${t('my.body')} columns=${columns} rows=${rows} loading=${loading} rowKey=${(row) => row.id} exports=${{ path: '/bodies' }} empty=${t('my.no_bodies')} />`;
}

export default function My({ query }) {
    const bodies = useApi('/bodies', {}, { live: false }).data?.rows ?? [];
    const id = query.body ?? setting('by')?.id;
    const body = bodies.find((one) => one.id === id);
    return html`<div>
        <h1>${body && query.body && query.body !== setting('by')?.id ? t('my.of', { name: brief(bodyName(body), 90) }) : t('my.title')}</h1>
        <div class="filters">
            <${Choice} label=${t('my.body')} value=${body ? id : ''} all=${t('my.choose')} options=${bodyOptions(bodies)} onChoose=${(chosen) => setQuery({ body: chosen })} />
            ${body && html`<a class="button" href=${place('calendar', { body: id })}>${t('my.calendar')}</a>`}
        </div>
        ${body ? html`<p><${Said}>${body.name}<//></p>${parts.map((part) => html`<${Part} key=${`${part.name} ${id}`} part=${part} body=${id} />`)}` : html`${bodies.length > 0 && html`<p class="note">${t('my.nobody')}</p>`}<${Bodies} />`}
    </div>`;
}

addTexts('my', {
    ru: {
        title: 'Мои поручения', no_bodies: 'Органов и должностей пока нет. Их вводят в действие на странице «Определения».', of: 'Поручения: {name}', body: 'Орган или должность', choose: '— выберите —', open: 'Не закрыто, с запланированными', overdue: 'Просрочено', calendar: 'Календарь сроков', nobody: 'Выберите орган или должность, чьи поручения показать.',
        todo: 'Исполняю', help: 'Участвую как соисполнитель', acting: 'Исполняю за отсутствующего', decide: 'Ждут моего решения', watch: 'На моём контроле', done: 'Закрытые', nothing: 'Таких поручений нет',
    },
    en: {
        title: 'My assignments', no_bodies: 'There are no bodies and posts yet. They are deployed on the page “Definitions”.', of: 'Assignments: {name}', body: 'Body or post', choose: '— choose —', open: 'Not closed, planned ones too', overdue: 'Overdue', calendar: 'Calendar of terms', nobody: 'Choose the body or post whose assignments are to be shown.',
        todo: 'I am responsible', help: 'I am a co-executor', acting: 'I act for an absent one', decide: 'Wait for my decision', watch: 'Under my control', done: 'Closed', nothing: 'There are no such assignments',
    },
});
