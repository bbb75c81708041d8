/* words.js - words that several views share
 *
 * A view may only use what it brings itself, what a part that it imports brings, and these.
 */
import { addTexts } from './text.js';

addTexts('common', {
    ru: {
        body: 'Орган или должность', plan: 'План', section: 'Раздел', state: 'Состояние', process: 'Процесс', controller: 'Контроль', reason: 'Основание, пояснение',
        no: '№ п/п', item: 'п.', activity: 'Мероприятие', more: 'Показать ещё', nothing: 'Ничего нет', all_short: 'все', back: 'Назад',
    },
    en: {
        body: 'Body or post', plan: 'Plan', section: 'Section', state: 'State', process: 'Process', controller: 'Controller', reason: 'Reason',
        no: 'No', item: 'item', activity: 'Activity', more: 'Show more', nothing: 'Nothing here', all_short: 'all', back: 'Back',
    },
});

/* Words that parts of several views say. */
addTexts('acts', { ru: { reason: 'Основание, пояснение' }, en: { reason: 'Reason' } });
