/* workdays_test.c - worked days: layers of rules, and counting that agrees both ways */
#include "calendar/workdays.h"

#include <criterion/criterion.h>
#include <signal.h>

static civil_day on(int year, int month, int day)
{
    return civil_to_day((struct civil){year, month, day});
}

#define FIRST on(1900, 1, 1)
#define LAST  on(2199, 12, 31)

/* --- single rules ----------------------------------------------------------------------------- */

Test(workdays, a_bare_table_is_a_week_of_five_days_and_no_year_is_approved)
{
    struct workdays *w = workdays_create();

    workdays_seal(w);
    for (civil_day day = FIRST; day <= LAST; day++) {
        enum day_kind kind = civil_weekday(day) >= 6 ? DAY_WEEKEND : DAY_WORKING;
        cr_assert_eq(workdays_kind(w, day), kind);
        cr_assert_eq(workdays_is_worked(w, day), kind == DAY_WORKING);
    }
    cr_assert_not(workdays_is_approved(w, 2023));
    cr_assert_eq(workdays_missing(w, on(2023, 5, 1), on(2024, 5, 1)), 2023);
    workdays_destroy(&w);
    cr_assert_null(w);
    workdays_destroy(&w);
    workdays_destroy(NULL);
}

Test(workdays, a_holiday_is_off_in_its_years_only)
{
    struct workdays *w = workdays_create();

    workdays_add_holiday(w, 1, 6, 2013, 0);
    workdays_add_holiday(w, 11, 7, 0, 2004);
    workdays_add_holiday(w, 12, 12, 1994, 2004);
    workdays_add_holiday(w, 2, 29, 0, 0);
    workdays_seal(w);
    cr_assert_eq(workdays_kind(w, on(2012, 1, 6)), DAY_WORKING);
    cr_assert_eq(workdays_kind(w, on(2013, 1, 6)), DAY_HOLIDAY, "on a Sunday too");
    cr_assert_eq(workdays_kind(w, on(2199, 1, 6)), DAY_HOLIDAY);
    cr_assert_eq(workdays_kind(w, on(1900, 11, 7)), DAY_HOLIDAY);
    cr_assert_eq(workdays_kind(w, on(2004, 11, 7)), DAY_HOLIDAY);
    cr_assert_eq(workdays_kind(w, on(2005, 11, 7)), DAY_WORKING);
    cr_assert_eq(workdays_kind(w, on(1993, 12, 12)), DAY_WEEKEND);
    cr_assert_eq(workdays_kind(w, on(1994, 12, 12)), DAY_HOLIDAY);
    cr_assert_eq(workdays_kind(w, on(2024, 2, 29)), DAY_HOLIDAY, "a day that some years lack");
    workdays_destroy(&w);
}

Test(workdays, a_week_of_six_days_works_on_saturdays_but_for_holidays)
{
    struct workdays *w = workdays_create();

    workdays_add_holiday(w, 11, 4, 0, 0);
    workdays_set_week(w, 6);
    workdays_seal(w);
    cr_assert_eq(workdays_kind(w, on(2023, 10, 28)), DAY_WORKING);
    cr_assert_eq(workdays_kind(w, on(2023, 10, 29)), DAY_WEEKEND);
    cr_assert_eq(workdays_kind(w, on(2023, 11, 4)), DAY_HOLIDAY, "a Saturday");
    workdays_destroy(&w);
}

Test(workdays, a_rest_day_that_was_moved_is_worked_unless_it_is_a_holiday)
{
    struct workdays *w = workdays_create();

    workdays_add_holiday(w, 1, 1, 0, 0);
    workdays_approve(w, 2023);
    workdays_add_working(w, on(2023, 1, 1), false);
    workdays_add_working(w, on(2023, 4, 29), false);
    workdays_add_off(w, on(2023, 2, 24));
    workdays_add_short(w, on(2023, 4, 29));
    workdays_add_short(w, on(2023, 2, 24));
    workdays_seal(w);
    cr_assert_eq(workdays_kind(w, on(2023, 1, 1)), DAY_HOLIDAY);
    cr_assert_eq(workdays_kind(w, on(2023, 4, 29)), DAY_SHORT);
    cr_assert_eq(workdays_kind(w, on(2023, 2, 24)), DAY_OFF, "what is off is not short");
    cr_assert(workdays_is_worked(w, on(2023, 4, 29)));
    workdays_destroy(&w);
}

