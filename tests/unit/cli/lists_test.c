/* lists_test.c - lists: what is asked, and the tables that are shown */
#include "program.h"

#include <string.h>

PROGRAM_SUITE(lists);

Test(lists, list_filters_and_shows_a_table)
{
    program_ask("MC1 LIST 1", "{\"state\":\"running\",\"parent\":1,\"limit\":2,\"after\":\"01a0\"}",
                "MC1 OK 1",
                "{\"rows\":[{\"instance\":17,\"definition\":\"roadmap-item\",\"state\":\"running\","
                "\"created\":\"2023-01-09T06:00:00.000Z\",\"title\":\"План\"}],\"next\":\"01a1\"}",
                "list", "--state", "running", "--parent", "1", "--limit", "2", "--after", "01a0");
    cr_assert_eq(p.status, 0);
    cr_assert_str_eq(p.out, " №  Пункт  Состояние  Определение   Ключ  Начат             Название\n"
                            "17  —      идёт       roadmap-item  —     09.01.2023 09:00  План\n"
                            "Это не всё: повторите с --after 01a1\n");
}

Test(lists, an_empty_list_is_a_sentence)
{
    program_ask("MC1 INCIDENTS 1", "{}", "MC1 OK 1", "{\"rows\":[],\"next\":null}", "incidents");
    cr_assert_str_eq(p.out, "Инцидентов нет: ничто не ждёт оператора.\n");
}

Test(lists, the_list_of_assignments_is_filtered_by_what_is_over)
{
    program_ask(
        "MC1 ASSIGNMENTS 1", "{\"body\":\"kopo\",\"open\":false}", "MC1 OK 1",
        "{\"rows\":[{\"task\":\"17.1\",\"plan\":\"lo-2023\",\"no\":\"1.4\",\"state\":\"open\","
        "\"standing\":\"today\",\"from\":\"2023-01-01\",\"to\":\"2023-02-28\",\"responsible\":{"
        "\"short\":"
        "\"КОПО ЛО\"},\"title\":\"План\"}],\"next\":null}",
        "assignment", "list", "--body", "kopo", "--closed");
    cr_assert_str_eq(p.out,
                     "Задача  Срок        Состояние     Ответственный  План     Пункт  Название\n"
                     "17.1    28.02.2023  срок сегодня  КОПО ЛО        lo-2023  1.4    План\n");
}

Test(lists, an_unknown_state_is_told_with_the_words_there_are)
{
    program_run(&p, "list", "--state", "runing");
    cr_assert_str_eq(p.err, "marshrut: --state: нет значения «runing»; есть running, suspended, "
                            "completed, cancelled, faulted\n");
}

Test(lists, every_filter_of_assignments_is_a_field_of_the_verb)
{
    program_ask(
        "MC1 ASSIGNMENTS 1",
        "{\"phase\":\"soon\",\"outcome_original\":\"met\",\"overdue\":true,\"decide\":true}",
        "MC1 OK 1", "{\"rows\":[],\"next\":null}", "assignment", "list", "--overdue", "--decide",
        "--phase", "soon", "--outcome-original", "met");
    cr_assert_eq(p.status, 0, "%s", p.err);
    program_ask("MC1 ASSIGNMENTS 1", "{\"overdue\":false}", "MC1 OK 1",
                "{\"rows\":[],\"next\":null}", "assignment", "list", "--punctual");
    cr_assert_eq(p.status, 0, "%s", p.err);
    program_run(&p, "assignment", "list", "--phase", "late");
    cr_assert_eq(p.status, 2);
}

Test(lists, incidents_definitions_and_discipline_are_narrowed_too)
{
    program_ask("MC1 DISCIPLINE 1", "{\"plan\":\"plan\",\"section\":\"1\"}", "MC1 OK 1",
                "{\"rows\":[],\"all\":{}}", "discipline", "--plan", "plan", "--section", "1");
    cr_assert_eq(p.status, 0, "%s", p.err);
    program_ask("MC1 INCIDENTS 1", "{\"definition\":\"send\",\"service\":\"mail\"}", "MC1 OK 1",
                "{\"rows\":[],\"next\":null}", "incidents", "--service", "mail", "--definition",
                "send");
    cr_assert_eq(p.status, 0, "%s", p.err);
    program_ask("MC1 DEFINITIONS 1", "{\"kind\":\"roadmap\",\"in_force\":true}", "MC1 OK 1",
                "{\"rows\":[],\"next\":null}", "definitions", "--kind", "roadmap", "--in-force");
    cr_assert_eq(p.status, 0, "%s", p.err);
}

/* --- bodies, plans, months, notices -------------------------------------------------------- */

