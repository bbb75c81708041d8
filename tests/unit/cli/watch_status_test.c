/* watch_status_test.c - the status line of `watch` */
#include "speech.h"

#include "cli/watch_status.h"

TestSuite(watch_status, .init = speak_russian);

static void expect(const char *stats, const char *text)
{
    json_t *json = json_of(stats);
    char *made = watch_status(json);

    cr_expect_str_eq(made, text);
    free(made);
    json_decref(json);
}

Test(watch_status, it_has_the_date_and_items_by_state)
{
    expect("{'today':'2023-01-09','incidents':0,'assignments':{'planned':20,'open':41,'reported':2,"
           "'accepted':7,'withdrawn':0},'phases':{'soon':3,'today':1,'overdue':2,'critical':1}}",
           "9 января 2023 г. · запланировано 20 · в работе 41 · скоро срок 4 · просрочено 3 · на "
           "проверке 2 · исполнено 7");
}

Test(watch_status, trouble_is_named_when_there_is_some)
{
    expect("{'today':'2023-01-09','incidents':5,'assignments':{'withdrawn':1}}",
           "9 января 2023 г. · запланировано 0 · в работе 0 · скоро срок 0 · просрочено 0 · на "
           "проверке 0 · исполнено 0 · снято 1 · инцидентов 5");
}
