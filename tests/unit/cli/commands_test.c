/* commands_test.c - the program against a puppet: what it asks, what it prints, how it ends */
#include "program.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static struct program p;

static void open_program(void)
{
    program_open(&p);
}

static void close_program(void)
{
    program_close(&p);
}

TestSuite(commands, .init = open_program, .fini = close_program, .timeout = 60);

/* Start it, answer its one request, and wait for its end. */
#define ask(header, payload, answer, json, ...)                                                    \
    do {                                                                                           \
        program_start(&p, (const char *const[]){__VA_ARGS__, NULL});                               \
        program_answer(&p, header, payload, answer, json);                                         \
        program_end(&p);                                                                           \
    } while (0)

static const char *write_document(const char *text)
{
    static char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/document", p.folder);
    file = fopen(path, "w");
    fputs(text, file);
    fclose(file);
    return path;
}

/* --- words -------------------------------------------------------------------------------- */

Test(commands, help_goes_to_standard_output_and_is_no_error)
{
    program_run(&p, "--help");
    cr_assert_eq(p.status, 0);
    cr_assert_not_null(strstr(p.out, "Вызов: marshrut КОМАНДА"));
    cr_assert_str_eq(p.err, "");
    program_run(&p, "help", "why");
    cr_assert_eq(p.status, 0);
    cr_assert_not_null(strstr(p.out, "Вызов: marshrut why НОМЕР"));
}

Test(commands, an_unknown_command_is_wrong_usage_and_the_near_one_is_named)
{
    program_run(&p, "lits");
    cr_assert_eq(p.status, 2);
    cr_assert_str_eq(p.err, "marshrut: нет команды «lits»; вы имели в виду «list»?\n");
    cr_assert_str_eq(p.out, "");
}

Test(commands, wrong_words_are_told_before_anything_is_asked)
{
    static const char *const wrong[][5] = {
        {"why", NULL},
        {"why", "abc", NULL},
        {"why", "17", "18", NULL},
        {"cancel", "17", NULL},
        {"skip", "17.2", NULL},
        {"retry", "17", NULL},
        {"list", "--limit", "1001", NULL},
        {"list", "--zone", "Nowhere/City", NULL},
        {"event", NULL},
        {"assignment", "reprot", "17.1", NULL},
        {"assignment", "report", "17.1", NULL},
        {"assignment", "report", "17.1", "--by=kopo", NULL},
        {"assignment", "list", "--state", "overdue", NULL},
        {"list", "--state", "runing", NULL},
        {"why", "17", "--no", "1.6", NULL},
        {"start", "x", "--priority", "10", NULL},
        {"deploy", "/nowhere/plan.yaml", NULL},
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        program_start(&p, wrong[i]);
        program_end(&p);
        cr_expect_eq(p.status, 2, "%s %s", wrong[i][0], wrong[i][1] ? wrong[i][1] : "");
        cr_expect_str_neq(p.err, "");
        cr_expect_str_eq(p.out, "");
    }
}

Test(commands, words_that_are_no_utf8_are_refused)
{
    program_run(&p, "cancel", "17", "--reason", "\xFF");
    cr_assert_eq(p.status, 2);
}

Test(commands, english_is_spoken_when_the_environment_asks_for_it)
{
    char *const environment[] = {strdup("LANG=C"), NULL};

    p.environment = environment;
    program_run(&p, "lits");
    cr_assert_str_eq(p.err, "marshrut: there is no command \"lits\"; did you mean \"list\"?\n");
    free(environment[0]);
}

/* --- the engine's answers ----------------------------------------------------------------- */

Test(commands, a_refusal_is_exit_code_1_and_a_sentence)
{
    ask("MC1 WHY 1", "{\"instance\":17}", "MC1 ERROR 1 not-found",
        "{\"text\":\"there is no instance 17\"}", "why", "17");
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.err, "Отказ (нет такого): there is no instance 17\n");
    cr_assert_str_eq(p.out, "");
}

Test(commands, without_an_engine_it_is_exit_code_3_at_once)
{
    program_run(&p, "stats", "--folder", "/nowhere/at/all");
    cr_assert_eq(p.status, 3);
    cr_assert_not_null(strstr(p.err, "/nowhere/at/all/clients.sock"));
}

Test(commands, a_socket_that_nobody_listens_on_is_exit_code_3_at_once)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    /* what a killed engine leaves behind */
    snprintf(address.sun_path, sizeof address.sun_path, "%s/clients.sock", p.folder);
    cr_assert_eq(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
    program_run(&p, "stats", "--folder", p.folder);
    unlink(address.sun_path);
    cr_assert_eq(p.status, 3);
    cr_assert_not_null(strstr(p.err, "Нет связи с системой"));
}

Test(commands, an_engine_that_is_silent_is_exit_code_3_after_the_timeout)
{
    program_run(&p, "stats", "--timeout", "1");
    cr_assert_eq(p.status, 3);
    cr_assert_not_null(strstr(p.err, "не ответила за 1 с"));
}

