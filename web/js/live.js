/* live.js - one connection that tells what has changed
 *
 * Owns:    the server-sent events of the engine, and when it is lost and comes back.
 * Out:     onChange(listener): {seq, instances, kinds, today}, the first at once and then at most every
 *          PAUSE_MS; onState(): is it there?
 * Always:  after a lost connection everything counts as changed.
 */
const PAUSE_MS = 400;

const listeners = new Set();
const stateListeners = new Set();
let source = null;
let connected = null; /* not known yet */
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
        return before === null ? what : { ...what, instances: null };
    }
    return { ...what, instances: [...before.instances, ...what.instances], kinds: [...before.kinds, ...what.kinds] };
}

function take(what) {
    pending = merge(pending, what);
    timer ??= setTimeout(tell, Math.max(0, told + PAUSE_MS - performance.now()));
}

function setConnected(now) {
    if (connected !== now) {
        connected = now;
        stateListeners.forEach((listener) => listener(now));
    }
}

function start() {
    let lost = false;
    source = new EventSource('/api/v1/events');
    source.addEventListener('open', () => {
        setConnected(true);
        if (lost) {
            take({ seq: 0, instances: null, kinds: [] });
        }
        lost = false;
    });
    source.addEventListener('error', () => {
        setConnected(false);
        lost = true;
        if (source.readyState === EventSource.CLOSED) {
            setTimeout(start, 3000);
        }
    });
    source.addEventListener('change', (event) => {
        const what = JSON.parse(event.data);
        take({ ...what, instances: what.more ? null : what.instances });
    });
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
    listener(connected);
    return () => stateListeners.delete(listener);
}

/* Does a change touch one of these instances? */
export function touches(what, ...instances) {
    return what.instances === null || what.instances.some((id) => instances.includes(id));
}
