/* tzif_test.c - damaged zone files, and the rules of footers */
#include "calendar/civil.h"
#include "calendar/tzif.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define HOUR_S 3600

static int64_t at(int year, int month, int day, int hour)
{
    return (int64_t)civil_to_day((struct civil){year, month, day}) * 86400 + hour * HOUR_S;
}

/* A table of a zone whose file has no changes, and this footer. */
static bool expanded(const char *footer, struct zone_table *table)
{
    *table = (struct zone_table){NULL, 0};
    tzif_append(table, INT64_MIN, 0);
    return footer_expand(bytes_of(footer), INT64_MIN, table);
}

static int32_t offset_at(const struct zone_table *table, int64_t when)
{
    int32_t offset = table->changes[0].offset;

    for (uint32_t i = 0; i < table->count && table->changes[i].at <= when; i++) {
        cr_assert(i == 0 || table->changes[i].at > table->changes[i - 1].at);
        offset = table->changes[i].offset;
    }
    return offset;
}

Test(tzif, a_footer_without_summer_time_holds_for_ever)
{
    struct zone_table table;

    cr_assert(expanded("<+0530>-5:30", &table));
    cr_assert_eq(table.count, 1);
    cr_assert_eq(offset_at(&table, at(2100, 1, 1, 0)), 5 * HOUR_S + 1800);
    tzif_fini(&table);
}

Test(tzif, a_footer_with_weekday_rules_changes_on_the_right_sundays)
{
    struct zone_table table;

    cr_assert(expanded("EST5EDT,M3.2.0,M11.1.0", &table));
    cr_assert_eq(offset_at(&table, at(2023, 3, 12, 7) - 1), -5 * HOUR_S);
    cr_assert_eq(offset_at(&table, at(2023, 3, 12, 7)), -4 * HOUR_S);
    cr_assert_eq(offset_at(&table, at(2023, 11, 5, 6) - 1), -4 * HOUR_S);
    cr_assert_eq(offset_at(&table, at(2023, 11, 5, 6)), -5 * HOUR_S);
    cr_assert_eq(offset_at(&table, at(2199, 7, 1, 0)), -4 * HOUR_S);
    tzif_fini(&table);
}

Test(tzif, the_last_weekday_of_a_month_is_found_in_december_too)
{
    struct zone_table table;

    cr_assert(expanded("AAA0BBB,M2.5.4/0,M12.5.0/0", &table));
    cr_assert_eq(offset_at(&table, at(2024, 2, 29, 0) - 1), 0);
    cr_assert_eq(offset_at(&table, at(2024, 2, 29, 0)), HOUR_S, "a Thursday");
    cr_assert_eq(offset_at(&table, at(2023, 12, 30, 23) - 1), HOUR_S);
    cr_assert_eq(offset_at(&table, at(2023, 12, 30, 23)), 0,
                 "Sunday 31 December, 0:00 summer time");
    tzif_fini(&table);
}

Test(tzif, summer_time_in_the_south_runs_over_new_year)
{
    struct zone_table table;

    cr_assert(expanded("AEST-10AEDT,M10.1.0,M4.1.0/3", &table));
    cr_assert_eq(offset_at(&table, at(2023, 1, 1, 0)), 11 * HOUR_S);
    cr_assert_eq(offset_at(&table, at(2023, 7, 1, 0)), 10 * HOUR_S);
    cr_assert_eq(offset_at(&table, at(2023, 12, 31, 0)), 11 * HOUR_S);
    tzif_fini(&table);
}

Test(tzif, negative_times_and_negative_summer_time_are_understood)
{
    struct zone_table table;

    cr_assert(expanded("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", &table));
    cr_assert_eq(offset_at(&table, at(2040, 3, 25, 1)), -HOUR_S);
    cr_assert_eq(offset_at(&table, at(2040, 3, 25, 1) - 1), -2 * HOUR_S);
    tzif_fini(&table);
    cr_assert(expanded("IST-1GMT0,M10.5.0,M3.5.0/1", &table));
    cr_assert_eq(offset_at(&table, at(2040, 7, 1, 0)), HOUR_S);
    cr_assert_eq(offset_at(&table, at(2040, 12, 1, 0)), 0);
    tzif_fini(&table);
}

