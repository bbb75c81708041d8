/* bulk.js - one action on all that a filter finds: first what it would touch, then the work itself
 *
 * The work goes on in the engine when this page is closed; «Задания» shows how far it is.
 */
import { post, ProblemNote } from '../api.js';
import { html, useEffect, useState } from '../html.js';
import { go } from '../route.js';
import { addTexts, number, t } from '../text.js';
import { FormDialog } from './dialog.js';
import { Field } from './field.js';

const needsReason = new Set(['skip', 'cancel', 'suspend', 'withdraw', 'return', 'move']);

function Preview({ request }) {
    const [state, setState] = useState({});
    useEffect(() => {
        setState({});
        post('/bulk/preview', request).then((data) => setState({ data }), (problem) => setState({ problem }));
    }, [JSON.stringify(request)]);
    const { data, problem } = state;
    if (!data) {
        return problem ? html`<${ProblemNote} problem=${problem} />` : html`<p class="wait" role="status">${t('bulk.counting')}</p>`;
    }
    return html`<div role="status">
        <p><strong>${t('bulk.touches', { n: data.count, count: number(data.count) })}</strong>${data.more ? ` ${t('bulk.at_least')}` : ''}</p>
        <ul class="preview">${data.rows.map((row) => html`<li key=${row.task ?? row.instance}>${row.task ?? row.instance}: ${row.title ?? row.problem?.title ?? row.step ?? row.key ?? row.definition}</li>`)}</ul>
    </div>`;
}

export function BulkDialog({ list, filter, actions, close }) {
    const [action, setAction] = useState(actions[0]);
    const request = { action, list, filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) };
    const submit = async (values) => {
        const job = await post('/jobs', { kind: 'bulk', ...request, ...(values.reason ? { reason: values.reason } : {}) });
        go('work', String(job.job));
    };
    return html`<${FormDialog} title=${t('bulk.title')} ok=${t('bulk.go')} danger=${action !== 'retry'} submit=${submit} close=${close}>
        <${Field} as="select" label=${t('bulk.action')} name="action" value=${action} onChange=${(event) => setAction(event.target.value)}>
            ${actions.map((name) => html`<option key=${name} value=${name}>${t(`bulk.${name}`)}</option>`)}
        <//>
        <${Preview} request=${request} />
        ${needsReason.has(action) && html`<${Field} as="textarea" label=${t('common.reason')} name="reason" required maxlength="2000" />`}
    <//>`;
}

addTexts('bulk', {
    ru: {
        title: 'Действие со всеми найденными', go: 'Выполнить', action: 'Что сделать', counting: 'Считаем, чего это коснётся…', at_least: 'или больше',
        touches: { one: 'Это коснётся {count} строки:', few: 'Это коснётся {count} строк:', many: 'Это коснётся {count} строк:' },
        retry: 'повторить', skip: 'пропустить', cancel: 'отменить', suspend: 'приостановить', resume: 'возобновить', accept: 'принять', withdraw: 'снять с контроля', return: 'вернуть', move: 'перенести срок',
    },
    en: {
        title: 'Act on all that was found', go: 'Do it', action: 'What to do', counting: 'Counting what it would touch…', at_least: 'or more',
        touches: { one: 'It touches {count} row:', other: 'It touches {count} rows:' },
        retry: 'retry', skip: 'skip', cancel: 'cancel', suspend: 'suspend', resume: 'resume', accept: 'accept', withdraw: 'withdraw', return: 'return', move: 'move the term',
    },
});
