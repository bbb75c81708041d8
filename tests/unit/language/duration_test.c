/* duration_test.c - ISO 8601 durations */
#include "language/duration.h"
#include "language/fields.h"

#include <criterion/criterion.h>

static int64_t parsed(const char *text)
{
    struct error err = ERROR_INIT;
    int64_t ms = -1;

    cr_assert(duration_parse(bytes_of(text), &ms, &err), "%s: %s", text, err.text);
    return ms;
}

Test(duration, units_are_added_up)
{
    cr_assert_eq(parsed("PT30S"), 30000);
    cr_assert_eq(parsed("PT1H30M"), 5400000);
    cr_assert_eq(parsed("P1D"), 86400000);
    cr_assert_eq(parsed("P2W"), 14 * INT64_C(86400000));
    cr_assert_eq(parsed("P1DT12H"), 129600000);
    cr_assert_eq(parsed("PT0.25S"), 250);
    cr_assert_eq(parsed("PT1,5S"), 1500);
    cr_assert_eq(parsed("PT0S"), 0);
    cr_assert_eq(parsed("PT90M"), 5400000);
}

Test(duration, what_is_printed_parses_back)
{
    uint64_t seed = 1;

    for (int i = 0; i < 5000; i++) {
        char text[DURATION_TEXT_MAX];
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        int64_t ms = (int64_t)((seed >> 16) % (uint64_t)DURATION_MS_MAX) >> (i % 40);
        duration_print(ms, text);
        cr_assert_eq(parsed(text), ms, "%s", text);
    }
    char text[DURATION_TEXT_MAX];
    duration_print(DURATION_MS_MAX, text);
    cr_assert_eq(parsed(text), DURATION_MS_MAX);
}

static void refused(const char *text, enum error_code code)
{
    struct error err = ERROR_INIT;
    int64_t ms = 7;

    cr_assert_not(duration_parse(bytes_of(text), &ms, &err), "%s", text);
    cr_assert_eq(err.code, code, "%s: %s", text, err.text);
    cr_assert_eq(ms, 7, "the output is untouched");
}

Test(duration, what_is_none_is_refused)
{
    static const char *const wrong[] = {
        "",     "P",    "PT",     "P1DT",  "30S",   "PT30", "PT30X", "PT1S1M", "PT1S1S",   "P1H",
        "PT1D", "P-1D", "PT1.5M", "PT1.S", "PT.5S", "p1d",  "PTT1S", "P1D ",   "PT0.0001S"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        refused(wrong[i], ERROR_INVALID);
    }
}

Test(duration, years_and_months_have_no_length)
{
    refused("P1Y", ERROR_UNSUPPORTED);
    refused("P2M", ERROR_UNSUPPORTED);
    refused("P1Y2M3DT4H", ERROR_UNSUPPORTED);
}

Test(duration, a_century_is_the_limit)
{
    cr_assert_eq(parsed("P36525D"), DURATION_MS_MAX);
    refused("P36525DT0.001S", ERROR_TOO_LARGE);
    refused("PT999999999999H", ERROR_TOO_LARGE);
}
