/* work.js - «Задания»: long work that the engine does, how far it is, and how it ended */
import { address, change, ProblemNote, useApi } from '../api.js';
import { html, useEffect, useState } from '../html.js';
import { Badge } from '../parts/state.js';
import { Said } from '../parts/said.js';
import { Table } from '../parts/table.js';
import { place } from '../route.js';
import { addTexts, momentText, number, t } from '../text.js';

const tones = { running: 'open', waiting: 'soon', done: 'done', failed: 'overdue', cancelled: 'none', interrupted: 'today' };

function useWatched(path) {
    const state = useApi(path, {}, { live: false });
    useEffect(() => {
        const timer = setInterval(state.reload, 700);
        return () => clearInterval(timer);
    }, [state.reload]);
    return state;
}

function Progress({ job }) {
    return job.of > 0 ? html`<progress max=${job.of} value=${job.done} aria-label=${t('work.progress')}></progress> <small>${number(job.done)} / ${number(job.of)}</small>` : null;
}

function Stop({ job }) {
    const [problem, setProblem] = useState(null);
    return job.state === 'running' || job.state === 'waiting'
        ? html`<button type="button" class="danger" onClick=${() => change('DELETE', `/jobs/${job.id}`).catch(setProblem)}>${t('work.stop')}</button><${ProblemNote} problem=${problem} />` : null;
}

function Job({ id }) {
    const { data: job, problem } = useWatched(`/jobs/${encodeURIComponent(id)}`);
    if (!job) {
        return html`<${ProblemNote} problem=${problem} />`;
    }
    return html`<article>
        <p class="above"><a href=${place('work')}>${t('shell.work')}</a></p>
        <h1>${t(`work.kind_${job.kind}`)} № ${job.id}</h1>
        <p role="status"><${Badge} tone=${tones[job.state]}>${t(`work.${job.state}`)}<//> <${Progress} job=${job} /></p>
        <dl class="facts"><dt>${t('work.by')}</dt><dd>${job.by}</dd><dt>${t('work.began')}</dt><dd>${momentText(job.began)}</dd>${job.ended && html`<dt>${t('work.ended')}</dt><dd>${momentText(job.ended)}</dd>`}</dl>
        ${job.problem && html`<p class="problem"><${Said}>${job.problem}<//></p>`}
        ${job.refused?.length > 0 && html`<section><h2>${t('work.refused', { n: job.refused_count ?? job.refused.length })}</h2><ul>${job.refused.map((one) => html`<li>${one.file ?? one.task ?? one.instance}${one.line ? `:${one.line}` : ''}: ${one.text}</li>`)}</ul></section>`}
        <p class="buttons"><${Stop} job=${job} />${job.state === 'done' && job.has_result && html`<a class="button" href=${address(`/jobs/${job.id}/result`)}>${t('work.result')}</a>`}</p>
    </article>`;
}

export default function Work({ parts }) {
    const { data, problem, loading } = useWatched('/jobs');
    if (parts.length > 0) {
        return html`<${Job} key=${parts[0]} id=${parts[0]} />`;
    }
    const columns = [
        { name: 'what', title: t('work.what'), cell: (job) => html`<a href=${place('work', String(job.id))}>${t(`work.kind_${job.kind}`)} № ${job.id}</a>` },
        { name: 'state', title: t('common.state'), cell: (job) => html`<${Badge} tone=${tones[job.state]}>${t(`work.${job.state}`)}<//>` },
        { name: 'progress', title: t('work.progress'), cell: (job) => html`<${Progress} job=${job} />` },
        { name: 'by', title: t('work.by'), cell: (job) => job.by },
        { name: 'began', title: t('work.began'), cell: (job) => momentText(job.began) },
        { name: 'stop', title: '', cell: (job) => html`<${Stop} job=${job} />` },
    ];
    return html`<div>
        <h1>${t('shell.work')}</h1>
        <p>${t('work.about')}</p>
        <${ProblemNote} problem=${problem} />
        <${Table} caption=${t('shell.work')} columns=${columns} rows=${data?.rows ?? []} loading=${loading && !data} rowKey=${(job) => job.id} exports=${{ path: '/jobs' }} empty=${t('work.none')} />
    </div>`;
}

addTexts('work', {
    ru: { what: 'Задание', progress: 'Ход', by: 'Кто начал', began: 'Начато', ended: 'Окончено', stop: 'Остановить', result: 'Открыть результат', none: 'Длительных заданий не было', about: 'Длительная работа идёт в программе и тогда, когда страница закрыта.', kind_bulk: 'Действие с многими', kind_rehearse: 'Репетиция планов', kind_import: 'Загрузка', running: 'идёт', waiting: 'ждёт очереди', done: 'готово', failed: 'не получилось', cancelled: 'остановлено', interrupted: 'прервано остановкой программы', refused: { one: 'Отказано в {n} случае', few: 'Отказано в {n} случаях', many: 'Отказано в {n} случаях' } },
    en: { what: 'Work', progress: 'Progress', by: 'Begun by', began: 'Began', ended: 'Ended', stop: 'Stop', result: 'Open the result', none: 'There was no long work', about: 'Long work goes on in the engine when the page is closed.', kind_bulk: 'Action on many', kind_rehearse: 'Rehearsal of plans', kind_import: 'Import', running: 'running', waiting: 'waits', done: 'done', failed: 'failed', cancelled: 'stopped', interrupted: 'interrupted by a stop of the engine', refused: { one: 'Refused in {n} case', other: 'Refused in {n} cases' } },
});
