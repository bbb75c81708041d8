/* words.js - the words that several views say: heads of columns, names of facts */
import { addTexts } from '../text.js';

addTexts('words', {
    ru: {
        state: 'Состояние', body: 'Орган', section: 'Раздел', controller: 'Контроль', since: 'С', facts: 'Сведения', story: 'История', process: 'Процесс', notices: 'Отправленные уведомления',
        acts: 'Действия', act_on_all: 'Действие со всеми…', reason: 'Основание, пояснение',
    },
    en: {
        state: 'State', body: 'Body', section: 'Section', controller: 'Controller', since: 'Since', facts: 'Facts', story: 'History', process: 'Process', notices: 'Notices sent',
        acts: 'Actions', act_on_all: 'Act on all…', reason: 'Reason',
    },
});
