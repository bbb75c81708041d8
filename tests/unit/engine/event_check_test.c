/* event_check_test.c - what is a CloudEvent, and the sentence about what is none */
#include "engine/event_check.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define GOOD "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\""

static bool read_text(const char *text, struct event *ret_event, struct error *err)
{
    json_t *json = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

    cr_assert(json != NULL, "%s", text);
    *err = ERROR_INIT;
    bool ok = event_read(json, ret_event, err);
    json_decref(json);
    return ok;
}

static void expect_good(const char *text)
{
    struct event event;
    struct error err;

    cr_expect(read_text(text, &event, &err), "%s: %s", text, err.text);
    if (err.code == ERROR_NONE) {
        event_fini(&event);
    }
}

/* Refused with this code, in a sentence that has the word. */
static void expect_refused(const char *text, enum error_code code, const char *word)
{
    struct event event;
    struct error err;

    cr_expect_not(read_text(text, &event, &err), "accepted: %s", text);
    cr_expect_eq(err.code, code, "%s: %s", error_name(err.code), err.text);
    cr_expect(strstr(err.text, word) != NULL, "%s", err.text);
}

Test(event_check, four_attributes_make_an_event)
{
    struct event event;
    struct error err;

    cr_assert(read_text("{" GOOD "}", &event, &err), "%s", err.text);
    cr_expect_str_eq(event.id, "1");
    cr_expect_str_eq(event.source, "/s");
    cr_expect_str_eq(event.type, "t");
    cr_expect_str_eq(event.subject, "");
    cr_expect_eq(event.ttl_ms, EVENT_TTL_USUAL);
    event_fini(&event);
}

Test(event_check, each_of_the_four_is_needed)
{
    static const char *const names[] = {"specversion", "id", "source", "type"};

    for (size_t i = 0; i < 4; i++) {
        json_t *json = json_loads("{" GOOD "}", 0, NULL);
        json_object_del(json, names[i]);
        char *text = json_dumps(json, 0);
        expect_refused(text, ERROR_INVALID, names[i]);
        free(text);
        json_decref(json);
    }
}

Test(event_check, another_version_is_unsupported)
{
    expect_refused("{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"}",
                   ERROR_UNSUPPORTED, "0.3");
}

Test(event_check, what_is_no_object_is_no_event)
{
    expect_refused("[]", ERROR_INVALID, "object");
    expect_refused("\"event\"", ERROR_INVALID, "object");
}

Test(event_check, a_member_that_is_null_is_absent)
{
    struct event event;
    struct error err;

    cr_assert(read_text("{" GOOD ",\"subject\":null,\"time\":null,\"data\":null,\"ttl\":null}",
                        &event, &err),
              "%s", err.text);
    cr_expect_eq(json_object_size(event.json), 4);
    event_fini(&event);
    expect_refused("{\"specversion\":\"1.0\",\"id\":null,\"source\":\"/s\",\"type\":\"t\"}",
                   ERROR_INVALID, "id");
}

Test(event_check, texts_may_be_as_long_as_a_key_and_not_a_byte_longer)
{
    char text[LIMIT_KEY_BYTES + 128];

    for (unsigned extra = 0; extra <= 1; extra++) {
        char subject[LIMIT_KEY_BYTES + 2];
        memset(subject, 'x', LIMIT_KEY_BYTES + extra);
        subject[LIMIT_KEY_BYTES + extra] = '\0';
        snprintf(text, sizeof text, "{" GOOD ",\"subject\":\"%s\"}", subject);
        if (extra == 0) {
            expect_good(text);
        } else {
            expect_refused(text, ERROR_TOO_LARGE, "subject");
        }
    }
}

Test(event_check, texts_have_no_control_characters)
{
    expect_refused("{" GOOD ",\"subject\":\"a\\u0000b\"}", ERROR_INVALID, "subject");
    expect_refused("{" GOOD ",\"subject\":\"a\\nb\"}", ERROR_INVALID, "subject");
    expect_refused("{" GOOD ",\"subject\":\"a\\u0085b\"}", ERROR_INVALID, "subject");
    expect_refused("{" GOOD ",\"trace\":\"a\\u007fb\"}", ERROR_INVALID, "trace");
    expect_good("{" GOOD ",\"subject\":\"тема \\u00a0 с пробелами\"}");
    expect_good("{" GOOD ",\"data\":\"a\\nb\"}");
}

