/* labels.js - names beside the bars of a chart, broken into lines where the page is narrow */
export function labelLines(text, wide = 40) {
    const room = window.innerWidth < 700 ? 15 : wide;
    const lines = [''];
    for (const word of text.split(/\s+/)) {
        const last = lines.at(-1);
        if (last !== '' && last.length + word.length >= room) {
            lines.push(word);
        } else {
            lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
        }
    }
    const shown = lines.slice(0, 3).map((line) => (line.length > room ? `${line.slice(0, room - 1)}…` : line));
    return lines.length > 3 ? [...shown.slice(0, 2), `${shown[2].slice(0, room - 1)}…`] : shown;
}
