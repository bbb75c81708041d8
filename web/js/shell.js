/* shell.js - what is around every view: head, menu, search, as whom one acts, language, look
 *
 * Owns:    the frame of the page, its landmarks, and where the focus goes when the view changes.
 */
import { ProblemNote, useApi } from './api.js';
import { Fragment, html, useEffect, useRef, useState } from './html.js';
import { onState } from './live.js';
import { ActingFields, chooseActing } from './parts/acting.js';
import { FormDialog } from './parts/dialog.js';
import { Said } from './parts/said.js';
import { Unloaded } from './parts/unloaded.js';
import { go, place, usePlace } from './route.js';
import { onSettings, setSetting, setting } from './settings.js';
import { addTexts, brief, clockText, dayText, setClock, t } from './text.js';
import { views } from './views.js';
import './words.js';

const loaded = new Map();

function Nowhere() {
    return html`<h1>${t('shell.nowhere')}</h1><p><a href=${place('today')}>${t('shell.today')}</a></p>`;
}

function useView(name) {
    const [, redraw] = useState(0);
    const view = views.find((one) => one.name === name);
    useEffect(() => {
        if (view && !loaded.has(name)) {
            view.load()
                .then((module) => loaded.set(name, module.default))
                .catch(() => loaded.set(name, Unloaded))
                .finally(() => redraw((n) => n + 1));
        }
    }, [name]);
    return view ? loaded.get(name) : Nowhere;
}

function Menu({ current, open, close }) {
    return html`<nav id="menu" class=${open ? 'menu open' : 'menu'} aria-label=${t('shell.menu')}>
        <div class="menu-inside">
            <ul>
                ${views.filter((view) => view.menu).map((view) => html`<li key=${view.name}>
                    <a href=${place(view.name)} aria-current=${view.name === current ? 'page' : undefined} onClick=${close}>${t(`shell.${view.name}`)}</a>
                </li>`)}
            </ul>
            <${Settings} />
        </div>
    </nav>`;
}

function SearchBox() {
    const submit = (event) => {
        event.preventDefault();
        go('search', { q: new FormData(event.target).get('q').trim() });
    };
    return html`<form class="search" role="search" onSubmit=${submit}>
        <label class="hidden" for="search-box">${t('shell.search')}</label>
        <input id="search-box" name="q" type="search" placeholder=${t('shell.search')} autocomplete="off" maxlength="200" />
    </form>`;
}

/* A dot while all is well; else a line at the foot of the window, whatever part of the page is in sight.
 * Said aloud only when the connection is lost and when it is back. */
function Live() {
    const [{ is, at, lost }, setState] = useState({ is: 'unknown', lost: false });
    useEffect(() => onState(({ is, at }) => setState((before) => ({ is, at, lost: before.lost || is === 'lost' || is === 'silent' }))), []);
    const away = is === 'lost' || is === 'silent';
    const text = away ? [t(`shell.${is}`), at && t('shell.as_of', { when: clockText(at) })].filter(Boolean).join('; ') : is === 'there' ? t('shell.live') : '';
    return html`<span class=${`live ${is}`} title=${text}></span><p class=${away ? 'connection' : 'hidden'} role="status">${lost ? text : ''}</p>`;
}

function Settings() {
    const other = setting('language') === 'ru' ? 'en' : 'ru';
    const looks = ['auto', 'light', 'dark'];
    const look = setting('look');
    const next = looks[(looks.indexOf(look) + 1) % looks.length];
    return html`<div class="settings">
        <button type="button" class="quiet" lang=${other} onClick=${() => setSetting('language', other)}>${other === 'en' ? 'English' : 'Русский'}</button>
        <button type="button" class="quiet" onClick=${() => setSetting('look', next)}>${t(`shell.look_${look}`)}</button>
    </div>`;
}

function Acting() {
    const [open, setOpen] = useState(false);
    const by = setting('by');
    return html`<${Fragment}>
        <button type="button" class="acting" aria-haspopup="dialog" onClick=${() => setOpen(true)}>
            ${by ? html`<span class="roomy">${t('shell.acting')} </span><strong><${Said}>${brief(by.name, 40)}<//></strong>` : html`${t('shell.acting_none')}<span class="roomy"> ${t('shell.acting_none_more')}</span>`}
        </button>
        ${open && html`<${FormDialog} anonymous title=${t('acting.title')} ok=${t('acting.choose')} submit=${(values, form) => chooseActing(form)} close=${() => setOpen(false)}><${ActingFields} /><//>`}
    <//>`;
}

function Day({ stats }) {
    return html`<span class="day">${stats ? html`<time datetime=${stats.today}>${dayText(stats.today)}</time>${stats.clock === 'demo' ? html` <em class="tag" title=${t('shell.demo_about')}>${t('shell.demo')}</em>` : ''}` : ''}</span>`;
}

