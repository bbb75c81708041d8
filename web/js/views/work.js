/* work.js - «Задания»: long work that the engine does, how far it is, and how it ended; of one piece
 * what was asked for, what came of it, what was refused
 */
import { address, change, ProblemNote, useApi } from '../api.js';
import { html, useEffect, useState } from '../html.js';
import { useActing } from '../parts/acting_first.js';
import { Row } from '../parts/bulk.js';
import { RequestFacts, RequestLine, useNames } from '../parts/job_request.js';
import { Said } from '../parts/said.js';
import { Badge } from '../parts/state.js';
import { Table } from '../parts/table.js';
import { place } from '../route.js';
import { addTexts, momentText, number, t } from '../text.js';

const tones = { running: 'open', waiting: 'soon', done: 'done', failed: 'overdue', cancelled: 'none', interrupted: 'today' };

/* How it stands: what is done may have been refused all the same. */
function State({ job }) {
    const refused = job.state === 'done' && job.kind === 'bulk' ? job.refused_count : 0;
    const [tone, name] = refused === 0 ? [tones[job.state], job.state] : refused < job.of ? ['today', 'done_in_part'] : ['overdue', 'all_refused'];
    return html`<${Badge} tone=${tone}>${t(`work.${name}`)}<//>`;
}

const isOver = (job) => job.state !== 'running' && job.state !== 'waiting';

function useWatched(path) {
    const state = useApi(path, {}, { live: false });
    useEffect(() => {
        const timer = setInterval(state.reload, 700);
        return () => clearInterval(timer);
    }, [state.reload]);
    return state;
}

/* A bar while it is known how much there is; of a rehearsal these are days. */
function Progress({ job }) {
    if (job.of === 0) {
        return job.state === 'running' ? html`<small>${t('work.counting')}</small>` : null;
    }
    return html`<span class="progress"><progress max=${job.of} value=${job.done} aria-label=${t('work.progress')}></progress> <small>${t(`work.of_${job.kind}`, { n: job.of, done: number(job.done), of: number(job.of) })}</small></span>`;
}

function Stop({ job }) {
    const [problem, setProblem] = useState(null);
    const acting = useActing();
    const stop = () => change('DELETE', `/jobs/${job.id}`).catch(setProblem);
    return isOver(job) ? null
        : html`<button type="button" class="danger" onClick=${() => acting.first(stop)}>${t('work.stop')}</button><${ProblemNote} problem=${problem} />${acting.dialog}`;
}

function Result({ job, look }) {
    return job.kind === 'rehearse' && job.has_result ? html`<a class=${look} href=${address(`/jobs/${job.id}/result`)}>${t('work.result')}</a>` : null;
}

/* --- one ------------------------------------------------------------------------------------- */

/* What became of it, when that is more than its state says. */
function Outcome({ job }) {
    const told = { cancelled: 'work.told_cancelled', interrupted: 'work.told_interrupted' }[job.state];
    return html`<div role="status">
        ${job.problem && html`<p class="problem"><${Said}>${job.problem}<//></p>`}
        ${told && html`<p class="note">${t(told)}</p>`}
        ${job.again > 0 && html`<p class="problem">${t('work.again', { n: job.again })} <a href=${place('incidents', job.request.filter)}>${t('work.to_incidents')}</a></p>`}
    </div>`;
}

/* file.yaml:3:7, or the row of a list that it is about. */
function Where({ job, one }) {
    if (one.file) {
        return html`<strong><${Said}>${[one.file, one.line, one.column].filter(Boolean).join(':')}<//></strong>`;
    }
    return html`<a href=${job.request.list === 'assignments' ? place('assignment', one.task) : place('processes', String(one.instance))}>№\u00a0${one.task ?? one.instance}</a>`;
}

const Errors = ({ job }) => html`<ul>${job.refused.map((one, n) => html`<li key=${n}><${Where} job=${job} one=${one} /> <${Said}>${one.text}<//></li>`)}</ul>`;

/* What was refused for the same reason stands together, each as the preview called it. */
function Reasons({ job }) {
    const reasons = new Map();
    job.refused.forEach((one) => reasons.set(one.text, [...(reasons.get(one.text) ?? []), one]));
    return html`<ul>${[...reasons].map(([text, rows]) => html`<li key=${text}><${Said}>${text}<//>
        <ul>${rows.map((one) => html`<li key=${one.task ?? one.instance}><${Where} job=${job} one=${one} />${one.title && html` <${Row} row=${one} />`}</li>`)}</ul>
    </li>`)}</ul>`;
}

