/* dates_test.c - days and moments in both languages */
#include "speech.h"

#include "cli/dates.h"

TestSuite(dates, .init = speak_russian);

Test(dates, a_moment_of_the_engine_is_read)
{
    int64_t ms;

    cr_assert(dates_parse_moment("2023-01-09T06:00:00.000Z", &ms));
    cr_assert_eq(ms, 1673244000000);
    cr_assert(dates_parse_moment("1970-01-01T00:00:01Z", &ms));
    cr_assert_eq(ms, 1000);
}

Test(dates, what_is_no_moment_is_refused)
{
    static const char *const bad[] = {"",
                                      "2023-01-09",
                                      "2023-01-09T06:00:00",
                                      "2023-01-09T06:00:00.000",
                                      "2023-02-30T06:00:00.000Z",
                                      "2023-01-09T24:00:00.000Z",
                                      "2023-01-09T06:60:00.000Z",
                                      "2023-01-09T06:00:00.0000Z",
                                      "2023-01-09T06:00:00.000Z!",
                                      "2023-01-09 06:00:00.000Z"};
    int64_t ms;

    cr_assert_not(dates_parse_moment(NULL, &ms));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_expect_not(dates_parse_moment(bad[i], &ms), "%s", bad[i]);
    }
}

Test(dates, moments_are_shown_on_the_clocks_of_the_zone)
{
    struct zone *zone = moscow();
    char text[DATES_TEXT_MAX];

    dates_moment(zone, "2023-01-09T06:05:00.000Z", text);
    cr_assert_str_eq(text, "9 января 2023 г. в 09:05");
    dates_moment_short(zone, "2023-01-09T22:00:00.000Z", text);
    cr_assert_str_eq(text, "10.01.2023 01:00");
    dates_moment_day(zone, "2023-01-09T22:00:00.000Z", text);
    cr_assert_str_eq(text, "10 января 2023 г.");
    zone_close(&zone);
}

Test(dates, midnight_is_said_without_a_time_of_day)
{
    struct zone *zone = moscow();
    char text[DATES_TEXT_MAX];

    dates_moment(zone, "2023-06-30T21:00:00.000Z", text);
    cr_assert_str_eq(text, "1 июля 2023 г.");
    zone_close(&zone);
}

Test(dates, english_has_its_own_forms)
{
    struct zone *zone = moscow();
    char text[DATES_TEXT_MAX];

    speak_english();
    dates_moment(zone, "2023-01-09T06:05:00.000Z", text);
    cr_assert_str_eq(text, "9 January 2023 at 09:05");
    dates_short_of("2023-01-09", text);
    cr_assert_str_eq(text, "2023-01-09");
    zone_close(&zone);
}

Test(dates, civil_days_need_no_zone)
{
    char text[DATES_TEXT_MAX];

    dates_day_of("2023-08-15", text);
    cr_assert_str_eq(text, "15 августа 2023 г.");
    dates_short_of("2023-08-15", text);
    cr_assert_str_eq(text, "15.08.2023");
}

Test(dates, what_is_no_date_is_shown_harmless_and_cut)
{
    char text[DATES_TEXT_MAX];

    dates_day_of(NULL, text);
    cr_assert_str_eq(text, "—");
    dates_day_of("\033[31mвчера", text);
    cr_assert_str_eq(text, "\xEF\xBF\xBD[31mвчера");
    dates_day_of("давным-давно, в тридевятом царстве, в тридесятом государстве", text);
    cr_assert_lt(strlen(text), DATES_TEXT_MAX);
}
