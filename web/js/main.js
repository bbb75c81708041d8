/* main.js - the beginning: puts the shell on the page */
import { html, render } from './html.js';
import { Shell } from './shell.js';

const root = document.getElementById('app');
root.textContent = '';
render(html`<${Shell} />`, root);
