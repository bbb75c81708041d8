/* steer_test.c - commands to instances, events, versions and the store */
#include "program.h"

#include <jansson.h>
#include <string.h>

PROGRAM_SUITE(steer);

Test(steer, start_takes_name_key_and_priority)
{
    program_ask("MC1 BEGIN 1", "{\"definition\":\"lo-2023\",\"key\":\"k-1\",\"priority\":9}",
                "MC1 OK 1", "{\"instance\":17,\"created\":true}", "start", "lo-2023", "--key",
                "k-1", "--priority", "9");
    cr_assert_eq(p.status, 0);
    cr_assert_str_eq(p.out, "Начат процесс № 17\n");
}

Test(steer, what_is_asked_for_is_signed)
{
    program_start(&p, (const char *const[]){"cancel", "17", "--reason", "r", "--by", "kopo", NULL});
    program_answer(&p, "MC1 CANCEL 1", "{\"instance\":17,\"reason\":\"r\",\"by\":\"kopo\"}",
                   "MC1 OK 1", "{\"instance\":17}");
    program_end(&p);
    cr_assert_eq(p.status, 0);
}

Test(steer, a_name_that_is_none_is_wrong_usage)
{
    program_run(&p, "start", "план");
    cr_assert_eq(p.status, 2);
}

Test(steer, a_key_that_is_none_is_said_in_russian)
{
    program_run(&p, "start", "x", "--key", "мой");
    cr_assert_eq(p.status, 2);
    cr_assert_not_null(strstr(p.err, "«мой» — не ключ"), "%s", p.err);
}

Test(steer, cancel_sends_its_reason)
{
    program_ask("MC1 CANCEL 1", "{\"instance\":17,\"reason\":\"приказ № 12\"}", "MC1 OK 1",
                "{\"instance\":17}", "cancel", "17", "--reason", "приказ № 12");
    cr_assert_eq(p.status, 0);
}

Test(steer, retry_and_skip_send_edited_json)
{
    const char *path = program_write(&p, "{\"to\": \"x\"}");

    program_ask("MC1 RETRY 1", "{\"task\":\"17.2\",\"input\":{\"to\":\"x\"}}", "MC1 OK 1",
                "{\"instance\":17}", "retry", "17.2", "--input", path);
    cr_assert_eq(p.status, 0);
    program_ask("MC1 SKIP 1", "{\"task\":\"17.2\",\"reason\":\"r\",\"output\":{\"to\":\"x\"}}",
                "MC1 OK 1", "{\"instance\":17}", "skip", "17.2", "--reason", "r", "--output", path);
    cr_assert_eq(p.status, 0);
}

Test(steer, a_file_that_is_not_json_is_refused_with_its_place)
{
    program_run(&p, "retry", "17.2", "--input", program_write(&p, "{\"to\":\n x}"));
    cr_assert_eq(p.status, 2);
    cr_assert_not_null(strstr(p.err, "document:2:"));
}

Test(steer, an_event_gets_an_id_and_a_source)
{
    program_start(&p, (const char *const[]){"event", "--type", "ru.x", "--subject", "t-1", NULL});
    engine_hear(&p.engine);
    json_t *request = json_loads(p.engine.payload, 0, NULL);
    json_t *event = json_object_get(request, "event");
    cr_assert_str_eq(json_string_value(json_object_get(request, "by")), PROGRAM_SIGNER);
    cr_assert_str_eq(json_string_value(json_object_get(event, "specversion")), "1.0");
    cr_assert_str_eq(json_string_value(json_object_get(event, "type")), "ru.x");
    cr_assert_str_eq(json_string_value(json_object_get(event, "source")), "/marshrut/cli");
    cr_assert_eq(json_string_length(json_object_get(event, "id")), 32);
    json_decref(request);
    engine_say(&p.engine, "MC1 OK 1", "{\"matched\":2}");
    program_end(&p);
    cr_assert_str_eq(p.out, "Событие принято; его ждали 2 задачи.\n");
}

