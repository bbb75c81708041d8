/* state.js - how states look: a word in a colour, never a colour alone */
import { html } from '../html.js';
import { addTexts, t } from '../text.js';

const tones = {
    planned: 'none', open: 'open', soon: 'soon', today: 'today', overdue: 'overdue', critical: 'critical',
    reported: 'decide', asked: 'decide', paused: 'none', accepted: 'done', accepted_in_part: 'done', withdrawn: 'none',
};

/* Of an assignment, or a window of a plan: the word for its standing, and its colour. */
export function lookOf(row) {
    const tone = tones[row.standing];
    return { look: row.standing.replaceAll('_', '-'), tone: tone === 'done' && row.outcome === 'met-late' ? 'late-done' : tone };
}

export function StateBadge({ row }) {
    const { look, tone } = lookOf(row);
    return html`<span class=${`badge tone-${tone}`}>${t(`state.${look}`)}</span>`;
}

export function Badge({ tone = 'none', children }) {
    return html`<span class=${`badge tone-${tone}`}>${children}</span>`;
}

export function instanceTone(state) {
    return { running: 'open', suspended: 'soon', completed: 'done', cancelled: 'none', faulted: 'overdue' }[state] ?? 'none';
}

addTexts('state', {
    ru: {
        planned: 'запланировано', open: 'в работе', soon: 'срок близко', today: 'срок сегодня', overdue: 'просрочено', critical: 'просрочено давно', decisions: 'ждёт решения',
        reported: 'отчёт ждёт решения', asked: 'просят продлить', accepted: 'принято', 'accepted-in-part': 'принято частично', withdrawn: 'снято с контроля',
        paused: 'приостановлено', delegated: 'перепоручено',
        running: 'идёт', suspended: 'приостановлен', completed: 'завершён', cancelled: 'отменён', faulted: 'прерван ошибкой',
    },
    en: {
        planned: 'planned', open: 'open', soon: 'due soon', today: 'due today', overdue: 'overdue', critical: 'long overdue', decisions: 'to decide',
        reported: 'report to decide', asked: 'extension asked', accepted: 'accepted', 'accepted-in-part': 'accepted in part', withdrawn: 'withdrawn',
        paused: 'paused', delegated: 'delegated',
        running: 'running', suspended: 'suspended', completed: 'completed', cancelled: 'cancelled', faulted: 'faulted',
    },
});
