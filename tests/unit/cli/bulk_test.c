/* bulk_test.c - one action on many, against a puppet: what is looked for, asked for and told */
#include "program.h"

#include <jansson.h>
#include <signal.h>
#include <string.h>

PROGRAM_SUITE(bulk);

#define INCIDENTS                                                                                  \
    "{\"rows\":[{\"task\":\"17.1\",\"instance\":17,\"definition\":\"send\"},"                      \
    "{\"task\":\"17.2\",\"instance\":17,\"definition\":\"send\"},"                                 \
    "{\"task\":\"18.1\",\"instance\":18,\"definition\":\"send\"}],\"next\":null}"

static void start_on_incidents(const char *action, const char *more)
{
    program_start(&p, (const char *const[]){"bulk", action, "--list", "incidents", more, NULL});
    program_answer(&p, "MC1 INCIDENTS 1", "{\"limit\":1000}", "MC1 OK 1", INCIDENTS);
}

/* Hear a command that says this beside its key and who acts. */
static void hear_command(const char *header, const char *says)
{
    engine_expect(&p.engine, header);
    json_t *got = json_loads(p.engine.payload, 0, NULL);
    json_t *wanted = json_loads(says, 0, NULL);
    const char *once = json_string_value(json_object_get(got, "once"));

    cr_assert_not_null(once, "%s", p.engine.payload);
    cr_expect_eq(strncmp(once, "bulk-", 5), 0, "%s", once);
    json_object_del(got, "once");
    json_object_del(got, "by");
    cr_expect(json_equal(got, wanted), "%s", p.engine.payload);
    json_decref(wanted);
    json_decref(got);
}

#define TASKS "[{\"task\":\"17.1\"},{\"task\":\"17.2\"},{\"task\":\"18.1\"}]"
#define GONE                                                                                       \
    "\"code\":\"not-found\",\"text\":\"there is no open task 17.2\",\"format\":\"there is no "     \
    "open task %llu.%u\""

static void answer_foresee(const char *verb, const char *may_lack, const char *answer)
{
    char question[512];

    snprintf(question, sizeof question,
             "{\"command\":\"%s\",\"with\":{\"by\":\"" PROGRAM_SIGNER "\"},\"targets\":" TASKS
             ",\"may_lack\":%s}",
             verb, may_lack);
    program_answer(&p, "MC1 FORESEE 2", question, "MC1 OK 2", answer);
}

Test(bulk, without_yes_it_only_looks)
{
    start_on_incidents("retry", NULL);
    answer_foresee("RETRY", "false", "{\"checked\":3,\"refused\":[],\"reasons\":[]}");
    program_end(&p);
    cr_assert_eq(p.status, 0, "%s", p.err);
    cr_expect_not_null(strstr(p.out, "18.1"), "%s", p.out);
    cr_expect_not_null(strstr(p.out, "Можно: 3. Будет отказано: 0\nretry затронет: 3. Пока ничего "
                                     "не сделано"),
                       "%s", p.out);
    cr_expect_null(strstr(p.out, "Будет отказано:\n"), "%s", p.out);
}

Test(bulk, what_would_be_refused_is_told_before_with_the_reasons)
{
    start_on_incidents("skip", NULL);
    answer_foresee("SKIP", "true",
                   "{\"checked\":3,\"refused\":[{\"task\":\"17.2\"," GONE
                   ",\"args\":[\"17\",\"2\"]}],\"reasons\":[{\"count\":1," GONE
                   ",\"args\":[\"17\",\"2\"]}]}");
    program_end(&p);
    cr_assert_eq(p.status, 0, "%s", p.err);
    cr_expect_not_null(
        strstr(p.out, "Можно: 2. Будет отказано: 1\n  1: незавершённой задачи 17.2 нет\n"), "%s",
        p.out);
    const char *below = strstr(p.out, "Будет отказано:\n");
    cr_assert_not_null(below, "%s", p.out);
    cr_expect_not_null(strstr(below, "17.2"), "%s", p.out);
    cr_expect_null(strstr(below, "18.1"), "it stands above: %s", p.out);
}

