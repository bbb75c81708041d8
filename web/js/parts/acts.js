/* acts.js - what can be done with an assignment, each as a button and the form behind it
 *
 * Which of them are there is said by the engine for the body that acts (`actions`), and for those who
 * may act (`actors`) while that is not chosen: the page does not know the rules. A change carries the
 * version that was shown: who was overtaken is told, not obeyed.
 */
import { post } from '../api.js';
import { Fragment, html, useEffect, useRef, useState } from '../html.js';
import { setting } from '../settings.js';
import { addTexts, brief, dayText, has, t } from '../text.js';
import { bodyOptions } from './bodies.js';
import { useActing } from './acting_first.js';
import { DayField } from './day_field.js';
import { FormDialog, STAY } from './dialog.js';
import { Field } from './field.js';
import { FormFields, readForm } from './report_form.js';
import { Returned } from './returned.js';
import { Said } from './said.js';

const reason = (required = true) => html`<${Field} as="textarea" label=${t('common.reason')} name="reason" required=${required} maxlength="2000" />`;

function BodyChoice({ label, bodies, except, choose }) {
    return html`<${Field} as="select" label=${label} name="to" required onChange=${choose && ((event) => choose(event.target.value))}>
        <option value=""></option>
        ${bodyOptions(bodies).filter(([id]) => id !== except).map(([id, name]) => html`<option key=${id} value=${id}>${brief(name)}</option>`)}
    <//>`;
}

/* Whose calendar counts is known when it is known to whom. */
function Delegation({ row, bodies }) {
    const [to, setTo] = useState('');
    return html`<${BodyChoice} label=${t('acts.to')} bodies=${bodies} except=${row.responsible?.id} choose=${setTo} />
        <${DayField} action="delegate" row=${row} to=${to || undefined} label=${t('acts.child_day')} required=${false} />${reason(false)}`;
}

/* The document that a report is proved by: kind, and number with date, or a link, or a file whose
 * SHA-256 is computed here; the file itself stays where it is. */