function Refused({ job }) {
    return html`<section aria-labelledby="refused">
        <h2 id="refused">${t(job.kind === 'import' ? 'work.errors' : 'work.refused', { n: job.refused_count })}</h2>
        ${job.kind === 'import' ? html`<${Errors} job=${job} />` : html`<${Reasons} job=${job} />`}
        ${job.refused_count > job.refused.length && html`<p><small>${t('work.first', { n: job.refused.length })}</small></p>`}
        ${job.kind === 'import' && html`<p><a href=${place('definitions')}>${t('work.import_again')}</a></p>`}
    </section>`;
}

/* Which documents an import has brought. */
function Imported({ id }) {
    const { data, problem } = useApi(`/jobs/${id}/result`, { format: 'json' }, { live: false });
    const columns = [
        { name: 'file', title: t('work.file'), cell: (row) => html`<${Said}>${row.file}<//>` },
        { name: 'title', title: t('work.definition'), cell: (row) => row.number ? html`<a href=${place('definitions', String(row.number))}><${Said}>${row.name}<//></a>` : '' },
        { name: 'number n-version', title: t('work.version'), cell: (row) => row.version ?? '' },
        { name: 'state', title: t('common.state'), cell: (row) => row.number ? html`<${Badge} tone=${row.changed ? 'done' : 'none'}>${t(row.changed ? 'work.deployed' : 'work.same')}<//>` : html`<${Badge} tone="overdue">${t('work.not_deployed')}<//>` },
    ];
    return html`<section aria-labelledby="imported"><h2 id="imported">${t('work.imported')}</h2>
        <${ProblemNote} problem=${problem} />
        ${data && html`<${Table} caption=${t('work.imported')} columns=${columns} rows=${data.files} rowKey=${(row) => row.file} />`}
    </section>`;
}

function Job({ id }) {
    const { data: job, problem } = useWatched(`/jobs/${encodeURIComponent(id)}`);
    const names = useNames();
    if (!job) {
        return html`<${ProblemNote} problem=${problem} />`;
    }
    return html`<article>
        <p class="above"><a href=${place('work')}>${t('shell.work')}</a></p>
        <h1>${t(`work.kind_${job.kind}`)} № ${job.id}</h1>
        <p><${RequestLine} job=${job} names=${names} /></p>
        <p role="status"><${State} job=${job} /> <${Progress} job=${job} /></p>
        <${Outcome} job=${job} />
        <div class="sheet"><dl class="facts">
            <${RequestFacts} job=${job} names=${names} />
            <dt>${t('work.by')}</dt><dd><${Said}>${job.by_name ?? job.by}<//></dd>
            <dt>${t('work.began')}</dt><dd>${momentText(job.began)}</dd>
            ${job.ended && html`<dt>${t('work.ended')}</dt><dd>${momentText(job.ended)}</dd>`}
        </dl></div>
        <p class="buttons"><${Stop} job=${job} /><${Result} job=${job} look="button" /></p>
        ${job.refused_count > 0 && html`<${Refused} job=${job} />`}
        ${job.kind === 'import' && job.has_result && html`<${Imported} id=${job.id} />`}
    </article>`;
}

/* --- all ------------------------------------------------------------------------------------- */

const columns = (names) => [
    { name: 'title', title: t('work.what'), cell: (job) => html`<a href=${place('work', String(job.id))}>${t(`work.kind_${job.kind}`)} № ${job.id}</a><small class="below-text"><${RequestLine} job=${job} names=${names} /></small>` },
    { name: 'progress', title: t('work.progress'), cell: (job) => html`<${State} job=${job} />${job.refused_count > 0 && html` <small>${t(job.kind === 'import' ? 'work.errors' : 'work.refused', { n: job.refused_count })}</small>`}<div><${Progress} job=${job} /></div>` },
    { name: 'by', title: t('work.by'), cell: (job) => html`<${Said}>${job.by_name ?? job.by}<//>` },
    { name: 'began', title: t('work.began'), cell: (job) => html`<time datetime=${job.began}>${momentText(job.began)}</time>` },
    { name: 'result', title: t('work.result_of'), cell: (job) => html`<${Stop} job=${job} /><${Result} job=${job} />` },
];

export default function Work({ parts }) {
    return parts.length > 0 ? html`<${Job} key=${parts[0]} id=${parts[0]} />` : html`<${List} />`;
}