Test(commands, json_is_the_answer_as_it_is)
{
    ask("MC1 LIST 1", "{}", "MC1 OK 1", "{\"rows\":[],\"next\":null,\"new\":1}", "list", "--json");
    cr_assert_eq(p.status, 0);
    cr_assert_str_eq(p.out, "{\"rows\":[],\"next\":null,\"new\":1}\n");
}

Test(commands, json_of_a_refusal_is_one_document_too)
{
    ask("MC1 RESUME 1", "{\"instance\":5}", "MC1 ERROR 1 conflict", "{\"text\":\"it is over\"}",
        "resume", "5", "--json");
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.out, "{\"text\":\"it is over\"}\n");
    cr_assert_str_eq(p.err, "Отказ (состояние этого не допускает): it is over\n");
}

Test(commands, an_answer_that_is_not_json_is_told)
{
    ask("MC1 LIST 1", "{}", "MC1 OK 1", "<html>", "list");
    cr_assert_eq(p.status, 3);
    cr_assert_not_null(strstr(p.err, "не JSON"));
}

/* --- commands ----------------------------------------------------------------------------- */

Test(commands, list_filters_and_shows_a_table)
{
    ask("MC1 LIST 1", "{\"state\":\"running\",\"parent\":1,\"limit\":2,\"after\":\"01a0\"}",
        "MC1 OK 1",
        "{\"rows\":[{\"instance\":17,\"definition\":\"roadmap-item\",\"state\":\"running\","
        "\"created\":\"2023-01-09T06:00:00.000Z\",\"title\":\"План\"}],\"next\":\"01a1\"}",
        "list", "--state", "running", "--parent", "1", "--limit", "2", "--after", "01a0");
    cr_assert_eq(p.status, 0);
    cr_assert_str_eq(p.out,
                     " №  Пункт  Состояние    Определение   Ключ  Начат             Название\n"
                     "17  —      выполняется  roadmap-item  —     09.01.2023 09:00  План\n"
                     "Это не всё: повторите с --after 01a1\n");
}

Test(commands, an_empty_list_is_a_sentence)
{
    ask("MC1 INCIDENTS 1", "{}", "MC1 OK 1", "{\"rows\":[],\"next\":null}", "incidents");
    cr_assert_str_eq(p.out, "Инцидентов нет: ничто не ждёт оператора.\n");
}

Test(commands, start_takes_name_key_and_priority)
{
    ask("MC1 BEGIN 1", "{\"definition\":\"lo-2023\",\"key\":\"k-1\",\"priority\":9}", "MC1 OK 1",
        "{\"instance\":17,\"created\":true}", "start", "lo-2023", "--key", "k-1", "--priority",
        "9");
    cr_assert_eq(p.status, 0);
    cr_assert_str_eq(p.out, "Начат экземпляр № 17\n");
}

Test(commands, what_is_asked_for_is_signed)
{
    program_start(&p, (const char *const[]){"cancel", "17", "--reason", "r", "--by", "kopo", NULL});
    program_answer(&p, "MC1 CANCEL 1", "{\"instance\":17,\"reason\":\"r\",\"by\":\"kopo\"}",
                   "MC1 OK 1", "{\"instance\":17}");
    program_end(&p);
    cr_assert_eq(p.status, 0);
}

Test(commands, a_comment_needs_words_and_sends_them)
{
    program_run(&p, "assignment", "comment", "17.1", "--reason", "r");
    cr_assert_eq(p.status, 2);
    ask("MC1 ASSIGNMENT 1",
        "{\"task\":\"17.1\",\"action\":\"comment\",\"by\":\"kopo\",\"reason\":\"приказ в пути\"}",
        "MC1 OK 1", "{\"instance\":17}", "assignment", "comment", "17.1", "--by", "kopo", "--text",
        "приказ в пути");
    cr_assert_str_eq(p.out, "Комментарий внесён в историю поручения 17.1\n");
}

Test(commands, a_name_that_is_none_is_wrong_usage)
{
    program_run(&p, "start", "план");
    cr_assert_eq(p.status, 2);
}

Test(commands, a_key_that_is_none_is_said_in_russian)
{
    program_run(&p, "start", "x", "--key", "мой");
    cr_assert_eq(p.status, 2);
    cr_assert_not_null(strstr(p.err, "«мой» — не ключ"), "%s", p.err);
}

Test(commands, cancel_sends_its_reason)
{
    ask("MC1 CANCEL 1", "{\"instance\":17,\"reason\":\"приказ № 12\"}", "MC1 OK 1",
        "{\"instance\":17}", "cancel", "17", "--reason", "приказ № 12");
    cr_assert_eq(p.status, 0);
}