async function sha256(file) {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function expected(row) {
    const results = Array.isArray(row.result) ? row.result : row.result ? [row.result] : [];
    return results.map((one) => (typeof one === 'string' ? one : one.title ?? one.kind ?? '')).filter(Boolean);
}

function DocumentFields({ index, wanted }) {
    const name = (field) => `document-${index}-${field}`;
    return html`<fieldset class="document">
        <legend>${wanted ? `${t('acts.document')}: ${wanted}` : t('acts.document')}</legend>
        <${Field} label=${t('acts.kind')} name=${name('kind')} maxlength="200" />
        <div class="side">
            <${Field} label=${t('acts.number')} name=${name('number')} maxlength="100" />
            <${Field} type="date" label=${t('acts.date')} name=${name('date')} />
        </div>
        <${Field} type="url" label=${t('acts.link')} name=${name('link')} maxlength="2000" />
        <${Field} type="file" label=${t('acts.file')} name=${name('file')} hint=${t('acts.file_hint')} />
    </fieldset>`;
}

async function readDocuments(values, count) {
    const documents = [];
    for (let index = 0; index < count; index++) {
        const one = {};
        for (const field of ['kind', 'number', 'date', 'link']) {
            const value = values[`document-${index}-${field}`]?.trim();
            if (value) {
                one[field] = value;
            }
        }
        const file = values[`document-${index}-file`];
        if (file instanceof File && file.size > 0) {
            one.sha256 = await sha256(file);
            one.title = file.name;
        }
        if (Object.keys(one).length > 0) {
            documents.push(one);
        }
    }
    return documents;
}

/* Who owes a part, or stands in for such a body, reports about that: the form is about the whole. */
function partOf(row, by) {
    const body = row.acting?.find((one) => one.deputy === by)?.body ?? by;
    return row.parts?.find((part) => part.body === body);
}

function ReportForm({ row, send, close }) {
    const part = partOf(row, setting('by')?.id);
    const wanted = part ? [] : expected(row);
    const form = part ? null : row.input?.form;
    const [count, setCount] = useState(Math.max(1, wanted.length));
    const [lacks, setLacks] = useState(0); /* how many documents less than wanted: so it may be sent when that has been told */
    const [mended, setMended] = useState(false); /* since it was told */
    const told = useRef(null);
    useEffect(() => told.current?.scrollIntoView({ block: 'nearest' }), [lacks]);
    const submit = async (values) => {
        const documents = await readDocuments(values, count);
        const report = { text: values.text, ...readForm(form, values) };
        if (documents.length > 0) {
            report.documents = documents;
        }
        if (values.covers) {
            report.covers = 'all';
        }
        const missing = wanted.length === 0 ? [] : (await post(`/assignments/${row.task}/check`, { action: 'report', report })).missing_results;
        setLacks(missing.length);
        setMended(false);
        if (missing.length > lacks) {
            return STAY;
        }
        return send('report', { report });
    };
    const none = lacks === wanted.length;
    const ok = lacks === 0 || mended ? 'acts.send_report' : none ? 'acts.send_without' : 'acts.send_so';
    return html`<${FormDialog} title=${t('acts.do_report')} ok=${t(ok)} submit=${submit} close=${close}>
        <${Returned} of=${part ?? row} />
        <${Field} as="textarea" label=${t('acts.text')} name="text" required maxlength="4000" defaultValue=${(part ?? row).returned ? (part ?? row).report?.text ?? '' : ''} />
        <${FormFields} form=${form} />
        <div onInput=${() => setMended(true)}>${Array.from({ length: count }, (_, index) => html`<${DocumentFields} key=${index} index=${index} wanted=${wanted[index]} />`)}</div>
        <p><button type="button" class="quiet" onClick=${() => setCount(count + 1)}>${t('acts.more_documents')}</button></p>
        ${!part && row.missing?.length > 0 && html`<p class="field check"><label><input type="checkbox" name="covers" /> ${t('acts.covers')}</label></p>`}
        ${lacks > 0 && html`<p class="note" role="alert" ref=${told}>${t('acts.expects')} <${Said}>${wanted.join(', ')}.<//> ${t(none ? 'acts.no_document' : 'acts.fewer')}<small class="below-text">${t('acts.counts')}</small></p>`}
    <//>`;
}

/* name → {fields of the form, what is sent, is it dangerous}. many: for all that a filter finds; then
 * nothing is known of a single row, and each is accepted or granted as it asks for. */
const forms = {
    accept: {
        fields: ({ row, many }) => html`<${Fragment}>
            ${row.missing?.length > 0 && html`<p class="note">${t('acts.silent')} ${row.parts.filter((part) => part.state === 'open').map((part) => part.name ?? part.body).join(', ')}</p>`}
            ${row.missing_results?.length > 0 && html`<p class="note">${t('acts.lacks')} ${row.missing_results.join(', ')}</p>`}
            ${(many || row.missing?.length > 0) && html`<p class="field check"><label><input type="checkbox" name="in_part" required=${!many} /> ${t(many ? 'acts.in_part_where' : 'acts.in_part')}</label></p>`}
            ${reason(Boolean(row.missing?.length || row.missing_results?.length))}
        <//>`,
        payload: (values) => ({ ...(values.reason ? { reason: values.reason } : {}), ...(values.in_part ? { in_part: true } : {}) }),
    },
    return: { fields: () => reason() },
    withdraw: { fields: () => reason(), danger: true },
    extend: { fields: ({ row }) => html`<${Fragment}><p>${t('acts.now_until', { day: dayText(row.to) })}</p><${DayField} action="extend" row=${row} label=${t('acts.new_day')} />${reason()}<//>` },
    grant: {
        fields: ({ row, many }) => many ? html`<${DayField} action="grant" row=${row} label=${t('acts.new_day_or_asked')} required=${false} />`
            : html`<${Fragment}><p>${t('acts.asked_until', { day: dayText(row.extension?.day) })} <${Said}>${row.extension?.reason}<//></p><${DayField} action="grant" row=${row} label=${t('acts.new_day')} value=${row.extension?.day} /><//>`,
    },
    refuse: { fields: () => reason() },
    move: { fields: ({ row }) => html`<${Fragment}><${DayField} action="move" row=${row} label=${t('acts.new_day')} value=${row.to} />${reason()}<//>` },
    pause: {
        fields: () => html`<${Fragment}>
            <${Field} as="select" label=${t('acts.pause_kind')} name="pause" required>
                ${['leave', 'higher_order', 'waits'].map((kind) => html`<option value=${kind}>${t(`acts.pause_${kind}`)}</option>`)}
            <//>${reason()}<//>`,
    },
    resume: { fields: () => null },
    delegate: { fields: ({ row, bodies }) => html`<${Delegation} row=${row} bodies=${bodies} />` },
    reassign: { fields: ({ row, bodies }) => html`<${Fragment}><${BodyChoice} label=${t('acts.to')} bodies=${bodies} except=${row.responsible?.id} />${reason()}<//>` },
    comment: { fields: () => reason() },
};

/* Without what was left empty. */
export function filled(values) {
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}

export const actIsDangerous = (name) => Boolean(forms[name].danger);
export const actPayload = (name, values) => (forms[name].payload ?? filled)(values);

export function ActFields({ name, row = {}, bodies, many = false }) {
    const about = `acts.about_${many ? 'all_' : ''}${name}`;
    return html`${has(about) && html`<p>${t(about)}</p>`}${forms[name].fields({ row, bodies, many })}`;
}

function ActForm({ name, row, bodies, send, close }) {
    if (name === 'report') {
        return html`<${ReportForm} row=${row} send=${send} close=${close} />`;
    }
    return html`<${FormDialog} title=${t(`acts.do_${name}`)} ok=${t(`acts.${name}`)} submit=${(values) => send(name, actPayload(name, values))} close=${close} danger=${actIsDangerous(name)}><${ActFields} name=${name} row=${row} bodies=${bodies} /><//>`;
}

/* While nobody is chosen, what anybody may do; a remark comes last. */
function openActs(row) {
    const names = setting('by') ? row.actions : [...new Set(row.actors.flatMap((actor) => actor.actions))];
    const known = names.filter((name) => name === 'report' || name in forms);
    return [...known.filter((name) => name !== 'comment'), ...known.filter((name) => name === 'comment')];
}

/* done(): show what is now. The form holds on to the version that was on the page when it was opened;
 * after a refusal because of a newer one, to that newer one, which the page then shows. */
export function Acts({ row, etag, bodies, done }) {
    const [open, setOpen] = useState(null);
    const [said, setSaid] = useState(null);
    const acting = useActing();
    const note = useRef(null);
    const known = useRef([]);
    if (!open && !acting.dialog) {
        known.current = openActs(row); /* behind a form they stay: the one that was pressed gets the focus back */
    }
    useEffect(() => {
        if (said) {
            note.current?.focus();
        }
    }, [said?.text]);
    const send = async (action, body) => {
        try {
            await post(`/assignments/${row.task}/${action}`, body, { etag: open.stale ? etag : open.etag });
        } catch (problem) {
            if (problem.status === 412) {
                setOpen({ ...open, stale: true });
                done();
                problem.message = t('acts.stale');
            }
            throw problem;
        }
        done();
    };
    /* What one has done oneself brings one new version; with the next one it is old news. */
    useEffect(() => {
        setSaid((before) => before && (before.versions > 0 ? null : { ...before, versions: 1 }));
    }, [etag]);
    const close = (sent) => {
        setSaid(sent ? { text: t(`acts.said_${open.name}`), versions: open.etag === etag ? 0 : 1 } : null);
        setOpen(null);
    };
    const first = ['report', 'accept', 'grant'];
    /* Anybody may remark, not only whom the engine names. */
    const begin = (name) => acting.first(() => setOpen({ name, etag }), name === 'comment' ? undefined : row.actors.filter((actor) => actor.actions.includes(name)));
    return html`<${Fragment}>
        ${said && html`<p class="good" role="status" tabindex="-1" ref=${note}>${said.text}</p>`}
        ${known.current.length > 0 && html`<p class="buttons acts">${known.current.map((name) => html`<button key=${name} type="button" class=${first.includes(name) ? 'primary' : forms[name]?.danger ? 'danger' : ''} onClick=${() => begin(name)}>${t(`acts.${name}`)}</button>`)}</p>`}
        ${acting.dialog}
        ${open && html`<${ActForm} name=${open.name} row=${row} bodies=${bodies} send=${send} close=${close} />`}
    <//>`;
}

addTexts('acts', {
    ru: {
        report: 'Отчитаться', accept: 'Принять', return: 'Вернуть', withdraw: 'Снять с контроля', extend: 'Запросить продление', grant: 'Продлить срок', refuse: 'Отказать в продлении',
        move: 'Перенести срок', pause: 'Приостановить', resume: 'Возобновить', delegate: 'Перепоручить', reassign: 'Переназначить', comment: 'Добавить замечание',
        do_report: 'Отчёт об исполнении', do_accept: 'Принять отчёт', do_return: 'Вернуть на доработку', do_withdraw: 'Снять с контроля', do_extend: 'Запросить продление срока', do_grant: 'Продлить срок',
        do_refuse: 'Отказать в продлении', do_move: 'Перенести срок', do_pause: 'Приостановить исполнение', do_resume: 'Возобновить исполнение', do_delegate: 'Перепоручить исполнение', do_reassign: 'Назначить другого исполнителя',
        do_comment: 'Замечание', text: 'Что сделано', document: 'Подтверждающий документ', kind: 'Вид документа (приказ, план, отчёт…)', number: 'Номер', date: 'Дата', link: 'Ссылка на документ',
        file: 'Файл', file_hint: 'Файл остаётся у вас: в отчёт войдёт его контрольная сумма SHA-256.', more_documents: 'Ещё один документ', covers: 'Отчёт включает части всех соисполнителей',
        send_report: 'Отправить отчёт', send_so: 'Отправить как есть', send_without: 'Отправить без документа', expects: 'В поручении ожидается:', no_document: 'В отчёте документа нет. Отправить без документа?', fewer: 'В отчёте не все документы. Отправить как есть?', counts: 'Документ засчитывается, если указан его вид и, кроме того, номер с датой, ссылка или файл.', silent: 'Не ответили соисполнители:', lacks: 'В отчёте нет документа:', in_part: 'Принять частично', in_part_where: 'Принять частично там, где ответили не все соисполнители (тогда нужно основание)', now_until: 'Сейчас срок — до {day}.', asked_until: 'Просят продлить до {day}. Основание:',
        about_withdraw: 'Поручение будет закрыто без отчёта. Отменить это действие нельзя; исполнители будут уведомлены сразу.', about_pause: 'Пока исполнение приостановлено, напоминания не направляются и отчёт не принимается; при возобновлении срок сдвигается на столько же.',
        about_delegate: 'Тот, кому перепоручено, получит отдельное поручение. Его отчёт принимаете вы, затем отчитываетесь сами: ответственность за исполнение в целом остаётся за вами.', about_reassign: 'Ответственным станет другой исполнитель; срок не изменится.', about_return: 'Исполнитель увидит причину вверху поручения и отчитается снова.',
        about_all_withdraw: 'Каждое поручение будет закрыто без отчёта. Отменить это действие нельзя; исполнители будут уведомлены сразу.', about_all_pause: 'Пока исполнение приостановлено, напоминания не направляются и отчёты не принимаются; при возобновлении срок каждого поручения сдвигается на столько же.',
        about_all_reassign: 'Каждое поручение получит другого ответственного исполнителя; сроки не изменятся.', about_all_return: 'Каждый исполнитель увидит причину вверху поручения и отчитается снова.',
        stale: 'Пока форма была открыта, поручение изменилось. Страница уже показывает новое; посмотрите и, если всё ещё нужно, отправьте ещё раз.',
        said_report: 'Отчёт отправлен.', said_accept: 'Отчёт принят.', said_return: 'Отчёт возвращён на доработку.', said_withdraw: 'Снято с контроля.', said_extend: 'Просьба о продлении отправлена.', said_grant: 'Срок продлён.', said_refuse: 'В продлении отказано.',
        said_move: 'Срок перенесён.', said_pause: 'Исполнение приостановлено.', said_resume: 'Исполнение возобновлено.', said_delegate: 'Исполнение перепоручено.', said_reassign: 'Исполнитель заменён.', said_comment: 'Замечание записано.',
        new_day: 'Новый срок', new_day_or_asked: 'Новый срок (если не тот, о котором просят)', pause_kind: 'Причина', pause_leave: 'исполнитель в отпуске или болен', pause_higher_order: 'распоряжение вышестоящего органа', pause_waits: 'ожидаются действия других', to: 'Кому', child_day: 'Срок для исполнителя (если нужен более ранний)',
    },
    en: {
        report: 'Report', accept: 'Accept', return: 'Return', withdraw: 'Withdraw', extend: 'Ask for an extension', grant: 'Grant the extension', refuse: 'Refuse the extension',
        move: 'Move the term', pause: 'Pause', resume: 'Resume', delegate: 'Delegate', reassign: 'Reassign', comment: 'Add a remark',
        do_report: 'Report', do_accept: 'Accept the report', do_return: 'Return for rework', do_withdraw: 'Withdraw', do_extend: 'Ask for an extension', do_grant: 'Grant the extension',
        do_refuse: 'Refuse the extension', do_move: 'Move the term', do_pause: 'Pause', do_resume: 'Resume', do_delegate: 'Delegate', do_reassign: 'Give to another body',
        do_comment: 'Remark', text: 'What was done', document: 'Document', kind: 'Kind of document (order, plan, report…)', number: 'Number', date: 'Date', link: 'Link to the document',
        file: 'File', file_hint: 'The file stays with you: the report carries its SHA-256.', more_documents: 'One more document', covers: 'The report covers the parts of all co-executors',
        send_report: 'Send the report', send_so: 'Send as it is', send_without: 'Send without a document', expects: 'The assignment expects:', no_document: 'The report has no document. Send it without one?', fewer: 'The report lacks some of the documents. Send it as it is?', counts: 'A document counts if it has a kind and, besides, a number with a date, a link, or a file.', silent: 'These co-executors have not answered:', lacks: 'The report lacks:', in_part: 'Accept in part', in_part_where: 'Accept in part where not all co-executors have answered (a reason is needed then)', now_until: 'The term is {day} now.', asked_until: 'Asked for until {day}. Reason:',
        about_withdraw: 'The assignment is closed without a report. This can’t be undone; the executors are told at once.', about_pause: 'While it is paused no reminders are sent and no report is taken; when it is resumed, the term moves by as much.',
        about_delegate: 'Whoever it is delegated to gets an assignment of their own. You accept their report and then hand in yours: you still answer for the whole.', about_reassign: 'Another body becomes responsible; the term stays.', about_return: 'The executor sees the reason at the top of the assignment and reports again.',
        about_all_withdraw: 'Each assignment is closed without a report. This can’t be undone; the executors are told at once.', about_all_pause: 'While they are paused no reminders are sent and no reports are taken; when one is resumed, its term moves by as much.',
        about_all_reassign: 'Another body becomes responsible for each assignment; the terms stay.', about_all_return: 'Each executor sees the reason at the top of the assignment and reports again.',
        stale: 'The assignment has changed while the form was open. The page shows it as it is now; look at it and send again if that is still right.',
        said_report: 'The report is sent.', said_accept: 'The report is accepted.', said_return: 'The report is returned for rework.', said_withdraw: 'Withdrawn.', said_extend: 'The request is sent.', said_grant: 'The term is extended.', said_refuse: 'The extension is refused.',
        said_move: 'The term is moved.', said_pause: 'Paused.', said_resume: 'Resumed.', said_delegate: 'Delegated.', said_reassign: 'Another body is responsible now.', said_comment: 'The remark is recorded.',
        new_day: 'New term', new_day_or_asked: 'New term (unless the one that was asked for)', pause_kind: 'Why', pause_leave: 'the executor is on leave or ill', pause_higher_order: 'a higher body has ordered so', pause_waits: 'it waits for others', to: 'To whom', child_day: 'Term of the executor (if earlier)',
    },
});