function List() {
    const { data, problem, loading } = useWatched('/jobs');
    const names = useNames();
    return html`<div>
        <h1>${t('shell.work')}</h1>
        <p>${t('work.about')}</p>
        <ul>
            <li><a href=${place('definitions')}>${t('work.begin_import')}</a></li>
            <li><a href=${place('roadmaps')}>${t('work.begin_rehearsal')}</a></li>
            <li>${t('work.begin_bulk')} <a href=${place('assignments')}>${t('work.list_assignments')}</a>, <a href=${place('processes')}>${t('work.list_processes')}</a>, <a href=${place('incidents')}>${t('work.list_incidents')}</a></li>
        </ul>
        <${ProblemNote} problem=${problem} />
        <${Table} look="wide" caption=${t('shell.work')} columns=${columns(names)} rows=${data?.rows ?? []} loading=${loading && !data} rowKey=${(job) => job.id} exports=${{ path: '/jobs' }} empty=${t('work.none')} />
    </div>`;
}

addTexts('work', {
    ru: {
        what: 'Задание', progress: 'Ход', by: 'Кто начал', began: 'Начато', ended: 'Окончено', stop: 'Остановить', result: 'Открыть результат', result_of: 'Итог', none: 'Длительных заданий не было', about: 'Длительная работа идёт в программе и тогда, когда страница закрыта. Начать её можно так:',
        begin_import: 'загрузить файлы определений', begin_rehearsal: 'прорепетировать планы', begin_bulk: 'сделать одно и то же со многими:', list_assignments: 'поручениями', list_processes: 'процессами', list_incidents: 'инцидентами',
        kind_bulk: 'Действие с многими', kind_rehearse: 'Репетиция планов', kind_import: 'Загрузка', done_in_part: 'готово, но не всё', all_refused: 'во всём отказано', running: 'идёт', waiting: 'ждёт очереди', done: 'готово', failed: 'не получилось', cancelled: 'остановлено', interrupted: 'прервано остановкой программы', counting: 'считаем, сколько всего…',
        of_bulk: { one: '{done} из {of} строки', few: '{done} из {of} строк', many: '{done} из {of} строк' }, of_rehearse: { one: '{done} из {of} дня', few: '{done} из {of} дней', many: '{done} из {of} дней' }, of_import: { one: '{done} из {of} файла', few: '{done} из {of} файлов', many: '{done} из {of} файлов' },
        told_cancelled: 'Задание остановлено; что было сделано до того, осталось сделанным.', told_interrupted: 'Программа остановилась, пока задание шло. Репетицию можно начать снова.',
        again: { one: '{n} из них сейчас снова инцидент.', few: '{n} из них сейчас снова инциденты.', many: '{n} из них сейчас снова инциденты.' }, to_incidents: 'К инцидентам',
        refused: { one: 'Отказано в {n} случае', few: 'Отказано в {n} случаях', many: 'Отказано в {n} случаях' }, errors: { one: '{n} ошибка', few: '{n} ошибки', many: '{n} ошибок' }, first: 'Показаны первые {n}.', import_again: 'Исправить файлы и загрузить снова',
        imported: 'Что загружено', file: 'Файл', definition: 'Определение', version: 'Версия', deployed: 'введено в действие', same: 'такой текст уже действует', not_deployed: 'не введено в действие',
    },
    en: {
        what: 'Work', progress: 'Progress', by: 'Begun by', began: 'Began', ended: 'Ended', stop: 'Stop', result: 'Open the result', result_of: 'Result', none: 'There was no long work', about: 'Long work goes on in the engine when the page is closed. It begins so:',
        begin_import: 'import files of definitions', begin_rehearsal: 'rehearse plans', begin_bulk: 'do the same with many:', list_assignments: 'assignments', list_processes: 'processes', list_incidents: 'incidents',
        kind_bulk: 'Action on many', kind_rehearse: 'Rehearsal of plans', kind_import: 'Import', done_in_part: 'done, but not all', all_refused: 'all refused', running: 'running', waiting: 'waits', done: 'done', failed: 'failed', cancelled: 'stopped', interrupted: 'interrupted by a stop of the engine', counting: 'counting how much there is…',
        of_bulk: { one: '{done} of {of} row', other: '{done} of {of} rows' }, of_rehearse: { one: '{done} of {of} day', other: '{done} of {of} days' }, of_import: { one: '{done} of {of} file', other: '{done} of {of} files' },
        told_cancelled: 'It was stopped; what was done before stays done.', told_interrupted: 'The engine stopped while it ran. A rehearsal can be begun again.',
        again: { one: '{n} of them is an incident again.', other: '{n} of them are incidents again.' }, to_incidents: 'To the incidents',
        refused: { one: 'Refused in {n} case', other: 'Refused in {n} cases' }, errors: { one: '{n} error', other: '{n} errors' }, first: 'The first {n} are shown.', import_again: 'Mend the files and import again',
        imported: 'What was imported', file: 'File', definition: 'Definition', version: 'Version', deployed: 'deployed', same: 'this text is in force already', not_deployed: 'not deployed',
    },
});
