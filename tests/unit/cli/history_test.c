/* history_test.c - an instance and what happened to it, on the screen */
#include "program.h"

#include <string.h>

PROGRAM_SUITE(history);

Test(history, history_says_a_thing_once_and_with_names)
{
    program_ask(
        "MC1 HISTORY 1", NULL, "MC1 OK 1",
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
                            "09.01.2023 09:00  письмо 4.2 (поручение дано), кому: ЦНППМ\n"
                            "09.01.2023 10:00  письмо 4.2 доставлено\n"
                            "10.01.2023 10:00  отчёт по поручению 4.1: КОПО ЛО\n");
}

Test(history, history_and_journal_are_tables_of_sentences)
{
    program_ask(
        "MC1 HISTORY 1", "{\"instance\":17,\"limit\":100}", "MC1 OK 1",
        "{\"rows\":[{\"seq\":7,\"time\":\"2023-01-09T06:00:00.000Z\",\"kind\":\"instance.resumed\"}"
        "],"
        "\"next\":5}",
        "history", "17");
    cr_assert_str_eq(p.out, "Когда             Что произошло\n"
                            "09.01.2023 09:00  продолжен\n"
                            "Есть более ранние записи: повторите с --before 5\n");
    program_ask("MC1 JOURNAL 1", "{\"after\":3,\"limit\":100}", "MC1 OK 1",
                "{\"rows\":[{\"seq\":4,\"instance\":17,\"time\":\"2023-01-09T06:00:00.000Z\","
                "\"kind\":\"instance.resumed\"}],\"next\":null}",
                "journal", "--after", "3");
    cr_assert_str_eq(p.out, "Запись  Когда             Процесс  Что произошло\n"
                            "     4  09.01.2023 09:00       17  продолжен\n");
}

Test(history, show_has_heading_tasks_and_data)
{
    program_ask(
        "MC1 SHOW 1", "{\"instance\":17}", "MC1 OK 1",
        "{\"instance\":17,\"title\":\"План\",\"state\":\"running\",\"definition\":\"lo\","
        "\"created\":"
        "\"2023-01-09T06:00:00.000Z\",\"changed\":\"2023-01-09T06:00:00.000Z\",\"tasks\":[{"
        "\"task\":"
        "\"17.1\",\"step\":\"send\",\"kind\":\"call\",\"state\":\"ready\",\"attempt\":1,\"since\":"
        "\"2023-01-09T06:00:00.000Z\",\"service\":\"notify\",\"worker\":\"n-1\"}],\"data\":{\"a\":"
        "1}}",
        "show", "17");
    cr_assert_str_eq(
        p.out, "Процесс № 17: План\n"
               "Состояние: идёт\n"
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

Test(history, show_sets_what_runs_in_a_step_in_and_says_where_it_stands)
{
    program_ask(
        "MC1 SHOW 1", "{\"instance\":17}", "MC1 OK 1",
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
    cr_assert_not_null(strstr(p.out, "17.3    · · b  другой процесс"), "%s", p.out);
    cr_assert_not_null(strstr(p.out, "процесс № 18"), "%s", p.out);
}
