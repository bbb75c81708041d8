/* deploy_test.c - documents that are put into force, by the program */
#include "program.h"

#include <string.h>

PROGRAM_SUITE(deploy);

Test(deploy, deploy_points_at_the_place_in_the_document)
{
    const char *path = program_write(&p, "items:\n  - до: вчера\n");

    program_start(&p, (const char *const[]){"deploy", path, NULL});
    program_answer(&p, "MC1 DEPLOY 1", NULL, "MC1 ERROR 1 invalid",
                   "{\"text\":\"нет такой даты\",\"file\":\"p.yaml\",\"line\":2,\"column\":9}");
    program_end(&p);
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.err, "p.yaml:2:9: нет такой даты\n"
                            "      - до: вчера\n"
                            "            ^\n");
}

Test(deploy, deploy_prints_every_problem_with_its_line)
{
    const char *path =
        program_write(&p, "document:\n  dsl: '1.0.3'\ndo:\n  - a: {set: {x: '${ .a + }'}}\n");

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

Test(deploy, deploy_prints_warnings_of_what_is_put_into_force)
{
    const char *path = program_write(&p, "document:\n  dsl: '1.0.3'\n");

    program_ask(
        "MC1 DEPLOY 1", NULL, "MC1 OK 1",
        "{\"kind\":\"workflow\",\"name\":\"w\",\"version\":2,\"changed\":true,\"problems\":[{"
        "\"severity\":\"warning\",\"code\":\"invalid\",\"line\":2,\"column\":3,\"text\":"
        "\"second\"}],\"left_out\":0}",
        "deploy", path);
    cr_assert_eq(p.status, 0);
    cr_assert_not_null(strstr(p.out, "действует версия 2\n"), "%s", p.out);
    cr_assert_not_null(strstr(p.err, ":2:3: предупреждение: second\n"), "%s", p.err);
}

Test(deploy, deploy_stops_at_the_first_refusal)
{
    const char *path = program_write(&p, "x\n");

    program_start(&p, (const char *const[]){"deploy", "--json", path, path, path, NULL});
    program_answer(&p, "MC1 DEPLOY 1", NULL, "MC1 OK 1", "{\"name\":\"lo\",\"version\":1}");
    program_answer(&p, "MC1 DEPLOY 2", NULL, "MC1 ERROR 2 invalid", "{\"text\":\"no\"}");
    program_end(&p);
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.out, "[{\"name\":\"lo\",\"version\":1},{\"text\":\"no\"}]\n");
}

Test(deploy, deploy_says_what_is_in_force)
{
    const char *path = program_write(&p, "x\n");

    program_ask("MC1 DEPLOY 1", NULL, "MC1 OK 1",
                "{\"kind\":\"roadmap\",\"name\":\"lo-2023\",\"version\":2,\"changed\":true}",
                "deploy", path);
    cr_assert_str_eq(p.out, "план lo-2023: действует версия 2\n");
}