Test(workdays, the_last_word_about_a_day_counts)
{
    struct workdays *country = workdays_create();

    workdays_add_holiday(country, 5, 9, 0, 0);
    workdays_add_off(country, on(2023, 5, 8));
    workdays_add_working(country, on(2023, 5, 6), true);
    workdays_seal(country);
    struct workdays *region = workdays_extend(country);
    workdays_add_holiday(region, 5, 6, 0, 0);
    workdays_add_working(region, on(2023, 5, 8), false);
    workdays_add_working(region, on(2023, 5, 9), false);
    workdays_seal(region);
    struct workdays *school = workdays_extend(region);
    workdays_add_working(school, on(2023, 5, 9), true);
    workdays_add_off(school, on(2023, 5, 8));
    workdays_seal(school);

    cr_assert_eq(workdays_kind(country, on(2023, 5, 6)), DAY_WORKING);
    cr_assert_eq(workdays_kind(region, on(2023, 5, 6)), DAY_HOLIDAY);
    cr_assert_eq(workdays_kind(country, on(2023, 5, 8)), DAY_OFF);
    cr_assert_eq(workdays_kind(region, on(2023, 5, 8)), DAY_WORKING);
    cr_assert_eq(workdays_kind(school, on(2023, 5, 8)), DAY_OFF);
    cr_assert_eq(workdays_kind(region, on(2023, 5, 9)), DAY_HOLIDAY);
    cr_assert_eq(workdays_kind(school, on(2023, 5, 9)), DAY_WORKING, "forced");
    workdays_destroy(&school);
    workdays_destroy(&region);
    workdays_destroy(&country);
}

Test(workdays, an_extended_table_keeps_the_week_and_the_approved_years)
{
    struct workdays *country = workdays_create();

    workdays_set_week(country, 6);
    workdays_approve(country, 2023);
    workdays_seal(country);
    struct workdays *region = workdays_extend(country);
    workdays_approve(region, 2025);
    workdays_seal(region);
    cr_assert_eq(workdays_kind(region, on(2023, 5, 13)), DAY_WORKING);
    cr_assert(workdays_is_approved(region, 2023) && workdays_is_approved(region, 2025));
    cr_assert_not(workdays_is_approved(country, 2025));
    workdays_destroy(&region);
    workdays_destroy(&country);
}

Test(workdays, the_first_year_without_an_act_is_named)
{
    struct workdays *w = workdays_create();

    workdays_approve(w, 1900);
    workdays_approve(w, 2023);
    workdays_approve(w, 2024);
    workdays_approve(w, 2199);
    workdays_seal(w);
    cr_assert_eq(workdays_missing(w, on(2023, 1, 1), on(2024, 12, 31)), 0);
    cr_assert_eq(workdays_missing(w, on(2024, 12, 31), on(2025, 1, 1)), 2025);
    cr_assert_eq(workdays_missing(w, on(2022, 12, 31), on(2023, 1, 1)), 2022);
    cr_assert_eq(workdays_missing(w, on(2024, 1, 1), on(2023, 1, 1)), 0, "an empty range");
    cr_assert_eq(workdays_missing(w, FIRST, on(1900, 12, 31)), 0);
    cr_assert_eq(workdays_missing(w, on(2199, 1, 1), LAST), 0);
    cr_assert_not(workdays_is_approved(w, 1899));
    cr_assert_not(workdays_is_approved(w, 2200));
    workdays_destroy(&w);
}

/* --- layers by chance, against a plain array ---------------------------------------------------
 */

#define DAYS 109573

static uint64_t seed;

static uint32_t chance(uint32_t below)
{
    seed ^= seed << 13; /* xorshift64 */
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)((seed >> 33) % below);
}

/* Rules of one layer, most of them near each other so that they meet. */
static void add_layer(struct workdays *w)
{
    civil_day centre = FIRST + (civil_day)chance(DAYS - 2000);

    workdays_set_week(w, 5 + (int)chance(2));
    for (int i = 0; i < 8; i++) {
        int since = 1900 + (int)chance(300);
        int until = chance(2) == 0 ? 0 : since + (int)chance(100);
        workdays_add_holiday(w, 1 + (int)chance(12), 1 + (int)chance(28), since, until);
    }
    for (int i = 0; i < 20; i++) {
        workdays_approve(w, 1900 + (int)chance(300));
    }
    for (int i = 0; i < 400; i++) {
        workdays_add_off(w, centre + (civil_day)chance(2000));
    }
    for (int i = 0; i < 400; i++) {
        workdays_add_working(w, centre + (civil_day)chance(2000), chance(4) == 0);
        workdays_add_short(w, centre + (civil_day)chance(2000));
    }
    for (civil_day day = centre; day < centre + (civil_day)chance(900); day++) {
        workdays_add_off(w, day); /* a stretch of years without work is a calendar too */
    }
}

