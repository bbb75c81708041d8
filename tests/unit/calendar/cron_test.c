/* cron_test.c - moments of cron expressions, against a look at every minute
 *
 * The oracle reads no text: an expression is drawn as sets of numbers and printed from them. It
 * walks the minutes of UTC and notes what clocks show for the first time, skipped minutes with the
 * one after them.
 */
#include "calendar/cron.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define WEEKS   3
#define MINUTES (WEEKS * 7 * 1440)
#define DAY_MIN 1440

struct drawn {
    bool in[5][64];
    bool star[5];
    char text[512];
};

static const int min[5] = {0, 0, 1, 1, 0};
static const int max[5] = {59, 23, 31, 12, 7};

static uint64_t random_state;

static int below(int n)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((random_state >> 33) % (uint64_t)n);
}

static void add(struct drawn *d, const char *format, int a, int b, int c)
{
    char *end = d->text + strlen(d->text);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(end, (size_t)(d->text + sizeof d->text - end), format, a, b, c);
#pragma GCC diagnostic pop
}

static void draw_member(struct drawn *d, int field)
{
    int from = min[field] + below(max[field] - min[field] + 1);
    int to = from + below(max[field] - from + 1);
    int step = 1;

    switch (below(3)) {
    case 0:
        to = from;
        add(d, "%d", from, 0, 0);
        break;
    case 1:
        add(d, "%d-%d", from, to, 0);
        break;
    default:
        step = 1 + below(7);
        add(d, "%d-%d/%d", from, to, step);
    }
    for (int i = from; i <= to; i += step) {
        d->in[field][i] = true;
    }
}

static void draw_field(struct drawn *d, int field)
{
    d->star[field] = below(3) == 0;
    if (!d->star[field]) {
        draw_member(d, field);
        for (int more = below(3); more > 0; more--) {
            add(d, ",", 0, 0, 0);
            draw_member(d, field);
        }
        return;
    }
    int step = below(2) == 0 ? 1 : 1 + below(7);
    add(d, step == 1 ? "*" : "*/%d", step, 0, 0);
    for (int i = min[field]; i <= max[field]; i += step) {
        d->in[field][i] = true;
    }
}

static void draw(struct drawn *d)
{
    *d = (struct drawn){.text = ""};
    for (int field = 0; field < 5; field++) {
        add(d, field > 0 ? " " : "", 0, 0, 0);
        draw_field(d, field);
    }
}

static bool matches(const struct drawn *d, int64_t shown)
{
    civil_day day = (civil_day)(shown / DAY_MIN);
    int minute = (int)(shown % DAY_MIN);
    struct civil c = civil_of_day(day);
    int weekday = civil_weekday(day);
    bool by_month = d->in[2][c.day];
    bool by_week = d->in[4][weekday] || (weekday == 7 && d->in[4][0]);
    bool either = !d->star[2] && !d->star[4];

    return d->in[0][minute % 60] && d->in[1][minute / 60] && d->in[3][c.month] &&
           (either ? by_month || by_week : by_month && by_week);
}

static int64_t shown_at(const struct zone *zone, int64_t minute)
{
    civil_day day = (civil_day)(minute / DAY_MIN);
    int of_day = (int)(minute % DAY_MIN);

    if (zone != NULL) {
        zone_civil(zone, minute * 60000, &day, &of_day);
    }
    return (int64_t)day * DAY_MIN + of_day;
}

/* happens[i]: at minute start + i of UTC. */
static void look(const struct drawn *d, const struct zone *zone, int64_t start,
                 bool happens[MINUTES])
{
    int64_t seen = shown_at(zone, start - 2 * DAY_MIN);

    for (int64_t at = start - 2 * DAY_MIN; at < start + MINUTES; at++) {
        bool now = false;
        for (int64_t shown = shown_at(zone, at); seen < shown;) {
            now = matches(d, ++seen) || now;
        }
        if (at >= start) {
            happens[at - start] = now;
        }
    }
}

