/* instance_acts.js - what an operator does with a process: suspend, resume, cancel, each with a reason
 *
 * A change carries the version that was shown: who was overtaken is told, not obeyed.
 */
import { post } from '../api.js';
import { Fragment, html, useState } from '../html.js';
import { addTexts, t } from '../text.js';
import { FormDialog } from './dialog.js';
import { Field } from './field.js';

const acts = {
    running: ['suspend', 'cancel'],
    suspended: ['resume', 'cancel'],
};

export function InstanceActs({ row, etag, done }) {
    const [open, setOpen] = useState(null);
    const submit = async (values) => {
        await post(`/instances/${row.instance}/${open}`, open === 'resume' ? {} : { reason: values.reason }, { etag });
        done();
    };
    return html`<${Fragment}>
        <p class="buttons acts">${(acts[row.state] ?? []).map((name) => html`<button key=${name} type="button" class=${name === 'cancel' ? 'danger' : ''} onClick=${() => setOpen(name)}>${t(`instance_acts.${name}`)}</button>`)}</p>
        ${open && html`<${FormDialog} title=${t(`instance_acts.do_${open}`, { n: row.instance })} ok=${t(`instance_acts.${open}`)} danger=${open === 'cancel'} submit=${submit} close=${() => setOpen(null)}>
            <p>${t(`instance_acts.about_${open}`)}</p>
            ${open !== 'resume' && html`<${Field} as="textarea" label=${t('common.reason')} name="reason" required maxlength="2000" />`}
        <//>`}
    <//>`;
}

addTexts('instance_acts', {
    ru: { suspend: 'Приостановить', resume: 'Возобновить', cancel: 'Отменить', do_suspend: 'Приостановить процесс № {n}', do_resume: 'Возобновить процесс № {n}', do_cancel: 'Отменить процесс № {n}', about_suspend: 'Начатое будет доделано, новое не начнётся.', about_resume: 'Процесс пойдёт дальше с того места, где стоит.', about_cancel: 'Процесс и всё, что он начал, закончится; открытые поручения снимутся. Вернуть это нельзя.' },
    en: { suspend: 'Suspend', resume: 'Resume', cancel: 'Cancel', do_suspend: 'Suspend process {n}', do_resume: 'Resume process {n}', do_cancel: 'Cancel process {n}', about_suspend: 'What has begun is finished, nothing new begins.', about_resume: 'The process goes on from where it stands.', about_cancel: 'The process and all it has started end; open assignments are withdrawn. This can’t be undone.' },
});
