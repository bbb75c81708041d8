/* journal_text_test.c - every kind of record has a sentence */
#include "speech.h"

#include "cli/journal_text.h"

TestSuite(journal_text, .init = speak_russian);

static void expect(const char *row, const char *text)
{
    struct zone *zone = moscow();
    struct watch_names names;
    json_t *json = json_of(row);
    watch_names_init(&names);
    char *made = journal_text(json, zone, &names);

    cr_expect_str_eq(made, text);
    free(made);
    json_decref(json);
    watch_names_fini(&names);
    zone_close(&zone);
}

Test(journal_text, what_happens_to_an_instance)
{
    expect("{'kind':'instance.started','definition':'lo-2023','key':'k'}",
           "начат по определению lo-2023, ключ k");
    expect("{'kind':'instance.completed'}", "завершён");
    expect("{'kind':'instance.cancelled','reason':'приказ № 12'}", "отменён: приказ № 12");
    expect("{'kind':'instance.suspended','reason':''}", "приостановлен");
    expect("{'kind':'instance.resumed'}", "продолжен");
    expect("{'kind':'child.started','child':18}", "начат экземпляр № 18");
    expect("{'kind':'child.closed','child':18}", "закончился экземпляр № 18");
    expect("{'kind':'data.set','data':{}}", "данные записаны");
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
    expect("{'kind':'assignment.returned','task':'17.1','by':'boss','reason':'нет приложения'}",
           "возвращён отчёт по поручению 17.1: boss (нет приложения)");
    expect("{'kind':'assignment.withdrawn','task':'17.1','by':'boss','reason':'отменено'}",
           "снято поручение 17.1: boss (отменено)");
}

Test(journal_text, what_happens_to_nobody_in_particular)
{
    expect("{'kind':'definition.deployed','name':'lo','version':2,'definition_kind':'bodies'}",
           "введено: организации lo, версия 2");
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
