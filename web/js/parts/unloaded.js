/* unloaded.js - in place of a view whose code did not come, because the connection was lost
 *
 * Always:  a browser does not ask again for code that did not come, so the page is loaded anew: not
 *          before the engine answers, and by itself only after a loss, or it might go on for ever.
 */
import { get, ProblemNote } from '../api.js';
import { Fragment, html, useEffect, useState } from '../html.js';
import { onState } from '../live.js';
import { addTexts, t } from '../text.js';

let lost = false;
onState(({ is }) => { lost ||= is === 'lost'; });

export function Unloaded() {
    const [problem, setProblem] = useState(null);
    const again = () => get('/stats').then(() => window.location.reload(), setProblem);
    useEffect(() => onState(({ is }) => is === 'there' && lost && again()), []);
    return html`<${Fragment}>
        <h1>${t('unloaded.title')}</h1>
        <p role="alert">${t('unloaded.about')}</p>
        <${ProblemNote} problem=${problem} />
        <p class="buttons"><button type="button" class="primary" onClick=${again}>${t('unloaded.again')}</button></p>
    <//>`;
}

addTexts('unloaded', {
    ru: { title: 'Раздел не загрузился', about: 'Похоже, связь с системой прервалась. Раздел откроется сам, когда она вернётся.', again: 'Повторить' },
    en: { title: 'This section did not load', about: 'It seems that the connection to the engine was lost. The section opens by itself when it is back.', again: 'Try again' },
});
