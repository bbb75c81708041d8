/* target_test.c - one address has one reading */
#include "engine/web/target.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static bool parses(const char *raw)
{
    struct request_target target;
    struct error err = ERROR_INIT;
    bool ok = target_parse(raw, &target, &err);

    cr_assert(ok == (err.code == ERROR_NONE), "%s", raw);
    target_fini(&target);
    return ok;
}

Test(target, segments_and_parameters_are_decoded)
{
    struct request_target t;
    struct error err;

    cr_assert(target_parse("/a/%D1%8F%20b?x=1+2&y=%26%3D&z", &t, &err));
    cr_assert_eq(t.segment_count, 2);
    cr_assert_str_eq(t.segments[0], "a");
    cr_assert_str_eq(t.segments[1], "я b");
    cr_assert_eq(t.parameter_count, 3);
    cr_assert_str_eq(t.parameters[0].value, "1 2");
    cr_assert_str_eq(t.parameters[1].value, "&=");
    cr_assert_str_eq(t.parameters[2].name, "z");
    cr_assert_str_eq(t.parameters[2].value, "");
    cr_assert_str_eq(t.path, "/a/%D1%8F%20b");
    target_fini(&t);
}

Test(target, a_plus_in_the_path_is_a_plus)
{
    struct request_target t;
    struct error err;

    cr_assert(target_parse("/a+b", &t, &err));
    cr_assert_str_eq(t.segments[0], "a+b");
    target_fini(&t);
}

Test(target, the_root_has_no_segments)
{
    struct request_target t;
    struct error err;

    cr_assert(target_parse("/?", &t, &err));
    cr_assert_eq(t.segment_count, 0);
    target_fini(&t);
}

Test(target, what_could_be_read_in_two_ways_is_refused)
{
    static const char *const bad[] = {"",           "*",
                                      "a",          "http://localhost/",
                                      "//",         "/a//b",
                                      "/a/",        "/.",
                                      "/..",        "/a/../b",
                                      "/%2e%2e",    "/%2E/a",
                                      "/a%2fb",     "/a%5Cb",
                                      "/a\\b",      "/%00",
                                      "/%",         "/%1",
                                      "/%g1",       "/%0a",
                                      "/%7f",       "/%c2%80",
                                      "/%ff",       "/%c0%af",
                                      "/%ed%a0%80", "/%f4%90%80%80",
                                      "/a#b",       "/?a=%00",
                                      "/?%ff=1",    "/?a=1&a=2",
                                      "/?a=1&%61=2"};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_expect(!parses(bad[i]), "%s", bad[i]);
    }
}

Test(target, limits_hold_at_their_number_and_not_one_past_it)
{
    char raw[LIMIT_HTTP_TARGET_BYTES + 2];

    memset(raw, 'a', sizeof raw - 1);
    raw[0] = '/';
    raw[LIMIT_HTTP_TARGET_BYTES] = '\0';
    cr_expect(parses(raw));
    raw[LIMIT_HTTP_TARGET_BYTES] = 'a';
    raw[LIMIT_HTTP_TARGET_BYTES + 1] = '\0';
    cr_expect(!parses(raw));
    cr_expect(parses("/1/2/3/4/5/6/7/8/9/10/11/12"));
    cr_expect(!parses("/1/2/3/4/5/6/7/8/9/10/11/12/13"));
    for (int count = TARGET_PARAMETERS_MAX; count <= TARGET_PARAMETERS_MAX + 1; count++) {
        size_t used = (size_t)snprintf(raw, sizeof raw, "/?");
        for (int i = 0; i < count; i++) {
            used += (size_t)snprintf(raw + used, sizeof raw - used, "p%d=1&", i);
        }
        cr_expect(parses(raw) == (count == TARGET_PARAMETERS_MAX));
    }
}

Test(target, a_path_for_messages_is_plain_text)
{
    struct request_target t;
    struct error err;

    cr_assert(!target_parse("/<\"\x01\xff?q", &t, &err));
    cr_assert_str_eq(t.path, "/<???");
    target_fini(&t);
}
