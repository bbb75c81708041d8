/* workers.js - «Работники системы»: programs that do the work, what they offer and how busy they are */
import { ProblemNote, useApi } from '../api.js';
import { html, useEffect } from '../html.js';
import { Table } from '../parts/table.js';
import { addTexts, number, t } from '../text.js';

export default function Workers() {
    const { data, problem, loading, reload } = useApi('/workers', {}, { live: false });
    useEffect(() => {
        const timer = setInterval(reload, 2000); /* workers come and go without a record */
        return () => clearInterval(timer);
    }, [reload]);
    const columns = [
        { name: 'name', title: t('workers.name'), cell: (row) => row.name },
        { name: 'services', title: t('workers.services'), cell: (row) => row.services.join(', ') },
        { name: 'number n-running', title: t('workers.running'), cell: (row) => number(row.running) },
        { name: 'number n-credit', title: t('workers.credit'), cell: (row) => number(row.credit) },
        { name: 'seen', title: t('workers.seen'), cell: (row) => t('workers.ago', { n: Math.round(row.seen_ms_ago / 1000) }) },
    ];
    return html`<div>
        <h1>${t('shell.workers')}</h1>
        <p>${t('workers.what')}</p>
        <${ProblemNote} problem=${problem} />
        <${Table} caption=${t('shell.workers')} columns=${columns} rows=${data?.rows ?? []} loading=${loading} rowKey=${(row) => row.name} exports=${{ path: '/workers' }} empty=${t('workers.none')} />
    </div>`;
}

addTexts('workers', {
    ru: { name: 'Имя', services: 'Что умеет', running: 'Выполняет', credit: 'Может взять ещё', seen: 'Отозвался', ago: { one: '{n} секунду назад', few: '{n} секунды назад', many: '{n} секунд назад' }, what: 'Программы, которым система поручает работу: письма, диагностика, построение маршрутов.', none: 'Ни один работник не подключён: письма не отправляются, шаги программ ждут.' },
    en: { name: 'Name', services: 'Services', running: 'Running', credit: 'May take', seen: 'Last seen', ago: { one: '{n} second ago', other: '{n} seconds ago' }, what: 'Programs that the engine gives work to: letters, diagnosis, routes.', none: 'No worker is connected: letters do not leave, steps of programs wait.' },
});
