/* html.js - the one place that knows which library draws: markup in template strings, and hooks
 *
 * Everything that is shown goes through html``, which sets text, never markup: what the engine sends
 * is shown as text whatever is in it.
 */
const { h, render, Fragment } = window.preact;

export const html = window.htm.bind(h);
export const { useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback } = window.preactHooks;
export { render, Fragment };