Test(lists, bodies_show_what_each_has_to_do_and_when_it_is_away)
{
    program_ask("MC1 BODIES 1", "{\"counts\":true}", "MC1 OK 1",
                "{\"rows\":[{\"id\":\"school\",\"name\":\"Школа\",\"short\":\"Школа\","
                "\"deputy\":\"lyceum\",\"absent\":[{\"from\":\"2023-07-01\",\"to\":\"2023-07-28\","
                "\"deputy\":\"lyceum\"}],\"counts\":{\"open\":3,\"overdue\":1,\"decide\":2}}],"
                "\"next\":null}",
                "bodies");
    cr_assert_eq(p.status, 0, "%s", p.err);
    cr_expect_not_null(strstr(p.out, "01.07.2023–28.07.2023: lyceum"), "%s", p.out);
    cr_expect_not_null(strstr(p.out, "     1       2         3"), "%s", p.out);
}

Test(lists, bodies_without_deputies_have_no_column_for_them)
{
    program_ask("MC1 BODIES 1", "{\"counts\":true}", "MC1 OK 1",
                "{\"rows\":[{\"id\":\"school\",\"name\":\"Школа\"}],\"next\":null}", "bodies");
    cr_expect_null(strstr(p.out, "Заместитель"), "%s", p.out);
    cr_expect_null(strstr(p.out, "Отсутствует"), "%s", p.out);
}

Test(lists, a_plan_is_narrowed_and_shown_a_line_for_each_term)
{
    program_ask(
        "MC1 ROADMAP 1", "{\"section\":\"1\",\"body\":\"school\",\"name\":\"plan\"}", "MC1 OK 1",
        "{\"name\":\"plan\",\"title\":\"План\",\"period\":{\"from\":\"2023-01-01\",\"to\":"
        "\"2023-12-31\"},\"act\":{\"date\":\"2022-12-01\",\"number\":\"7-р\"},\"sections\":[{"
        "\"no\":\"1\",\"title\":\"Раздел\"},{\"no\":\"2\",\"title\":\"Пустой\"}],\"items\":[{"
        "\"no\":\"1.1\",\"section\":\"1\",\"title\":\"Дело\",\"phrase\":\"дважды\","
        "\"responsible\":[{\"id\":\"school\",\"short\":\"Школа\"}],\"windows\":[{\"to\":"
        "\"2023-03-01\",\"due\":\"2023-03-05\",\"task\":\"2.1\",\"state\":\"open\","
        "\"standing\":\"asked\",\"moved\":true},{\"to\":\"2023-09-01\",\"state\":"
        "\"planned\",\"phase\":\"planned\",\"standing\":\"planned\"}]}]}",
        "roadmap", "plan", "--section", "1", "--body", "school");
    cr_assert_eq(p.status, 0, "%s", p.err);
    cr_expect_not_null(strstr(p.out, "утверждён 1 декабря 2022 г., № 7-р"), "%s", p.out);
    cr_expect_not_null(strstr(p.out, "ещё не начат: marshrut start plan"), "%s", p.out);
    cr_expect_not_null(strstr(p.out, "05.03.2023*  просят продлить"), "%s", p.out);
    cr_expect_not_null(strstr(p.out, "\n       01.09.2023"), "%s", p.out);
    cr_expect_null(strstr(p.out, "Пустой"), "%s", p.out);
}

Test(lists, an_item_that_is_counted_is_asked_for_its_number)
{
    program_start(&p, (const char *const[]){"roadmap", "plan", NULL});
    program_answer(&p, "MC1 ROADMAP 1", "{\"name\":\"plan\"}", "MC1 OK 1",
                   "{\"name\":\"plan\",\"title\":\"План\",\"period\":{},\"sections\":[],\"items\":"
                   "[{\"no\":\"1.2\",\"title\":\"Дело\",\"windows\":[],\"computed\":null}]}");
    program_answer(&p, "MC1 COMPUTED 2", "{\"plan\":\"plan\",\"no\":\"1.2\"}", "MC1 OK 2",
                   "{\"done\":4,\"of\":5,\"value\":80.0,\"unit\":\"%\",\"target\":{\"kind\":"
                   "\"at_least\",\"value\":62.5},\"reached\":true}");
    program_end(&p);
    cr_assert_eq(p.status, 0, "%s", p.err);
    cr_expect_not_null(strstr(p.out, "1.2: 4 из 5: 80 %"), "%s", p.out);
}

Test(lists, filters_of_a_plan_need_its_name)
{
    program_run(&p, "roadmap", "--section", "1");
    cr_assert_eq(p.status, 2);
}

Test(lists, a_month_is_a_grid_with_days_off_and_counts)
{
    program_ask("MC1 CALENDAR 1", "{\"month\":\"2023-09\"}", "MC1 OK 1",
                "{\"days\":[{\"date\":\"2023-09-01\",\"off\":false,\"count\":13,\"due\":[{\"task\":"
                "\"2.1\",\"title\":\"Дело\",\"state\":\"open\",\"phase\":\"soon\",\"to\":"
                "\"2023-09-01\"}]},{\"date\":\"2023-09-02\",\"off\":true,\"kind\":\"weekend\","
                "\"count\":0,\"due\":[]},{\"date\":\"2023-09-04\",\"off\":false,\"kind\":\"short\","
                "\"count\":0,\"due\":[]}],\"more\":false,\"approved\":false}",
                "calendar", "2023-09");
    cr_assert_eq(p.status, 0, "%s", p.err);
    cr_expect_not_null(strstr(p.out, "Сентябрь 2023"), "%s", p.out);
    cr_expect_not_null(strstr(p.out, " 1 (13)   2·"), "%s", p.out);
    cr_expect_not_null(strstr(p.out, "\n 4'"), "%s", p.out);
    cr_expect_not_null(strstr(p.out, "2023-09-01: ещё 12"), "%s", p.out);
    cr_expect_not_null(strstr(p.out, "ещё не утверждён"), "%s", p.out);
}

