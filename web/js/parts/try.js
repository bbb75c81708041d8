/* try.js - a workflow tried beside the engine: with an input, waits skipped, nothing kept */
import { post, ProblemNote } from '../api.js';
import { html, useState } from '../html.js';
import { addTexts, has, t } from '../text.js';
import { Field } from './field.js';
import { Json } from './json.js';
import { readJson } from './read_json.js';
import { Said } from './said.js';

const statusText = (status) => (has(`try.step_${status}`) ? t(`try.step_${status}`) : status);

/* The steps of a scope, each with what ran in it. */
function Steps({ tasks, scope }) {
    const here = tasks.filter((one) => one.scope === scope);
    return here.length > 0 && html`<ol>${here.map((one, n) => html`<li key=${n}>
        <${Said}>${one.title ?? one.name}<//>: ${statusText(one.status)}${one.taken && html` (<${Said}>${one.taken}<//>)`}
        ${one.task && html`<${Steps} tasks=${tasks} scope=${one.task} />`}
    </li>`)}</ol>`;
}

/* Without its letters, which nobody takes here. */
function Waiting({ waiting }) {
    const named = waiting.filter((one) => one.kind !== 'notice').map((one) => [one.step_title ?? one.step, one.service].filter(Boolean).join(' — '));
    return named.length > 0 && html`<p>${t('try.waits')} <${Said}>${[...new Set(named)].join('; ')}<//></p>`;
}

function Outcome({ result }) {
    return html`<div>
        <p><strong>${t(`try.${result.status}`)}</strong>${result.error && html` <${Said}>${[result.error.title, result.error.detail].filter(Boolean).join(': ')}<//>`}</p>
        <${Waiting} waiting=${result.waiting} />
        <${Steps} tasks=${result.tasks} scope=${undefined} />
        <${Json} title=${t('try.output')} value=${result.output} open />
    </div>`;
}

export function Try({ row }) {
    const [state, setState] = useState({});
    const submit = async (event) => {
        event.preventDefault();
        const form = new FormData(event.target);
        setState({ busy: true });
        try {
            const mocks = readJson(form.get('mocks'), t('try.mocks'));
            const start = form.get('start') || undefined;
            setState({ result: await post('/definitions/try', { files: [row.number], input: readJson(form.get('input'), t('try.input')) ?? {}, people: form.get('people') !== null, mocks, start }) });
        } catch (problem) {
            setState({ problem });
        }
    };
    return html`<details class="part no-print"><summary><h2>${t('try.title')}</h2></summary>
        <div class="sheet">
            <p>${t('try.about')}</p>
            <form onSubmit=${submit}>
                <${Field} as="textarea" label=${t('try.input')} name="input" hint=${t('try.hint')} class="code" />
                <${Field} as="textarea" label=${t('try.mocks')} name="mocks" hint=${t('try.mocks_hint')} class="code" />
                <${Field} type="datetime-local" label=${t('try.start')} name="start" hint=${t('try.start_hint')} />
                <p class="field check"><label><input type="checkbox" name="people" defaultChecked /> ${t('try.people')}</label></p>
                <button type="submit" class="primary" disabled=${state.busy}>${t('try.go')}</button>
            </form>
            <div role="status">
                ${state.busy && html`<p class="wait">${t('try.running')}</p>`}
                <${ProblemNote} problem=${state.problem} />
                ${state.result && html`<${Outcome} result=${state.result} />`}
            </div>
        </div>
    </details>`;
}

addTexts('try', {
    ru: {
        title: 'Попробовать', about: 'Процесс исполнится отдельно от системы, без ожиданий: сроки наступают сразу, обработчиков и писем нет, ничего не сохраняется.', input: 'Входные данные', hint: 'JSON; пусто — без данных', mocks: 'Ответы обработчиков', mocks_hint: 'JSON: что ответит каждая служба, например {"diagnostics": {"level": "базовый"}}; пусто — никто не ответит', start: 'Начать', start_hint: 'пусто — как у marshrut try', people: 'условные исполнители отчитываются и принимают', go: 'Попробовать', running: 'Исполняется… не дольше 20 секунд', output: 'Результат', waits: 'Ждёт:',
        completed: 'Завершён.', faulted: 'Прерван ошибкой.', cancelled: 'Отменён.', waiting: 'Дальше сам не пойдёт.',
        step_completed: 'выполнено', step_waiting: 'ждёт', step_faulted: 'ошибка', step_cancelled: 'отменено', step_skipped: 'пропущено', step_running: 'идёт',
    },
    en: {
        title: 'Try it', about: 'The workflow runs beside the engine, without waits: terms come at once, there are no workers and no letters, nothing is kept.', input: 'Input', hint: 'JSON; empty: none', mocks: 'Answers of workers', mocks_hint: 'JSON: what each service answers, like {"diagnostics": {"level": "basic"}}; empty: nobody answers', start: 'Begin', start_hint: 'empty: as of marshrut try', people: 'simulated people report and accept', go: 'Try it', running: 'Running… for 20 seconds at most', output: 'Output', waits: 'Waits:',
        completed: 'Completed.', faulted: 'Ended with an error.', cancelled: 'Cancelled.', waiting: 'Nothing more happens by itself.',
        step_completed: 'done', step_waiting: 'waits', step_faulted: 'error', step_cancelled: 'cancelled', step_skipped: 'skipped', step_running: 'running',
    },
});
