/* zone_test.c - civil time and UTC, in the zones of Russia and where clocks still change */
#include "calendar/zone.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const russian[] = {
    "Europe/Kaliningrad", "Europe/Moscow",  "Europe/Volgograd", "Europe/Saratov",   "Europe/Samara",
    "Asia/Yekaterinburg", "Asia/Omsk",      "Asia/Novosibirsk", "Asia/Krasnoyarsk", "Asia/Irkutsk",
    "Asia/Chita",         "Asia/Yakutsk",   "Asia/Vladivostok", "Asia/Magadan",     "Asia/Sakhalin",
    "Asia/Srednekolymsk", "Asia/Kamchatka", "Asia/Anadyr"};

static struct zone *opened(const char *name)
{
    struct error err = ERROR_INIT;
    struct zone *zone = NULL;

    cr_assert(zone_open(name, &zone, &err), "%s: %s", name, err.text);
    cr_assert_str_eq(zone_name(zone), name);
    return zone;
}

static civil_day on(int year, int month, int day)
{
    return civil_to_day((struct civil){year, month, day});
}

/* Local minutes since 1970-01-01. */
static int64_t shown(const struct zone *zone, int64_t utc_ms)
{
    civil_day day;
    int minute;

    zone_civil(zone, utc_ms, &day, &minute);
    cr_assert(minute >= 0 && minute < 1440);
    return (int64_t)day * 1440 + minute;
}

/* Minutes that the clocks are ahead of UTC at noon of that day. */
static int64_t ahead(const struct zone *zone, int year, int month, int day)
{
    civil_day d = on(year, month, day);

    return (int64_t)d * 1440 + 720 - zone_utc_ms(zone, d, 720) / 60000;
}

static void check_minute(const struct zone *zone, civil_day day, int minute)
{
    int64_t asked = (int64_t)day * 1440 + minute;
    int64_t utc_ms = zone_utc_ms(zone, day, minute);
    int64_t got = shown(zone, utc_ms);

    /* the first moment: before it clocks show less, also an overlap of an hour earlier */
    cr_assert_lt(shown(zone, utc_ms - 1), asked, "%s %d", zone_name(zone), day);
    cr_assert_lt(shown(zone, utc_ms - 3600000), asked, "%s %d", zone_name(zone), day);
    cr_assert_geq(got, asked, "%s %d", zone_name(zone), day);
    if (got > asked) { /* skipped: the clocks jump over it at that very moment */
        cr_assert_gt(got - shown(zone, utc_ms - 1), 1, "%s %d", zone_name(zone), day);
    }
}

static void check_days(const char *name, civil_day from, civil_day to, int step)
{
    struct zone *zone = opened(name);

    for (civil_day day = from; day <= to; day++) {
        for (int minute = 0; minute <= 1440; minute += step) {
            check_minute(zone, day, minute);
        }
    }
    zone_close(&zone);
    cr_assert_null(zone);
}

Test(zone, there_and_back_agree_in_all_of_russia)
{
    for (size_t i = 0; i < sizeof russian / sizeof *russian; i++) {
        check_days(russian[i], on(2009, 1, 1), on(2026, 12, 31), 60);
        check_days(russian[i], on(2011, 3, 20), on(2011, 4, 2), 1);
        check_days(russian[i], on(2014, 10, 20), on(2014, 11, 2), 1);
    }
}

Test(zone, there_and_back_agree_where_clocks_change_twice_a_year)
{
    check_days("Europe/Berlin", on(2020, 1, 1), on(2023, 12, 31), 30);
    check_days("Europe/Berlin", on(2150, 1, 1), on(2150, 12, 31), 30);
    check_days("Europe/Dublin", on(2050, 1, 1), on(2051, 12, 31), 30);
    check_days("America/Nuuk", on(2040, 1, 1), on(2041, 12, 31), 30);
    check_days("Australia/Lord_Howe", on(2040, 1, 1), on(2041, 12, 31), 15);
    check_days("Pacific/Apia", on(2011, 12, 1), on(2012, 1, 31), 30);
}

Test(zone, the_clocks_of_russia_stood_where_the_laws_put_them)
{
    struct zone *moscow = opened("Europe/Moscow");
    struct zone *kaliningrad = opened("Europe/Kaliningrad");
    struct zone *samara = opened("Europe/Samara");
    struct zone *magadan = opened("Asia/Magadan");
    struct zone *kamchatka = opened("Asia/Kamchatka");

    cr_assert_eq(ahead(moscow, 2010, 7, 1), 240);
    cr_assert_eq(ahead(moscow, 2011, 1, 1), 180);
    cr_assert_eq(ahead(moscow, 2012, 1, 1), 240);
    cr_assert_eq(ahead(moscow, 2014, 10, 25), 240);
    cr_assert_eq(ahead(moscow, 2014, 10, 26), 180);
    cr_assert_eq(ahead(moscow, 2199, 7, 1), 180);
    cr_assert_eq(ahead(kaliningrad, 2013, 1, 1), 180);
    cr_assert_eq(ahead(kaliningrad, 2023, 7, 1), 120);
    cr_assert_eq(ahead(samara, 2023, 7, 1), 240);
    cr_assert_eq(ahead(magadan, 2015, 1, 1), 600);
    cr_assert_eq(ahead(magadan, 2023, 1, 1), 660);
    cr_assert_eq(ahead(kamchatka, 2023, 1, 1), 720);
    zone_close(&moscow);
    zone_close(&kaliningrad);
    zone_close(&samara);
    zone_close(&magadan);
    zone_close(&kamchatka);
}

