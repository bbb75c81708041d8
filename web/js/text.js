/* text.js - words of the page in Russian and English, dates and numbers as people write them
 *
 * A view brings its words with it: addTexts('today', {ru: {…}, en: {…}}), and t('today.overdue')
 * gives them in the chosen language. A text with a number is a map of plural forms, as Intl names
 * them: {one: '{n} поручение', few: '{n} поручения', many: '{n} поручений'}.
 */
import { setting } from './settings.js';

const texts = { ru: {}, en: {} };

export function addTexts(part, both) {
    for (const language of ['ru', 'en']) {
        for (const [name, text] of Object.entries(both[language])) {
            texts[language][`${part}.${name}`] = text;
        }
    }
}

/* For the test that both languages have the same words. */
export function allTexts() {
    return texts;
}

export function has(name) {
    return name in texts[setting('language')];
}

export function t(name, values = {}) {
    const language = setting('language');
    let text = texts[language][name];
    if (text === undefined) {
        return name;
    }
    if (typeof text === 'object') {
        const form = new Intl.PluralRules(language).select(values.n ?? 0);
        text = text[form] ?? text.other ?? text.many;
    }
    /* «… до 5 мая 2023 г..» has one dot too many */
    return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole)).replaceAll('г..', 'г.');
}

const locale = () => (setting('language') === 'ru' ? 'ru-RU' : 'en-GB');

export function number(n) {
    return new Intl.NumberFormat(locale()).format(n);
}

/* A text that is too long for where it stands, cut. */
export function brief(text, length = 70) {
    const letters = [...String(text ?? '')];
    return letters.length > length ? `${letters.slice(0, length - 1).join('')}…` : letters.join('');
}

export function percent(part) {
    return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(part);
}

/* --- civil days: "2023-08-15", without any zone -------------------------------------------- */

function utc(day) {
    return new Date(`${day}T00:00:00Z`);
}

/* Days and numbers with their units are never broken over lines. */
const unbroken = (text) => text.replaceAll(' ', '\u00a0');

/* «15 августа 2023 г.» */
export function dayText(day) {
    return day ? unbroken(utc(day).toLocaleDateString(locale(), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })) : '';
}

/* «1–30 сентября 2023 г.»: what is the same is said once. */
export function spanText(from, to) {
    return unbroken(new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).formatRange(utc(from), utc(to)));
}

/* «15.08.2023» */
export function dayShort(day) {
    return day ? utc(day).toLocaleDateString(locale(), { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }) : '';
}

/* «август 2023» */
export function monthText(month) {
    const date = utc(`${month}-01`);
    return `${monthName(month)}\u00a0${date.getUTCFullYear()}`;
}

/* «август», or «авг.» */
export function monthName(month, form = 'long') {
    return utc(`${month}-01`).toLocaleDateString(locale(), { month: form, timeZone: 'UTC' });
}

export function weekdayName(day, form = 'short') {
    return utc(day).toLocaleDateString(locale(), { weekday: form, timeZone: 'UTC' });
}

/* Whole days from one to the other; negative when `to` is before. */
export function daysBetween(from, to) {
    return Math.round((utc(to) - utc(from)) / 86400000);
}

export function addDays(day, n) {
    return new Date(utc(day).getTime() + n * 86400000).toISOString().slice(0, 10);
}

/* --- moments: UTC from the engine, shown in the zone of the engine ------------------------- */

let zone = 'Europe/Moscow';
let today = null;

export function setClock(stats) {
    zone = stats.zone || zone;
    today = stats.today || today;
}

/* The engine's own day: in a demonstration it is not ours. */
export function todayDay() {
    return today ?? new Date().toISOString().slice(0, 10);
}

export function momentText(moment) {
    return moment
        ? unbroken(new Date(moment).toLocaleString(locale(), {
              day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: zone,
          }))
        : '';
}

/* «в 14:05», or «22 ноября в 14:05»: by the clock of who looks. */
export function clockText(moment) {
    const today = moment.toDateString() === new Date().toDateString();
    const text = moment.toLocaleString(locale(), { hour: '2-digit', minute: '2-digit', ...(today ? {} : { day: 'numeric', month: 'long' }) });
    return unbroken(today ? t('term.at', { time: text }) : text);
}

/* The civil day of a moment, in the zone of the engine. */
export function momentDay(moment) {
    return new Date(moment).toLocaleDateString('sv-SE', { timeZone: zone });
}

/* «просрочено на 3 дня», «сегодня», «через 5 дней» */
export function termText(to, base = todayDay()) {
    if (!to) {
        return t('term.none');
    }
    const days = daysBetween(base, to);
    return days < 0 ? t('term.late', { n: -days }) : days === 0 ? t('term.today') : t('term.left', { n: days });
}

addTexts('term', {
    ru: {
        none: 'без срока', at: 'в {time}',
        today: 'срок сегодня',
        late: { one: 'просрочено на {n} день', few: 'просрочено на {n} дня', many: 'просрочено на {n} дней' },
        left: { one: 'остался {n} день', few: 'осталось {n} дня', many: 'осталось {n} дней' },
    },
    en: {
        none: 'no term', at: 'at {time}',
        today: 'due today',
        late: { one: '{n} day late', other: '{n} days late' },
        left: { one: '{n} day left', other: '{n} days left' },
    },
});
