/* assignments.js - «Все поручения»: one list, with the filters that other views lead to */
import { ProblemNote, useApi, usePages } from '../api.js';
import { html, useState } from '../html.js';
import { useActing } from '../parts/acting_first.js';
import { assignmentColumns } from '../parts/assignment_cells.js';
import { bodyOptions } from '../parts/bodies.js';
import { BulkDialog } from '../parts/bulk.js';
import { Choice } from '../parts/field.js';
import { Table } from '../parts/table.js';
import { setQuery } from '../route.js';
import { addTexts, dayText, t } from '../text.js';

const phases = ['planned', 'open', 'soon', 'today', 'overdue', 'critical'];
const roles = ['responsible', 'co', 'controller', 'acting']; /* of the body */
const groups = ['overdue', 'today', 'soon', 'decisions', 'critical', 'open', 'planned', 'reported', 'asked', 'paused']; /* of «Сегодня», all that lead here: docs/http.md §2.1 */
const outcomes = ['open', 'met', 'met-after-extension', 'met-late', 'in-part', 'withdrawn']; /* «Дисциплина» leads here, as above */
const chosenOf = { true: 'late', false: 'punctual' }; /* what is chosen where the address says overdue=… */
const overdueOf = { late: 'true', punctual: 'false' }; /* and the other way */
const states = ['planned', 'open', 'delegated', 'paused', 'reported', 'accepted', 'accepted_in_part', 'withdrawn'];

export default function Assignments({ query }) {
    const filter = { ...query };
    const list = usePages('/assignments', filter);
    const [bulk, setBulk] = useState(false);
    const acting = useActing(); /* what would be refused depends on who acts */
    const bodies = useApi('/bodies', {}, { live: false }).data?.rows ?? [];
    const plans = useApi('/roadmaps', {}, { live: false }).data?.rows ?? [];
    const sections = useApi(query.plan ? `/roadmaps/${encodeURIComponent(query.plan)}` : null, {}, { live: false }).data?.sections ?? [];
    return html`<div>
        <h1>${t('assignments.title')}</h1>
        <div class="filters">
            <${Choice} label=${t('assignments.open')} value=${query.open} options=${[['true', t('assignments.open_yes')], ['false', t('assignments.open_no')]]} onChoose=${(open) => setQuery({ open })} />
            <${Choice} label=${t('assignments.phase')} value=${chosenOf[query.overdue] ?? query.phase} options=${[['late', t('assignments.late')], ['punctual', t('assignments.punctual')], ...phases.map((phase) => [phase, t(phase === 'overdue' ? 'assignments.not_long' : `state.${phase}`)])]} onChoose=${(phase) => setQuery(phase in overdueOf ? { overdue: overdueOf[phase], phase: undefined } : { phase, overdue: undefined })} />
            <${Choice} label=${t('common.state')} value=${query.decide ? 'decide' : query.state} options=${[['decide', t('assignments.decide')], ...states.map((state) => [state, t(`state.${state.replaceAll('_', '-')}`)])]} onChoose=${(state) => setQuery(state === 'decide' ? { decide: true, state: undefined } : { state, decide: undefined })} />
            <${Choice} label=${t('common.body')} value=${query.body} options=${bodyOptions(bodies)} onChoose=${(body) => setQuery({ body, role: undefined })} />
            ${query.role && html`<${Choice} label=${t('assignments.role')} value=${query.role} options=${roles.map((role) => [role, t(`assignments.role_${role}`)])} onChoose=${(role) => setQuery({ role })} />`}
            <${Choice} label=${t('common.plan')} value=${query.plan} options=${plans.map((plan) => [plan.name, plan.title])} onChoose=${(plan) => setQuery({ plan, section: undefined })} />
            ${query.plan && sections.length > 0 && html`<${Choice} label=${t('common.section')} value=${query.section} options=${sections.map((section) => [section.no, `${section.no}. ${section.title}`])} onChoose=${(section) => setQuery({ section })} />`}
            ${query.group && html`<${Choice} label=${t('assignments.group')} value=${query.group} options=${groups.map((group) => [group, t(`state.${group}`)])} onChoose=${(group) => setQuery({ group })} />`}
            ${query.outcome && html`<${Choice} label=${t('assignments.outcome')} value=${query.outcome} options=${outcomes.map((outcome) => [outcome, t(`assignments.${outcome === 'open' ? 'not_yet' : outcome}`)])} onChoose=${(outcome) => setQuery({ outcome })} />`}
            ${query.outcome_original && html`<${Choice} label=${t('assignments.original')} value=${query.outcome_original} options=${['met', 'late'].map((original) => [original, t(`assignments.original_${original}`)])} onChoose=${(original) => setQuery({ outcome_original: original })} />`}
            ${list.rows.length > 0 && html`<button type="button" onClick=${() => acting.first(() => setBulk(true))}>${t('assignments.act_on_all')}</button>`}
        </div>
        ${(query.from || query.to) && html`<p>${query.from === query.to ? t('assignments.day', { day: dayText(query.from) }) : t('assignments.days', { from: dayText(query.from) || '…', to: dayText(query.to) || '…' })} <button type="button" class="quiet" onClick=${() => setQuery({ from: undefined, to: undefined })}>${t('assignments.any_day')}</button></p>`}
        <${ProblemNote} problem=${list.problem} />
        <${Table} caption=${t('assignments.title')} columns=${assignmentColumns()} rows=${list.rows} more=${list.more} next=${list.next} loading=${list.loading} rowKey=${(row) => row.task} exports=${{ path: '/assignments', query: filter }} empty=${t('assignments.empty')} />
        ${acting.dialog}
        ${bulk && html`<${BulkDialog} list="assignments" filter=${filter} close=${() => setBulk(false)} />`}
    </div>`;
}

addTexts('assignments', {
    ru: { title: 'Поручения', open: 'Закрыты ли', open_yes: 'не закрытые', open_no: 'закрытые', phase: 'Срок', day: 'Срок — {day}.', days: 'Срок с {from} по {to}.', any_day: 'Любой срок', late: 'просрочено', not_long: 'просрочено недавно', punctual: 'не просрочено', outcome: 'Исполнено', not_yet: 'ещё нет', met: 'в срок', 'met-after-extension': 'в срок после продления', 'met-late': 'с опозданием', 'in-part': 'частично', withdrawn: 'снято с контроля', original: 'Первоначальный срок', original_met: 'соблюдён', original_late: 'не соблюдён', decide: 'ждёт решения', role: 'В качестве', role_responsible: 'исполнитель', role_co: 'соисполнитель', role_controller: 'контролёр', role_acting: 'замещает', group: 'Сегодня', empty: 'Таких поручений нет', act_on_all: 'Действие со всеми…' },
    en: { title: 'Assignments', open: 'Closed?', open_yes: 'not closed', open_no: 'closed', phase: 'Term', day: 'Due {day}.', days: 'Due from {from} to {to}.', any_day: 'Any day', late: 'overdue', not_long: 'overdue, not for long', punctual: 'not overdue', outcome: 'Done', not_yet: 'not yet', met: 'on time', 'met-after-extension': 'after an extension', 'met-late': 'late', 'in-part': 'in part', withdrawn: 'withdrawn', original: 'First term', original_met: 'kept', original_late: 'not kept', decide: 'waits for a decision', role: 'As', role_responsible: 'responsible', role_co: 'co-executor', role_controller: 'controller', role_acting: 'deputy', group: 'Today', empty: 'There are no such assignments', act_on_all: 'Act on all…' },
});