/* The menu of small screens: the focus goes into it, and with Esc back to its button. */
function useMenu() {
    const [open, setOpen] = useState(false);
    const button = useRef(null);
    useEffect(() => {
        if (!open) {
            return undefined;
        }
        document.querySelector('#menu a')?.focus();
        const key = (event) => {
            if (event.key === 'Escape') {
                setOpen(false);
                button.current?.focus();
            }
        };
        window.addEventListener('keydown', key);
        return () => window.removeEventListener('keydown', key);
    }, [open]);
    return { open, setOpen, button };
}

export function Shell() {
    const [, redraw] = useState(0);
    const menu = useMenu();
    const main = useRef(null);
    const { parts, query } = usePlace();
    const name = parts[0] ?? 'today';
    const View = useView(name);
    const { data: stats, problem } = useApi('/stats');
    const where = parts.join('/');
    const first = useRef(true);

    if (stats) {
        setClock(stats); /* before any view asks which day it is */
    }
    useEffect(() => onSettings(() => redraw((n) => n + 1)), []);
    useEffect(() => {
        document.title = `${t(views.some((view) => view.name === name) ? `shell.${name}` : 'shell.nowhere')} · ${t('shell.marshrut')}`;
        menu.setOpen(false);
        if (!first.current) {
            main.current?.focus({ preventScroll: true });
            window.scrollTo(0, 0);
        }
        first.current = false;
    }, [where, setting('language')]);
    const ready = View && (stats || problem);
    return html`<${Fragment}>
        <a class="skip" href="#main" onClick=${(event) => { event.preventDefault(); main.current?.focus(); }}>${t('shell.skip')}</a>
        <header class="head">
            <button type="button" class="menu-button" ref=${menu.button} aria-expanded=${menu.open ? 'true' : 'false'} aria-controls="menu" onClick=${() => menu.setOpen(!menu.open)}>${t('shell.menu')}</button>
            <a class="brand" href=${place('today')}><img src="icon.svg" alt="" width="28" height="28" /> <span class="name">${t('shell.marshrut')}</span></a>
            <${Day} stats=${stats} />
            <${Live} />
            <${SearchBox} />
            <div class="head-right"><${Acting} /></div>
        </header>
        <${Menu} current=${name} open=${menu.open} close=${() => menu.setOpen(false)} />
        <main id="main" ref=${main} tabindex="-1">
            ${!stats && html`<${ProblemNote} problem=${problem} />`}
            ${ready ? html`<${View} key=${where} parts=${parts.slice(1)} query=${query} />` : html`<p class="wait" role="status">${t('shell.loading')}</p>`}
        </main>
    <//>`;
}

addTexts('shell', {
    ru: {
        marshrut: 'Маршрут', menu: 'Разделы', skip: 'К содержанию', search: 'Поиск по всему', loading: 'Загружается…',
        today: 'Сегодня', roadmaps: 'Дорожные карты', my: 'Мои поручения', assignments: 'Все поручения', calendar: 'Календарь', teachers: 'Педагоги',
        discipline: 'Дисциплина', processes: 'Процессы', notices: 'Уведомления', incidents: 'Инциденты', workers: 'Работники системы',
        definitions: 'Определения', work: 'Задания', assignment: 'Поручение', nowhere: 'Такой страницы нет',
        live: 'Изменения показываются сразу', lost: 'Нет связи с системой', silent: 'Система не отвечает', as_of: 'показано то, что было {when}. Связь восстановится сама.', demo: 'показ', demo_about: 'Показ: день проходит за секунды, исполнители имитируются',
        acting: 'Вы действуете за:', acting_none: 'Выбрать, за кого', acting_none_more: 'вы действуете',
        look_auto: 'Вид: как в системе', look_light: 'Вид: светлый', look_dark: 'Вид: тёмный',
    },
    en: {
        marshrut: 'Marshrut', menu: 'Sections', skip: 'To the content', search: 'Search everything', loading: 'Loading…',
        today: 'Today', roadmaps: 'Roadmaps', my: 'My assignments', assignments: 'All assignments', calendar: 'Calendar', teachers: 'Teachers',
        discipline: 'Discipline', processes: 'Processes', notices: 'Notices', incidents: 'Incidents', workers: 'Workers',
        definitions: 'Definitions', work: 'Long work', assignment: 'Assignment', nowhere: 'There is no such page',
        live: 'Changes are shown at once', lost: 'No connection to the engine', silent: 'The engine does not answer', as_of: 'this is what there was {when}. It comes back by itself.', demo: 'demo', demo_about: 'A demonstration: a day takes seconds, executors are simulated',
        acting: 'You act for:', acting_none: 'Choose for whom', acting_none_more: 'you act',
        look_auto: 'Look: as the system', look_light: 'Look: light', look_dark: 'Look: dark',
    },
});
