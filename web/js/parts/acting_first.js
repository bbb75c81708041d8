/* acting_first.js - what one does at the press of a button: who acts for nobody is asked first for whom
 *
 * What can be done is shown to everybody, and whoever only looks is asked when they begin to act. A
 * form that is sent asks in itself (dialog.js); this is for what happens at once, and for forms that
 * depend on who acts.
 * Out:     first(work, among) does it, at once or after the choice; dialog, to be drawn. among: the
 *          bodies that may do it, where they are known.
 */
import { Problem } from '../api.js';
import { Fragment, html, useState } from '../html.js';
import { setSetting, setting } from '../settings.js';
import { addTexts, t } from '../text.js';
import { ActingFields, chooseActing } from './acting.js';
import { bodyName } from './bodies.js';
import { FormDialog } from './dialog.js';
import { Said } from './said.js';

function Among({ bodies }) {
    return html`<${Fragment}>
        <fieldset><legend>${t('acting_first.among')}</legend>
            ${bodies.map((body) => html`<p key=${body.id} class="field check"><label><input type="radio" name="actor" value=${body.id} required checked=${bodies.length === 1} /> <${Said}>${body.name}<//></label></p>`)}
        </fieldset>
        <p><small>${t('acting.why')}</small></p>
    <//>`;
}

export function useActing() {
    const [asked, setAsked] = useState(null);
    const choose = ({ actor }, form) => {
        const body = asked.among?.find((one) => one.id === actor);
        if (body) {
            setSetting('by', { id: body.id, name: bodyName(body) });
        } else {
            chooseActing(form);
        }
        if (!setting('by')) {
            throw new Problem(400, { detail: t('dialog.nobody') });
        }
    };
    const close = (chosen) => {
        setAsked(null);
        if (chosen) {
            asked.work();
        }
    };
    return {
        first: (work, among) => (setting('by') ? work() : setAsked({ work, among })),
        dialog: asked && html`<${FormDialog} anonymous title=${t('acting.title')} ok=${t('acting_first.go_on')} submit=${choose} close=${close}>
            ${asked.among ? html`<${Among} bodies=${asked.among} />` : html`<${ActingFields} />`}
        <//>`,
    };
}

addTexts('acting_first', { ru: { among: 'Это могут сделать', go_on: 'Дальше' }, en: { among: 'Who may do this', go_on: 'Go on' } });
