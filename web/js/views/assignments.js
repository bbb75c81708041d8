/* assignments.js - «Все поручения»: one list, with the filters that other views lead to */
import { ProblemNote, useApi, usePages } from '../api.js';
import { html, useState } from '../html.js';
import { assignmentColumns } from '../parts/assignment_cells.js';
import { BulkDialog } from '../parts/bulk.js';
import { Choice } from '../parts/field.js';
import { Table } from '../parts/table.js';
import { setQuery } from '../route.js';
import { addTexts, dayText, t } from '../text.js';

const phases = ['planned', 'open', 'soon', 'today', 'overdue', 'critical'];
const roles = ['responsible', 'co', 'controller', 'acting']; /* of the body */
const groups = ['overdue', 'today', 'soon', 'decisions', 'open']; /* of «Сегодня», which leads here */
const states = ['planned', 'open', 'delegated', 'paused', 'reported', 'accepted', 'accepted_in_part', 'withdrawn'];

export default function Assignments({ query }) {
    const filter = { ...query };
    const list = usePages('/assignments', filter);
    const [bulk, setBulk] = useState(false);
    const bodies = useApi('/bodies', {}, { live: false }).data?.rows ?? [];
    const plans = useApi('/roadmaps', {}, { live: false }).data?.rows ?? [];
    const sections = useApi(query.plan ? `/roadmaps/${encodeURIComponent(query.plan)}` : null, {}, { live: false }).data?.sections ?? [];
    return html`<div>
        <h1>${t('assignments.title')}</h1>
        <div class="filters">
            <${Choice} label=${t('assignments.open')} value=${query.open} options=${[['true', t('assignments.open_yes')], ['false', t('assignments.open_no')]]} onChoose=${(open) => setQuery({ open })} />
            <${Choice} label=${t('assignments.phase')} value=${query.overdue ? 'late' : query.phase} options=${[['late', t('assignments.late')], ...phases.map((phase) => [phase, t(`state.${phase}`)])]} onChoose=${(phase) => setQuery(phase === 'late' ? { overdue: true, phase: undefined } : { phase, overdue: undefined })} />
            <${Choice} label=${t('common.state')} value=${query.decide ? 'decide' : query.state} options=${[['decide', t('assignments.decide')], ...states.map((state) => [state, t(`state.${state.replaceAll('_', '-')}`)])]} onChoose=${(state) => setQuery(state === 'decide' ? { decide: true, state: undefined } : { state, decide: undefined })} />
            <${Choice} label=${t('common.body')} value=${query.body} options=${bodies.map((body) => [body.id, body.short || body.name])} onChoose=${(body) => setQuery({ body, role: undefined })} />
            ${query.role && html`<${Choice} label=${t('assignments.role')} value=${query.role} options=${roles.map((role) => [role, t(`assignments.role_${role}`)])} onChoose=${(role) => setQuery({ role })} />`}
            <${Choice} label=${t('common.plan')} value=${query.plan} options=${plans.map((plan) => [plan.name, plan.title])} onChoose=${(plan) => setQuery({ plan, section: undefined })} />
            ${query.plan && sections.length > 0 && html`<${Choice} label=${t('common.section')} value=${query.section} options=${sections.map((section) => [section.no, `${section.no}. ${section.title}`])} onChoose=${(section) => setQuery({ section })} />`}
            ${query.group && html`<${Choice} label=${t('assignments.group')} value=${query.group} options=${groups.map((group) => [group, t(`state.${group}`)])} onChoose=${(group) => setQuery({ group })} />`}
            ${list.rows.length > 0 && html`<button type="button" onClick=${() => setBulk(true)}>${t('assignments.act_on_all')}</button>`}
        </div>
        ${(query.from || query.to) && html`<p>${query.from === query.to ? t('assignments.day', { day: dayText(query.from) }) : t('assignments.days', { from: dayText(query.from) || '…', to: dayText(query.to) || '…' })} <button type="button" class="quiet" onClick=${() => setQuery({ from: undefined, to: undefined })}>${t('assignments.any_day')}</button></p>`}
        <${ProblemNote} problem=${list.problem} />
        <${Table} caption=${t('assignments.title')} columns=${assignmentColumns()} rows=${list.rows} more=${list.more} next=${list.next} loading=${list.loading} rowKey=${(row) => row.task} exports=${{ path: '/assignments', query: filter }} empty=${t('assignments.empty')} />
        ${bulk && html`<${BulkDialog} list="assignments" filter=${filter} close=${() => setBulk(false)} />`}
    </div>`;
}

addTexts('assignments', {
    ru: { title: 'Поручения', open: 'Закрыты ли', open_yes: 'не закрытые', open_no: 'закрытые', phase: 'Срок', day: 'Срок — {day}.', days: 'Срок с {from} по {to}.', any_day: 'Любой срок', late: 'просрочено', decide: 'ждёт решения', role: 'В качестве', role_responsible: 'исполнитель', role_co: 'соисполнитель', role_controller: 'контролёр', role_acting: 'замещает', group: 'Сегодня', empty: 'Таких поручений нет', act_on_all: 'Действие со всеми…' },
    en: { title: 'Assignments', open: 'Closed?', open_yes: 'not closed', open_no: 'closed', phase: 'Term', day: 'Due {day}.', days: 'Due from {from} to {to}.', any_day: 'Any day', late: 'overdue', decide: 'waits for a decision', role: 'As', role_responsible: 'responsible', role_co: 'co-executor', role_controller: 'controller', role_acting: 'deputy', group: 'Today', empty: 'There are no such assignments', act_on_all: 'Act on all…' },
});
