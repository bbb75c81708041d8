/* journal_text_test.c - every kind of record has a sentence */
#include "speech.h"

#include "cli/journal_text.h"

TestSuite(journal_text, .init = speak_russian);

/* before: a row that comes first, or NULL. */
static void expect_after(const char *before, const char *row, const char *text)
{
    struct zone *zone = moscow();
    struct watch_names names;
    json_t *json = json_of(row);
    watch_names_init(&names);
    if (before != NULL) {
        json_t *known = json_of(before);
        watch_names_learn_row(&names, known);
        json_decref(known);
    }
    char *made = journal_text(json, zone, &names);

    cr_expect_str_eq(made, text);
    free(made);
    json_decref(json);
    watch_names_fini(&names);
    zone_close(&zone);
}

static void expect(const char *row, const char *text)
{
    expect_after(NULL, row, text);
}

Test(journal_text, what_happens_to_an_instance)
{
    expect("{'kind':'instance.started','definition':'lo-2023','key':'k'}",
           "начат по определению lo-2023, ключ k");
    expect("{'kind':'instance.completed'}", "завершён");
    expect("{'kind':'instance.cancelled','reason':'приказ № 12'}", "отменён: приказ № 12");
    expect("{'kind':'instance.suspended','reason':''}", "приостановлен");
    expect("{'kind':'instance.resumed'}", "продолжен");
    expect("{'kind':'child.started','child':18}", "начат процесс № 18");
    expect("{'kind':'child.closed','child':18}", "закончился процесс № 18");
    expect("{'kind':'data.set','data':{}}", "данные записаны");
}

Test(journal_text, a_step_with_a_title_is_called_by_it)
{
    static const char opened[] = "{'kind':'task.opened','task':'17.2','step':'score','step_title':"
                                 "'Анализ дефицитов','task_kind':'call'}";
    static const char letter[] = "{'kind':'task.opened','task':'17.3','step':'score','step_title':"
                                 "'Анализ дефицитов','task_kind':'notice'}";

    expect(opened, "задача «Анализ дефицитов» открыта: вызов службы");
    expect_after(opened, "{'kind':'task.done','task':'17.2'}",
                 "задача «Анализ дефицитов» выполнена");
    expect_after(letter, "{'kind':'task.done','task':'17.3'}", "письмо 17.3 доставлено");
    expect("{'kind':'task.cancelled','task':'17.2','step_title':'Анализ дефицитов'}",
           "задача «Анализ дефицитов» прекращена");
    expect("{'kind':'step.passed','step':'any','step_title':'Есть ли дефициты','taken':'нет'}",
           "шаг «Есть ли дефициты» пройден: нет");
}

Test(journal_text, what_happens_to_a_task)
{
    expect(
        "{'kind':'task.opened','task':'17.2','step':'send','task_kind':'call','service':'notify'}",
        "задача 17.2 «send» открыта: вызов службы, служба notify");
    expect("{'kind':'task.opened','task':'17.2','step':'p','task_kind':'wait','until':"
           "'2023-01-09T06:00:00.000Z'}",
           "задача 17.2 «p» открыта: пауза, до 9 января 2023 г. в 09:00");
    expect(
        "{'kind':'task.opened','task':'17.3','task_kind':'notice','input':{'kind':'reminder','to':"
        "{'short':'КОПО ЛО'}}}",
        "письмо 17.3 (напоминание), кому: КОПО ЛО");
    expect("{'kind':'task.done','task':'17.2','attempt':1}", "задача 17.2 выполнена");
    expect("{'kind':'task.failed','task':'17.2','attempt':1,'problem':{'title':'нет связи'},"
           "'retry_at':'2023-01-09T06:00:00.000Z'}",
           "попытка № 1 задачи 17.2 не удалась: нет связи; следующая — 9 января 2023 г. в 09:00");
    expect("{'kind':'task.ready','task':'17.2','attempt':2}", "задача 17.2: попытка № 2");
    expect("{'kind':'task.ready','task':'17.2','attempt':2,'by_operator':true}",
           "задача 17.2: попытка № 2 по просьбе оператора");
    expect(
        "{'kind':'task.incident','task':'17.2','problem':{'title':'нет связи','detail':'порт 25'}}",
        "инцидент, задача 17.2: нет связи: порт 25");
    expect("{'kind':'task.skipped','task':'17.2','reason':'вручную'}",
           "задача 17.2 пропущена: вручную");
    expect("{'kind':'task.input','task':'17.2'}", "вход задачи 17.2 исправлен");
}

