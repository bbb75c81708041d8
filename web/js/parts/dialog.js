/* dialog.js - a question in front of the page: a native <dialog>, with a form in it
 *
 * The browser keeps the focus in it, closes it with Esc and gives the focus back.
 */
import { Problem, ProblemNote } from '../api.js';
import { html, useEffect, useRef, useState } from '../html.js';
import { setting } from '../settings.js';
import { addTexts, t } from '../text.js';
import { ActingFields, chooseActing } from './acting.js';

export function Dialog({ title, close, children }) {
    const dialog = useRef(null);
    const over = useRef(false); /* closed by us: the event that tells so comes later */
    useEffect(() => {
        const node = dialog.current;
        if (!node.open) {
            node.showModal();
        }
        return () => {
            over.current = true;
            node.close();
        };
    }, []);
    return html`<dialog ref=${dialog} aria-labelledby="dialog-title" onClose=${() => over.current || close()}>
        <h2 id="dialog-title">${title}</h2>
        ${children}
    </dialog>`;
}

/* What submit() gives where something was told first, and the form is to be sent once more. */
export const STAY = Symbol('stay');

/* A form in a dialog. submit(values) may be asynchronous: while it runs the button waits, a refusal is
 * shown and what was typed stays. ok: the word on the button. It asks for whom one acts, too, when that
 * is not known; not if it is anonymous. */
export function FormDialog({ title, ok, submit, close, danger, anonymous, children }) {
    const [asks] = useState(!anonymous && !setting('by'));
    const [problem, setProblem] = useState(null);
    const [busy, setBusy] = useState(false);
    const send = async (event) => {
        event.preventDefault();
        if (busy) {
            return;
        }
        setBusy(true);
        setProblem(null);
        try {
            if (asks) {
                chooseActing(event.target);
                if (!setting('by')) {
                    throw new Problem(400, { detail: t('dialog.nobody') });
                }
            }
            if (await submit(Object.fromEntries(new FormData(event.target)), event.target) === STAY) {
                setBusy(false);
                return;
            }
            close(true);
        } catch (refusal) {
            setProblem(refusal);
            setBusy(false);
        }
    };
    return html`<${Dialog} title=${title} close=${close}>
        <form onSubmit=${send}>
            ${children}
            ${asks && html`<fieldset><legend>${t('acting.title')}</legend><${ActingFields} within /></fieldset>`}
            <${ProblemNote} problem=${problem} />
            <p class="buttons">
                <button type="submit" class=${danger ? 'danger' : 'primary'} aria-disabled=${busy ? 'true' : undefined}>${ok ?? t('dialog.ok')}</button>
                <button type="button" onClick=${() => close()}>${t('dialog.cancel')}</button>
            </p>
        </form>
    <//>`;
}

addTexts('dialog', { ru: { ok: 'Готово', cancel: 'Отмена', nobody: 'Выберите, за кого вы действуете: это имя войдёт в запись.' }, en: { ok: 'Done', cancel: 'Cancel', nobody: 'Choose for whom you act: the record names it.' } });