/* --- the end of a day, 2012-2026 ----------------------------------------------------------------
 */

/* Days of Russia that had not 24 hours. 2014: law 248-FZ of 21.07.2014; 2016 to 2020: laws about
 * single regions. */
static const struct {
    const char *zone;
    struct civil day;
    int hours;
} odd_days[] = {
    {"Europe/Kaliningrad", {2014, 10, 26}, 25}, {"Europe/Moscow", {2014, 10, 26}, 25},
    {"Europe/Kirov", {2014, 10, 26}, 25},       {"Europe/Volgograd", {2014, 10, 26}, 25},
    {"Europe/Volgograd", {2018, 10, 28}, 23},   {"Europe/Volgograd", {2020, 12, 27}, 25},
    {"Europe/Astrakhan", {2014, 10, 26}, 25},   {"Europe/Astrakhan", {2016, 3, 27}, 23},
    {"Europe/Saratov", {2014, 10, 26}, 25},     {"Europe/Saratov", {2016, 12, 4}, 23},
    {"Europe/Ulyanovsk", {2014, 10, 26}, 25},   {"Europe/Ulyanovsk", {2016, 3, 27}, 23},
    {"Asia/Yekaterinburg", {2014, 10, 26}, 25}, {"Asia/Omsk", {2014, 10, 26}, 25},
    {"Asia/Novosibirsk", {2014, 10, 26}, 25},   {"Asia/Novosibirsk", {2016, 7, 24}, 23},
    {"Asia/Barnaul", {2014, 10, 26}, 25},       {"Asia/Barnaul", {2016, 3, 27}, 23},
    {"Asia/Tomsk", {2014, 10, 26}, 25},         {"Asia/Tomsk", {2016, 5, 29}, 23},
    {"Asia/Novokuznetsk", {2014, 10, 26}, 24},  {"Asia/Krasnoyarsk", {2014, 10, 26}, 25},
    {"Asia/Irkutsk", {2014, 10, 26}, 25},       {"Asia/Chita", {2014, 10, 26}, 26},
    {"Asia/Chita", {2016, 3, 27}, 23},          {"Asia/Yakutsk", {2014, 10, 26}, 25},
    {"Asia/Vladivostok", {2014, 10, 26}, 25},   {"Asia/Sakhalin", {2014, 10, 26}, 25},
    {"Asia/Sakhalin", {2016, 3, 27}, 23},       {"Asia/Magadan", {2014, 10, 26}, 26},
    {"Asia/Magadan", {2016, 4, 24}, 23},        {"Asia/Srednekolymsk", {2014, 10, 26}, 25},
    {"Europe/Samara", {2014, 10, 26}, 24},      {"Asia/Kamchatka", {2014, 10, 26}, 24},
    {"Asia/Anadyr", {2014, 10, 26}, 24},
};

static int hours_of(const char *zone, civil_day day)
{
    for (size_t i = 0; i < sizeof odd_days / sizeof *odd_days; i++) {
        if (strcmp(odd_days[i].zone, zone) == 0 && civil_to_day(odd_days[i].day) == day) {
            return odd_days[i].hours;
        }
    }
    return 24;
}

/* A due day is whole: its last moment is in it, and the next one in the next day. */
static void check_day(const struct zone *zone, civil_day day)
{
    int64_t start = zone_utc_ms(zone, day, 0);
    int64_t end = zone_utc_ms(zone, day, 1440);

    cr_assert_eq(end, zone_utc_ms(zone, day + 1, 0), "%s %d", zone_name(zone), day);
    cr_assert_eq(shown(zone, start), (int64_t)day * 1440, "%s %d", zone_name(zone), day);
    cr_assert_eq(shown(zone, end - 1), (int64_t)day * 1440 + 1439, "%s %d", zone_name(zone), day);
    cr_assert_eq(shown(zone, end), (int64_t)(day + 1) * 1440, "%s %d", zone_name(zone), day);
    cr_assert_eq(end - start, hours_of(zone_name(zone), day) * INT64_C(3600000), "%s %d: %d hours",
                 zone_name(zone), day, (int)((end - start) / 3600000));
}

