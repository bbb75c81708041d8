/* discipline.js - «Дисциплина»: how terms are kept, by body, plan, section or month
 *
 *   #/discipline?span=quarter&at=2023-07-01&by=plan&body=…
 *
 * Each number leads to its assignments. On paper it is the report on execution discipline.
 */
import { ProblemNote, useApi } from '../api.js';
import { Fragment, html } from '../html.js';
import { bodyOptions, byWork } from '../parts/bodies.js';
import { Chart } from '../parts/chart.js';
import { Choice } from '../parts/field.js';
import { fill, toneOf } from '../parts/fills.js';
import { labelLines } from '../parts/labels.js';
import { PeriodChoice, periodOf, periodText } from '../parts/period.js';
import { Said } from '../parts/said.js';
import { Exports } from '../parts/table.js';
import { place, setQuery } from '../route.js';
import { addDays, addTexts, dayText, has, monthText, number, percent, t, todayDay } from '../text.js';

/* The columns: which assignments of the period a number counts. */
const kinds = [
    { name: 'total', query: {} },
    { name: 'met', tone: 'done', query: { outcome: 'met' } },
    { name: 'met_after_extension', tone: 'decide', query: { outcome: 'met-after-extension' } },
    { name: 'met_late', tone: 'today', query: { outcome: 'met-late' } },
    { name: 'in_part', tone: 'soon', query: { outcome: 'in-part' } },
    { name: 'open_overdue', tone: 'overdue', query: { overdue: true } },
    { name: 'open', tone: 'open', query: { open: true, overdue: 'false' } },
    { name: 'withdrawn', tone: 'none', query: { outcome: 'withdrawn' } },
    { name: 'original_met', query: { outcome_original: 'met' } },
    { name: 'original_late', query: { outcome_original: 'late' } },
];
/* The head of a column, without the places where it may be broken. */
const headText = (name) => t(`discipline.${name}`).replaceAll('\u00ad', '');
const CHART_ROWS = 20;
const LINE_HEIGHT = 15; /* of a label, in pixels */

/* --- one group ------------------------------------------------------------------------------ */