Test(commands, retry_and_skip_send_edited_json)
{
    const char *path = write_document("{\"to\": \"x\"}");

    ask("MC1 RETRY 1", "{\"task\":\"17.2\",\"input\":{\"to\":\"x\"}}", "MC1 OK 1",
        "{\"instance\":17}", "retry", "17.2", "--input", path);
    cr_assert_eq(p.status, 0);
    ask("MC1 SKIP 1", "{\"task\":\"17.2\",\"reason\":\"r\",\"output\":{\"to\":\"x\"}}", "MC1 OK 1",
        "{\"instance\":17}", "skip", "17.2", "--reason", "r", "--output", path);
    cr_assert_eq(p.status, 0);
}

Test(commands, a_file_that_is_not_json_is_refused_with_its_place)
{
    program_run(&p, "retry", "17.2", "--input", write_document("{\"to\":\n x}"));
    cr_assert_eq(p.status, 2);
    cr_assert_not_null(strstr(p.err, "document:2:"));
}

Test(commands, a_report_is_made_from_options)
{
    ask("MC1 ASSIGNMENT 1",
        "{\"task\":\"17.1\",\"action\":\"report\",\"by\":\"kopo\",\"report\":{\"documents\":[{"
        "\"kind\":\"приказ\",\"number\":\"12-р\",\"date\":\"2023-02-20\"}]}}",
        "MC1 OK 1", "{\"instance\":17}", "assignment", "report", "17.1", "--by", "kopo", "--kind",
        "приказ", "--number", "12-р", "--date", "2023-02-20");
    cr_assert_eq(p.status, 0);
}

Test(commands, an_extension_needs_a_day_and_a_reason)
{
    program_run(&p, "assignment", "extend", "17.1", "--by", "kopo", "--reason", "ждём");
    cr_assert_eq(p.status, 2);
    program_run(&p, "assignment", "extend", "17.1", "--by", "kopo", "--day", "2023-03-15");
    cr_assert_eq(p.status, 2);
    ask("MC1 ASSIGNMENT 1",
        "{\"task\":\"17.1\",\"action\":\"extend\",\"by\":\"kopo\",\"reason\":\"ждём\","
        "\"day\":\"2023-03-15\"}",
        "MC1 OK 1", "{\"instance\":17}", "assignment", "extend", "17.1", "--by", "kopo", "--reason",
        "ждём", "--day", "2023-03-15");
    cr_assert_eq(p.status, 0);
}

Test(commands, a_report_carries_the_digest_of_its_file_and_whom_it_covers)
{
    char path[256];

    snprintf(path, sizeof path, "%s/order.pdf", p.folder);
    FILE *file = fopen(path, "wb");
    cr_assert(file != NULL && fputs("abc", file) >= 0 && fclose(file) == 0);
    ask("MC1 ASSIGNMENT 1",
        "{\"task\":\"17.1\",\"action\":\"report\",\"by\":\"kopo\",\"report\":{\"documents\":[{"
        "\"kind\":\"приказ\",\"sha256\":"
        "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\","
        "\"file\":\"order.pdf\"}],\"covers\":[\"omsu\",\"loiro\"]}}",
        "MC1 OK 1", "{\"instance\":17}", "assignment", "report", "17.1", "--by", "kopo", "--kind",
        "приказ", "--file", path, "--covers", "omsu", "--covers", "loiro");
    cr_assert_eq(p.status, 0);
}

Test(commands, a_return_needs_and_sends_a_reason)
{
    program_run(&p, "assignment", "return", "17.1", "--by", "boss");
    cr_assert_eq(p.status, 2);
    ask("MC1 ASSIGNMENT 1",
        "{\"task\":\"17.1\",\"action\":\"return\",\"by\":\"boss\",\"reason\":\"нет приложения\"}",
        "MC1 OK 1", "{\"instance\":17}", "assignment", "return", "17.1", "--by", "boss", "--reason",
        "нет приложения");
    cr_assert_eq(p.status, 0);
}

Test(commands, the_list_of_assignments_is_filtered_by_what_is_over)
{
    ask("MC1 ASSIGNMENTS 1", "{\"body\":\"kopo\",\"open\":false}", "MC1 OK 1",
        "{\"rows\":[{\"task\":\"17.1\",\"plan\":\"lo-2023\",\"no\":\"1.4\",\"state\":\"open\","
        "\"phase\":\"today\",\"from\":\"2023-01-01\",\"to\":\"2023-02-28\",\"responsible\":{"
        "\"short\":"
        "\"КОПО ЛО\"},\"title\":\"План\"}],\"next\":null}",
        "assignment", "list", "--body", "kopo", "--closed");
    cr_assert_str_eq(p.out,
                     "Задача  План     Пункт  Состояние     Начало      Срок        Ответственный  "
                     "Название\n"
                     "17.1    lo-2023  1.4    срок сегодня  01.01.2023  28.02.2023  КОПО ЛО        "
                     "План\n");
}

Test(commands, an_event_gets_an_id_and_a_source)
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

