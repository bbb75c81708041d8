/* read_json.js - JSON that somebody typed; of one that is none, the line and column where it stops being it
 *
 * Browsers tell of the fault in words of their own, in English, and not always where it is.
 */
import { addTexts, t } from '../text.js';

const TOKEN = /[ \t\n\r]*([[\]{},:]|"(?:[^"\\\u0000-\u001f]|\\["\\/bfnrt]|\\u[\da-fA-F]{4})*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)?/y;

/* By which character the tokens begin that may come next. */
const VALUE = /^[^\]},:]/;
const FIRST_VALUE = /^[^},:]/;
const NAME = /^"/;
const FIRST_NAME = /^["}]/;
const COLON = /^:/;
const MORE = { '[': /^[,\]]/, '{': /^[,}]/ };
const NOTHING = /^$/;

function next(token, expected, open) {
    if (token === '{' || token === '[') {
        open.push(token);
        return token === '{' ? FIRST_NAME : FIRST_VALUE;
    }
    if (token === ':' || token === ',') {
        return token === ',' && open.at(-1) === '{' ? NAME : VALUE;
    }
    if (token === '}' || token === ']') {
        open.pop();
    } else if (expected === NAME || expected === FIRST_NAME) {
        return COLON;
    }
    return MORE[open.at(-1)] ?? NOTHING;
}

/* How many characters are right. */
function soundLength(text) {
    const open = [];
    let expected = VALUE;
    for (let at = 0; ;) {
        TOKEN.lastIndex = at;
        const [{ length }, token = ''] = TOKEN.exec(text);
        if (token === '' || !expected.test(token)) {
            return at + length - token.length;
        }
        at += length;
        expected = next(token, expected, open);
    }
}

/* what: the name of the field. Nothing is no JSON, and no fault. */
export function readJson(text, what) {
    try {
        return text.trim() === '' ? undefined : JSON.parse(text);
    } catch {
        const lines = text.slice(0, soundLength(text)).split('\n');
        throw new Error(t('read_json.fault', { what, line: lines.length, column: lines.at(-1).length + 1 }));
    }
}

addTexts('read_json', {
    ru: { fault: '{what}: это не JSON, ошибка в строке {line}, столбце {column}' },
    en: { fault: '{what}: this is not JSON, line {line}, column {column}' },
});