Test(zone, each_day_of_russia_ends_at_24_00_and_has_the_hours_that_the_laws_gave_it)
{
    for (size_t i = 0; i < sizeof odd_days / sizeof *odd_days; i++) {
        struct zone *zone = opened(odd_days[i].zone);
        for (civil_day day = on(2012, 1, 1); day <= on(2026, 12, 31); day++) {
            check_day(zone, day);
        }
        zone_close(&zone);
    }
}

/* Law 107-FZ of 03.06.2011, as it stands since 28 October 2018: MSK-1 to MSK+9. */
Test(zone, the_eleven_zones_of_russia_end_a_day_one_hour_after_the_other)
{
    static const char *const eleven[] = {"Asia/Kamchatka", "Asia/Magadan",       "Asia/Vladivostok",
                                         "Asia/Yakutsk",   "Asia/Irkutsk",       "Asia/Krasnoyarsk",
                                         "Asia/Omsk",      "Asia/Yekaterinburg", "Europe/Samara",
                                         "Europe/Moscow",  "Europe/Kaliningrad"};
    struct zone *zones[11];

    for (int i = 0; i < 11; i++) {
        zones[i] = opened(eleven[i]);
    }
    for (civil_day day = on(2018, 10, 29); day <= on(2026, 12, 31); day++) {
        int64_t first = zone_utc_ms(zones[0], day, 1440);
        for (int i = 1; i < 11; i++) {
            int64_t end = zone_utc_ms(zones[i], day, 1440);
            cr_assert_eq(end - first, i * INT64_C(3600000), "%s %d", eleven[i], day);
        }
        cr_assert_eq(shown(zones[10], first), (int64_t)day * 1440 + 840, "14:00 in Kaliningrad");
    }
    for (int i = 0; i < 11; i++) {
        zone_close(&zones[i]);
    }
}

Test(zone, a_skipped_hour_gives_the_moment_of_the_change)
{
    struct zone *berlin = opened("Europe/Berlin");
    civil_day day = on(2023, 3, 26);
    int64_t change = zone_utc_ms(berlin, day, 180);

    cr_assert_eq(change / 1000, (int64_t)day * 86400 + 3600, "01:00 UTC");
    cr_assert_eq(zone_utc_ms(berlin, day, 120), change);
    cr_assert_eq(zone_utc_ms(berlin, day, 179), change);
    cr_assert_eq(zone_utc_ms(berlin, day, 119), change - 60000);
    zone_close(&berlin);
}

Test(zone, an_hour_shown_twice_gives_the_first_time)
{
    struct zone *berlin = opened("Europe/Berlin");
    civil_day day = on(2023, 10, 29);

    cr_assert_eq(zone_utc_ms(berlin, day, 150) / 1000, (int64_t)day * 86400 + 1800);
    cr_assert_eq(zone_utc_ms(berlin, day, 180) / 1000, (int64_t)day * 86400 + 7200);
    cr_assert_eq(shown(berlin, zone_utc_ms(berlin, day, 150) + 3600000), day * 1440 + 150);
    zone_close(&berlin);
}

Test(zone, the_end_of_a_day_is_the_start_of_the_next)
{
    struct zone *moscow = opened("Europe/Moscow");

    cr_assert_eq(zone_utc_ms(moscow, on(2023, 2, 28), 1440),
                 zone_utc_ms(moscow, on(2023, 3, 1), 0));
    cr_assert_eq(zone_utc_ms(moscow, on(2023, 1, 9), 540), 1673244000000);
    zone_close(&moscow);
}

Test(zone, moments_before_1970_have_a_day_too)
{
    struct zone *utc = opened("UTC");

    cr_assert_eq(shown(utc, -1), -1);
    cr_assert_eq(shown(utc, -86400000), -1440);
    zone_close(&utc);
}

Test(zone, names_that_are_none_are_refused)
{
    static const char *const wrong[] = {"",
                                        "Europe/Mosкow",
                                        "Moscow",
                                        "/etc/passwd",
                                        "../../etc/passwd",
                                        "Europe/../Europe/Moscow",
                                        "Europe",
                                        "Europe/",
                                        "Europe//Moscow"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error err = ERROR_INIT;
        struct zone *zone = NULL;
        cr_assert_not(zone_open(wrong[i], &zone, &err), "%s", wrong[i]);
        cr_assert_eq(err.code, ERROR_NOT_FOUND, "%s: %s", wrong[i], err.text);
        cr_assert_null(zone);
    }
}

Test(zone, a_file_that_is_no_zone_is_refused)
{
    struct error err = ERROR_INIT;
    struct zone *zone = NULL;

    cr_assert_not(zone_open("tzdata.zi", &zone, &err));
    cr_assert_eq(err.code, ERROR_NOT_FOUND, "a dot is no part of a name");
    cr_assert_not(zone_open("leapseconds", &zone, &err));
    cr_assert(err.code == ERROR_SYNTAX || err.code == ERROR_NOT_FOUND);
}