Test(commands, deploy_points_at_the_place_in_the_document)
{
    const char *path = write_document("items:\n  - до: вчера\n");

    program_start(&p, (const char *const[]){"deploy", path, NULL});
    program_answer(&p, "MC1 DEPLOY 1", NULL, "MC1 ERROR 1 invalid",
                   "{\"text\":\"нет такой даты\",\"file\":\"p.yaml\",\"line\":2,\"column\":9}");
    program_end(&p);
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.err, "p.yaml:2:9: нет такой даты\n"
                            "      - до: вчера\n"
                            "            ^\n");
}

Test(commands, deploy_prints_every_problem_with_its_line)
{
    const char *path =
        write_document("document:\n  dsl: '1.0.3'\ndo:\n  - a: {set: {x: '${ .a + }'}}\n");

    program_start(&p, (const char *const[]){"deploy", path, NULL});
    program_answer(&p, "MC1 DEPLOY 1", NULL, "MC1 ERROR 1 invalid",
                   "{\"text\":\"first\",\"file\":\"x\",\"line\":2,\"column\":3,\"problems\":[{"
                   "\"severity\":\"error\",\"code\":\"invalid\",\"line\":2,\"column\":3,\"text\":"
                   "\"first\"},{\"severity\":\"warning\",\"code\":\"invalid\",\"line\":4,"
                   "\"column\":20,\"text\":\"second\"}],\"left_out\":0}");
    program_end(&p);
    cr_assert_eq(p.status, 1);
    cr_assert_not_null(strstr(p.err, ":2:3: ошибка: first\n      dsl: '1.0.3'\n"), "%s", p.err);
    cr_assert_not_null(strstr(p.err, ":4:20: предупреждение: second\n"), "%s", p.err);
}

Test(commands, deploy_prints_warnings_of_what_is_put_into_force)
{
    const char *path = write_document("document:\n  dsl: '1.0.3'\n");

    ask("MC1 DEPLOY 1", NULL, "MC1 OK 1",
        "{\"kind\":\"workflow\",\"name\":\"w\",\"version\":2,\"changed\":true,\"problems\":[{"
        "\"severity\":\"warning\",\"code\":\"invalid\",\"line\":2,\"column\":3,\"text\":"
        "\"second\"}],\"left_out\":0}",
        "deploy", path);
    cr_assert_eq(p.status, 0);
    cr_assert_not_null(strstr(p.out, "действует версия 2\n"), "%s", p.out);
    cr_assert_not_null(strstr(p.err, ":2:3: предупреждение: second\n"), "%s", p.err);
}

Test(commands, deploy_stops_at_the_first_refusal)
{
    const char *path = write_document("x\n");

    program_start(&p, (const char *const[]){"deploy", "--json", path, path, path, NULL});
    program_answer(&p, "MC1 DEPLOY 1", NULL, "MC1 OK 1", "{\"name\":\"lo\",\"version\":1}");
    program_answer(&p, "MC1 DEPLOY 2", NULL, "MC1 ERROR 2 invalid", "{\"text\":\"no\"}");
    program_end(&p);
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.out, "[{\"name\":\"lo\",\"version\":1},{\"text\":\"no\"}]\n");
}

Test(commands, deploy_says_what_is_in_force)
{
    const char *path = write_document("x\n");

    ask("MC1 DEPLOY 1", NULL, "MC1 OK 1",
        "{\"kind\":\"roadmap\",\"name\":\"lo-2023\",\"version\":2,\"changed\":true}", "deploy",
        path);
    cr_assert_str_eq(p.out, "план lo-2023: действует версия 2\n");
}

Test(commands, verify_tells_differences_apart_by_its_exit_code)
{
    ask("MC1 VERIFY 1", "", "MC1 OK 1", "{\"records\":10,\"instances\":2,\"differences\":0}",
        "verify");
    cr_assert_eq(p.status, 0);
    cr_assert_str_eq(p.out, "Журнал и состояние совпадают: записей 10, экземпляров 2.\n");
    ask("MC1 VERIFY 1", "", "MC1 OK 1", "{\"differences\":2,\"first\":\"instance 5\"}", "verify");
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.out, "Журнал и состояние расходятся в 2 местах.\nПервое: instance 5\n");
}

Test(commands, backup_sends_an_absolute_path)
{
    ask("MC1 BACKUP 1", "{\"folder\":\"/b\"}", "MC1 OK 1", "{\"folder\":\"/b\",\"bytes\":1536}",
        "backup", "/b");
    cr_assert_str_eq(p.out, "Скопировано в /b (1,5 КиБ)\n");
}

Test(commands, an_unknown_state_is_told_with_the_words_there_are)
{
    program_run(&p, "list", "--state", "runing");
    cr_assert_str_eq(p.err, "marshrut: --state: нет значения «runing»; есть running, suspended, "
                            "completed, cancelled, faulted\n");
}

Test(commands, steering_names_the_instance)
{
    ask("MC1 RESUME 1", "{\"instance\":24}", "MC1 OK 1", "{\"instance\":24}", "resume", "24");
    cr_assert_str_eq(p.out, "Экземпляр № 24 возобновлён\n");
}

