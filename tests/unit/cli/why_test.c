/* why_test.c - `why` against a puppet: what it looks for, and what it tells */
#include "program.h"

#include <string.h>

PROGRAM_SUITE(why);

Test(why, why_finds_the_open_assignment_of_an_item)
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
    cr_assert_str_eq(p.out, "Процесс № 8 сейчас ничего не ждёт.\n");
}

#define NO_ROWS "{\"rows\":[],\"next\":null}"

Test(why, why_says_what_became_of_an_item_that_is_over)
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
                            "процесс № 4 завершён и ничего не ждёт.\n");
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

Test(why, why_says_that_somebody_was_told_only_when_the_letter_has_left)
{
    assert_told(
        "{\"instance\":4,\"state\":\"running\",\"waiting\":[],\"told\":["
        "{" TOLD_CNPPM ",\"state\":\"waits\",\"at\":\"2026-11-23T06:00:00.000Z\",\"left\":-298},"
        "{" TOLD_CNPPM ",\"state\":\"dropped\",\"at\":\"2026-11-20T06:00:00.000Z\"},"
        "{" TOLD_CNPPM ",\"state\":\"sent\",\"at\":\"2026-11-19T06:00:00.000Z\",\"left\":29}]}",
        "Сообщено:\n"
        "  19 ноября 2026 г. в 09:00 — ЦНППМ: поручение дано, за 29 дней до срока\n"
        "Будет сообщено письмом, которое ещё не отправлено:\n"
        "  23 ноября 2026 г. в 09:00 — ЦНППМ: поручение дано, просрочка — 298 дней\n");
}

Test(why, why_says_of_which_of_two_assignments_it_will_be_told)
{
    assert_told(
        "{\"instance\":4,\"state\":\"running\",\"told\":[],\"waiting\":["
        "{\"kind\":\"delegated\",\"task\":\"4.1\",\"no\":\"1.1\",\"on\":{\"short\":\"КОПО ЛО\"},"
        "\"child\":\"4.2\",\"ahead\":[{" TOLD_CNPPM ",\"at\":\"2026-11-19T06:00:00.000Z\","
        "\"left\":0}]},{\"kind\":\"delegated\",\"task\":\"4.2\",\"no\":\"1.1\",\"child\":\"4.3\","
        "\"on\":{\"short\":\"ЛОИРО\"},\"ahead\":[{" TOLD_CNPPM ",\"working\":true,"
        "\"at\":\"2026-11-20T06:00:00.000Z\",\"left\":5,\"left_working\":3}]}]}",
        "Будет сообщено о поручении 4.1 (исполнитель — КОПО ЛО), если ничего не изменится:\n"
        "  19 ноября 2026 г. в 09:00 — ЦНППМ: поручение дано, в последний день срока\n"
        "Будет сообщено о поручении 4.2 (исполнитель — ЛОИРО), если ничего не изменится:\n"
        "  20 ноября 2026 г. в 09:00 — ЦНППМ: поручение дано, за 3 рабочих дня до срока\n");
}

Test(why, why_of_what_is_neither_an_item_nor_a_task_is_refused)
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

Test(why, why_of_a_task_asks_its_instance)
{
    program_start(&p, (const char *const[]){"why", "8.2", NULL});
    program_answer(&p, "MC1 ASSIGNMENTS 1", NULL, "MC1 OK 1", NO_ROWS);
    program_answer(&p, "MC1 ASSIGNMENTS 2", NULL, "MC1 OK 2", NO_ROWS);
    program_answer(&p, "MC1 SHOW 3", NULL, "MC1 OK 3", "{\"tasks\":[{\"task\":\"8.2\"}]}");
    program_answer(&p, "MC1 WHY 4", "{\"instance\":8}", "MC1 OK 4",
                   "{\"instance\":8,\"state\":\"running\"}");
    program_end(&p);
    cr_assert_str_eq(p.out, "Процесс № 8 сейчас ничего не ждёт.\n");
}

Test(why, why_no_asks_for_an_item_only)
{
    program_start(&p, (const char *const[]){"why", "--no", "7.1", NULL});
    program_answer(&p, "MC1 ASSIGNMENTS 1", NULL, "MC1 OK 1", NO_ROWS);
    program_answer(&p, "MC1 ASSIGNMENTS 2", NULL, "MC1 OK 2", NO_ROWS);
    program_end(&p);
    cr_assert_eq(p.status, 1);
    cr_assert_str_eq(p.err, "marshrut: по п. 7.1 поручений нет\n");
}
