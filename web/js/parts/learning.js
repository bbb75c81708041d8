/* learning.js - the individual route of a teacher (ИОМ): what was diagnosed, what is lacking, what helps
 *
 * In:      data and context of an instance of a cycle: `results` of the diagnosis, `diagnosis` and `route`.
 * Always:  what the process does not say is left out.
 */
import { html } from '../html.js';
import { addTexts, dayText, number, percent, t } from '../text.js';
import { Chart, lineAt } from './chart.js';
import { fill } from './fills.js';
import { labelLines } from './labels.js';
import { Said } from './said.js';
import { Badge } from './state.js';

/* What was measured, the newest: of this turn, else of the report of the diagnosis. */
export function learningOf(row) {
    const data = row.data ?? {};
    const context = row.context ?? {};
    const reports = row.tasks.filter((task) => Array.isArray(task.report?.results)).map((task) => task.report.results);
    const diagnosed = context.diagnosis ?? (data.level ? { turn: data.turn, level: data.level, deficits: data.deficits } : null);
    const simulated = data.simulated?.results?.[(diagnosed?.turn ?? data.turn ?? 1) - 1];
    return {
        teacher: data.teacher ?? {},
        turn: diagnosed?.turn ?? data.turn,
        turns: data.turns,
        level: diagnosed?.level,
        deficits: diagnosed?.deficits ?? [],
        results: data.results ?? reports.at(-1) ?? (diagnosed ? simulated : undefined) ?? [],
        route: context.route ?? data.route ?? null,
    };
}

/* --- what was diagnosed --------------------------------------------------------------------- */

function scores({ results, deficits }) {
    const lacking = new Map(deficits.map((one) => [one.competence, one]));
    const all = results.length > 0 ? results : deficits;
    return all.map((one) => ({ title: one.title ?? one.competence, score: (one.score / (one.max ?? 100)) * 100, deficit: lacking.get(one.competence) }));
}

function config(rows) {
    const threshold = rows.find((row) => row.deficit?.threshold)?.deficit.threshold;
    return {
        type: 'bar',
        data: { labels: rows.map((row) => labelLines(row.title)), datasets: [{ label: t('learning.score'), data: rows.map((row) => row.score), backgroundColor: rows.map((row) => fill(row.deficit ? 'overdue' : 'done')), maxBarThickness: 26 }] },
        options: { indexAxis: 'y', maintainAspectRatio: false, plugins: { legend: { display: false } }, scales: { x: { min: 0, max: 100, ticks: { callback: (value) => `${value} %` } }, y: { ticks: { autoSkip: false } } } },
        plugins: threshold ? [lineAt('threshold', threshold, 'today')] : [],
    };
}

function Diagnosis({ learning }) {
    const rows = scores(learning);
    if (rows.length === 0) {
        return html`<p class="empty">${t('learning.not_diagnosed')}</p>`;
    }
    const threshold = learning.deficits.find((one) => one.threshold)?.threshold;
    const table = { head: [t('learning.competence'), t('learning.score'), t('learning.verdict')], rows: rows.map((row) => [row.title, percent(row.score / 100), row.deficit ? t('learning.deficit_of', { n: number(row.deficit.gap ?? 0) }) : t('learning.enough')]) };
    return html`<div>
        ${learning.level && html`<p>${t('learning.level')} <strong>${learning.level}</strong>${threshold ? `, ${t('learning.threshold', { n: percent(threshold / 100) })}` : ''}</p>`}
        <${Chart} label=${t('learning.chart')} height=${50 + rows.length * 40} make=${() => config(rows)} table=${table} depends=${JSON.stringify(rows)} />
    </div>`;
}

/* --- the route: for each deficit what was chosen -------------------------------------------- */

