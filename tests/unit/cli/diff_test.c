/* diff_test.c - `marshrut diff`: files, exit codes, JSON */
#include "program.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct program p;
static char old_path[128];
static char new_path[128];

static void open_program(void)
{
    program_open(&p);
    snprintf(old_path, sizeof old_path, "%s/old.yaml", p.folder);
    snprintf(new_path, sizeof new_path, "%s/new.yaml", p.folder);
}

static void close_program(void)
{
    program_close(&p);
}

TestSuite(diff, .init = open_program, .fini = close_program, .timeout = 60);

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

#define HEAD "document: {dsl: '1.0.3', namespace: m, name: w, version: '1.0.0'}\ndo:\n"

Test(diff, documents_of_one_meaning_end_with_0)
{
    write_file(old_path, HEAD "  - a: {call: s, with: {x: 1, y: 2}}\n");
    write_file(new_path, "# other\n" HEAD "  - a:\n      with: {y: 2, x: 1}\n      call: s\n");
    program_run(&p, "diff", old_path, new_path);
    cr_assert_eq(p.status, 0);
    cr_assert_str_eq(p.out, "По смыслу документы одинаковы.\n");
    cr_assert_str_eq(p.err, "");
}

Test(diff, documents_that_differ_end_with_1)
{
    write_file(old_path, HEAD "  - a: {call: s}\n");
    write_file(new_path, HEAD "  - a: {call: t}\n  - b: {call: s}\n");
    program_run(&p, "diff", old_path, new_path);
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.out, "шаг do/a: call: было s, стало t\n"
                            "шаг do/b: шаг добавлен\n"
                            "Отличий: 2\n");
    cr_assert_str_eq(p.err, "");
}

Test(diff, the_answer_can_be_json)
{
    write_file(old_path, HEAD "  - a: {call: s}\n");
    write_file(new_path, HEAD "  - a: {call: t}\n  - b: {wait: PT1S}\n");
    program_run(&p, "diff", old_path, new_path, "--json");
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(
        p.out, "{\"same\":false,\"differences\":["
               "{\"part\":\"step\",\"path\":\"do/a\",\"change\":\"changed\",\"what\":\"call\","
               "\"before\":\"s\",\"after\":\"t\"},"
               "{\"part\":\"step\",\"path\":\"do/b\",\"change\":\"added\",\"what\":null,"
               "\"before\":null,\"after\":{\"kind\":\"wait\",\"wait\":\"PT1S\"}}],"
               "\"words\":\"шаг do/a: call: было s, стало t\\nшаг do/b: шаг добавлен\\n\"}\n");
}

Test(diff, a_document_with_errors_is_shown_as_check_shows_it)
{
    write_file(old_path, HEAD "  - a: {call: s}\n");
    write_file(new_path, HEAD "  - a: {cal: s}\n");
    program_run(&p, "diff", old_path, new_path);
    cr_assert_eq(p.status, 2);
    cr_assert_str_eq(p.out, "");
    cr_assert_not_null(strstr(p.err, "new.yaml:3:"));
}

Test(diff, trouble_ends_with_2_and_its_reason)
{
    write_file(old_path, HEAD "  - a: {call: s}\n");
    write_file(new_path, "document: {kind: bodies, name: b, version: '1'}\n"
                         "timezone: Europe/Moscow\nbodies: [{id: a, name: A}]\n");
    program_run(&p, "diff", old_path, new_path);
    cr_assert_eq(p.status, 2);
    cr_assert_not_null(strstr(p.err, "не сравниваются"), "%s", p.err);
    program_run(&p, "diff", old_path, "/nowhere/new.yaml");
    cr_assert_eq(p.status, 2);
    cr_assert_not_null(strstr(p.err, "/nowhere/new.yaml"));
    program_run(&p, "diff", old_path, p.folder);
    cr_assert_eq(p.status, 2);
    cr_assert_not_null(strstr(p.err, "назовите два файла"), "%s", p.err);
    program_run(&p, "diff", old_path);
    cr_assert_eq(p.status, 2);
}

Test(diff, bodies_get_names_from_other_documents)
{
    char path[128];

#define PLAN(who)                                                                                  \
    "document: {kind: roadmap, name: p, version: '1'}\n"                                           \
    "period: {from: 2023-01-01, to: 2023-12-31}\n"                                                 \
    "controller: " who "\npolicy: default\nsections: [{no: 1, title: One}]\n"                      \
    "items: [{no: 1, section: 1, title: T, responsible: [a], due: {phrase: x, kind: date, "        \
    "windows: [{from: 2023-01-01, to: 2023-01-01}]}}]\n"

    snprintf(path, sizeof path, "%s/bodies.yaml", p.folder);
    write_file(path, "document: {kind: bodies, name: b, version: '1'}\n"
                     "timezone: Europe/Moscow\nbodies: [{id: a, name: Комитет}]\n");
    write_file(old_path, PLAN("a"));
    write_file(new_path, PLAN("b"));
    program_run(&p, "diff", old_path, new_path, "--with", path);
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.out, "документ: изменён контролирующий: было Комитет (a), стало b\n"
                            "Отличий: 1\n");
}
