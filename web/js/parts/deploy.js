/* deploy.js - files are dropped on the page or chosen: one is checked, and put into force when it is
 * good; several may be checked together, and become an import, which «Задания» shows
 *
 * Always:  nothing is changed by dropping; the engine checks again when it takes the documents.
 */
import { post, ProblemNote } from '../api.js';
import { html, useEffect, useRef, useState } from '../html.js';
import { go, place } from '../route.js';
import { addTexts, number, t } from '../text.js';
import { useActing } from './acting_first.js';
import { Said } from './said.js';
import { Problems } from './source.js';

const BYTES_MAX = 4 << 20;

const textsOf = (files) => Promise.all(files.map(async (file) => ({ file: file.name, text: await file.text() })));

/* What is wrong with each, beside what is in force and the others. */
async function check(files) {
    if (files.some((file) => file.size > BYTES_MAX)) {
        throw new Error(t('deploy.too_large'));
    }
    const texts = await textsOf(files);
    const answer = await post('/definitions/check', { files: texts });
    return answer.files.map(({ problems, errors }, n) => ({ name: texts[n].file, text: texts[n].text, problems, errors }));
}

/* A whole page to drop on: what is dropped beside the field counts too. */
function useDrop(take) {
    const [over, setOver] = useState(false);
    useEffect(() => {
        const drag = (event) => {
            if ([...(event.dataTransfer?.types ?? [])].includes('Files')) {
                event.preventDefault();
                setOver(event.type === 'dragover');
                if (event.type === 'drop' && event.dataTransfer.files.length > 0) {
                    take([...event.dataTransfer.files]);
                }
            }
        };
        const leave = (event) => event.relatedTarget === null && setOver(false);
        window.addEventListener('dragover', drag);
        window.addEventListener('drop', drag);
        window.addEventListener('dragleave', leave);
        return () => {
            window.removeEventListener('dragover', drag);
            window.removeEventListener('drop', drag);
            window.removeEventListener('dragleave', leave);
        };
    }, []);
    return over;
}

const verdictOf = (errors) => (errors > 0 ? t('deploy.errors', { n: errors }) : t('deploy.clean'));

function Checked({ checked, deployed }) {
    const [state, setState] = useState({ busy: false });
    const acting = useActing();
    const deploy = async () => {
        setState({ busy: true });
        try {
            const answer = await post('/definitions', { file: checked.name, text: checked.text });
            setState({ busy: false, answer });
            deployed();
        } catch (problem) {
            setState({ busy: false, problem });
        }
    };
    const { answer, problem } = state;
    const refused = problem?.body?.problems; /* what is in force may have changed since the check */
    const problems = refused ?? checked.problems;
    const errors = refused ? refused.filter((one) => one.severity === 'error').length : checked.errors;
    const verdict = errors === 0 && problem ? t('deploy.refused') : verdictOf(errors);
    return html`<div role="status">
        <p class=${errors > 0 || problem ? 'problem' : 'good'}><strong><${Said}>${checked.name}<//></strong>: ${verdict}</p>
        <${ProblemNote} problem=${problem} />
        ${problems.length > 0 && html`<${Problems} problems=${problems} text=${checked.text} />`}
        ${answer && html`<p class="good">${t(answer.changed ? 'deploy.done' : 'deploy.same', { name: answer.name, version: answer.version })} <a href=${place('definitions', String(answer.number))}>${t('deploy.look')}</a></p>`}
        ${errors === 0 && !answer && html`<p class="buttons"><button type="button" class="primary" disabled=${state.busy} onClick=${() => acting.first(deploy)}>${t('deploy.deploy')}</button></p>`}
        ${acting.dialog}
    </div>`;
}

/* Of several, before anything is loaded. */
function Verdicts({ checked }) {
    return html`<div role="status">${checked.map((one) => html`<div key=${one.name}>
        <p class=${one.errors > 0 ? 'problem' : 'good'}><strong><${Said}>${one.name}<//></strong>: ${verdictOf(one.errors)}</p>
        ${one.problems.length > 0 && html`<${Problems} problems=${one.problems} text=${one.text} />`}
    </div>`)}</div>`;
}

