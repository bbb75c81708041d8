/* settings.js - what this browser remembers: language, look, and as whom one acts
 *
 * Kept in localStorage and nowhere else. There are no accounts yet: whoever opens the page says for
 * which body or person they act, and every record names it.
 */
const NAMES = { language: 'marshrut.language', look: 'marshrut.look', by: 'marshrut.by' };
const listeners = new Set();

function read(name) {
    try {
        return window.localStorage.getItem(NAMES[name]);
    } catch {
        return null; /* a browser that keeps nothing */
    }
}

const values = {
    language: read('language') === 'en' ? 'en' : 'ru',
    look: ['light', 'dark'].includes(read('look')) ? read('look') : 'auto',
    by: parse(read('by')), /* {id, name} of a body or a person, or null */
};

function parse(text) {
    try {
        const by = JSON.parse(text);
        return by && typeof by.id === 'string' && typeof by.name === 'string' ? by : null;
    } catch {
        return null;
    }
}

export function setting(name) {
    return values[name];
}

export function setSetting(name, value) {
    values[name] = value;
    try {
        if (value === null) {
            window.localStorage.removeItem(NAMES[name]);
        } else {
            window.localStorage.setItem(NAMES[name], typeof value === 'string' ? value : JSON.stringify(value));
        }
    } catch {
        /* it holds until the page is closed */
    }
    apply();
    listeners.forEach((listener) => listener());
}

export function onSettings(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

function apply() {
    document.documentElement.lang = values.language;
    if (values.look === 'auto') {
        delete document.documentElement.dataset.look;
    } else {
        document.documentElement.dataset.look = values.look;
    }
}

apply();
