/* watch_status_test.c - the status line of `watch` */
#include "speech.h"

#include "cli/watch_status.h"

TestSuite(watch_status, .init = speak_russian);

static void expect(const char *stats, size_t columns, const char *text)
{
    json_t *json = json_of(stats);
    char *made = watch_status(json, columns);

    cr_expect_str_eq(made, text);
    free(made);
    json_decref(json);
}

#define FULL                                                                                       \
    "{'today':'2023-02-28','incidents':0,'assignments':{'planned':20,'open':23,'reported':2,"      \
    "'accepted':17,'withdrawn':0},'phases':{'soon':10,'today':2,'overdue':9,'critical':1}}"

Test(watch_status, it_has_the_date_and_sets_that_add_up)
{
    expect(FULL, 0,
           "28 февраля 2023 · сроков 62: запланировано 20, в работе 25 (срок близко 12, "
           "просрочено 10, отчёт ждёт решения 2), принято 17");
}

Test(watch_status, it_fits_eighty_columns)
{
    expect(FULL, 100,
           "28.02 · сроков 62: план 20, в работе 25 (близко 12, просрочено 10, решить 2), принято "
           "17");
    expect(FULL, 79,
           "28.02 · сроков 62: в работе 25 (близко 12, просрочено 10, решить 2), принято 17");
}

Test(watch_status, what_is_none_is_not_mentioned)
{
    expect("{'today':'2023-01-09','assignments':{'planned':20,'open':41},'phases':{'open':41}}", 79,
           "9 января 2023 · сроков 61: запланировано 20, в работе 41");
    expect("{'today':'2023-01-09','assignments':{}}", 79, "9 января 2023 · сроков 0");
}

Test(watch_status, trouble_is_named_when_there_is_some)
{
    expect("{'today':'2023-01-09','incidents':5,'assignments':{'withdrawn':1}}", 79,
           "9 января 2023 · инцидентов 5 · сроков 1: снято с контроля 1");
}
