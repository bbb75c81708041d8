/* picture.js - the drawing of a workflow, a plan or an instance that the engine makes as SVG
 *
 * Always:  shown as an image, in which no script runs and no link leads anywhere; with words beside it
 *          for who can't see it. The drawing speaks the language of the page.
 */
import { get, ProblemNote } from '../api.js';
import { html, useEffect, useState } from '../html.js';
import { setting } from '../settings.js';
import { addTexts, t } from '../text.js';

async function draw(path, signal) {
    return URL.createObjectURL(new Blob([await get(path, {}, signal)], { type: 'image/svg+xml' }));
}

/* The image of a path, drawn anew when `version` changes; what was shown stays until then. */
function useDrawing(path, version) {
    const [state, setState] = useState({ url: null, problem: null });
    useEffect(() => {
        const controller = new AbortController();
        draw(path, controller.signal).then((url) => setState((before) => {
            if (before.url) {
                URL.revokeObjectURL(before.url);
            }
            return { url, problem: null };
        }), (problem) => problem.name !== 'AbortError' && setState((before) => ({ ...before, problem })));
        return () => controller.abort();
    }, [path, version, setting('language')]);
    return state;
}

export function Picture({ path, version, alt }) {
    const { url, problem } = useDrawing(path, version);
    const [whole, setWhole] = useState(window.innerWidth < 700); /* what fits a phone can't be read */
    if (!url) {
        return problem ? html`<${ProblemNote} problem=${problem} />` : html`<p class="wait" role="status">${t('picture.drawing')}</p>`;
    }
    return html`<figure class="picture">
        <div class=${whole ? 'drawing whole' : 'drawing'} tabindex="0" role="group" aria-label=${t('picture.scrolls')}><img src=${url} alt=${alt} /></div>
        <p class="buttons"><button type="button" class="quiet" aria-pressed=${whole} onClick=${() => setWhole(!whole)}>${t(whole ? 'picture.fit' : 'picture.full')}</button>
        <a class="button" href=${url} target="_blank" rel="noopener">${t('picture.apart')}</a></p>
    </figure>`;
}

addTexts('picture', {
    ru: { drawing: 'Рисуется…', scrolls: 'Схема, прокручивается', full: 'В полный размер', fit: 'По ширине страницы', apart: 'Открыть отдельно' },
    en: { drawing: 'Drawing…', scrolls: 'The drawing; it scrolls', full: 'Full size', fit: 'Fit the page', apart: 'Open apart' },
});
