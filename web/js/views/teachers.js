/* teachers.js - «Педагоги»: where the people of a cycle stand, and one of them with their route
 *
 *   #/teachers/teacher-cycle?municipality=…&school=…&stage=training
 *   #/teachers/teacher-cycle/113
 */
import { ProblemNote, useApi, usePages } from '../api.js';
import { html } from '../html.js';
import { touches } from '../live.js';
import { Absent } from '../parts/absent.js';
import { assignmentColumns, Body } from '../parts/assignment_cells.js';
import { Choice } from '../parts/field.js';
import { Funnel, Places, stagesOf, TeacherLink } from '../parts/funnel.js';
import { Learning, learningOf } from '../parts/learning.js';
import { Picture } from '../parts/picture.js';
import { Said } from '../parts/said.js';
import { Badge, instanceTone } from '../parts/state.js';
import { Story } from '../parts/story.js';
import { Exports, Table } from '../parts/table.js';
import { Why } from '../parts/why.js';
import { place, setQuery, useTitle } from '../route.js';
import { addTexts, dayText, momentDay, number, t } from '../text.js';

/* Made-up people are marked as such wherever they are shown. */
const isSynthetic = (row) => row.synthetic === true || /^synthetic-/.test(row.key ?? row.id ?? '');

function Synthetic({ row }) {
    return isSynthetic(row) ? html` <em class="tag" title=${t('teachers.synthetic_about')}>${t('teachers.synthetic')}</em>` : null;
}

/* --- people of a stage ----------------------------------------------------------------------- */