Test(journal_text, what_happens_to_an_assignment)
{
    expect("{'kind':'assignment.set','task':'17.1','assignment':{'from':'2023-01-01','to':"
           "'2023-02-28','responsible':{'short':'КОПО ЛО'}}}",
           "дано поручение 17.1: КОПО ЛО, с 1 января 2023 г. по 28 февраля 2023 г.");
    expect("{'kind':'assignment.step','task':'17.1','phase':'overdue'}",
           "поручение 17.1: просрочено");
    expect("{'kind':'assignment.step','task':'17.1'}", "поручение 17.1: ступень напоминаний");
    expect("{'kind':'assignment.reported','task':'17.1','by':'kopo'}",
           "отчёт по поручению 17.1: kopo");
    expect("{'kind':'assignment.accepted','task':'17.1','by':'boss'}",
           "принят отчёт по поручению 17.1: boss");
    expect("{'kind':'assignment.accepted','task':'17.1','by':'zam','by_name':'Заместитель','for':"
           "{'short':'КОПО ЛО'},'in_part':true,'missing':['rmc'],'missing_names':['РМЦ'],"
           "'missing_results':['приказ'],'reason':'РМЦ в стадии создания'}",
           "принят частично отчёт по поручению 17.1: Заместитель (вместо: КОПО ЛО); не ответили: "
           "РМЦ; в отчёте нет: приказ; основание: РМЦ в стадии создания");
    expect("{'kind':'assignment.handed','task':'17.1','body':'loiro','body_name':'ЛОИРО','deputy':"
           "'cnppm','deputy_name':'ЦНППМ','until':'2023-02-28'}",
           "поручение 17.1: замещает: ЦНППМ; вместо: ЛОИРО; по 28 февраля 2023 г. включительно");
    expect("{'kind':'assignment.term','task':'17.1','why':'extended','to':'2023-03-24',"
           "'literal_to':'2023-03-25','by':'kopo','by_name':'КОПО ЛО','reason':'паводок'}",
           "поручение 17.1: срок продлён, новый срок — не позднее 24 марта 2023 г.; был назван "
           "нерабочий день — 25 марта 2023 г., кем: КОПО ЛО (паводок)");
    expect("{'kind':'assignment.noticed','task':'17.1','notice':'opened','to':{'short':'ЛОИРО'},"
           "'letter':30,'state':'waits','at':'2026-11-23T06:00:00.000Z'}",
           "поручение 17.1: ЛОИРО — будет сообщено письмом от 23 ноября 2026 г. в 09:00: поручение "
           "дано");
    expect("{'kind':'assignment.noticed','task':'17.1','notice':'opened','to':{'short':'ЛОИРО'},"
           "'letter':30,'state':'sent','at':'2026-11-23T06:00:00.000Z'}",
           "поручение 17.1: уведомление (поручение дано), кому: ЛОИРО, письмом от 23 ноября "
           "2026 г. в 09:00");
    expect("{'kind':'assignment.returned','task':'17.1','by':'boss','reason':'нет приложения'}",
           "возвращён отчёт по поручению 17.1: boss (нет приложения)");
    expect("{'kind':'assignment.withdrawn','task':'17.1','by':'boss','reason':'отменено'}",
           "снято поручение 17.1: boss (отменено)");
}

Test(journal_text, what_happens_to_nobody_in_particular)
{
    expect("{'kind':'definition.deployed','name':'lo','version':2,'definition_kind':'bodies'}",
           "введено: органы и должности lo, версия 2");
    expect("{'kind':'event.received','id':'e-7','event':{'type':'ru.asoup.result'}}",
           "событие e-7, тип ru.asoup.result");
}

Test(journal_text, what_is_not_known_is_named_as_it_is_and_harmless)
{
    expect("{'kind':'of.the.future'}", "of.the.future");
    expect("{}", "—");
    expect("{'kind':'instance.cancelled','reason':'\\u001b[2J'}", "отменён: \xEF\xBF\xBD[2J");
    expect("{'kind':'task.opened'}", "задача — «—» открыта: —");
}

Test(journal_text, what_happens_in_scopes)
{
    expect("{'kind':'step.passed','step':'s'}", "шаг «s» пройден");
    expect("{'kind':'step.passed','step':'s','taken':'yes'}", "шаг «s» пройден: yes");
    expect("{'kind':'step.passed','step':'s','taken':'skipped'}",
           "шаг «s» пропущен: его условие не выполнено");
    expect("{'kind':'task.faulted','task':'17.2','problem':{'title':'нет связи'}}",
           "задача 17.2 не удалась, ошибка перехвачена: нет связи");
    expect("{'kind':'task.caught','task':'17.1','problem':{'title':'нет связи'}}",
           "задача 17.1 перешла к обработке ошибки: нет связи");
    expect("{'kind':'task.again','task':'17.1'}", "задача 17.1 начата");
    expect("{'kind':'task.again','task':'3.1','until':'2023-01-09T06:00:00.000Z'}",
           "задача 3.1 начата, следующий раз — 9 января 2023 г. в 09:00");
    expect("{'kind':'task.event','task':'17.1','event':{'type':'org.x'}}",
           "задача 17.1 приняла событие org.x");
    expect("{'kind':'task.joined','task':'17.1'}",
           "задача 17.1 собрала достаточно, работа идёт дальше");
    expect("{'kind':'task.child','task':'17.1','child':18}", "задача 17.1 ждёт процесс № 18");
    expect("{'kind':'task.cancelled','task':'17.1'}", "задача 17.1 прекращена");
    expect("{'kind':'instance.faulted','problem':{'title':'Нет мест'}}",
           "прерван ошибкой: Нет мест");
    expect("{'kind':'context.set'}", "контекст записан");
}

Test(journal_text, what_happens_to_versions_and_by_rules)
{
    expect("{'kind':'instance.migrated','definition':'cycle','version':2}",
           "переведён на версию 2 определения cycle");
    expect("{'kind':'definition.removed','definition_kind':'workflow','name':'cycle','version':1}",
           "удалено: определение процесса cycle, версия 1");
    expect("{'kind':'event.routed','rule':'hire','routes':'lo','child':5,'started':true}",
           "правило hire документа lo: начат процесс № 5");
    expect("{'kind':'event.routed','rule':'hire','routes':'lo','child':5,'started':false}",
           "правило hire документа lo: событие передано процессу № 5");
    expect("{'kind':'event.routed','rule':'hire','routes':'lo','problem':{'title':'нет ключа'}}",
           "правило hire документа lo: не выполнено: нет ключа");
}