function Element({ one }) {
    return html`<li class="element"><${Badge} tone=${one.kind === 'programme' ? 'open' : one.kind === 'mentor' ? 'decide' : 'soon'}>${t(`learning.${one.kind}`)}<//> <strong><${Said}>${one.title}<//></strong>
        <small class="below-text">${t('learning.hours', { n: one.hours ?? 0 })}${one.from ? `, ${t('learning.from', { day: dayText(one.from) })}` : ''}</small>
        ${one.reason && html`<details><summary>${t('learning.why')}</summary><p><${Said}>${one.reason}<//></p></details>`}
    </li>`;
}

function Deficit({ deficit, route }) {
    const elements = route?.elements?.filter((one) => one.competence === deficit.competence) ?? [];
    const unmet = route?.unmet?.find((one) => one.competence === deficit.competence);
    return html`<li class="deficit">
        <div class="lack"><strong><${Said}>${deficit.title ?? deficit.competence}<//></strong><small class="below-text">${t('learning.of_threshold', { score: percent((deficit.score ?? 0) / 100), threshold: percent((deficit.threshold ?? 0) / 100) })}</small></div>
        <ul class="plain elements">
            ${elements.map((one, n) => html`<${Element} key=${one.id ?? n} one=${one} />`)}
            ${unmet && html`<li class="element"><${Badge} tone="overdue">${t('learning.unmet')}<//>${unmet.reason && html` <${Said}>${unmet.reason}<//>`}</li>`}
            ${elements.length === 0 && !unmet && html`<li class="empty">${t('learning.nothing_chosen')}</li>`}
        </ul>
    </li>`;
}

export function Learning({ learning }) {
    const { deficits, route } = learning;
    return html`<section class="sheet" aria-labelledby="learning">
        <h2 id="learning">${t('learning.title')}</h2>
        <h3>${t('learning.diagnosis')}</h3><${Diagnosis} learning=${learning} />
        ${deficits.length > 0 && html`<h3>${t('learning.route')}</h3>
            ${route?.hours_total && html`<p>${t('learning.total', { n: route.hours_total })}</p>`}
            <ol class="plain">${deficits.map((one) => html`<${Deficit} key=${one.competence} deficit=${one} route=${route} />`)}</ol>`}
        ${learning.level && deficits.length === 0 && html`<p class="good">${t('learning.no_deficits')}</p>`}
    </section>`;
}

addTexts('learning', {
    ru: {
        title: 'Индивидуальный образовательный маршрут', diagnosis: 'Что показала диагностика', route: 'Дефициты и чем они восполняются', not_diagnosed: 'Диагностика ещё не проведена.', level: 'Уровень:', threshold: 'порог {n}', chart: 'Результаты диагностики по компетенциям, в процентах', competence: 'Компетенция', score: 'Результат', verdict: 'Вывод', deficit_of: { one: 'дефицит {n} пункт', few: 'дефицит {n} пункта', many: 'дефицит {n} пунктов' }, enough: 'достаточно',
        of_threshold: '{score} при пороге {threshold}', programme: 'программа', mentor: 'наставник', site: 'стажировка', hours: { one: '{n} час', few: '{n} часа', many: '{n} часов' }, from: 'с {day}', why: 'Почему выбрано', unmet: 'программы нет в реестре', nothing_chosen: 'пока ничего не выбрано', no_deficits: 'Дефицитов нет.', total: { one: 'Всего {n} час', few: 'Всего {n} часа', many: 'Всего {n} часов' },
    },
    en: {
        title: 'Individual route of learning', diagnosis: 'What the diagnosis showed', route: 'Deficits and what makes up for them', not_diagnosed: 'There was no diagnosis yet.', level: 'Level:', threshold: 'threshold {n}', chart: 'Results of the diagnosis by competence, in percent', competence: 'Competence', score: 'Result', verdict: 'Verdict', deficit_of: { one: '{n} point is lacking', other: '{n} points are lacking' }, enough: 'enough',
        of_threshold: '{score}, threshold {threshold}', programme: 'programme', mentor: 'mentor', site: 'internship', hours: { one: '{n} hour', other: '{n} hours' }, from: 'from {day}', why: 'Why it was chosen', unmet: 'no programme in the registry', nothing_chosen: 'nothing is chosen yet', no_deficits: 'There are no deficits.', total: { one: '{n} hour in all', other: '{n} hours in all' },
    },
});
