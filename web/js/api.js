/* api.js - questions to the engine and changes in it (docs/http.md)
 *
 * Owns:    the address of the API, who acts, languages, versions of what was read, and repeats of a
 *          change whose answer was lost: it carries a key by which the engine knows it.
 * Out:     data, or a Problem with a sentence in the language of the page.
 */
import { html, useCallback, useEffect, useRef, useState } from './html.js';
import { onChange } from './live.js';
import { setting } from './settings.js';
import { addTexts, dayShort, t } from './text.js';

const BASE = '/api/v1';
const KEPT_MS = 1000; /* how long the engine keeps an answer that is behind, at most */

export class Problem extends Error {
    constructor(status, body) {
        super(body.detail || body.title || `HTTP ${status}`);
        this.status = status;
        this.body = body;
    }
}

/* Parameters without a value are left out. */
export function address(path, query = {}) {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
        if (value !== undefined && value !== null && value !== '' && value !== false) {
            parameters.set(name, value);
        }
    }
    const text = parameters.toString();
    return BASE + path + (text ? `?${text}` : '');
}

async function answerOf(response) {
    const type = response.headers.get('content-type') || '';
    const body = type.includes('json') ? await response.json() : await response.text();
    if (!response.ok) {
        throw new Problem(response.status, typeof body === 'object' ? body : { title: body.slice(0, 300) });
    }
    const etag = response.headers.get('etag');
    if (etag && body && typeof body === 'object' && !Array.isArray(body) && !('etag' in body)) {
        Object.defineProperty(body, 'etag', { value: etag, enumerable: false });
    }
    if (response.headers.has('age') && body && typeof body === 'object') {
        Object.defineProperty(body, 'kept', { value: true, enumerable: false });
    }
    return body;
}

async function send(url, options) {
    try {
        return await fetch(url, { ...options, headers: { 'Accept-Language': setting('language'), ...options.headers } });
    } catch (error) {
        if (error.name === 'AbortError') {
            throw error;
        }
        throw new Problem(0, { title: t('api.away') });
    }
}

export async function get(path, query, signal) {
    return answerOf(await send(address(path, query), { signal }));
}

/* Requests that change nothing, though they are sent as changes are. */
const LOOKS = /\/(preview|check|diff|try)$/;

/* A change: by whom is said by the settings; etag: only if it is still as it was read. */
export async function change(method, path, body, { etag, key = crypto.randomUUID() } = {}) {
    const by = setting('by');
    if (!by && !LOOKS.test(path)) {
        throw new Problem(400, { detail: t('api.nobody') });
    }
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key };
    if (by) {
        headers['Marshrut-By'] = encodeURIComponent(by.id);
    }
    if (etag) {
        headers['If-Match'] = etag;
    }
    const options = { method, headers, body: JSON.stringify(body ?? {}) };
    try {
        return await answerOf(await send(BASE + path, options));
    } catch (problem) {
        if (problem.status !== 0) {
            throw problem;
        }
        return answerOf(await send(BASE + path, options)); /* the same key: done at most once */
    }
}

export const post = (path, body, options) => change('POST', path, body, options);

/* The data of a path, followed live: {data, problem, loading, reload}. What was shown stays until the
 * new is there. live: false does not follow; concerns(change) says whether a change matters. A change
 * that comes while an answer is under way is asked for after it: so a stream of them starves nobody.
 * An answer that was kept from before the newest change is shown, and asked for once more when it can be
 * kept no longer. What there is not is not asked for again; that nobody answers, the shell says beside what is shown. */
export function useApi(path, query, { live = true, concerns } = {}) {
    const [state, setState] = useState({ of: null, data: null, problem: null, loading: true });
    const url = path === null ? null : address(path, query);
    const language = setting('language');
    const running = useRef(null);
    const absent = useRef(false);
    const later = useRef(null);
    const stop = () => {
        clearTimeout(later.current);
        running.current?.controller.abort();
        running.current = null;
    };
    const load = useCallback(() => {
        if (url === null) {
            return;
        }
        if (running.current) {
            running.current.again = true;
            return;
        }
        const mine = { controller: new AbortController(), again: false };
        running.current = mine;
        clearTimeout(later.current);
        send(url, { signal: mine.controller.signal })
            .then(answerOf)
            .then((data) => {
                absent.current = false;
                setState({ of: url, data, problem: null, loading: false });
                if (live && data?.kept) {
                    later.current = setTimeout(load, KEPT_MS);
                }
            })
            .catch((problem) => {
                if (problem.name !== 'AbortError') {
                    absent.current = problem.status === 404;
                    setState((before) => ({ ...before, problem: problem.status === 0 && before.of === url ? null : problem, loading: false }));
                }
            })
            .finally(() => {
                if (running.current === mine) {
                    running.current = null;
                    if (mine.again) {
                        load();
                    }
                }
            });
    }, [url, language]);
    useEffect(() => {
        setState((before) => ({ ...before, loading: true }));
        load();
        return stop;
    }, [load]);
    useEffect(() => (url !== null ? onChange((what) => {
        if (what.anew) {
            stop(); /* its answer may never come */
        }
        if ((live || what.anew) && !absent.current && (!concerns || concerns(what))) {
            load();
        }
    }) : undefined), [load, live]);
    return { ...state, reload: load };
}

const identity = (row) => row.task ?? row.seq ?? row.instance ?? row.id ?? row.name;

/* Pages of a list, one after the other: {rows, more, loading, problem, next()}. The first is followed
 * live; a row that has moved into it is not shown twice. */
export function usePages(path, query, options) {
    const first = useApi(path, query, options);
    const [further, setFurther] = useState({ of: null });
    const url = path === null ? null : address(path, query);
    const mine = further.of === url ? further : { of: url, rows: [], next: undefined, loading: false, problem: null };
    const after = mine.next === undefined ? first.data?.next ?? null : mine.next;
    const head = first.data?.rows ?? [];
    const known = mine.rows.length > 0 ? new Set(head.map(identity)) : null;
    const next = async () => {
        setFurther({ ...mine, loading: true });
        try {
            const page = await get(path, { ...query, after });
            setFurther({ of: url, rows: [...mine.rows, ...page.rows], next: page.next, loading: false, problem: null });
        } catch (problem) {
            setFurther({ ...mine, loading: false, problem });
        }
    };
    return {
        ...first,
        problem: first.problem ?? mine.problem,
        rows: known ? [...head, ...mine.rows.filter((row) => !known.has(identity(row)))] : head,
        more: after !== null && after !== undefined,
        loading: first.loading || mine.loading,
        next,
    };
}

/* Days of a sentence as people write them. */
export function withDays(text) {
    return text.replace(/\b\d{4}-\d{2}-\d{2}\b(?!T)/g, (day) => dayShort(day));
}

/* The sentence of a refusal, as a line that is read out. */
export function ProblemNote({ problem }) {
    return problem
        ? html`<p class="problem" role="alert"><strong>${t('api.refused')}</strong> <bdi>${withDays(problem.message)}</bdi></p>`
        : null;
}

addTexts('api', {
    ru: { away: 'Система не отвечает. Проверьте, запущена ли она.', refused: 'Не получилось:', nobody: 'Сначала выберите вверху страницы, за кого вы действуете: это имя войдёт в запись.' },
    en: { away: 'The engine does not answer. Is it running?', refused: 'This did not work:', nobody: 'Choose first, at the top of the page, for whom you act: the record names it.' },
});
