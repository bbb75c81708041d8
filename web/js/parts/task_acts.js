/* task_acts.js - what an operator does with a step: retry, with the input mended; skip, with a reason */
import { post } from '../api.js';
import { Fragment, html, useState } from '../html.js';
import { addTexts, t } from '../text.js';
import { FormDialog } from './dialog.js';
import { Field } from './field.js';
import { readJson } from './read_json.js';
import { stepText } from './step.js';

const forms = {
    retry: {
        fields: () => html`<p>${t('task_acts.retry_about')}</p>`,
        body: () => ({}),
    },
    edit: {
        fields: (task) => html`<${Field} as="textarea" rows="12" class="code" label=${t('task_acts.input')} name="input" value=${JSON.stringify(task.input ?? {}, null, 2)} spellcheck="false" />`,
        body: (values) => ({ input: readJson(values.input, t('task_acts.input')) }),
        path: 'retry',
    },
    skip: {
        fields: () => html`<${Fragment}>
            <${Field} as="textarea" label=${t('common.reason')} name="reason" required maxlength="2000" />
            <${Field} as="textarea" class="code" label=${t('task_acts.output')} name="output" hint=${t('task_acts.output_hint')} spellcheck="false" />
        <//>`,
        body: (values) => ({ reason: values.reason, output: readJson(values.output, t('task_acts.output')) }),
        danger: true,
    },
};

export function TaskActs({ task, etag, done }) {
    const [open, setOpen] = useState(null);
    const form = forms[open];
    const stuck = task.state === 'incident' || task.state === 'backoff';
    const submit = async (values) => {
        await post(`/tasks/${task.task}/${form.path ?? open}`, form.body(values), { etag });
        done?.();
    };
    return html`<span class="task-acts">
        ${(stuck ? ['retry', 'edit', 'skip'] : ['skip']).map((name) => html`<button key=${name} type="button" onClick=${() => setOpen(name)}>${t(`task_acts.${name}`)}</button> `)}
        ${form && html`<${FormDialog} title=${`${t(`task_acts.${open}`)}: ${stepText(task)}`} ok=${t(`task_acts.${open}`)} danger=${form.danger} submit=${submit} close=${() => setOpen(null)}>${form.fields(task)}<//>`}
    </span>`;
}

addTexts('task_acts', {
    ru: { retry: 'Повторить', edit: 'Исправить и повторить', skip: 'Пропустить', retry_about: 'Шаг будет выполнен ещё раз с теми же данными.', input: 'Входные данные (JSON)', output: 'Результат вместо работы (JSON)', output_hint: 'Можно не заполнять: процесс пойдёт дальше с пустым результатом.' },
    en: { retry: 'Retry', edit: 'Edit and retry', skip: 'Skip', retry_about: 'The step is done once more with the same input.', input: 'Input (JSON)', output: 'Output in place of its work (JSON)', output_hint: 'May be left empty: the process goes on with an empty output.' },
});