Test(lists, notices_tell_to_whom_what_and_why)
{
    program_ask("MC1 NOTICES 1", "{\"after\":90,\"instance\":17}", "MC1 OK 1",
                "{\"rows\":[{\"seq\":80,\"time\":\"2023-01-09T06:00:00.000Z\",\"task\":\"17.1\","
                "\"assignment\":{\"no\":\"1.4\",\"title\":\"Дело\"},\"to\":{\"id\":\"lyceum\","
                "\"short\":\"Лицей\"},\"for\":{\"id\":\"school\",\"short\":\"Школа\"},"
                "\"notice\":\"reminder\",\"left\":9,\"left_working\":7,\"working\":true,"
                "\"state\":\"waits\",\"at\":\"2023-01-09T07:00:00.000Z\"}],\"next\":80}",
                "notices", "--instance", "17", "--after", "90");
    cr_assert_eq(p.status, 0, "%s", p.err);
    cr_expect_not_null(strstr(p.out, "09.01.2023 10:00  ждёт    Лицей (вместо: Школа)"), "%s",
                       p.out);
    cr_expect_not_null(strstr(p.out, "напоминание, за 7 рабочих дней до срока"), "%s", p.out);
    cr_expect_not_null(strstr(p.out, "--after 80"), "%s", p.out);
}

#define DECISION(state)                                                                            \
    "{\"today\":\"2023-07-07\",\"counts\":{\"total\":1},\"bodies\":[],\"decisions\":[{\"task\":"   \
    "\"24.1\",\"title\":\"Дело\",\"to\":\"2023-06-30\",\"phase\":\"soon\"," state "}]}"

Test(lists, a_report_in_time_is_not_late_while_it_waits)
{
    program_ask("MC1 OVERVIEW 1", "{}", "MC1 OK 1",
                DECISION("\"state\":\"reported\",\"reported\":\"2023-06-24\""), "today");
    cr_expect_not_null(strstr(p.out, "24.1    30.06.2023"), "%s", p.out);
    cr_expect_null(strstr(p.out, "+7"), "%s", p.out);
    program_ask("MC1 OVERVIEW 1", "{}", "MC1 OK 1",
                DECISION("\"state\":\"reported\",\"reported\":\"2023-07-02\""), "today");
    cr_expect_not_null(strstr(p.out, "+2"), "%s", p.out);
    program_ask("MC1 OVERVIEW 1", "{}", "MC1 OK 1", DECISION("\"state\":\"paused\""), "today");
    cr_expect_null(strstr(p.out, "+7"), "%s", p.out);
    program_ask("MC1 OVERVIEW 1", "{}", "MC1 OK 1",
                DECISION("\"state\":\"open\",\"standing\":\"asked\""), "today");
    cr_expect_not_null(strstr(p.out, "+7  просят продлить"), "%s", p.out);
}

Test(lists, what_is_overdue_is_counted_alike_by_today_and_stats)
{
    program_ask("MC1 OVERVIEW 1", "{}", "MC1 OK 1",
                "{\"today\":\"2023-07-07\",\"counts\":{\"total\":9,\"overdue\":5,\"critical\":3,"
                "\"reported\":1},\"bodies\":[]}",
                "today");
    cr_expect_str_eq(p.out, "7 июля 2023 г.: открытых поручений 9, просрочено 5, в том числе давно "
                            "3, отчёт ждёт решения 1\n");
    program_ask("MC1 STATS 1", "", "MC1 OK 1",
                "{\"assignments\":{\"open\":8,\"reported\":1},\"phases\":{\"overdue\":2,"
                "\"critical\":3}}",
                "stats");
    cr_expect_not_null(strstr(p.out, "Поручения: запланировано 0, в работе 8, отчёт ждёт решения "
                                     "1,"),
                       "%s", p.out);
    cr_expect_not_null(strstr(p.out, "просрочено 5, в том числе давно 3\n"), "%s", p.out);
}

#define BODY        "{\"id\":\"school\",\"short\":\"Школа\"},"
#define FIVE_BODIES BODY BODY BODY BODY BODY

Test(lists, today_says_how_many_bodies_it_leaves_out)
{
    program_ask("MC1 OVERVIEW 1", "{}", "MC1 OK 1",
                "{\"today\":\"2023-07-07\",\"counts\":{},\"bodies\":[" FIVE_BODIES FIVE_BODIES
                    FIVE_BODIES FIVE_BODIES "{\"id\":\"last\"}],\"bodies_more\":5}",
                "today");
    cr_expect_not_null(strstr(p.out, "и ещё 6\n"), "%s", p.out);
}
