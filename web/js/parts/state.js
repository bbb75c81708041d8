/* state.js - how states look: a word in a colour, never a colour alone */
import { html } from '../html.js';
import { addTexts, t } from '../text.js';

/* What a reader wants to know first: is it late, does it wait for a decision, is it over? */
export function lookOf(row) {
    const closed = ['accepted', 'accepted-in-part', 'accepted_in_part', 'withdrawn'];
    const state = row.state.replaceAll('_', '-');
    if (closed.includes(row.state)) {
        return { look: state, tone: row.state === 'withdrawn' ? 'none' : row.outcome === 'met-late' ? 'late-done' : 'done' };
    }
    if (state === 'reported' || row.extension) {
        return { look: state === 'reported' ? 'reported' : 'asked', tone: 'decide' };
    }
    if (state === 'paused') {
        return { look: 'paused', tone: 'none' };
    }
    const tones = { critical: 'critical', overdue: 'overdue', today: 'today', soon: 'soon', open: 'open', planned: 'none' };
    return { look: row.phase, tone: tones[row.phase] ?? 'open' };
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
        planned: 'впереди', open: 'в работе', soon: 'срок близко', today: 'срок сегодня', overdue: 'просрочено', critical: 'просрочено давно',
        reported: 'отчёт ждёт решения', asked: 'просят продлить', accepted: 'принято', 'accepted-in-part': 'принято частично', withdrawn: 'снято с контроля',
        paused: 'приостановлено', delegated: 'поручено дальше',
        running: 'идёт', suspended: 'приостановлен', completed: 'завершён', cancelled: 'отменён', faulted: 'прерван ошибкой',
    },
    en: {
        planned: 'ahead', open: 'open', soon: 'due soon', today: 'due today', overdue: 'overdue', critical: 'long overdue',
        reported: 'report to decide', asked: 'extension asked', accepted: 'accepted', 'accepted-in-part': 'accepted in part', withdrawn: 'withdrawn',
        paused: 'paused', delegated: 'delegated',
        running: 'running', suspended: 'suspended', completed: 'completed', cancelled: 'cancelled', faulted: 'faulted',
    },
});