Test(commands, an_event_that_was_seen_changes_nothing)
{
    ask("MC1 EVENT 1", NULL, "MC1 OK 1", "{\"matched\":0,\"seen\":true}", "event", "--type",
        "ru.x");
    cr_assert_str_eq(p.out, "Это событие уже было принято раньше, ничего не изменено.\n");
}

Test(commands, why_finds_the_open_assignment_of_an_item)
{
    program_start(&p, (const char *const[]){"why", "1.6", NULL});
    program_answer(&p, "MC1 ASSIGNMENTS 1", "{\"open\":true,\"limit\":1000}", "MC1 OK 1",
                   "{\"rows\":[{\"instance\":9,\"no\":\"1.6\",\"state\":\"planned\"}],\"next\":"
                   "\"c\"}");
    program_answer(&p, "MC1 ASSIGNMENTS 2", "{\"open\":true,\"limit\":1000,\"after\":\"c\"}",
                   "MC1 OK 2",
                   "{\"rows\":[{\"instance\":8,\"no\":\"1.6\",\"state\":\"open\"}],\"next\":"
                   "null}");
    program_answer(&p, "MC1 WHY 3", "{\"instance\":8}", "MC1 OK 3",
                   "{\"instance\":8,\"state\":\"running\"}");
    program_end(&p);
    cr_assert_str_eq(p.out, "Экземпляр № 8 сейчас ничего не ждёт.\n");
}

#define NO_ROWS "{\"rows\":[],\"next\":null}"

Test(commands, why_says_what_became_of_an_item_that_is_over)
{
    program_start(&p, (const char *const[]){"why", "1.3", NULL});
    program_answer(&p, "MC1 ASSIGNMENTS 1", NULL, "MC1 OK 1", NO_ROWS);
    program_answer(&p, "MC1 ASSIGNMENTS 2", "{\"open\":false,\"limit\":1000}", "MC1 OK 2",
                   "{\"rows\":[{\"instance\":4,\"no\":\"1.3\",\"state\":\"accepted\","
                   "\"reported\":\"2023-05-30\"}],\"next\":null}");
    program_answer(
        &p, "MC1 WHY 3", "{\"instance\":4}", "MC1 OK 3",
        "{\"instance\":4,\"state\":\"completed\",\"waiting\":[],\"told\":[],\"closed\":["
        "{\"kind\":\"assignment.accepted\",\"time\":\"2023-05-30T09:00:00.000Z\",\"no\":\"1.3\","
        "\"plan\":\"lo-2023\",\"by\":\"kopo\",\"by_name\":\"КОПО ЛО\"}]}");
    program_end(&p);
    cr_assert_str_eq(p.out, "Отчёт по п. 1.3 плана lo-2023 принят 30 мая 2023 г., кем: КОПО ЛО; "
                            "экземпляр № 4 завершён и ничего не ждёт.\n");
    cr_assert_eq(p.status, 0);
}

/* What stands under the sentence of `why`. */
static void assert_told(const char *answer, const char *lines)
{
    program_start(&p, (const char *const[]){"why", "4", NULL});
    program_answer(&p, "MC1 WHY 1", "{\"instance\":4}", "MC1 OK 1", answer);
    program_end(&p);
    cr_assert_not_null(strstr(p.out, ".\n"), "%s", p.out);
    cr_assert_str_eq(strstr(p.out, ".\n") + 2, lines);
}

#define TOLD_CNPPM "\"to\":{\"id\":\"cnppm\",\"short\":\"ЦНППМ\"},\"notice\":\"opened\""

Test(commands, why_says_that_somebody_was_told_only_when_the_letter_has_left)
{
    assert_told(
        "{\"instance\":4,\"state\":\"running\",\"waiting\":[],\"told\":["
        "{" TOLD_CNPPM ",\"state\":\"waits\",\"at\":\"2026-11-23T06:00:00.000Z\",\"left\":-298},"
        "{" TOLD_CNPPM ",\"state\":\"dropped\",\"at\":\"2026-11-20T06:00:00.000Z\"},"
        "{" TOLD_CNPPM ",\"state\":\"sent\",\"at\":\"2026-11-19T06:00:00.000Z\",\"left\":29}]}",
        "Сообщено:\n"
        "  19 ноября 2026 г. в 09:00 — ЦНППМ: поручение открыто, за 29 дней до срока\n"
        "Будет сообщено письмом, которое ещё не отправлено:\n"
        "  23 ноября 2026 г. в 09:00 — ЦНППМ: поручение открыто, просрочка — 298 дней\n");
}