static void check_from(const struct drawn *d, const struct zone *zone, int64_t start,
                       const bool happens[MINUTES], int64_t after_ms)
{
    int64_t next_ms = cron_next_ms(d->text, zone, after_ms);
    int64_t expected = after_ms / 60000 - start + 1;

    cr_assert(next_ms == 0 || next_ms > after_ms, "\"%s\"", d->text);
    cr_assert_eq(next_ms % 60000, 0);
    while (expected < MINUTES && !happens[expected]) {
        expected++;
    }
    if (expected < MINUTES) {
        cr_assert_eq(next_ms, (start + expected) * 60000, "\"%s\" after %lld", d->text,
                     (long long)after_ms);
    } else {
        cr_assert(next_ms == 0 || next_ms >= (start + MINUTES) * 60000, "\"%s\"", d->text);
    }
}

/* Expressions of one seed in the weeks around a day. */
static void check_weeks(const char *name, int year, int month, int day, unsigned seed)
{
    static bool happens[MINUTES];
    struct error err = ERROR_INIT;
    struct zone *zone = NULL;
    int64_t start = (int64_t)civil_to_day((struct civil){year, month, day}) * DAY_MIN;
    struct drawn d;

    cr_assert(name == NULL || zone_open(name, &zone, &err), "%s", err.text);
    random_state = seed;
    for (int i = 0; i < 12; i++) {
        size_t offset;
        draw(&d);
        cr_assert(cron_check(d.text, &offset, &err), "\"%s\": %s", d.text, err.text);
        look(&d, zone, start, happens);
        for (int j = 0; j < 25; j++) {
            int64_t after_ms = (start + below(MINUTES)) * 60000 + below(2) * below(60000);
            check_from(&d, zone, start, happens, after_ms);
        }
    }
    zone_close(&zone);
}

static int64_t utc(int year, int month, int day, int hour, int minute)
{
    return (civil_to_day((struct civil){year, month, day}) * INT64_C(1440) + hour * 60 + minute) *
           60000;
}

static int64_t next_in(const char *name, const char *text, int64_t after_ms)
{
    struct error err = ERROR_INIT;
    struct zone *zone = NULL;
    size_t offset;

    cr_assert(zone_open(name, &zone, &err), "%s", err.text);
    cr_assert(cron_check(text, &offset, &err), "\"%s\": %s", text, err.text);
    int64_t next_ms = cron_next_ms(text, zone, after_ms);
    zone_close(&zone);
    return next_ms;
}

Test(cron, any_expression_has_the_moments_that_a_look_at_every_minute_finds)
{
    check_weeks(NULL, 2024, 2, 18, 1);
    check_weeks(NULL, 2023, 12, 20, 2);
    check_weeks("Europe/Moscow", 2023, 8, 25, 3);
}

Test(cron, any_expression_where_clocks_change)
{
    check_weeks("Europe/Berlin", 2023, 3, 15, 4);
    check_weeks("Europe/Berlin", 2023, 10, 20, 5);
    check_weeks("Australia/Lord_Howe", 2024, 3, 30, 6);
    check_weeks("America/Nuuk", 2024, 3, 20, 7);
    check_weeks("Europe/Moscow", 2014, 10, 15, 8);
}

Test(cron, any_expression_where_a_day_is_skipped)
{
    check_weeks("Pacific/Apia", 2011, 12, 20, 9);
}

Test(cron, a_working_morning_in_moscow)
{
    const char *text = "0 8 * * 1-5";

    cr_assert_eq(next_in("Europe/Moscow", text, utc(2023, 9, 1, 4, 59)), utc(2023, 9, 1, 5, 0));
    cr_assert_eq(next_in("Europe/Moscow", text, utc(2023, 9, 1, 5, 0)), utc(2023, 9, 4, 5, 0),
                 "the moment itself has passed; the next day is a Monday");
    cr_assert_eq(cron_next_ms(text, NULL, utc(2023, 9, 1, 5, 0)), utc(2023, 9, 1, 8, 0),
                 "without a zone: UTC");
}