static struct workdays *by_chance(uint64_t number)
{
    seed = number * UINT64_C(0x9e3779b97f4a7c15) + 1;
    struct workdays *w = workdays_create();

    add_layer(w);
    for (uint32_t layers = chance(4); layers > 0; layers--) {
        workdays_seal(w);
        struct workdays *above = workdays_extend(w);
        workdays_destroy(&w);
        w = above;
        add_layer(w);
    }
    workdays_seal(w);
    return w;
}

/* How many worked days lie before each day: one more entry than there are days. */
static int32_t *sums_of(const struct workdays *w)
{
    int32_t *sums = calloc(DAYS + 1, sizeof *sums);

    for (int i = 0; i < DAYS; i++) {
        enum day_kind kind = workdays_kind(w, FIRST + i);
        cr_assert_eq(workdays_is_worked(w, FIRST + i), kind == DAY_WORKING || kind == DAY_SHORT);
        sums[i + 1] = sums[i] + (kind == DAY_WORKING || kind == DAY_SHORT ? 1 : 0);
    }
    return sums;
}

static civil_day any_day(void)
{
    return FIRST + (civil_day)chance(DAYS);
}

#define SEEDS 12

Test(workdays, counts_are_those_of_a_walk_over_the_days)
{
    for (uint64_t number = 1; number <= SEEDS; number++) {
        struct workdays *w = by_chance(number);
        int32_t *sums = sums_of(w);
        for (int i = 0; i < 20000; i++) {
            civil_day a = any_day();
            civil_day b = i % 2 == 0 ? any_day() : a + (civil_day)chance(100) - 50;
            b = b < FIRST ? FIRST : b > LAST ? LAST : b;
            civil_day low = a < b ? a : b;
            civil_day high = a < b ? b : a;
            int32_t walked = sums[high - FIRST + 1] - sums[low - FIRST];
            cr_assert_eq(workdays_count(w, low, high), walked, "seed %d", (int)number);
            cr_assert_eq(workdays_count(w, high, low), low == high ? walked : -walked);
        }
        cr_assert_eq(workdays_count(w, FIRST, LAST), sums[DAYS]);
        cr_assert_eq(workdays_count(w, FIRST - 1, LAST + 1), sums[DAYS], "nothing lies outside");
        cr_assert_eq(workdays_count(w, LAST + 1, LAST + 1), 0);
        free(sums);
        workdays_destroy(&w);
    }
}

Test(workdays, adding_and_counting_agree_both_ways)
{
    for (uint64_t number = 1; number <= SEEDS; number++) {
        struct workdays *w = by_chance(number);
        for (int i = 0; i < 20000; i++) {
            civil_day day = any_day();
            int32_t n = 1 + (int32_t)chance(i % 2 == 0 ? 20 : 30000);
            civil_day later = workdays_add(w, day, n);
            civil_day earlier = workdays_add(w, day, -n);
            bool inside = workdays_count(w, day + 1, LAST) >= n && day < LAST;
            cr_assert_gt(later, day == LAST ? day - 1 : day, "seed %d", (int)number);
            cr_assert(!inside || workdays_is_worked(w, later));
            cr_assert(!inside || workdays_count(w, day + 1, later) == n, "seed %d", (int)number);
            cr_assert(inside || later == LAST);
            inside = day > FIRST && workdays_count(w, FIRST, day - 1) >= n;
            cr_assert(!inside || workdays_is_worked(w, earlier));
            cr_assert(!inside || workdays_count(w, earlier, day - 1) == n, "seed %d", (int)number);
            cr_assert(inside || earlier == FIRST);
            cr_assert_eq(workdays_add(w, day, 0), day);
        }
        workdays_destroy(&w);
    }
}

/* From a worked day n days on and n days back is where one started. */
Test(workdays, there_and_back_again_is_the_same_day)
{
    for (uint64_t number = 1; number <= SEEDS; number++) {
        struct workdays *w = by_chance(number);
        for (int i = 0; i < 20000; i++) {
            civil_day day = any_day();
            int32_t n = 1 + (int32_t)chance(5000);
            if (!workdays_is_worked(w, day) || workdays_count(w, day, LAST) <= n) {
                continue;
            }
            cr_assert_eq(workdays_add(w, workdays_add(w, day, n), -n), day, "seed %d", (int)number);
        }
        workdays_destroy(&w);
    }
}