Test(commands, why_says_of_which_of_two_assignments_it_will_be_told)
{
    assert_told(
        "{\"instance\":4,\"state\":\"running\",\"told\":[],\"waiting\":["
        "{\"kind\":\"delegated\",\"task\":\"4.1\",\"no\":\"1.1\",\"on\":{\"short\":\"КОПО ЛО\"},"
        "\"child\":\"4.2\",\"ahead\":[{" TOLD_CNPPM ",\"at\":\"2026-11-19T06:00:00.000Z\","
        "\"left\":0}]},{\"kind\":\"delegated\",\"task\":\"4.2\",\"no\":\"1.1\",\"child\":\"4.3\","
        "\"on\":{\"short\":\"ЛОИРО\"},\"ahead\":[{" TOLD_CNPPM ",\"working\":true,"
        "\"at\":\"2026-11-20T06:00:00.000Z\",\"left\":5,\"left_working\":3}]}]}",
        "Будет сообщено о поручении 4.1 (исполнитель — КОПО ЛО), если ничего не изменится:\n"
        "  19 ноября 2026 г. в 09:00 — ЦНППМ: поручение открыто, в последний день срока\n"
        "Будет сообщено о поручении 4.2 (исполнитель — ЛОИРО), если ничего не изменится:\n"
        "  20 ноября 2026 г. в 09:00 — ЦНППМ: поручение открыто, за 3 рабочих дня до срока\n");
}

Test(commands, why_of_what_is_neither_an_item_nor_a_task_is_refused)
{
    program_start(&p, (const char *const[]){"why", "1.99", NULL});
    program_answer(&p, "MC1 ASSIGNMENTS 1", NULL, "MC1 OK 1", NO_ROWS);
    program_answer(&p, "MC1 ASSIGNMENTS 2", NULL, "MC1 OK 2", NO_ROWS);
    program_answer(&p, "MC1 SHOW 3", "{\"instance\":1}", "MC1 OK 3",
                   "{\"tasks\":[{\"task\":\"1.9\"}]}");
    program_end(&p);
    cr_assert_str_eq(p.err, "marshrut: нет ни пункта, ни задачи 1.99\n");
    cr_assert_eq(p.status, 1);
}

Test(commands, why_of_a_task_asks_its_instance)
{
    program_start(&p, (const char *const[]){"why", "8.2", NULL});
    program_answer(&p, "MC1 ASSIGNMENTS 1", NULL, "MC1 OK 1", NO_ROWS);
    program_answer(&p, "MC1 ASSIGNMENTS 2", NULL, "MC1 OK 2", NO_ROWS);
    program_answer(&p, "MC1 SHOW 3", NULL, "MC1 OK 3", "{\"tasks\":[{\"task\":\"8.2\"}]}");
    program_answer(&p, "MC1 WHY 4", "{\"instance\":8}", "MC1 OK 4",
                   "{\"instance\":8,\"state\":\"running\"}");
    program_end(&p);
    cr_assert_str_eq(p.out, "Экземпляр № 8 сейчас ничего не ждёт.\n");
}

Test(commands, why_no_asks_for_an_item_only)
{
    program_start(&p, (const char *const[]){"why", "--no", "7.1", NULL});
    program_answer(&p, "MC1 ASSIGNMENTS 1", NULL, "MC1 OK 1", NO_ROWS);
    program_answer(&p, "MC1 ASSIGNMENTS 2", NULL, "MC1 OK 2", NO_ROWS);
    program_end(&p);
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.err, "marshrut: по п. 7.1 поручений нет\n");
}

Test(commands, the_version_is_told)
{
    program_run(&p, "--version");
    cr_assert_eq(p.status, 0);
    cr_assert_eq(strncmp(p.out, "marshrut 0.", 11), 0);
}

Test(commands, history_says_a_thing_once_and_with_names)
{
    ask("MC1 HISTORY 1", NULL, "MC1 OK 1",
        "{\"rows\":["
        "{\"kind\":\"task.opened\",\"task\":\"4.1\",\"task_kind\":\"assignment\",\"time\":"
        "\"2023-01-09T06:00:00.000Z\"},"
        "{\"kind\":\"assignment.set\",\"task\":\"4.1\",\"time\":\"2023-01-09T06:00:00.000Z\","
        "\"assignment\":{\"from\":\"2023-01-01\",\"to\":\"2023-02-28\",\"responsible\":{\"id\":"
        "\"kopo_lo\",\"short\":\"КОПО ЛО\"}}},"
        "{\"kind\":\"assignment.step\",\"task\":\"4.1\",\"phase\":\"open\",\"time\":"
        "\"2023-01-09T06:00:00.000Z\"},"
        "{\"kind\":\"task.opened\",\"task\":\"4.2\",\"task_kind\":\"notice\",\"time\":"
        "\"2023-01-09T06:00:00.000Z\",\"input\":{\"kind\":\"opened\",\"to\":{\"short\":\"ЦНППМ\"}}"
        "},"
        "{\"kind\":\"task.done\",\"task\":\"4.2\",\"time\":\"2023-01-09T07:00:00.000Z\"},"
        "{\"kind\":\"assignment.reported\",\"task\":\"4.1\",\"by\":\"kopo_lo\",\"time\":"
        "\"2023-01-10T07:00:00.000Z\"},"
        "{\"kind\":\"task.done\",\"task\":\"4.1\",\"time\":\"2023-01-10T07:00:00.000Z\"}]}",
        "history", "4");
    cr_assert_str_eq(p.out, "Когда             Что произошло\n"
                            "09.01.2023 09:00  дано поручение 4.1: КОПО ЛО, с 1 января 2023 г. по "
                            "28 февраля 2023 г.\n"
                            "09.01.2023 09:00  письмо 4.2 (поручение открыто), кому: ЦНППМ\n"
                            "09.01.2023 10:00  письмо 4.2 доставлено\n"
                            "10.01.2023 10:00  отчёт по поручению 4.1: КОПО ЛО\n");
}