/* They may need each other: the engine checks them together, and finds their order. */
function Import({ files, leave }) {
    const [state, setState] = useState({ busy: false });
    const acting = useActing();
    const doing = (work) => async () => {
        setState({ busy: true });
        try {
            setState({ busy: false, checked: await work(), of: files });
        } catch (problem) {
            setState({ busy: false, problem });
        }
    };
    const load = async () => go('work', String((await post('/jobs', { kind: 'import', files: await textsOf(files) })).job));
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    return html`<div>
        <p role="status"><strong>${t('deploy.chosen', { n: files.length })}</strong></p>
        <ul class="plain files">${files.map((file) => html`<li key=${file.name}><${Said}>${file.name}<//> <small>${t('deploy.bytes', { n: number(Math.ceil(file.size / 1024)) })}</small> <button type="button" class="quiet" aria-label=${t('deploy.leave_one', { name: file.name })} onClick=${() => leave(file)}>${t('deploy.leave')}</button></li>`)}</ul>
        <p>${t('deploy.together')}</p>
        <${ProblemNote} problem=${bytes > BYTES_MAX ? new Error(t('deploy.too_large_all')) : state.problem} />
        ${state.checked && state.of === files && html`<${Verdicts} checked=${state.checked} />`}
        <p class="buttons">
            <button type="button" disabled=${state.busy || bytes > BYTES_MAX} onClick=${doing(() => check(files))}>${t('deploy.check')}</button>
            <button type="button" class="primary" disabled=${state.busy || bytes > BYTES_MAX} onClick=${() => acting.first(doing(load))}>${t('deploy.import', { n: files.length })}</button>
        </p>
        ${acting.dialog}
    </div>`;
}

/* One that is chosen again takes the place of the one before. */
const withFiles = (files, more) => [...files.filter((one) => !more.some((file) => file.name === one.name)), ...more];

export function Deploy({ deployed }) {
    const [state, setState] = useState({});
    const input = useRef(null);
    const files = useRef([]); /* of an import */
    const choice = (chosen) => {
        files.current = chosen;
        setState({ files: chosen });
    };
    const take = (taken) => {
        const all = withFiles(files.current, taken);
        if (all.length > 1) {
            choice(all);
            return;
        }
        setState({ checking: true });
        check(all).then(([checked]) => setState({ checked }), (problem) => setState({ problem }));
    };
    const over = useDrop(take);
    const choose = (event) => {
        if (event.target.files.length > 0) {
            take([...event.target.files]);
            input.current.value = '';
        }
    };
    return html`<section class=${over ? 'sheet drop over' : 'sheet drop'} aria-labelledby="check">
        <h2 id="check">${t('deploy.title')}</h2>
        <p><label for="check-file">${t('deploy.drop')}</label></p>
        <p><input ref=${input} class="hidden" id="check-file" type="file" multiple accept=".yaml,.yml,.json,application/yaml" onChange=${choose} /><label class="button" for="check-file" aria-hidden="true">${t('deploy.choose')}</label></p>
        ${state.checking && html`<p class="wait" role="status">${t('deploy.checking')}</p>`}
        <${ProblemNote} problem=${state.problem} />
        ${state.files?.length > 0 && html`<${Import} files=${state.files} leave=${(file) => choice(state.files.filter((one) => one !== file))} />`}
        ${state.checked && html`<${Checked} key=${state.checked.name + state.checked.text} checked=${state.checked} deployed=${deployed} />`}
    </section>`;
}

addTexts('deploy', {
    ru: {
        title: 'Проверить и ввести в действие', drop: 'Перетащите на эту страницу один или несколько файлов определений или выберите их:', choose: 'Выбрать файлы…', checking: 'Проверяется…', clean: 'ошибок нет.', refused: 'не введено в действие.', errors: { one: '{n} ошибка', few: '{n} ошибки', many: '{n} ошибок' }, check: 'Проверить', deploy: 'Ввести в действие', done: 'Введено в действие: {name}, версия {version}.', same: 'Такой текст уже действует: {name}, версия {version}.', look: 'Посмотреть', too_large: 'Файл больше 4 МиБ.', too_large_all: 'Вместе файлы больше 4 МиБ: уберите лишние.', chosen: { one: 'Выбран {n} файл:', few: 'Выбраны {n} файла:', many: 'Выбрано {n} файлов:' }, bytes: '{n} КиБ', leave: 'Убрать', leave_one: 'Убрать {name}', together: 'Файлы проверяются вместе с действующими определениями. Если в каком-то есть ошибка, в действие не вводится ни один.', import: { one: 'Загрузить {n} файл', few: 'Загрузить {n} файла', many: 'Загрузить {n} файлов' },
    },
    en: {
        title: 'Check and deploy', drop: 'Drop one or several files of definitions on this page, or choose them:', choose: 'Choose files…', checking: 'Checking…', clean: 'no errors.', refused: 'not deployed.', errors: { one: '{n} error', other: '{n} errors' }, check: 'Check', deploy: 'Deploy', done: 'Deployed: {name}, version {version}.', same: 'This text is deployed already: {name}, version {version}.', look: 'Look at it', too_large: 'The file is larger than 4 MiB.', too_large_all: 'Together the files are larger than 4 MiB: leave some out.', chosen: { one: '{n} file is chosen:', other: '{n} files are chosen:' }, bytes: '{n} KiB', leave: 'Leave out', leave_one: 'Leave out {name}', together: 'The files are checked together with the definitions in force. When one has an error, none is deployed.', import: { one: 'Import {n} file', other: 'Import {n} files' },
    },
});
