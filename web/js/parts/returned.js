/* returned.js - what was sent back and is to be reported again: by whom, when, and what is to be mended */
import { html } from '../html.js';
import { addTexts, momentText, t } from '../text.js';
import { Said } from './said.js';

/* of: an assignment, or the part of a co-executor (docs/http.md §2: returned). */
export function Returned({ of }) {
    const back = of?.returned;
    if (!back) {
        return null;
    }
    const by = back.by_name ?? back.by;
    return html`<p class="note">${t(of.body ? 'returned.part' : 'returned.whole')} <${Said}>${of.body ? `${of.name ?? of.body}. ` : ''}<//>${t('returned.by')} <${Said}>${back.for ? t('returned.for', { by, body: back.for.short ?? back.for.name }) : by}<//>, <time datetime=${back.time}>${momentText(back.time)}</time>.
        <br /><strong>${t('returned.mend')} <${Said}>${back.reason}<//></strong></p>`;
}

addTexts('returned', {
    ru: { whole: 'Отчёт вернули на доработку.', part: 'Ответ соисполнителя вернули на доработку:', by: 'Вернул:', for: '{by} (за: {body})', mend: 'Что исправить:' },
    en: { whole: 'The report was returned for rework.', part: 'The answer of a co-executor was returned for rework:', by: 'Returned by', for: '{by} (for {body})', mend: 'What to mend:' },
});