Test(commands, history_and_journal_are_tables_of_sentences)
{
    ask("MC1 HISTORY 1", "{\"instance\":17,\"limit\":100}", "MC1 OK 1",
        "{\"rows\":[{\"seq\":7,\"time\":\"2023-01-09T06:00:00.000Z\",\"kind\":\"instance.resumed\"}"
        "],"
        "\"next\":5}",
        "history", "17");
    cr_assert_str_eq(p.out, "Когда             Что произошло\n"
                            "09.01.2023 09:00  продолжен\n"
                            "Есть более ранние записи: повторите с --before 5\n");
    ask("MC1 JOURNAL 1", "{\"after\":3,\"limit\":100}", "MC1 OK 1",
        "{\"rows\":[{\"seq\":4,\"instance\":17,\"time\":\"2023-01-09T06:00:00.000Z\","
        "\"kind\":\"instance.resumed\"}],\"next\":null}",
        "journal", "--after", "3");
    cr_assert_str_eq(p.out, "Запись  Когда             Экземпляр  Что произошло\n"
                            "     4  09.01.2023 09:00         17  продолжен\n");
}

Test(commands, show_has_heading_tasks_and_data)
{
    ask("MC1 SHOW 1", "{\"instance\":17}", "MC1 OK 1",
        "{\"instance\":17,\"title\":\"План\",\"state\":\"running\",\"definition\":\"lo\","
        "\"created\":"
        "\"2023-01-09T06:00:00.000Z\",\"changed\":\"2023-01-09T06:00:00.000Z\",\"tasks\":[{"
        "\"task\":"
        "\"17.1\",\"step\":\"send\",\"kind\":\"call\",\"state\":\"ready\",\"attempt\":1,\"since\":"
        "\"2023-01-09T06:00:00.000Z\",\"service\":\"notify\",\"worker\":\"n-1\"}],\"data\":{\"a\":"
        "1}}",
        "show", "17");
    cr_assert_str_eq(
        p.out, "Экземпляр № 17: План\n"
               "Состояние: выполняется\n"
               "Определение: lo\n"
               "Начат: 9 января 2023 г. в 09:00\n"
               "Изменён: 9 января 2023 г. в 09:00\n"
               "\n"
               "Задача  Шаг   Вид           Состояние  Попытка  С какого времени  Подробности\n"
               "17.1    send  вызов службы  готова           1  09.01.2023 09:00  notify → n-1\n"
               "\n"
               "Данные:\n"
               "{\n"
               "  \"a\": 1\n"
               "}\n");
}

Test(commands, show_sets_what_runs_in_a_step_in_and_says_where_it_stands)
{
    ask("MC1 SHOW 1", "{\"instance\":17}", "MC1 OK 1",
        "{\"instance\":17,\"title\":\"T\",\"state\":\"faulted\",\"problem\":{\"title\":"
        "\"Нет мест\"},\"version\":3,\"tasks\":["
        "{\"task\":\"17.1\",\"step\":\"both\",\"kind\":\"fork\",\"state\":\"waiting\",\"ended\":1,"
        "\"of\":2,\"path\":\"/do/0/both\"},{\"task\":\"17.2\",\"step\":\"a\",\"kind\":\"do\","
        "\"state\":\"waiting\",\"scope\":\"17.1\",\"path\":\"/do/0/both/a\"},{\"task\":\"17.3\","
        "\"step\":\"b\",\"kind\":\"run\",\"state\":\"waiting\",\"scope\":\"17.2\",\"child\":18}]}",
        "show", "17");
    cr_assert_not_null(strstr(p.out, "Версия: 3\nОшибка: Нет мест\n"), "%s", p.out);
    cr_assert_not_null(strstr(p.out, "17.1    both   параллельные ветви"), "%s", p.out);
    cr_assert_not_null(strstr(p.out, "закончено 1 из 2  /do/0/both\n"), "%s", p.out);
    cr_assert_not_null(strstr(p.out, "17.2    · a    блок шагов"), "%s", p.out);
    cr_assert_not_null(strstr(p.out, "17.3    · · b  другой экземпляр"), "%s", p.out);
    cr_assert_not_null(strstr(p.out, "экземпляр № 18"), "%s", p.out);
}