static void check_shift(const struct workdays *w, civil_day day)
{
    civil_day next = workdays_shift(w, day, SHIFT_NEXT);
    civil_day previous = workdays_shift(w, day, SHIFT_PREVIOUS);
    bool worked = workdays_is_worked(w, day);

    cr_assert_eq(workdays_shift(w, day, SHIFT_KEEP), day);
    cr_assert(!worked || (next == day && previous == day));
    cr_assert(next >= day && previous <= day);
    cr_assert(next == LAST || workdays_is_worked(w, next));
    cr_assert(previous == FIRST || workdays_is_worked(w, previous));
    if (!worked) { /* nothing is worked between */
        cr_assert_eq(workdays_count(w, day, next), workdays_is_worked(w, next) ? 1 : 0);
        cr_assert_eq(workdays_count(w, previous, day), workdays_is_worked(w, previous) ? 1 : 0);
    }
}

Test(workdays, a_term_goes_to_the_nearest_worked_day_of_its_side)
{
    for (uint64_t number = 1; number <= SEEDS; number++) {
        struct workdays *w = by_chance(number);
        for (int i = 0; i < 20000; i++) {
            check_shift(w, any_day());
        }
        check_shift(w, FIRST);
        check_shift(w, LAST);
        workdays_destroy(&w);
    }
}

/* --- where the calendar ends -------------------------------------------------------------------
 */

Test(workdays, the_ends_of_the_calendar_hold_what_would_go_beyond)
{
    struct workdays *w = workdays_create();

    workdays_seal(w);
    cr_assert_eq(workdays_add(w, LAST, 1), LAST);
    cr_assert_eq(workdays_add(w, LAST - 1, 1), LAST, "a Tuesday");
    cr_assert_eq(workdays_add(w, LAST, INT32_MAX), LAST);
    cr_assert_eq(workdays_add(w, FIRST, -1), FIRST);
    cr_assert_eq(workdays_add(w, FIRST + 1, -1), FIRST, "a Monday");
    cr_assert_eq(workdays_add(w, LAST, INT32_MIN), FIRST);
    cr_assert_eq(workdays_add(w, FIRST, workdays_count(w, FIRST + 1, LAST)), LAST);
    cr_assert_eq(workdays_add(w, LAST, -workdays_count(w, FIRST, LAST - 1)), FIRST);
    workdays_destroy(&w);
}

Test(workdays, the_first_worked_day_of_all_can_be_gone_back_to)
{
    struct workdays *w = workdays_create();

    workdays_add_holiday(w, 1, 1, 0, 0);
    workdays_seal(w);
    cr_assert_eq(workdays_add(w, FIRST + 2, -1), FIRST + 1);
    cr_assert_eq(workdays_add(w, FIRST + 1, -1), FIRST);
    workdays_destroy(&w);
}

Test(workdays, a_calendar_without_a_worked_day_answers_with_its_ends)
{
    struct workdays *w = workdays_create();

    for (civil_day day = FIRST; day <= LAST; day++) {
        workdays_add_off(w, day);
    }
    workdays_seal(w);
    cr_assert_eq(workdays_count(w, FIRST, LAST), 0);
    cr_assert_eq(workdays_add(w, 0, 1), LAST);
    cr_assert_eq(workdays_shift(w, 0, SHIFT_PREVIOUS), FIRST);
    workdays_destroy(&w);
}

Test(workdays, a_day_outside_of_the_calendar_has_no_kind, .signal = SIGABRT)
{
    struct workdays *w = workdays_create();

    workdays_seal(w);
    workdays_kind(w, LAST + 1);
}

Test(workdays, nothing_is_asked_before_the_seal, .signal = SIGABRT)
{
    workdays_count(workdays_create(), 0, 1);
}

Test(workdays, nothing_is_laid_over_a_sealed_table, .signal = SIGABRT)
{
    struct workdays *w = workdays_create();

    workdays_seal(w);
    workdays_add_off(w, 0);
}

Test(workdays, kinds_and_shifts_have_the_names_that_documents_use)
{
    static const char *const kinds[] = {"working", "short", "weekend", "holiday", "off"};
    static const char *const shifts[] = {"keep", "previous", "next"};

    for (int i = 0; i < DAY_KIND_COUNT; i++) {
        cr_assert_str_eq(day_kind_name((enum day_kind)i), kinds[i]);
    }
    for (int i = 0; i < SHIFT_COUNT; i++) {
        cr_assert_str_eq(shift_name((enum shift)i), shifts[i]);
    }
}