Test(event_check, times_are_those_of_rfc_3339)
{
    static const char *const good[] = {"2023-08-10T09:00:00Z",        "2023-08-10t09:00:00z",
                                       "2024-02-29T23:59:60Z",        "2000-02-29T00:00:00Z",
                                       "2023-08-10T09:00:00.5+03:00", "2023-08-10T09:00:00-11:59",
                                       "0001-01-01T00:00:00.000001Z"};
    static const char *const bad[] = {"",
                                      "2023-08-10",
                                      "2023-08-10T09:00:00",
                                      "2023-08-10 09:00:00Z",
                                      "2023-02-29T09:00:00Z",
                                      "2100-02-29T09:00:00Z",
                                      "2023-04-31T09:00:00Z",
                                      "2023-00-01T09:00:00Z",
                                      "2023-13-01T09:00:00Z",
                                      "2023-08-10T24:00:00Z",
                                      "2023-08-10T09:60:00Z",
                                      "2023-08-10T09:00:61Z",
                                      "2023-08-10T09:00:00.Z",
                                      "2023-08-10T09:00:00+3:00",
                                      "2023-08-10T09:00:00+03:00x",
                                      "2023-08-10T"};

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        cr_expect(event_time_is_good(good[i]), "%s", good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_expect_not(event_time_is_good(bad[i]), "%s", bad[i]);
    }
    expect_refused("{" GOOD ",\"time\":5}", ERROR_INVALID, "time");
}

Test(event_check, media_types_have_a_type_and_a_subtype)
{
    expect_good("{" GOOD ",\"datacontenttype\":\"application/vnd.x+json; charset=utf-8\"}");
    expect_good("{" GOOD ",\"datacontenttype\":\"text/plain ;a=b\"}");
    expect_refused("{" GOOD ",\"datacontenttype\":\"json\"}", ERROR_INVALID, "datacontenttype");
    expect_refused("{" GOOD ",\"datacontenttype\":\"/json\"}", ERROR_INVALID, "datacontenttype");
    expect_refused("{" GOOD ",\"datacontenttype\":\"a/b c\"}", ERROR_INVALID, "datacontenttype");
}

Test(event_check, names_of_attributes_are_small_letters_and_digits)
{
    expect_good("{" GOOD ",\"trace2\":\"x\",\"flag\":true,\"count\":-2147483648}");
    expect_refused("{" GOOD ",\"Trace\":\"x\"}", ERROR_INVALID, "Trace");
    expect_refused("{" GOOD ",\"my-trace\":\"x\"}", ERROR_INVALID, "my-trace");
    expect_refused("{" GOOD ",\"\":\"x\"}", ERROR_INVALID, "small Latin letters");
    expect_refused("{" GOOD ",\"count\":2147483648}", ERROR_INVALID, "count");
    expect_refused("{" GOOD ",\"count\":1.5}", ERROR_INVALID, "count");
    expect_refused("{" GOOD ",\"event\":{}}", ERROR_INVALID, "event");
}

Test(event_check, data_is_json_or_base64_and_not_both)
{
    expect_good("{" GOOD ",\"data\":{\"any\":[1,null]}}");
    expect_good("{" GOOD ",\"data_base64\":\"0K8=\"}");
    expect_refused("{" GOOD ",\"data_base64\":[]}", ERROR_INVALID, "base64");
    expect_refused("{" GOOD ",\"data\":1,\"data_base64\":\"0K8=\"}", ERROR_INVALID, "both");
}

static int64_t ttl_of(const char *ttl)
{
    char text[160];
    struct event event;
    struct error err;

    snprintf(text, sizeof text, "{" GOOD ",\"ttl\":%s}", ttl);
    if (!read_text(text, &event, &err)) {
        cr_expect_eq(err.code, ERROR_INVALID);
        cr_expect(strstr(err.text, "ttl") != NULL, "%s", err.text);
        return -2;
    }
    event_fini(&event);
    return event.ttl_ms;
}

Test(event_check, the_time_to_live_is_seconds_or_a_duration)
{
    cr_expect_eq(ttl_of("0"), 0);
    cr_expect_eq(ttl_of("90"), 90000);
    cr_expect_eq(ttl_of("\"90\""), 90000);
    cr_expect_eq(ttl_of("\"PT1M30S\""), 90000);
    cr_expect_eq(ttl_of("\"P3D\""), 259200000);
    cr_expect_eq(ttl_of("\"3155760000\""), INT64_C(3155760000000));
    cr_expect_eq(ttl_of("\"3155760001\""), -2);
    cr_expect_eq(ttl_of("\"99999999999999999999\""), -2);
    cr_expect_eq(ttl_of("-1"), -2);
    cr_expect_eq(ttl_of("\"\""), -2);
    cr_expect_eq(ttl_of("\"soon\""), -2);
    cr_expect_eq(ttl_of("true"), -2);
}
