/* live.js - one connection that tells what has changed, and whether the engine is there at all
 *
 * Owns:    the server-sent events of the engine; when it is lost, says nothing more, and comes back.
 * Out:     onChange(listener): {seq, instances, kinds, today}, the first at once and then at most every
 *          PAUSE_MS; onState(listener): {is, at}: unknown, there, lost (nobody is at its address) or silent
 *          (it takes what is asked and gives no answer), and when it was last heard.
 * Always:  after a lost connection everything counts as changed, and what was asked before is asked anew.
 */
const PAUSE_MS = 400;
const SILENCE_MS = 4000; /* after which the engine is asked whether it is there */
const PATIENCE_MS = 3000; /* for the answer to that */
const RETRY_MS = 2000;

const listeners = new Set();
const stateListeners = new Set();
let source = null;
let state = { is: 'unknown', at: null };
let heard = null; /* milliseconds, of the clock of who looks */
let pending = null;
let timer = null;
let told = 0;

function tell() {
    timer = null;
    told = performance.now();
    const what = pending;
    pending = null;
    listeners.forEach((listener) => listener(what));
}

function merge(before, what) {
    if (before === null || before.instances === null || what.instances === null) {
        return before === null ? what : { ...what, instances: null, anew: before.anew || what.anew };
    }
    return { ...what, instances: [...before.instances, ...what.instances], kinds: [...before.kinds, ...what.kinds] };
}

function take(what) {
    pending = merge(pending, what);
    timer ??= setTimeout(tell, Math.max(0, told + PAUSE_MS - performance.now()));
}

function setState(is) {
    if (state.is !== is) {
        state = { is, at: heard === null ? null : new Date(heard) };
        stateListeners.forEach((listener) => listener(state));
    }
}

const isAway = () => state.is === 'lost' || state.is === 'silent';

function connect() {
    source?.close();
    source = new EventSource('/api/v1/events');
    source.addEventListener('open', () => {
        heard = Date.now();
        if (isAway()) {
            take({ seq: 0, instances: null, kinds: [], anew: true });
        }
        setState('there');
    });
    source.addEventListener('error', () => setState('lost'));
    source.addEventListener('change', (event) => {
        const what = JSON.parse(event.data);
        heard = Date.now();
        take({ ...what, instances: what.more ? null : what.instances });
    });
}

/* A stream that was open over a loss may be dead without knowing it; one that connects is left to it. */
async function probe() {
    try {
        const { ok } = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
        if (!ok) {
            setState('lost');
            return;
        }
        heard = Date.now();
        if (isAway() && source.readyState !== EventSource.CONNECTING) {
            connect();
        }
    } catch (error) {
        setState(error.name === 'TimeoutError' ? 'silent' : 'lost');
    }
}

async function watch() {
    if (state.is !== 'there' || Date.now() - heard >= SILENCE_MS) {
        await probe();
    }
    setTimeout(watch, isAway() ? RETRY_MS : Math.max(RETRY_MS, SILENCE_MS - (Date.now() - heard)));
}

function start() {
    connect();
    setTimeout(watch, SILENCE_MS);
    window.addEventListener('offline', probe);
}

export function onChange(listener) {
    if (source === null) {
        start();
    }
    listeners.add(listener);
    return () => listeners.delete(listener);
}

export function onState(listener) {
    stateListeners.add(listener);
    listener(state);
    return () => stateListeners.delete(listener);
}

/* Does a change touch one of these instances? */
export function touches(what, ...instances) {
    return what.instances === null || what.instances.some((id) => instances.includes(id));
}