Test(bulk, an_answer_about_the_first_few_is_put_together_with_the_rest)
{
    start_on_incidents("retry", NULL);
    answer_foresee("RETRY", "false", "{\"checked\":1,\"refused\":[],\"reasons\":[]}");
    program_answer(&p, "MC1 FORESEE 3",
                   "{\"command\":\"RETRY\",\"with\":{\"by\":\"" PROGRAM_SIGNER
                   "\"},\"targets\":[{\"task\":\"17.2\"},{\"task\":\"18.1\"}],\"may_lack\":false}",
                   "MC1 OK 3",
                   "{\"checked\":1,\"refused\":[{\"task\":\"17.2\"," GONE
                   ",\"args\":[\"17\",\"2\"]}],\"reasons\":[]}");
    program_answer(&p, "MC1 FORESEE 4",
                   "{\"command\":\"RETRY\",\"with\":{\"by\":\"" PROGRAM_SIGNER
                   "\"},\"targets\":[{\"task\":\"18.1\"}],\"may_lack\":false}",
                   "MC1 OK 4",
                   "{\"checked\":1,\"refused\":[{\"task\":\"18.1\"," GONE
                   ",\"args\":[\"18\",\"1\"]}],\"reasons\":[]}");
    program_end(&p);
    cr_assert_eq(p.status, 0, "%s", p.err);
    cr_expect_not_null(
        strstr(p.out, "Можно: 1. Будет отказано: 2\n  2: незавершённой задачи нет\n"), "%s", p.out);
}

Test(bulk, json_of_a_look_marks_the_rows_that_would_be_refused)
{
    program_start(&p,
                  (const char *const[]){"bulk", "retry", "--list", "incidents", "--json", NULL});
    program_answer(&p, "MC1 INCIDENTS 1", "{\"limit\":1000}", "MC1 OK 1", INCIDENTS);
    answer_foresee("RETRY", "false",
                   "{\"checked\":3,\"refused\":[{\"task\":\"17.2\"," GONE
                   "}],\"reasons\":[{\"count\":1," GONE "}]}");
    program_end(&p);
    cr_assert_eq(p.status, 0, "%s", p.err);
    json_t *document = json_loads(p.out, 0, NULL);
    const json_t *row = json_array_get(json_object_get(document, "rows"), 1);
    json_t *wanted = json_loads("{" GONE "}", 0, NULL);
    cr_expect(json_equal(json_object_get(row, "refused"), wanted), "%s", p.out);
    cr_expect_null(
        json_object_get(json_array_get(json_object_get(document, "rows"), 0), "refused"));
    cr_expect_eq(json_integer_value(json_object_get(document, "refused")), 1);
    cr_expect_eq(json_integer_value(json_object_get(document, "checked")), 3);
    json_decref(wanted);
    json_decref(document);
}

Test(bulk, with_yes_each_gets_a_command_of_its_own)
{
    start_on_incidents("retry", "--yes");
    hear_command("MC1 RETRY 2", "{\"task\":\"17.1\"}");
    engine_say(&p.engine, "MC1 OK 2", "{\"instance\":17}");
    hear_command("MC1 RETRY 3", "{\"task\":\"17.2\"}");
    engine_say(&p.engine, "MC1 OK 3", "{\"instance\":17}");
    hear_command("MC1 RETRY 4", "{\"task\":\"18.1\"}");
    engine_say(&p.engine, "MC1 OK 4", "{\"instance\":18}");
    program_end(&p);
    cr_assert_eq(p.status, 0, "%s", p.err);
    cr_expect_str_eq(p.out, "retry: сделано 3 из 3\n");
}

Test(bulk, an_instance_with_several_incidents_is_touched_once)
{
    program_start(&p, (const char *const[]){"bulk", "cancel", "--list", "incidents", "--yes",
                                            "--reason", "ошибка", NULL});
    program_answer(&p, "MC1 INCIDENTS 1", "{\"limit\":1000}", "MC1 OK 1", INCIDENTS);
    hear_command("MC1 CANCEL 2", "{\"instance\":17,\"reason\":\"ошибка\"}");
    engine_say(&p.engine, "MC1 OK 2", "{\"instance\":17}");
    hear_command("MC1 CANCEL 3", "{\"instance\":18,\"reason\":\"ошибка\"}");
    engine_say(&p.engine, "MC1 OK 3", "{\"instance\":18}");
    program_end(&p);
    cr_expect_str_eq(p.out, "cancel: сделано 2 из 2\n");
}

Test(bulk, what_is_refused_is_told_and_does_not_stop_the_others)
{
    start_on_incidents("retry", "--yes");
    hear_command("MC1 RETRY 2", "{\"task\":\"17.1\"}");
    engine_say(&p.engine, "MC1 ERROR 2 conflict", "{\"text\":\"it is no incident\"}");
    hear_command("MC1 RETRY 3", "{\"task\":\"17.2\"}");
    engine_say(&p.engine, "MC1 OK 3", "{\"instance\":17}");
    hear_command("MC1 RETRY 4", "{\"task\":\"18.1\"}");
    engine_say(&p.engine, "MC1 OK 4", "{\"instance\":18}");
    program_end(&p);
    cr_assert_eq(p.status, 1);
    cr_expect_eq(strncmp(p.err, "17.1: ", 6), 0, "%s", p.err);
    cr_expect_not_null(strstr(p.err, "it is no incident"), "%s", p.err);
    cr_expect_str_eq(p.out, "retry: сделано 2 из 3, отказано 1\n");
}

