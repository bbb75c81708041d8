/* incidents.js - «Инциденты»: steps that need an operator, one by one or many at once */
import { ProblemNote, usePages } from '../api.js';
import { html, useState } from '../html.js';
import { BulkDialog } from '../parts/bulk.js';
import { Choice } from '../parts/field.js';
import { Said } from '../parts/said.js';
import { Step, stepText } from '../parts/step.js';
import { Table } from '../parts/table.js';
import { TaskActs } from '../parts/task_acts.js';
import { place, setQuery } from '../route.js';
import { addTexts, momentText, t } from '../text.js';

export default function Incidents({ query }) {
    const filter = { definition: query.definition, service: query.service };
    const list = usePages('/incidents', filter);
    const [bulk, setBulk] = useState(false);
    const values = (name, title) => [...new Map([[query[name], query[name]], ...list.rows.map((row) => [row[name], row[title]])])].filter(([value]) => value);
    const columns = [
        { name: 'problem', title: t('incidents.what'), cell: (row) => html`<a href=${place('processes', String(row.instance))}><${Said}>${row.problem?.title ?? stepText(row)}<//></a>${row.problem?.detail && html`<small class="below-text"><${Said}>${row.problem.detail}<//></small>`}` },
        { name: 'where', title: t('incidents.where'), cell: (row) => html`<${Said}>${row.person ?? row.title}<//><small class="below-text"><${Said}>${row.definition_title}<//> · №\u00a0${row.instance}${row.key && row.key !== row.title && html` · <${Said}>${row.key}<//>`}</small>` },
        { name: 'step', title: t('incidents.step'), cell: (row) => html`<${Step} row=${row} ids=${[row.task, row.service]} />` },
        { name: 'since', title: t('incidents.since'), cell: (row) => momentText(row.since) },
        { name: 'tries', title: t('incidents.tries'), cell: (row) => row.tries },
        { name: 'acts', title: t('incidents.acts'), cell: (row) => html`<${TaskActs} task=${row} done=${list.reload} />` },
    ];
    return html`<div>
        <h1>${t('shell.incidents')}</h1>
        <p>${t('incidents.about')}</p>
        <div class="filters">
            <${Choice} label=${t('incidents.definition')} value=${query.definition} options=${values('definition', 'definition_title')} onChoose=${(definition) => setQuery({ definition })} />
            <${Choice} label=${t('incidents.service')} value=${query.service} options=${values('service', 'service')} onChoose=${(service) => setQuery({ service })} />
            ${list.rows.length > 0 && html`<button type="button" onClick=${() => setBulk(true)}>${t('incidents.retry_all')}</button>`}
        </div>
        <${ProblemNote} problem=${list.problem} />
        <${Table} caption=${t('shell.incidents')} columns=${columns} rows=${list.rows} more=${list.more} next=${list.next} loading=${list.loading} rowKey=${(row) => row.task} exports=${{ path: '/incidents', query: filter }} empty=${t('incidents.none')} />
        ${bulk && html`<${BulkDialog} list="incidents" filter=${filter} close=${() => setBulk(false)} />`}
    </div>`;
}

addTexts('incidents', {
    ru: { what: 'Что случилось', where: 'Процесс', step: 'Шаг', since: 'С', tries: 'Попыток', acts: 'Действия', about: 'Шаги, которые программа не смогла выполнить сама. Их можно повторить, исправить или пропустить.', definition: 'Процесс', service: 'Работник', retry_all: 'Действие со всеми…', none: 'Инцидентов нет' },
    en: { what: 'What happened', where: 'Process', step: 'Step', since: 'Since', tries: 'Tries', acts: 'Actions', about: 'Steps that a program could not do by itself. They can be retried, mended or skipped.', definition: 'Process', service: 'Service', retry_all: 'Act on all…', none: 'There are no incidents' },
});
