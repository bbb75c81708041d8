/* field.js - labelled fields of forms and filters */
import { html, useState } from '../html.js';
import { addTexts, brief, t } from '../text.js';

let count = 0;

/* One field with its label and, where there is one, a hint that is read with it. */
export function Field({ label, name, hint, type = 'text', as = 'input', children, ...rest }) {
    const id = rest.id ?? `field-${name}`;
    const described = hint ? `${id}-hint` : undefined;
    const control = as === 'textarea' ? html`<textarea id=${id} name=${name} rows="4" aria-describedby=${described} ...${rest}></textarea>`
        : as === 'select' ? html`<select id=${id} name=${name} aria-describedby=${described} ...${rest}>${children}</select>`
        : html`<input id=${id} name=${name} type=${type} aria-describedby=${described} ...${rest} />`;
    return html`<div class="field">
        <label for=${id}>${label}${rest.required ? html`<span class="needed" aria-hidden="true"> *</span>` : ''}</label>
        ${control}
        ${hint && html`<small id=${described}>${hint}</small>`}
    </div>`;
}

/* A choice that acts at once: options are [value, text], the empty value is "all". */
export function Choice({ label, value, options, onChoose, all }) {
    const [id] = useState(() => `choice-${++count}`);
    return html`<span class="choice">
        <label for=${id}>${label}</label>
        <select id=${id} value=${value ?? ''} onChange=${(event) => onChoose(event.target.value)}>
            ${all !== false && html`<option value="">${all ?? t('field.all')}</option>`}
            ${options.map(([one, text]) => html`<option key=${one} value=${one} selected=${String(one) === String(value)}>${brief(text)}</option>`)}
        </select>
    </span>`;
}

addTexts('field', { ru: { all: 'все' }, en: { all: 'all' } });