Test(commands, migrate_lists_what_was_left_and_counts_what_was_moved)
{
    ask("MC1 MIGRATE 1",
        "{\"definition\":\"cycle\",\"instances\":[17,18],\"to\":3,\"preview\":true}", "MC1 OK 1",
        "{\"version\":3,\"preview\":true,\"moved\":1,\"left\":1,\"rows\":[{\"instance\":17,"
        "\"version\":2,\"moved\":true},{\"instance\":18,\"version\":1,\"moved\":false,\"text\":"
        "\"no place\"}],\"next\":null}",
        "migrate", "--definition", "cycle", "--instance", "17", "--instance", "18", "--to", "3",
        "--preview");
    cr_assert_eq(p.status, 0);
    cr_assert_str_eq(p.out, "Экземпляр  Версия  Почему не переведён\n"
                            "       18       1  no place\n"
                            "\n"
                            "1 экземпляр перешёл бы на версию 3.\n"
                            "1 экземпляр не имеет в ней безопасного места и остаётся как был.\n");
}

Test(commands, migrate_wants_to_know_which_instances)
{
    program_run(&p, "migrate", "--definition", "cycle");
    cr_assert_eq(p.status, 2);
    cr_assert_not_null(strstr(p.err, "какие экземпляры?"), "%s", p.err);
    program_run(&p, "migrate", "--definition", "cycle", "--all", "--from", "1");
    cr_assert_eq(p.status, 2);
    program_run(&p, "migrate", "--all");
    cr_assert_eq(p.status, 2);
    cr_assert_not_null(strstr(p.err, "--definition"), "%s", p.err);
}

Test(commands, remove_says_who_uses_a_version_and_who_needs_it)
{
    ask("MC1 REMOVE 1", "{\"name\":\"cycle\",\"version\":2}", "MC1 ERROR 1 conflict",
        "{\"text\":\"in use\",\"used\":12}", "remove", "cycle", "--version", "2");
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.err, "Не удалено, используется: 12 экземпляров\n");
    ask("MC1 REMOVE 1", NULL, "MC1 ERROR 1 conflict",
        "{\"text\":\"x\",\"needed_by\":{\"kind\":\"roadmap\",\"name\":\"lo-2023\"}}", "remove",
        "cycle", "--version", "2", "--kind", "workflow");
    cr_assert_str_eq(p.err, "Не удалено: это единственная версия, и она нужна: план lo-2023\n");
    ask("MC1 REMOVE 1", NULL, "MC1 OK 1",
        "{\"kind\":\"workflow\",\"name\":\"cycle\",\"version\":2,\"number\":5}", "remove", "cycle",
        "--version", "2");
    cr_assert_str_eq(p.out, "процесс cycle: версия 2 выведена из действия\n");
}

Test(commands, times_are_shown_in_the_zone_that_is_asked_for)
{
    ask("MC1 HISTORY 1", NULL, "MC1 OK 1",
        "{\"rows\":[{\"time\":\"2023-01-09T06:00:00.000Z\",\"kind\":\"instance.resumed\"}]}",
        "history", "17", "--zone", "Asia/Vladivostok");
    cr_assert_not_null(strstr(p.out, "09.01.2023 16:00"));
}

/* --- a terminal --------------------------------------------------------------------------- */

#define HOSTILE                                                                                    \
    "{\"rows\":[{\"instance\":17,\"definition\":\"roadmap-item\",\"state\":\"running\","           \
    "\"created\":"                                                                                 \
    "\"2023-01-09T06:00:00.000Z\",\"title\":\"\\u001b]0;owned\\u0007\\u009b2J "                    \
    "Утверждение плана мероприятий по развитию\"}],\"next\":null}"

Test(commands, on_a_terminal_the_heading_is_bold_and_lines_are_cut)
{
    p.columns = 77;
    ask("MC1 LIST 1", "{}", "MC1 OK 1", HOSTILE, "list");
    cr_assert_str_eq(p.out, "\033[1m №  Пункт  Состояние    Определение   Ключ  Начат       "
                            "      Название\033[0m\r\n"
                            "17  —      выполняется  roadmap-item  —     09.01.2023 09:00  "
                            "\xEF\xBF\xBD]0;owned\xEF\xBF\xBD\xEF\xBF\xBD"
                            "2J…\r\n");
}

Test(commands, no_color_turns_colour_off)
{
    char *const environment[] = {strdup("NO_COLOR=1"), NULL};

    p.columns = 70;
    p.environment = environment;
    ask("MC1 LIST 1", "{}", "MC1 OK 1", HOSTILE, "list");
    cr_assert_null(strchr(p.out, '\033'));
    free(environment[0]);
}

Test(commands, json_on_a_terminal_is_harmless_too)
{
    p.columns = 70;
    ask("MC1 LIST 1", "{}", "MC1 OK 1",
        "{\"a\":\"\xC2\x9B"
        "2J\"}",
        "list", "--json");
    cr_assert_str_eq(p.out, "{\"a\":\"\\u009b2J\"}\r\n");
}