Test(steer, verify_tells_differences_apart_by_its_exit_code)
{
    program_ask("MC1 VERIFY 1", "", "MC1 OK 1",
                "{\"records\":10,\"instances\":2,\"differences\":0}", "verify");
    cr_assert_eq(p.status, 0);
    cr_assert_str_eq(p.out, "Журнал и состояние совпадают: записей 10, процессов 2.\n");
    program_ask("MC1 VERIFY 1", "", "MC1 OK 1", "{\"differences\":2,\"first\":\"instance 5\"}",
                "verify");
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.out, "Журнал и состояние расходятся в 2 местах.\nПервое: instance 5\n");
}

Test(steer, backup_sends_an_absolute_path)
{
    program_ask("MC1 BACKUP 1", "{\"folder\":\"/b\"}", "MC1 OK 1",
                "{\"folder\":\"/b\",\"bytes\":1536}", "backup", "/b");
    cr_assert_str_eq(p.out, "Скопировано в /b (1,5 КиБ)\n");
}

Test(steer, steering_names_the_instance)
{
    program_ask("MC1 RESUME 1", "{\"instance\":24}", "MC1 OK 1", "{\"instance\":24}", "resume",
                "24");
    cr_assert_str_eq(p.out, "Процесс № 24 возобновлён\n");
}

Test(steer, an_event_that_was_seen_changes_nothing)
{
    program_ask("MC1 EVENT 1", NULL, "MC1 OK 1", "{\"matched\":0,\"seen\":true}", "event", "--type",
                "ru.x");
    cr_assert_str_eq(p.out, "Это событие уже было принято раньше, ничего не изменено.\n");
}

Test(steer, migrate_lists_what_was_left_and_counts_what_was_moved)
{
    program_ask(
        "MC1 MIGRATE 1",
        "{\"definition\":\"cycle\",\"instances\":[17,18],\"to\":3,\"preview\":true}", "MC1 OK 1",
        "{\"version\":3,\"preview\":true,\"moved\":1,\"left\":1,\"rows\":[{\"instance\":17,"
        "\"version\":2,\"moved\":true},{\"instance\":18,\"version\":1,\"moved\":false,\"text\":"
        "\"no place\"}],\"next\":null}",
        "migrate", "--definition", "cycle", "--instance", "17", "--instance", "18", "--to", "3",
        "--preview");
    cr_assert_eq(p.status, 0);
    cr_assert_str_eq(p.out,
                     "Процесс  Версия  Почему не переведён\n"
                     "     18       1  no place\n"
                     "\n"
                     "1 процесс перешёл бы на версию 3.\n"
                     "1 процесс не находит в ней своего места и остаётся на прежней версии.\n");
}

Test(steer, migrate_wants_to_know_which_instances)
{
    program_run(&p, "migrate", "--definition", "cycle");
    cr_assert_eq(p.status, 2);
    cr_assert_not_null(strstr(p.err, "какие процессы?"), "%s", p.err);
    program_run(&p, "migrate", "--definition", "cycle", "--all", "--from", "1");
    cr_assert_eq(p.status, 2);
    program_run(&p, "migrate", "--all");
    cr_assert_eq(p.status, 2);
    cr_assert_not_null(strstr(p.err, "--definition"), "%s", p.err);
}

Test(steer, remove_says_who_uses_a_version_and_who_needs_it)
{
    program_ask("MC1 REMOVE 1", "{\"name\":\"cycle\",\"version\":2}", "MC1 ERROR 1 conflict",
                "{\"text\":\"in use\",\"used\":12}", "remove", "cycle", "--version", "2");
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.err, "Не удалено: по этой версии идут 12 процессов\n");
    program_ask("MC1 REMOVE 1", NULL, "MC1 ERROR 1 conflict",
                "{\"text\":\"x\",\"needed_by\":{\"kind\":\"roadmap\",\"name\":\"lo-2023\"}}",
                "remove", "cycle", "--version", "2", "--kind", "workflow");
    cr_assert_str_eq(p.err, "Не удалено: это единственная версия, и она нужна: план lo-2023\n");
    program_ask("MC1 REMOVE 1", NULL, "MC1 OK 1",
                "{\"kind\":\"workflow\",\"name\":\"cycle\",\"version\":2,\"number\":5}", "remove",
                "cycle", "--version", "2");
    cr_assert_str_eq(p.out, "определение процесса cycle: версия 2 выведена из действия\n");
}
