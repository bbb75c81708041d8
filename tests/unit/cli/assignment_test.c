/* assignment_test.c - what people do with one assignment, by the program */
#include "program.h"

#include <stdio.h>
#include <string.h>

PROGRAM_SUITE(assignment);

Test(assignment, a_comment_needs_words_and_sends_them)
{
    program_run(&p, "assignment", "comment", "17.1", "--reason", "r");
    cr_assert_eq(p.status, 2);
    program_ask(
        "MC1 ASSIGNMENT 1",
        "{\"task\":\"17.1\",\"action\":\"comment\",\"by\":\"kopo\",\"reason\":\"приказ в пути\"}",
        "MC1 OK 1", "{\"instance\":17}", "assignment", "comment", "17.1", "--by", "kopo", "--text",
        "приказ в пути");
    cr_assert_str_eq(p.out, "Комментарий внесён в историю поручения 17.1\n");
}

Test(assignment, a_report_is_made_from_options)
{
    program_ask(
        "MC1 ASSIGNMENT 1",
        "{\"task\":\"17.1\",\"action\":\"report\",\"by\":\"kopo\",\"report\":{\"documents\":[{"
        "\"kind\":\"приказ\",\"number\":\"12-р\",\"date\":\"2023-02-20\"}]}}",
        "MC1 OK 1", "{\"instance\":17}", "assignment", "report", "17.1", "--by", "kopo", "--kind",
        "приказ", "--number", "12-р", "--date", "2023-02-20");
    cr_assert_eq(p.status, 0);
}

Test(assignment, an_extension_needs_a_day_and_a_reason)
{
    program_run(&p, "assignment", "extend", "17.1", "--by", "kopo", "--reason", "ждём");
    cr_assert_eq(p.status, 2);
    program_run(&p, "assignment", "extend", "17.1", "--by", "kopo", "--day", "2023-03-15");
    cr_assert_eq(p.status, 2);
    program_ask("MC1 ASSIGNMENT 1",
                "{\"task\":\"17.1\",\"action\":\"extend\",\"by\":\"kopo\",\"reason\":\"ждём\","
                "\"day\":\"2023-03-15\"}",
                "MC1 OK 1", "{\"instance\":17}", "assignment", "extend", "17.1", "--by", "kopo",
                "--reason", "ждём", "--day", "2023-03-15");
    cr_assert_eq(p.status, 0);
}

Test(assignment, a_report_carries_the_digest_of_its_file_and_whom_it_covers)
{
    char path[256];

    snprintf(path, sizeof path, "%s/order.pdf", p.folder);
    FILE *file = fopen(path, "wb");
    cr_assert(file != NULL && fputs("abc", file) >= 0 && fclose(file) == 0);
    program_ask(
        "MC1 ASSIGNMENT 1",
        "{\"task\":\"17.1\",\"action\":\"report\",\"by\":\"kopo\",\"report\":{\"documents\":[{"
        "\"kind\":\"приказ\",\"sha256\":"
        "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\","
        "\"file\":\"order.pdf\"}],\"covers\":[\"omsu\",\"loiro\"]}}",
        "MC1 OK 1", "{\"instance\":17}", "assignment", "report", "17.1", "--by", "kopo", "--kind",
        "приказ", "--file", path, "--covers", "omsu", "--covers", "loiro");
    cr_assert_eq(p.status, 0);
}

Test(assignment, a_return_needs_and_sends_a_reason)
{
    program_run(&p, "assignment", "return", "17.1", "--by", "boss");
    cr_assert_eq(p.status, 2);
    program_ask(
        "MC1 ASSIGNMENT 1",
        "{\"task\":\"17.1\",\"action\":\"return\",\"by\":\"boss\",\"reason\":\"нет приложения\"}",
        "MC1 OK 1", "{\"instance\":17}", "assignment", "return", "17.1", "--by", "boss", "--reason",
        "нет приложения");
    cr_assert_eq(p.status, 0);
}
