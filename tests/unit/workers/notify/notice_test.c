/* notice_test.c - reading notices, and refusing what is none */
#include "workers/notify/notice.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <string.h>

static bool parses(json_t *root, struct error *err)
{
    struct notice notice;
    char *text = json_dumps(root, 0);
    bool good = notice_parse(bytes_of(text), &notice, err);

    if (good) {
        notice_fini(&notice);
    }
    free(text);
    json_decref(root);
    return good;
}

static void refuses(json_t *root, const char *field)
{
    struct error err = ERROR_INIT;

    cr_assert_not(parses(root, &err), "%s", field);
    cr_assert_eq(err.code, ERROR_INVALID);
    cr_assert(strstr(err.text, field) != NULL, "%s: %s", field, err.text);
}

Test(notice, a_notice_is_read_with_all_it_says)
{
    struct notice n = sample_notice(sample());

    cr_assert_str_eq(n.id, "17.3");
    cr_assert_eq(n.number.instance, 17);
    cr_assert_eq(n.number.seq, 3);
    cr_assert_eq(n.kind, NOTICE_REMINDER);
    cr_assert_eq(n.news->days, -10);
    cr_assert_eq(n.made_ms, SAMPLE_MADE_MS);
    cr_assert_str_eq(n.to.email, "priem@loiro.example");
    cr_assert_str_eq(n.to.short_name, "ЛОИРО");
    cr_assert_eq(n.news->co_executor_count, 1);
    cr_assert_str_eq(n.news->co_executors[0].id, "omsu");
    cr_assert_null(n.news->co_executors[0].email);
    cr_assert_str_eq(n.news->controller.id, "komitet");
    cr_assert_str_eq(n.news->due_phrase, "Январь-февраль");
    notice_fini(&n);
}

Test(notice, what_may_be_missing_may_be_missing)
{
    json_t *root = sample();
    json_t *a = json_object_get(root, "assignment");

    json_object_del(a, "title");
    json_object_del(a, "no");
    json_object_del(a, "plan");
    json_object_del(a, "result");
    json_object_del(a, "due_phrase");
    json_object_set_new(a, "controller", json_null());
    json_array_append_new(json_object_get(a, "co_executors"), json_null());
    struct notice n = sample_notice(root);
    cr_assert_null(n.news->title);
    cr_assert_null(n.news->controller.id);
    cr_assert_eq(n.news->co_executor_count, 1);
    notice_fini(&n);
}

Test(notice, every_field_that_is_needed_is_missed_by_name)
{
    static const char *const needed[] = {"notice", "kind", "to", "made_ms"};
    static const char *const of_assignment[] = {"id", "from", "to", "responsible"};

    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        json_t *root = sample();
        json_object_del(root, needed[i]);
        refuses(root, needed[i]);
    }
    for (size_t i = 0; i < sizeof of_assignment / sizeof *of_assignment; i++) {
        json_t *root = sample();
        json_object_del(json_object_get(root, "assignment"), of_assignment[i]);
        refuses(root, of_assignment[i]);
    }
}

Test(notice, an_id_that_could_lead_out_of_the_folder_is_refused)
{
    static const char *const ids[] = {"../17.3", "17.3/..", "17.3\r\nBcc: a@b", "17", "017.3", ""};

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        json_t *root = sample();
        json_object_set_new(root, "notice", json_string(ids[i]));
        refuses(root, "notice");
    }
}

Test(notice, numbers_that_no_calendar_has_are_refused)
{
    json_t *root = sample();
    json_object_set_new(root, "days", json_integer(100001));
    refuses(root, "days");

    root = sample();
    json_object_set_new(root, "made_ms", json_integer(84001ll * 86400000));
    refuses(root, "made_ms");

    root = sample();
    json_object_set_new(root, "made_ms", json_integer(-1));
    refuses(root, "made_ms");
}

Test(notice, what_is_not_json_is_refused_as_that)
{
    struct notice notice;
    struct error err = ERROR_INIT;

    cr_assert_not(notice_parse(bytes_of("{\"notice\":"), &notice, &err));
    cr_assert_eq(err.code, ERROR_SYNTAX);
    cr_assert_not(notice_parse((struct bytes){NULL, 0}, &notice, &err));
    cr_assert_not(notice_parse(bytes_of("[]"), &notice, &err));
}