Test(cron, a_time_that_clocks_skip_happens_at_the_change)
{
    int64_t change = utc(2023, 3, 26, 1, 0);

    cr_assert_eq(next_in("Europe/Berlin", "30 2 * * *", change - 60000), change);
    cr_assert_eq(next_in("Europe/Berlin", "30 2 * * *", change), utc(2023, 3, 27, 0, 30));
    cr_assert_eq(next_in("Europe/Berlin", "*/5 2 * * *", change), utc(2023, 3, 27, 0, 0),
                 "twelve skipped times are one moment");
}

Test(cron, a_time_that_clocks_repeat_happens_once)
{
    int64_t first = utc(2023, 10, 29, 0, 30);

    cr_assert_eq(next_in("Europe/Berlin", "30 2 * * *", first - 1), first);
    cr_assert_eq(next_in("Europe/Berlin", "30 2 * * *", first), utc(2023, 10, 30, 1, 30));
    cr_assert_eq(next_in("Europe/Berlin", "* * * * *", utc(2023, 10, 29, 0, 59)),
                 utc(2023, 10, 29, 2, 0), "the second 02:00 to 02:59 passes in silence");
    cr_assert_eq(next_in("Europe/Berlin", "* * * * *", utc(2023, 10, 29, 1, 17)),
                 utc(2023, 10, 29, 2, 0));
}

Test(cron, a_leap_day_comes_after_four_years_or_eight)
{
    cr_assert_eq(cron_next_ms("0 0 29 2 *", NULL, utc(2024, 2, 29, 0, 0)), utc(2028, 2, 29, 0, 0));
    cr_assert_eq(cron_next_ms("0 0 29 2 *", NULL, utc(2096, 2, 29, 0, 0)), utc(2104, 2, 29, 0, 0));
}

Test(cron, a_day_that_never_comes_has_no_moment)
{
    struct error err = ERROR_INIT;
    size_t offset;

    cr_assert(cron_check("0 0 31 2,4 *", &offset, &err));
    cr_assert_eq(cron_next_ms("0 0 31 2,4 *", NULL, utc(2023, 1, 1, 0, 0)), 0);
    cr_assert_eq(cron_next_ms("0 0 1 1 *", NULL, utc(2199, 6, 1, 0, 0)), 0, "civil years end");
    cr_assert_eq(cron_next_ms("0 0 1 1 *", NULL, utc(2199, 12, 31, 23, 59) + 60000), 0);
}

Test(cron, with_both_day_fields_restricted_either_may_match)
{
    int64_t friday = utc(2023, 9, 1, 0, 0);

    cr_assert_eq(cron_next_ms("0 0 13 * 5", NULL, friday), utc(2023, 9, 8, 0, 0));
    cr_assert_eq(cron_next_ms("0 0 13 * 5", NULL, utc(2023, 9, 8, 0, 0)), utc(2023, 9, 13, 0, 0));
    cr_assert_eq(cron_next_ms("0 0 13 * *", NULL, friday), utc(2023, 9, 13, 0, 0));
    cr_assert_eq(cron_next_ms("0 0 */12 * 5", NULL, friday), utc(2023, 10, 13, 0, 0),
                 "a field that begins with '*' is not restricted: 1, 13, 25 and a Friday");
    cr_assert_eq(cron_next_ms("0 0 31 2 1", NULL, friday), utc(2024, 2, 5, 0, 0),
                 "of one that never comes and one that does");
}

Test(cron, names_stand_for_numbers)
{
    int64_t friday = utc(2023, 9, 1, 0, 0);

    cr_assert_eq(cron_next_ms("0 9 * OCT Mon", NULL, friday), utc(2023, 10, 2, 9, 0));
    cr_assert_eq(cron_next_ms("0 9 * * sat-sun", NULL, utc(2023, 9, 2, 9, 0)),
                 utc(2023, 9, 3, 9, 0));
    cr_assert_eq(cron_next_ms("0 9 * jan-mar,dec tue,thu", NULL, friday), utc(2023, 12, 5, 9, 0));
    cr_assert_eq(cron_next_ms("0 9 * * 0", NULL, friday), utc(2023, 9, 3, 9, 0));
    cr_assert_eq(cron_next_ms("0 9 * * 7", NULL, friday), utc(2023, 9, 3, 9, 0));
    cr_assert_eq(cron_next_ms("0 9 * * 5-7", NULL, utc(2023, 9, 2, 9, 0)), utc(2023, 9, 3, 9, 0));
}

