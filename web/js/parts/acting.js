/* acting.js - for whom one acts: a body of the documents, or a person's name */
import { useApi } from '../api.js';
import { html, useState } from '../html.js';
import { setSetting, setting } from '../settings.js';
import { addTexts, brief, t } from '../text.js';
import { FormDialog } from './dialog.js';
import { Field } from './field.js';

export function ActingDialog({ close }) {
    const { data } = useApi('/bodies', {}, { live: false });
    const [text, setText] = useState('');
    const bodies = data?.rows ?? [];
    const words = text.toLocaleLowerCase('ru').split(/[^\p{L}\p{N}_]+/u).filter(Boolean);
    const fits = (body) => words.every((word) => `${body.name} ${body.short} ${body.id}`.toLocaleLowerCase('ru').includes(word));
    const shown = bodies.filter(fits).sort((a, b) => String(a.short ?? a.name).length - String(b.short ?? b.name).length);
    const chosen = words.length > 0 ? shown[0]?.id : setting('by')?.id;
    const submit = ({ body, person }) => {
        const found = bodies.find((one) => one.id === body);
        setSetting('by', person.trim() ? { id: person.trim(), name: person.trim() } : found ? { id: found.id, name: found.short || found.name } : null);
    };
    return html`<${FormDialog} title=${t('acting.title')} ok=${t('acting.choose')} submit=${submit} close=${close}>
        <p>${t('acting.why')}</p>
        <${Field} label=${t('acting.find')} name="find" type="search" value=${text} onInput=${(event) => setText(event.target.value)} autocomplete="off" />
        <${Field} as="select" label=${t('acting.body')} name="body" size="8">
            <option value="">${t('acting.nobody')}</option>
            ${shown.map((body) => html`<option key=${body.id} value=${body.id} selected=${body.id === chosen}>${body.short === body.name ? brief(body.name, 90) : brief(`${body.short} — ${body.name}`, 90)}</option>`)}
        <//>
        <${Field} label=${t('acting.person')} name="person" maxlength="200" hint=${t('acting.person_hint')} autocomplete="off" />
    <//>`;
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
