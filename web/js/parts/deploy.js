/* deploy.js - a file is dropped on the page or chosen: it is checked, and put into force when it is good
 *
 * Always:  nothing is changed by dropping; the engine checks again when it takes the document.
 */
import { post, ProblemNote } from '../api.js';
import { html, useEffect, useRef, useState } from '../html.js';
import { place } from '../route.js';
import { setting } from '../settings.js';
import { addTexts, t } from '../text.js';
import { Said } from './said.js';
import { Problems } from './source.js';

const BYTES_MAX = 4 << 20;

async function check(file) {
    if (file.size > BYTES_MAX) {
        throw new Error(t('deploy.too_large'));
    }
    const text = await file.text();
    const answer = await post('/definitions/check', { file: file.name, text });
    return { name: file.name, text, problems: answer.files?.flatMap((one) => one.problems) ?? [], errors: answer.errors };
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
                    take(event.dataTransfer.files[0]);
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

function Checked({ checked, deployed }) {
    const [state, setState] = useState({ busy: false });
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
    return html`<div role="status">
        <p class=${checked.errors > 0 ? 'problem' : 'good'}><strong><${Said}>${checked.name}<//></strong>: ${checked.errors > 0 ? t('deploy.errors', { n: checked.errors }) : t('deploy.clean')}</p>
        ${checked.problems.length > 0 && html`<${Problems} problems=${checked.problems} text=${checked.text} />`}
        <${ProblemNote} problem=${problem} />
        ${problem?.body?.problems && html`<${Problems} problems=${problem.body.problems} text=${checked.text} />`}
        ${answer && html`<p class="good">${t(answer.changed ? 'deploy.done' : 'deploy.same', { name: answer.name, version: answer.version })} <a href=${place('definitions', String(answer.number))}>${t('deploy.look')}</a></p>`}
        ${checked.errors === 0 && !answer && (setting('by')
            ? html`<p class="buttons"><button type="button" class="primary" disabled=${state.busy} onClick=${deploy}>${t('deploy.deploy')}</button></p>`
            : html`<p class="note">${t('deploy.who')}</p>`)}
    </div>`;
}

export function Deploy({ deployed }) {
    const [state, setState] = useState({});
    const input = useRef(null);
    const take = (file) => {
        setState({ checking: true });
        check(file).then((checked) => setState({ checked }), (problem) => setState({ problem }));
    };
    const over = useDrop(take);
    const choose = (event) => {
        if (event.target.files.length > 0) {
            take(event.target.files[0]);
            input.current.value = '';
        }
    };
    return html`<section class=${over ? 'sheet drop over' : 'sheet drop'} aria-labelledby="check">
        <h2 id="check">${t('deploy.title')}</h2>
        <p><label for="check-file">${t('deploy.drop')}</label> <input ref=${input} id="check-file" type="file" accept=".yaml,.yml,.json,application/yaml" onChange=${choose} /></p>
        ${state.checking && html`<p class="wait" role="status">${t('deploy.checking')}</p>`}
        <${ProblemNote} problem=${state.problem} />
        ${state.checked && html`<${Checked} key=${state.checked.name + state.checked.text} checked=${state.checked} deployed=${deployed} />`}
    </section>`;
}

addTexts('deploy', {
    ru: {
        title: 'Проверить и развернуть', drop: 'Перетащите файл определения на эту страницу или выберите его:', checking: 'Проверяется…', clean: 'ошибок нет.', errors: { one: '{n} ошибка', few: '{n} ошибки', many: '{n} ошибок' }, deploy: 'Развернуть', done: 'Развёрнуто: {name}, версия {version}.', same: 'Такой текст уже развёрнут: {name}, версия {version}.', look: 'Посмотреть', too_large: 'Файл больше 4 МиБ.', who: 'Чтобы развернуть, выберите вверху страницы, за кого вы действуете.',
    },
    en: {
        title: 'Check and deploy', drop: 'Drop the file of a definition on this page, or choose it:', checking: 'Checking…', clean: 'no errors.', errors: { one: '{n} error', other: '{n} errors' }, deploy: 'Deploy', done: 'Deployed: {name}, version {version}.', same: 'This text is deployed already: {name}, version {version}.', look: 'Look at it', too_large: 'The file is larger than 4 MiB.', who: 'To deploy, choose at the top of the page for whom you act.',
    },
});
