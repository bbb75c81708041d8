/* commands_test.c - the program against a puppet: words, exit codes, JSON, a terminal */
#include "program.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

PROGRAM_SUITE(commands);

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
    program_ask("MC1 WHY 1", "{\"instance\":17}", "MC1 ERROR 1 not-found",
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
    program_ask("MC1 LIST 1", "{}", "MC1 OK 1", "{\"rows\":[],\"next\":null,\"new\":1}", "list",
                "--json");
    cr_assert_eq(p.status, 0);
    cr_assert_str_eq(p.out, "{\"rows\":[],\"next\":null,\"new\":1}\n");
}

Test(commands, json_of_a_refusal_is_one_document_too)
{
    program_ask("MC1 RESUME 1", "{\"instance\":5}", "MC1 ERROR 1 conflict",
                "{\"text\":\"it is over\"}", "resume", "5", "--json");
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.out, "{\"text\":\"it is over\"}\n");
    cr_assert_str_eq(p.err, "Отказ (состояние этого не допускает): it is over\n");
}

Test(commands, an_answer_that_is_not_json_is_told)
{
    program_ask("MC1 LIST 1", "{}", "MC1 OK 1", "<html>", "list");
    cr_assert_eq(p.status, 3);
    cr_assert_not_null(strstr(p.err, "не JSON"));
}

Test(commands, the_version_is_told)
{
    program_run(&p, "--version");
    cr_assert_eq(p.status, 0);
    cr_assert_eq(strncmp(p.out, "marshrut 0.", 11), 0);
}

Test(commands, times_are_shown_in_the_zone_that_is_asked_for)
{
    program_ask(
        "MC1 HISTORY 1", NULL, "MC1 OK 1",
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
    program_ask("MC1 LIST 1", "{}", "MC1 OK 1", HOSTILE, "list");
    cr_assert_str_eq(p.out, "\033[1m №  Пункт  Состояние  Определение   Ключ  Начат         "
                            "    Название\033[0m\r\n"
                            "17  —      идёт       roadmap-item  —     09.01.2023 09:00  "
                            "\xEF\xBF\xBD]0;owned\xEF\xBF\xBD\xEF\xBF\xBD"
                            "2J Ут…\r\n");
}

Test(commands, no_color_turns_colour_off)
{
    char *const environment[] = {strdup("NO_COLOR=1"), NULL};

    p.columns = 70;
    p.environment = environment;
    program_ask("MC1 LIST 1", "{}", "MC1 OK 1", HOSTILE, "list");
    cr_assert_null(strchr(p.out, '\033'));
    free(environment[0]);
}

Test(commands, json_on_a_terminal_is_harmless_too)
{
    p.columns = 70;
    program_ask("MC1 LIST 1", "{}", "MC1 OK 1",
                "{\"a\":\"\xC2\x9B"
                "2J\"}",
                "list", "--json");
    cr_assert_str_eq(p.out, "{\"a\":\"\\u009b2J\"}\r\n");
}