Test(bulk, a_busy_engine_is_asked_again_with_the_same_key)
{
    char first[1200];

    start_on_incidents("retry", "--yes");
    engine_expect(&p.engine, "MC1 RETRY 2");
    snprintf(first, sizeof first, "%s", p.engine.payload);
    engine_say(&p.engine, "MC1 ERROR 2 busy", "{\"text\":\"too much is under way\"}");
    engine_expect(&p.engine, "MC1 RETRY 3");
    cr_expect_str_eq(p.engine.payload, first);
    engine_say(&p.engine, "MC1 OK 3", "{\"instance\":17}");
    engine_expect(&p.engine, "MC1 RETRY 4");
    cr_expect_str_neq(p.engine.payload, first);
    engine_say(&p.engine, "MC1 OK 4", "{\"instance\":17}");
    engine_expect(&p.engine, "MC1 RETRY 5");
    engine_say(&p.engine, "MC1 OK 5", "{\"instance\":18}");
    program_end(&p);
    cr_assert_eq(p.status, 0, "%s", p.err);
}

Test(bulk, an_interrupt_waits_for_the_answer_and_leaves_what_was_done)
{
    start_on_incidents("retry", "--yes");
    hear_command("MC1 RETRY 2", "{\"task\":\"17.1\"}");
    cr_assert_eq(kill(p.pid, SIGINT), 0);
    engine_say(&p.engine, "MC1 OK 2", "{\"instance\":17}");
    program_end(&p);
    cr_assert_eq(p.status, 1);
    cr_expect_str_eq(p.out, "retry: сделано 1 из 3, не выполнялось 2: работа прекращена\n");
}

Test(bulk, json_is_one_document_of_all_that_was_refused)
{
    program_start(
        &p, (const char *const[]){"bulk", "retry", "--list", "incidents", "--yes", "--json", NULL});
    program_answer(&p, "MC1 INCIDENTS 1", NULL, "MC1 OK 1",
                   "{\"rows\":[{\"task\":\"17.1\",\"instance\":17}],\"next\":null}");
    hear_command("MC1 RETRY 2", "{\"task\":\"17.1\"}");
    engine_say(&p.engine, "MC1 ERROR 2 conflict", "{\"text\":\"no\"}");
    program_end(&p);
    cr_assert_eq(p.status, 1);
    json_t *got = json_loads(p.out, 0, NULL);
    json_t *wanted = json_loads("{\"count\":1,\"done\":0,\"stopped\":false,\"refused\":[{\"task\":"
                                "\"17.1\",\"code\":\"conflict\",\"text\":\"no\"}]}",
                                0, NULL);
    cr_expect(json_equal(got, wanted), "%s", p.out);
    json_decref(wanted);
    json_decref(got);
}

Test(bulk, filters_are_those_of_the_list)
{
    program_start(&p, (const char *const[]){"bulk", "withdraw", "--list", "assignments", "--closed",
                                            "--until", "2023-08-01", "--outcome-original", "met",
                                            "--punctual", NULL});
    program_answer(&p, "MC1 ASSIGNMENTS 1",
                   "{\"to\":\"2023-08-01\",\"outcome_original\":\"met\",\"open\":false,"
                   "\"overdue\":false,\"limit\":1000}",
                   "MC1 OK 1", "{\"rows\":[],\"next\":null}");
    program_end(&p);
    cr_assert_eq(p.status, 0, "%s", p.err);
    cr_expect_str_eq(p.out, "Ничего такого нет.\n");
}

Test(bulk, wrong_words_are_told_before_anything_is_asked)
{
    static const char *const wrong[][10] = {
        {"bulk", "retry", NULL},
        {"bulk", "--list", "incidents", NULL},
        {"bulk", "retry", "--list", "workers", NULL},
        {"bulk", "retry", "--list", "instances", NULL},
        {"bulk", "retry", "--list", "incidents", "--parent", "17", NULL},
        {"bulk", "resume", "--list", "instances", "--parent", "x", NULL},
        {"bulk", "resume", "--list", "instances", "--day", "2023-01-01", NULL},
        {"bulk", "cancel", "--list", "instances", "--yes", NULL},
        {"bulk", "move", "--list", "assignments", "--yes", "--reason", "x", NULL},
        {"bulk", "reassign", "--list", "assignments", "--yes", "--reason", "x", NULL},
        {"bulk", "pause", "--list", "assignments", "--yes", "--reason", "x", NULL},
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        program_start(&p, wrong[i]);
        program_end(&p);
        cr_expect_eq(p.status, 2, "%zu: %s", i, p.err);
        cr_expect_str_eq(p.out, "");
    }
}