Test(tzif, day_numbers_count_29_february_or_not)
{
    struct zone_table table;

    cr_assert(expanded("AAA0BBB,J60/0,J300/0", &table));
    cr_assert_eq(offset_at(&table, at(2024, 3, 1, 0)), HOUR_S);
    cr_assert_eq(offset_at(&table, at(2024, 3, 1, 0) - 1), 0);
    tzif_fini(&table);
    cr_assert(expanded("AAA0BBB,59/0,300/0", &table));
    cr_assert_eq(offset_at(&table, at(2024, 2, 29, 0)), HOUR_S);
    cr_assert_eq(offset_at(&table, at(2024, 2, 29, 0) - 1), 0);
    tzif_fini(&table);
}

Test(tzif, summer_time_of_the_whole_year_never_ends)
{
    struct zone_table table;

    cr_assert(expanded("XXX3EDT4,0/0,J365/23", &table));
    for (int month = 1; month <= 12; month++) {
        cr_assert_eq(offset_at(&table, at(2030, month, 1, 3)), -4 * HOUR_S);
    }
    tzif_fini(&table);
}

Test(tzif, footers_that_are_none_are_refused)
{
    static const char *const wrong[] = {"X",
                                        "MSK",
                                        "MSK-",
                                        "MSK-25",
                                        "MS-3",
                                        "<+03-3",
                                        "MSK-3x",
                                        "CET-1CEST",
                                        "CET-1CEST,M3.5.0",
                                        "CET-1CEST,",
                                        "CET-1CEST,M3.6.0,M10.5.0",
                                        "CET-1CEST,M13.5.0,M10.5.0",
                                        "CET-1CEST,M3.5.7,M10.5.0",
                                        "CET-1CEST,J0,J300",
                                        "CET-1CEST,366,1",
                                        "CET-1CEST,M3.5.0/168,M10.5.0",
                                        "CET-1CEST,M3.5.0,M10.5.0/3x",
                                        "MSK-3:60"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct zone_table table;
        cr_assert_not(expanded(wrong[i], &table), "%s", wrong[i]);
        tzif_fini(&table);
    }
}

static struct bytes whole_file(const char *path, unsigned char *buf, size_t size)
{
    FILE *f = fopen(path, "rb");

    cr_assert_not_null(f);
    size_t got = fread(buf, 1, size, f);
    fclose(f);
    cr_assert(got > 44 && got < size);
    return (struct bytes){buf, got};
}

Test(tzif, a_file_cut_anywhere_is_refused)
{
    static unsigned char buf[65536];
    struct bytes file = whole_file("/usr/share/zoneinfo/Europe/Moscow", buf, sizeof buf);
    struct zone_table table;
    const char *why;

    cr_assert(tzif_decode(file, &table, &why));
    tzif_fini(&table);
    for (size_t size = 0; size < file.size; size++) {
        cr_assert_not(tzif_decode((struct bytes){buf, size}, &table, &why), "%zu", size);
        cr_assert_not_null(why);
    }
}

Test(tzif, a_file_with_any_byte_changed_is_refused_or_read_in_order)
{
    static unsigned char buf[65536];
    struct bytes file = whole_file("/usr/share/zoneinfo/Europe/Berlin", buf, sizeof buf);

    for (size_t i = 0; i < file.size; i++) {
        unsigned char kept = buf[i];
        struct zone_table table;
        const char *why;
        buf[i] = (unsigned char)(kept ^ 0xFF);
        if (tzif_decode(file, &table, &why)) {
            offset_at(&table, INT64_MAX);
            tzif_fini(&table);
        }
        buf[i] = kept;
    }
}