Test(cron, blanks_around_fields_do_not_matter)
{
    struct error err = ERROR_INIT;
    size_t offset;

    cr_assert(cron_check(" \t0  8\t* *  1-5 ", &offset, &err), "%s", err.text);
    cr_assert_eq(cron_next_ms(" \t0  8\t* *  1-5 ", NULL, utc(2023, 9, 1, 5, 0)),
                 utc(2023, 9, 1, 8, 0));
}

static const struct {
    const char *text;
    size_t offset;
    const char *sentence;
} wrong[] = {
    {"", 0, "five fields"},
    {"   ", 0, "this one has 0"},
    {"0 8 * *", 0, "this one has 4"},
    {"0 0 8 * * 1", 0, "this one has 6"},
    {"@daily", 0, "this one has 1"},
    {"60 8 * * *", 0, "minute: \"60\" is not a number from 0 to 59"},
    {"5,61 8 * * *", 2, "minute: \"61\""},
    {"0 24 * * *", 2, "hour: \"24\" is not a number from 0 to 23"},
    {"0 8 0 * *", 4, "day of the month: \"0\" is not a number from 1 to 31"},
    {"0 8 * 13 *", 6, "month: \"13\" is neither a number from 1 to 12 nor a name"},
    {"0 8 * * 8", 8, "day of the week: \"8\" is neither a number from 0 to 7"},
    {"0 8 * * mon-fry", 12, "day of the week: \"fry\""},
    {"0 8 * * пн", 8, "day of the week: \"пн\""},
    {"0 8 * * Monday", 8, "\"Monday\""},
    {"0 8 mon * *", 4, "day of the month: \"mon\""},
    {"0 8 * * 5-1", 8, "the range \"5-1\" ends before it starts"},
    {"0 8 * * tue-mon", 8, "the range \"tue-mon\" ends before it starts"},
    {"*/0 8 * * *", 2, "the step \"0\" is not a number from 1 to 60"},
    {"*/61 8 * * *", 2, "the step \"61\""},
    {"*/x 8 * * *", 2, "the step \"x\""},
    {"*/ 8 * * *", 2, "the step \"\""},
    {"0 3/6 * * *", 2, "a step needs a range before it, such as \"*/6\""},
    {"0 8, * * *", 4, "hour: \"\""},
    {"0 ,8 * * *", 2, "hour: \"\""},
    {"0 1- * * *", 4, "hour: \"\""},
    {"0 1-2-3 * * *", 2, "\"1-2-3\" is none of"},
    {"0 1-5/2/2 * * *", 2, "\"1-5/2/2\" is none of"},
    {"0 *5 * * *", 2, "\"*5\" is none of"},
    {"0 8 ? * *", 4, "\"?\""},
    {"0 8 L * *", 4, "\"L\""},
    {"0 8 * * 5#2", 8, "\"5#2\""},
    {"0 -8 * * *", 2, "hour: \"\""},
    {"0 4294967304 * * *", 2, "\"4294967304\""},
};

Test(cron, a_text_that_is_none_is_refused_with_its_place)
{
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error err = ERROR_INIT;
        size_t offset = 999;
        cr_assert_not(cron_check(wrong[i].text, &offset, &err), "\"%s\"", wrong[i].text);
        cr_assert_eq(err.code, ERROR_SYNTAX, "\"%s\"", wrong[i].text);
        cr_assert_eq(offset, wrong[i].offset, "\"%s\": %zu", wrong[i].text, offset);
        cr_assert_not_null(strstr(err.text, wrong[i].sentence), "\"%s\": %s", wrong[i].text,
                           err.text);
    }
}
