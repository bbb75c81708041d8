/* acting.js - for whom one acts: a body of the documents, or a person's name
 *
 * Out:     fields for a form, and chooseActing(), which takes what was filled into them as the setting.
 * Always:  they have no names: they are no part of what the form sends.
 */
import { useApi } from '../api.js';
import { Fragment, html, useState } from '../html.js';
import { setSetting, setting } from '../settings.js';
import { addTexts, brief, t } from '../text.js';
import { bodyName, byName } from './bodies.js';
import { Field } from './field.js';

/* within: among the fields of another form, in less room. */
export function ActingFields({ within = false }) {
    const { data } = useApi('/bodies', {}, { live: false });
    const [text, setText] = useState('');
    const bodies = data?.rows ?? [];
    const words = text.toLocaleLowerCase('ru').split(/[^\p{L}\p{N}_]+/u).filter(Boolean);
    const fits = (body) => words.every((word) => `${body.name} ${body.short} ${body.id}`.toLocaleLowerCase('ru').includes(word));
    const shown = bodies.filter(fits).sort(byName);
    const [nearest] = [...shown].sort((a, b) => bodyName(a).length - bodyName(b).length);
    const chosen = words.length > 0 ? nearest?.id : setting('by')?.id;
    return html`<${Fragment}>
        ${!within && html`<p>${t('acting.why')}</p>`}
        <${Field} label=${t('acting.find')} id="acting-find" type="search" value=${text} onInput=${(event) => setText(event.target.value)} autocomplete="off" />
        <${Field} as="select" label=${t('acting.body')} id="acting-body" size=${within ? 4 : 8}>
            <option value="">${t('acting.nobody')}</option>
            ${shown.map((body) => html`<option key=${body.id} value=${body.id} data-name=${bodyName(body)} selected=${body.id === chosen}>${body.short === body.name ? brief(body.name, 90) : brief(`${body.short} — ${body.name}`, 90)}</option>`)}
        <//>
        <${Field} label=${t('acting.person')} id="acting-person" maxlength="200" hint=${within ? undefined : t('acting.person_hint')} autocomplete="off" />
    <//>`;
}

/* Nobody, too, is a choice. */
export function chooseActing(form) {
    const person = form.elements['acting-person'].value.trim();
    const [body] = form.elements['acting-body'].selectedOptions;
    setSetting('by', person ? { id: person, name: person } : body?.value ? { id: body.value, name: body.dataset.name } : null);
}

addTexts('acting', {
    ru: {
        title: 'За кого вы действуете', choose: 'Действовать', find: 'Найти орган или должность', body: 'Орган или должность', nobody: '— никого: только смотреть —',
        person: 'Или имя человека', person_hint: 'Для действий оператора. По поручениям отчитываются и решают органы и должностные лица из документов.',
        why: 'Учётных записей пока нет. Тот, кто открыл страницу, выбирает, за кого действует; это имя войдёт в каждую запись журнала.',
    },
    en: {
        title: 'For whom you act', choose: 'Act', find: 'Find a body or post', body: 'Body or post', nobody: '— nobody: only look —',
        person: 'Or the name of a person', person_hint: 'For what operators do. Bodies and officials of the documents report and decide.',
        why: 'There are no accounts yet. Whoever opens the page chooses for whom they act; every record of the journal names it.',
    },
});
