/* rehearse.js - a rehearsal of plans: which, and which days of them are told of
 *
 * plans: rows of «Дорожные карты», {name, title}. Their whole period is run in any case.
 */
import { post } from '../api.js';
import { html } from '../html.js';
import { go } from '../route.js';
import { addTexts, t } from '../text.js';
import { FormDialog } from './dialog.js';
import { Field } from './field.js';
import { Said } from './said.js';

export function RehearseDialog({ plans, close }) {
    const submit = async ({ from, to }) => {
        const days = Object.fromEntries(Object.entries({ from, to }).filter(([, day]) => day));
        const job = await post('/jobs', { kind: 'rehearse', plans: plans.map((plan) => plan.name), ...days });
        go('work', String(job.job));
    };
    return html`<${FormDialog} title=${t('rehearse.title')} ok=${t('rehearse.go')} submit=${submit} close=${close}>
        <p>${t('rehearse.about')}</p>
        <ul class="preview">${plans.map((plan) => html`<li key=${plan.name}><${Said}>${plan.title ?? plan.name}<//></li>`)}</ul>
        <div class="side">
            <${Field} type="date" label=${t('rehearse.from')} name="from" />
            <${Field} type="date" label=${t('rehearse.to')} name="to" />
        </div>
        <p><small>${t('rehearse.days')}</small></p>
    <//>`;
}

addTexts('rehearse', {
    ru: { title: 'Репетиция планов', go: 'Прорепетировать', about: 'Планы проживают весь свой период за секунды, рядом с программой: видно все сроки и письма, перегруженные дни и сроки на выходных. Исполнители имитируются; в действующих планах ничего не меняется.', from: 'Показать с', to: 'по', days: 'Если дни не указаны, показывается весь период.' },
    en: { title: 'Rehearsal of plans', go: 'Rehearse', about: 'The plans live through their whole period in seconds, beside the engine: all terms and letters are seen, days with too much, terms on days off. Executors are simulated; nothing in the plans in force is changed.', from: 'Tell of what is from', to: 'to', days: 'Without days the whole period is told of.' },
});
