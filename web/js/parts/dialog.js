/* dialog.js - a question in front of the page: a native <dialog>, with a form in it
 *
 * The browser keeps the focus in it, closes it with Esc and gives the focus back.
 */
import { ProblemNote } from '../api.js';
import { html, useEffect, useRef, useState } from '../html.js';
import { addTexts, t } from '../text.js';

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

/* A form in a dialog. submit(values) may be asynchronous: while it runs the button waits, a refusal is
 * shown and what was typed stays. ok: the word on the button. */
export function FormDialog({ title, ok, submit, close, danger, children }) {
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
            await submit(Object.fromEntries(new FormData(event.target)), event.target);
            close(true);
        } catch (refusal) {
            setProblem(refusal);
            setBusy(false);
        }
    };
    return html`<${Dialog} title=${title} close=${close}>
        <form onSubmit=${send}>
            ${children}
            <${ProblemNote} problem=${problem} />
            <p class="buttons">
                <button type="submit" class=${danger ? 'danger' : 'primary'} aria-disabled=${busy ? 'true' : undefined}>${ok ?? t('dialog.ok')}</button>
                <button type="button" onClick=${() => close()}>${t('dialog.cancel')}</button>
            </p>
        </form>
    <//>`;
}

addTexts('dialog', { ru: { ok: 'Готово', cancel: 'Отмена' }, en: { ok: 'Done', cancel: 'Cancel' } });