function lastOfMonth(month) {
    const [year, number] = month.split('-').map(Number);
    return addDays(number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`, -1);
}

/* What narrows the list of assignments to this group. */
function groupQuery(row, by, period) {
    switch (by) {
    case 'plan':
        return { plan: row.id || '-' };
    case 'section':
        return { plan: row.plan || '-', section: row.plan ? row.id || '-' : undefined };
    case 'month':
        return { from: `${row.id}-01` > period.from ? `${row.id}-01` : period.from, to: lastOfMonth(row.id) < period.to ? lastOfMonth(row.id) : period.to };
    default:
        return { body: row.id, role: 'responsible' };
    }
}

function nameOf(row, by) {
    return by === 'month' ? monthText(row.id) : row.short ?? (row.name || t(by === 'section' ? 'discipline.no_section' : 'discipline.no_plan'));
}

/* Rows that stand together under a title: the sections of a plan, those of no plan at the end. */
function partsOf(rows, by, plans) {
    if (by !== 'section') {
        return [{ key: '', rows }];
    }
    const names = [...new Set(rows.map((row) => row.plan))].sort((a, b) => (a === '') - (b === ''));
    return names.map((name) => ({
        key: name,
        title: name === '' ? t('discipline.no_plan') : plans.find((plan) => plan.name === name)?.title ?? name,
        rows: rows.filter((row) => row.plan === name),
    }));
}

/* Who reads it asks where terms are not kept. Months and sections have their own order. */
function ordered(rows, by) {
    const late = (row) => row.open_overdue + row.met_late + row.in_part;
    return by === 'month' || by === 'section' ? rows : [...rows].sort(byWork(late, (row) => row.total));
}

function Share({ value }) {
    return value === null || value === undefined ? html`<span aria-hidden="true">—</span><span class="hidden">${t('discipline.of_nothing')}</span>` : percent(value / 100);
}

function Count({ row, kind, query, name }) {
    const count = row[kind.name] ?? 0;
    if (count === 0) {
        return html`<span class="nil">0</span>`;
    }
    return html`<a href=${place('assignments', { ...query, ...kind.query })} aria-label=${`${headText(kind.name)}: ${number(count)}, ${name}`}>${number(count)}</a>`;
}

function Cells({ row, query, name }) {
    return html`<${Fragment}>${kinds.map((kind) => html`<td key=${kind.name} role="cell" class="c-number" data-title=${t(`discipline.${kind.name}`)}><${Count} row=${row} kind=${kind} query=${query} name=${name} /></td>`)}
        <td role="cell" class="c-number" data-title=${t('discipline.share')}><strong><${Share} value=${row.share_on_time} /></strong></td>
        <td role="cell" class="c-number" data-title=${t('discipline.share_first')}><${Share} value=${row.share_on_time_original} /></td><//>`;
}

/* --- the table and the picture -------------------------------------------------------------- */

function Report({ data, by, period, plans, common }) {
    const rows = ordered(data.rows, by);
    return html`<div class="list wide"><table class="rows report" role="table">
        <caption class="hidden">${t('discipline.title', { period: periodText(period) })}</caption>
        <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${t(`discipline.by_${by}`)}</th>${kinds.map((kind) => html`<th key=${kind.name} scope="col" role="columnheader" class="c-number">${t(`discipline.${kind.name}`)}</th>`)}
            <th scope="col" role="columnheader" class="c-number">${t('discipline.share')}</th><th scope="col" role="columnheader" class="c-number">${t('discipline.share_first')}</th></tr></thead>
        ${partsOf(rows, by, plans).map((part) => html`<tbody key=${part.key} role="rowgroup">
            ${part.title && html`<tr class="part-title" role="row"><th scope="rowgroup" role="rowheader" colspan=${kinds.length + 3}><${Said}>${part.title}<//></th></tr>`}
            ${part.rows.map((row) => html`<tr key=${row.id} role="row"><th scope="row" role="rowheader"><span title=${row.name}><${Said}>${nameOf(row, by)}<//></span></th><${Cells} row=${row} query=${{ ...common, ...groupQuery(row, by, period) }} name=${nameOf(row, by)} /></tr>`)}
        </tbody>`)}
        <tfoot role="rowgroup"><tr role="row"><th scope="row" role="rowheader">${t('discipline.all')}</th><${Cells} row=${data.all} query=${common} name=${t('discipline.all')} /></tr></tfoot>
    </table></div>`;
}

/* Beside a bar: of a section that is none, or that has the name of another, also the plan. */
function barName(row, by, rows, plans) {
    const alike = by === 'section' && rows.some((one) => one !== row && one.id === row.id);
    const plan = alike && row.plan ? plans.find((one) => one.name === row.plan)?.title ?? row.plan : '';
    return plan ? `${nameOf(row, by)}: ${plan}` : alike ? t('discipline.no_plan') : nameOf(row, by);
}

function chartOf(rows, names, labels) {
    return {
        type: 'bar',
        data: { labels, datasets: kinds.filter((kind) => kind.tone && kind.name !== 'withdrawn').map((kind) => ({ label: headText(kind.name), data: rows.map((row) => row[kind.name]), backgroundColor: fill(kind.tone), borderColor: toneOf(kind.tone), borderWidth: 1, stack: 'all' })) },
        options: { indexAxis: 'y', maintainAspectRatio: false, scales: { x: { stacked: true, ticks: { precision: 0 } }, y: { stacked: true, ticks: { autoSkip: false } } }, plugins: { legend: { position: 'bottom' }, tooltip: { callbacks: { title: ([hit]) => names[hit.dataIndex] } } } },
    };
}

/* In the order of the table, which has the whole names. */
function Picture({ data, by, period, plans }) {
    const rows = partsOf(ordered(data.rows, by), by, plans).flatMap((part) => part.rows).slice(0, CHART_ROWS);
    const names = rows.map((row) => barName(row, by, rows, plans));
    const labels = names.map((name) => labelLines(name, 44));
    const lines = Math.max(...labels.map((label) => label.length));
    return html`<div class="sheet"><${Chart} label=${t('discipline.chart', { period: periodText(period) })} height=${110 + rows.length * (14 + lines * LINE_HEIGHT)} make=${() => chartOf(rows, names, labels)} depends=${JSON.stringify([by, rows, names])} />
        ${data.rows.length > rows.length && html`<p class="empty">${t('discipline.first', { n: rows.length })}</p>`}</div>`;
}

/* The formula of the engine, its names as the heads of the columns. */
function Formula({ text }) {
    return text.replace(/[a-z_]+/g, (name) => (has(`discipline.${name}`) ? headText(name) : name)).replaceAll('/', '÷');
}

/* common: what the whole report is narrowed to. */
function Formulas({ formula, common }) {
    return html`<section class="sheet" aria-labelledby="formula"><h2 id="formula">${t('discipline.how')}</h2>
        <dl class="facts"><dt>${t('discipline.share')}</dt><dd><${Formula} text=${formula.share_on_time} /></dd><dt>${t('discipline.share_first')}</dt><dd><${Formula} text=${formula.share_on_time_original} /></dd></dl>
        <p>${t('discipline.counted')} <a href=${place('assignments', { ...common, group: 'reported', overdue: true })}>${t('discipline.late_report')}</a> ${t('discipline.late_report_is')}</p></section>`;
}

function Signature() {
    return html`<div class="paper-only signature"><p>${t('discipline.made', { day: dayText(todayDay()) })}</p><p>${t('discipline.signs')} ____________________ / ____________________ /</p></div>`;
}

/* What was shown stays until the new is there, unless its rows are of another kind. */
function groupedBy(address) {
    return new URLSearchParams(address?.split('?')[1]).get('by');
}

export default function Discipline({ query }) {
    const period = periodOf(query);
    const by = ['body', 'plan', 'section', 'month'].includes(query.by) ? query.by : 'body';
    const common = { from: period.from, to: period.to, body: query.body, role: query.body ? 'responsible' : undefined, plan: query.plan };
    const request = { ...common, by };
    const answer = useApi('/discipline', request);
    const { problem } = answer;
    const data = groupedBy(answer.of) === by ? answer.data : null;
    const bodies = useApi('/bodies', {}, { live: false }).data?.rows ?? [];
    const plans = useApi('/roadmaps', {}, { live: false }).data?.rows ?? [];
    const body = bodies.find((one) => one.id === query.body);
    const plan = plans.find((one) => one.name === query.plan);
    return html`<article class="discipline">
        <h1>${t('discipline.title', { period: periodText(period) })}</h1>
        ${(body || plan) && html`<p>${[body?.name, plan?.title].filter(Boolean).join(' · ')}</p>`}
        <div class="filters">
            <${PeriodChoice} period=${period} />
            <${Choice} label=${t('discipline.by')} all=${false} value=${by} options=${['body', 'plan', 'section', 'month'].map((one) => [one, t(`discipline.by_${one}`)])} onChoose=${(one) => setQuery({ by: one })} />
            <${Choice} label=${t('discipline.by_body')} value=${query.body} options=${bodyOptions(bodies)} onChoose=${(one) => setQuery({ body: one })} />
            <${Choice} label=${t('discipline.by_plan')} value=${query.plan} options=${plans.map((one) => [one.name, one.title])} onChoose=${(one) => setQuery({ plan: one })} />
            <button type="button" onClick=${() => window.print()}>${t('discipline.print')}</button>
        </div>
        <${ProblemNote} problem=${problem} />
        ${!data && !problem && html`<p class="wait" role="status">${t('shell.loading')}</p>`}
        ${data?.rows.length === 0 && html`<p class="empty">${t('discipline.nothing')}</p>`}
        ${data?.rows.length > 0 && html`<${Fragment}>
            <${Report} data=${data} by=${by} period=${period} plans=${plans} common=${common} />
            <p class="below"><${Exports} path="/discipline" query=${request} /></p>
            ${data.more && html`<p class="note">${t('discipline.more')}</p>`}
            <${Picture} data=${data} by=${by} period=${period} plans=${plans} />
            <${Formulas} formula=${data.formula} common=${common} /><${Signature} />
        <//>`}
    </article>`;
}

addTexts('discipline', {
    ru: {
        title: 'Исполнительская дисциплина: {period}', by: 'По чему', by_body: 'Исполнитель', by_plan: 'План', by_section: 'Раздел', by_month: 'Месяц', total: 'Всего', met: 'В срок', met_after_extension: 'После прод\u00adления', met_late: 'С опоз\u00adданием', in_part: 'Частич\u00adно', open_overdue: 'Не испол\u00adнено, просро\u00adчено', open: 'В работе', withdrawn: 'Снято',
        original_met: 'В первона\u00adчальный срок', original_late: 'Позже первона\u00adчального срока', share: 'Доля в срок', share_first: 'Доля в первона\u00adчальный срок', all: 'Итого', print: 'Печать отчёта', nothing: 'В этом периоде ни у одного поручения не наступает срок.', more: 'Посчитано не всё: поручений слишком много. Уточните период или исполнителя.', no_plan: 'Вне планов', no_section: 'Вне разделов', of_nothing: 'не из чего считать',
        how: 'Как считается', counted: 'Поручение относится к тому периоду, на который приходится его нынешний последний день. Снятые с контроля и те, чей срок ещё не вышел, в доли не входят. Отчёт, представленный в срок и ещё не рассмотренный, не считается опозданием.', late_report: 'Отчёт, который пришёл после срока и ещё не рассмотрен,', late_report_is: 'считается просроченным; на странице «Сегодня» он среди ждущих решения, а не среди просроченных.',
        chart: 'Чем кончились поручения, {period}. Полные названия и числа — в таблице', first: 'Показаны первые {n} строк таблицы.', made: 'Составлено {day}.', signs: 'Должность, подпись, фамилия:',
    },
    en: {
        title: 'Execution discipline: {period}', by: 'By', by_body: 'Responsible', by_plan: 'Plan', by_section: 'Section', by_month: 'Month', total: 'All', met: 'On time', met_after_extension: 'After an extension', met_late: 'Late', in_part: 'In part', open_overdue: 'Open, overdue', open: 'Open', withdrawn: 'Withdrawn',
        original_met: 'Within the first term', original_late: 'After the first term', share: 'Share on time', share_first: 'Share in the first term', all: 'Together', print: 'Print the report', nothing: 'No term ends in this period.', more: 'Not all was counted: there are too many. Narrow the period or the body.', no_plan: 'Of no plan', no_section: 'In no section', of_nothing: 'of nothing',
        how: 'How it is counted', counted: 'An assignment belongs to the period in which its current last day is. What was withdrawn, and what is not due yet, is in no share. A report handed in on time that waits for its decision is not late.', late_report: 'A report that came after its term and waits for its decision', late_report_is: 'is counted as overdue; “Today” has it among those that wait for a decision, not among the overdue ones.',
        chart: 'What became of the assignments, {period}. Whole names and numbers are in the table', first: 'The first {n} rows of the table are shown.', made: 'Made on {day}.', signs: 'Post, signature, name:',
    },
});
