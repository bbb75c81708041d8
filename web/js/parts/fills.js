/* fills.js - how the bars of a chart look: a colour, and a pattern that tells it from the others
 *
 * In:      the colours of the style sheet, in the look of the moment.
 * Always:  no two fills differ by their colour alone: they are told apart on black-and-white paper, too.
 *          What is not worked on has no ground, only its edge.
 */
import { ink, tone } from './chart.js';

const TILE = 8; /* pixels: each pattern repeats */

/* Lines across the tile from point to point, over its edges so that they meet those of the next. */
const lines = {
    right: [[-2, 2, 2, -2], [-2, 10, 10, -2], [6, 10, 10, 6]],
    left: [[6, -2, 10, 2], [-2, -2, 10, 10], [-2, 6, 2, 10]],
    level: [[0, 4, 8, 4]],
    upright: [[2, 0, 2, 8], [5, 0, 5, 8]],
};

/* tone: its colour; ground: false where it has only an edge; lines, how wide; dots: their radius. */
const fills = {
    open: {},
    soon: { dots: 1 },
    today: { dots: 2.2 },
    overdue: { lines: ['left'], wide: 1.5 },
    critical: { lines: ['left', 'right'], wide: 1.2 },
    decide: { lines: ['level'], wide: 2 },
    done: { lines: ['right'], wide: 1 },
    'late-done': { lines: ['right'], wide: 3 },
    planned: { tone: 'none', ground: false },
    paused: { tone: 'none', ground: false, lines: ['upright'], wide: 1 },
    withdrawn: { tone: 'none', ground: false, lines: ['left', 'right'], wide: 1 },
};

export const toneOf = (name) => tone(fills[name].tone ?? name);

/* For backgroundColor of a chart; pale: the same, fainter. */
export function fill(name, pale = false) {
    const { ground = true, lines: drawn = [], wide, dots } = fills[name];
    const tile = Object.assign(document.createElement('canvas'), { width: TILE, height: TILE });
    const context = tile.getContext('2d');
    context.fillStyle = ground ? toneOf(name) : ink('sheet');
    context.globalAlpha = pale ? 0.45 : 1;
    context.fillRect(0, 0, TILE, TILE);
    context.fillStyle = context.strokeStyle = ground ? ink('sheet') : toneOf(name);
    context.lineWidth = wide ?? 0;
    context.beginPath();
    for (const [fromX, fromY, toX, toY] of drawn.flatMap((kind) => lines[kind])) {
        context.moveTo(fromX, fromY);
        context.lineTo(toX, toY);
    }
    context.stroke();
    if (dots) {
        context.beginPath();
        context.arc(TILE / 2, TILE / 2, dots, 0, 2 * Math.PI);
        context.fill();
    }
    return context.createPattern(tile, 'repeat');
}
