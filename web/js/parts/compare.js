/* compare.js - what has changed in a definition since an earlier version, in words
 *
 * The engine's sentences: a line is a part with its change, or a part whose changes follow indented.
 */
import { post, ProblemNote } from '../api.js';
import { html, useEffect, useState } from '../html.js';
import { setting } from '../settings.js';
import { addTexts, t } from '../text.js';
import { Choice } from './field.js';
import { Said } from './said.js';

/* [{head, lines}]: what is indented belongs to the line above. */
function partsOf(words) {
    const parts = [];
    for (const line of words.split('\n').filter(Boolean)) {
        if (line.startsWith('  ')) {
            parts.at(-1)?.lines.push(line.trim());
        } else {
            parts.push({ head: line, lines: [] });
        }
    }
    return parts;
}

function Changes({ older, newer }) {
    const [state, setState] = useState({});
    const language = setting('language');
    useEffect(() => {
        setState({});
        post('/definitions/diff', { old: older.number, new: newer.number }).then((data) => setState({ data }), (problem) => setState({ problem }));
    }, [older.number, newer.number, language]);
    const { data, problem } = state;
    if (!data) {
        return problem ? html`<${ProblemNote} problem=${problem} />` : html`<p class="wait" role="status">${t('compare.wait')}</p>`;
    }
    return data.same ? html`<p role="status">${t('compare.same')}</p>` : html`<div role="status"><ul>${partsOf(data.words).map((part, n) => html`<li key=${n}><${Said}>${part.head}<//>${part.lines.length > 0 && html`<ul>${part.lines.map((line, i) => html`<li key=${i}><${Said}>${line}<//></li>`)}</ul>`}</li>`)}</ul></div>`;
}

/* rows: all definitions; others of the same kind and name can be compared with. */
export function Compare({ row, rows }) {
    const others = rows.filter((one) => one.kind === row.kind && one.name === row.name && one.number !== row.number).sort((a, b) => b.version - a.version);
    const [chosen, setChosen] = useState('');
    const other = others.find((one) => String(one.number) === chosen);
    const [older, newer] = other && other.version > row.version ? [row, other] : [other, row];
    return others.length > 0 && html`<section aria-labelledby="compare"><h2 id="compare">${t('compare.title')}</h2>
        <div class="filters"><${Choice} label=${t('compare.with')} all=${t('compare.none')} value=${chosen} options=${others.map((one) => [String(one.number), t('compare.version', { n: one.version })])} onChoose=${setChosen} /></div>
        ${other && html`<div class="sheet"><p><strong>${t('compare.between', { older: older.version, newer: newer.version })}</strong></p><${Changes} older=${older} newer=${newer} /></div>`}
    </section>`;
}

addTexts('compare', {
    ru: { title: 'Что изменилось', with: 'Сравнить с версией', none: 'не выбрана', version: 'версия {n}', between: 'С версии {older} к версии {newer}:', same: 'По смыслу ничего не изменилось.', wait: 'Сравниваем…' },
    en: { title: 'What has changed', with: 'Compare with version', none: 'none chosen', version: 'version {n}', between: 'From version {older} to version {newer}:', same: 'Nothing has changed in meaning.', wait: 'Comparing…' },
});