function People({ cycle, filter, stage }) {
    const query = { ...filter, stage };
    const page = { ...query, limit: 25 };
    const path = `/cycles/${encodeURIComponent(cycle.definition)}/people`;
    const list = usePages(path, page);
    const title = stage === 'over' ? t('teachers.over') : stagesOf(cycle).find((one) => one.step === stage)?.title;
    const heading = title ? t('teachers.people_at', { stage: title }) : t('teachers.people');
    const columns = [
        { name: 'name', title: t('teachers.name'), cell: (row) => html`<${TeacherLink} cycle=${cycle.definition} row=${row} /><${Synthetic} row=${row} />` },
        { name: 'school', title: t('funnel.school'), cell: (row) => html`<${Said}>${row.school ?? ''}<//>${row.municipality && html`<small class="below-text"><${Said}>${row.municipality}<//></small>`}` },
        { name: 'stage', title: t('funnel.stage'), cell: (row) => row.stage ?? (row.state === 'running' ? t('funnel.between') : t(`state.${row.state}`)) },
        { name: 'number n-days', title: t('teachers.days'), cell: (row) => number(row.days) },
        { name: 'on', title: t('funnel.waits'), cell: (row) => html`<ul class="plain">${[...new Map(row.on.map((body) => [body.id, body])).values()].map((body) => html`<li key=${body.id}><${Body} body=${body} /></li>`)}</ul>` },
    ];
    return html`<section aria-labelledby="people"><h2 id="people">${heading}</h2>
        ${stage && html`<p><button type="button" class="quiet" onClick=${() => setQuery({ stage: undefined })}>${t('teachers.all_stages')}</button></p>`}
        <${ProblemNote} problem=${list.problem} />
        <${Table} caption=${heading} columns=${columns} rows=${list.rows} more=${list.more} next=${list.next} loading=${list.loading} rowKey=${(row) => row.instance} exports=${{ path, query }} empty=${t('teachers.nobody')} />
    </section>`;
}

/* --- a cycle --------------------------------------------------------------------------------- */

function Filters({ whole, filter }) {
    const municipalities = [...new Set(whole?.groups.map((group) => group.municipality))].sort((a, b) => a.localeCompare(b, 'ru'));
    const schools = [...new Set(whole?.groups.filter((group) => !filter.municipality || group.municipality === filter.municipality).map((group) => group.school))].sort((a, b) => a.localeCompare(b, 'ru', { numeric: true }));
    const options = (names) => names.filter(Boolean).map((name) => [name, name]);
    return html`<div class="filters">
        <${Choice} label=${t('funnel.municipality')} value=${filter.municipality} options=${options(municipalities)} onChoose=${(municipality) => setQuery({ municipality, school: undefined })} />
        <${Choice} label=${t('funnel.school')} value=${filter.school} options=${options(schools)} onChoose=${(school) => setQuery({ school })} />
    </div>`;
}

function Cycle({ definition, query }) {
    const path = `/cycles/${encodeURIComponent(definition)}`;
    const filter = { municipality: query.municipality, school: query.school };
    const { data: cycle, problem } = useApi(path, filter);
    const whole = useApi(path, {}, { live: false }).data;
    if (!cycle) {
        return html`<${Absent} problem=${problem} list="teachers" />`;
    }
    const people = html`<${People} cycle=${cycle} filter=${filter} stage=${query.stage} />`;
    return html`<article>
        <h1>${cycle.title}</h1>
        <${ProblemNote} problem=${problem} />
        <${Filters} whole=${whole} filter=${filter} />
        ${query.stage && people}
        <${Funnel} cycle=${cycle} filter=${filter} />
        ${!filter.school && html`<${Places} cycle=${cycle} filter=${filter} /><p class="below no-print"><${Exports} path=${path} query=${filter} /></p>`}
        ${!query.stage && people}
    </article>`;
}

function Cycles({ query }) {
    const { data, problem, loading } = useApi('/cycles', {}, { live: false });
    const rows = data?.rows ?? [];
    if (rows.length === 1) {
        return html`<${Cycle} definition=${rows[0].definition} query=${query} />`;
    }
    return html`<div><h1>${t('shell.teachers')}</h1><${ProblemNote} problem=${problem} />
        <${Table} caption=${t('shell.teachers')} columns=${[{ name: 'title', title: t('teachers.cycle'), cell: (row) => html`<a href=${place('teachers', row.definition)}>${row.title}</a>` }]} rows=${rows} loading=${loading} rowKey=${(row) => row.definition} exports=${{ path: '/cycles' }} empty=${t('teachers.no_cycles')} /></div>`;
}

/* --- one teacher ----------------------------------------------------------------------------- */

/* The stages in order, with the one where they stand: read before the drawing. */
function Stages({ cycle, row }) {
    const open = new Set(row.tasks.filter((task) => task.state !== 'closed').map((task) => task.step));
    const stages = cycle?.stages ?? [];
    const now = stages.findIndex((stage) => open.has(stage.step));
    return html`<ol class="stages">${stages.map((stage, at) => html`<li key=${stage.step} class=${at === now ? 'now' : ''} aria-current=${at === now ? 'step' : undefined}>${stage.title ?? stage.step}</li>`)}</ol>`;
}

function Assignments({ row }) {
    const mine = row.tasks.filter((task) => task.assignment).map((task) => task.assignment);
    const open = mine.filter((one) => !one.closed);
    const closed = mine.filter((one) => one.closed);
    const table = (rows, caption) => html`<${Table} caption=${caption} columns=${assignmentColumns()} rows=${rows} rowKey=${(one) => one.task} />`;
    return html`<section aria-labelledby="assignments"><h2 id="assignments">${t('teachers.assignments')}</h2>
        ${open.length > 0 ? table(open, t('teachers.assignments')) : html`<p class="empty">${t('teachers.no_assignments')}</p>`}
        ${closed.length > 0 && html`<details class="part"><summary><h3>${t('teachers.closed', { n: closed.length })}</h3></summary>${table(closed, t('teachers.closed', { n: closed.length }))}</details>`}
    </section>`;
}

function Person({ teacher, learning }) {
    const facts = [
        ['funnel.municipality', teacher.municipality], ['funnel.school', teacher.school],
        ['teachers.years', teacher.experience_years], ['teachers.id', teacher.id],
        ['teachers.turn', learning.turn && learning.turns ? t('teachers.turn_of', { n: learning.turn, of: learning.turns }) : null],
    ];
    return html`<dl class="facts">${facts.filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => html`<dt>${t(name)}</dt><dd><${Said}>${value}<//></dd>`)}</dl>`;
}

function Teacher({ definition, id }) {
    const concerns = (what) => touches(what, Number(id));
    const path = `/instances/${encodeURIComponent(id)}`;
    const { data: row, problem } = useApi(path, {}, { concerns });
    const why = useApi(`${path}/why`, {}, { concerns }).data;
    const cycle = useApi(`/cycles/${encodeURIComponent(definition)}`, {}, { live: false }).data;
    const bodies = useApi('/bodies', {}, { live: false }).data?.rows ?? [];
    const learning = row ? learningOf(row) : null;
    useTitle(learning?.teacher.name);
    if (!row) {
        return html`<${Absent} problem=${problem} list="teachers" />`;
    }
    const { teacher } = learning;
    return html`<article>
        <p class="above"><a href=${place('teachers', definition)}>${cycle?.title ?? t('shell.teachers')}</a> <${Badge} tone=${instanceTone(row.state)}>${t(`state.${row.state}`)}<//><${Synthetic} row=${teacher} /></p>
        <h1><${Said}>${teacher.name ?? row.title}<//></h1>
        <${ProblemNote} problem=${problem} />
        <${Stages} cycle=${cycle} row=${row} />
        <div class="columns">
            <div><section class="sheet" aria-label=${t('teachers.about')}><${Person} teacher=${teacher} learning=${learning} /><p>${t('teachers.since', { day: dayText(momentDay(row.created)) })} <a href=${place('processes', String(row.instance))}>${t('teachers.process')}</a></p></section>
            <section class="sheet" aria-labelledby="why"><h2 id="why">${t('teachers.why')}</h2>${why ? html`<${Why} why=${why} />` : html`<p class="wait">${t('shell.loading')}</p>`}</section></div>
            <${Learning} learning=${learning} />
        </div>
        <${Assignments} row=${row} />
        <section aria-labelledby="drawing"><h2 id="drawing">${t('teachers.drawing')}</h2><${Picture} path=${`${path}/graph.svg`} version=${row.changed} alt=${t('teachers.drawing_alt', { name: teacher.name ?? '' })} /></section>
        <section aria-labelledby="story"><h2 id="story">${t('teachers.story')}</h2><${Story} path=${`${path}/history`} instance=${row.instance} bodies=${bodies} /></section>
    </article>`;
}

export default function Teachers({ parts, query }) {
    return parts.length === 0 ? html`<${Cycles} query=${query} />`
        : parts.length === 1 ? html`<${Cycle} key=${parts[0]} definition=${parts[0]} query=${query} />`
        : html`<${Teacher} key=${parts[1]} definition=${parts[0]} id=${parts[1]} />`;
}

addTexts('teachers', {
    ru: {
        cycle: 'Цикл', no_cycles: 'Определений циклов пока нет. Их вводят в действие на странице «Определения».', people: 'Педагоги', people_at: 'Педагоги на этапе: {stage}', over: 'цикл окончен', name: 'Педагог', days: 'Дней', nobody: 'Никого нет', all_stages: 'Показать все этапы', synthetic: 'условный', synthetic_about: 'Вымышленный педагог для показа',
        about: 'Сведения о педагоге', years: 'Стаж, лет', id: 'Табельный номер', turn: 'Виток', turn_of: '{n} из {of}', since: 'В цикле с {day}.', process: 'Процесс', why: 'Чего ждёт', assignments: 'Открытые поручения', no_assignments: 'Открытых поручений нет', closed: { one: '{n} закрытое поручение', few: '{n} закрытых поручения', many: '{n} закрытых поручений' }, drawing: 'Где педагог в цикле', drawing_alt: 'Схема цикла: {name}. Этапы и открытые поручения перечислены выше словами.', story: 'История',
    },
    en: {
        cycle: 'Cycle', no_cycles: 'There are no definitions of cycles yet. They are deployed on the page “Definitions”.', people: 'Teachers', people_at: 'Teachers at the stage: {stage}', over: 'the cycle is over', name: 'Teacher', days: 'Days', nobody: 'Nobody', all_stages: 'Show all stages', synthetic: 'made up', synthetic_about: 'A made-up teacher of the demonstration',
        about: 'About the teacher', years: 'Years of experience', id: 'Number', turn: 'Turn', turn_of: '{n} of {of}', since: 'In the cycle since {day}.', process: 'Process', why: 'What it waits for', assignments: 'Open assignments', no_assignments: 'There are no open assignments', closed: { one: '{n} closed assignment', other: '{n} closed assignments' }, drawing: 'Where in the cycle', drawing_alt: 'Drawing of the cycle: {name}. Stages and open assignments are listed above in words.', story: 'History',
    },
});
