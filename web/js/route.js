/* route.js - where on the page one is: the part of the address after #
 *
 *   #/assignments?body=kopo_lo&phase=overdue  →  {parts: ['assignments'], query: {body, phase}}
 */
import { useEffect, useState } from './html.js';
import { t } from './text.js';

export function readPlace(hash = window.location.hash) {
    const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
    return {
        parts: path.split('/').filter(Boolean).map(decode),
        query: Object.fromEntries(new URLSearchParams(query)),
    };
}

function decode(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

/* The address of a view: place('roadmaps', 'lo-2023', {body: 'omsu'}). */
export function place(...parts) {
    const query = typeof parts.at(-1) === 'object' ? parts.pop() : {};
    const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== ''));
    return `#/${parts.map(encodeURIComponent).join('/')}${[...text].length ? `?${text}` : ''}`;
}

export function go(...parts) {
    window.location.hash = place(...parts);
}

/* Another filter on the same view; the way back stays short. */
export function setQuery(changes) {
    const { parts, query } = readPlace();
    const hash = place(...parts, { ...query, ...changes });
    window.history.replaceState(null, '', hash);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/* What the window is called while a view shows one thing: its name first. */
export function useTitle(text) {
    useEffect(() => {
        if (text) {
            document.title = `${text} · ${t('shell.marshrut')}`;
        }
    }, [text]);
}

export function usePlace() {
    const [now, setNow] = useState(readPlace());
    useEffect(() => {
        const follow = () => setNow(readPlace());
        window.addEventListener('hashchange', follow);
        return () => window.removeEventListener('hashchange', follow);
    }, []);
    return now;
}
