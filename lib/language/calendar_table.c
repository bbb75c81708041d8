/* calendar_table.c - from calendars as documents to tables of worked days
 *
 * Owns:    how the rules of a calendar are laid one over another, and the tables made so far.
 * In:      catalog_workdays(), catalog_school(); the catalog tells when a calendar came or went.
 * Out:     sealed tables, borrowed until then.
 * Always:  a question is never left without a table: what is not known stands on the law alone. The
 *          week is that of the uppermost layer that names one, and holds for all layers: a transfer
 *          from a Saturday means nothing in a week of six days, whoever wrote it.
 * See:     calendar_table.h; docs/time.md §2
 */
#include "language/calendar_table.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

#define SATURDAY 6

/* Article 112 of the Labour Code, part one. Since 2005 with law 201-FZ of 29.12.2004, since 2013
 * with law 35-FZ of 23.04.2012. workflows/calendars/ru.yaml says the same, with names. */
static const struct {
    int month, day, since;
} law[] = {{1, 1, 0},    {1, 2, 0}, {1, 3, 2005}, {1, 4, 2005}, {1, 5, 2005},
           {1, 6, 2013}, {1, 7, 0}, {1, 8, 2013}, {2, 23, 0},   {3, 8, 0},
           {5, 1, 0},    {5, 9, 0}, {6, 12, 0},   {11, 4, 2005}};

/* --- laying rules ----------------------------------------------------------------------------- */

static int week_of(const struct calendar *const *layers, uint32_t count)
{
    int days = 5;

    for (uint32_t i = 0; i < count; i++) {
        days = layers[i]->week == WEEK_FIVE ? 5 : layers[i]->week == WEEK_SIX ? 6 : days;
    }
    return days;
}

/* A Saturday of a week of six days is worked: there is nothing to move. */
static bool means_nothing(const struct transfer *transfer, int week)
{
    return week == 6 && civil_weekday(transfer->from) == SATURDAY;
}

/* A rest day that takes the hours of another has its short hour too (rules for working time, order
 * 588n of the Ministry of Health and Social Development, 13.08.2009, item 1); not moved, the hour
 * stays where it was. */
static civil_day short_day(const struct calendar_year *year, civil_day day, int week)
{
    for (uint32_t i = 0; i < year->transfer_count; i++) {
        if (year->transfers[i].from == day && means_nothing(&year->transfers[i], week)) {
            return year->transfers[i].to;
        }
    }
    return day;
}

/* A rest day that was moved away can take another: first all go, then all come. */
static void lay_transfers(struct workdays *w, const struct calendar_year *year, int week)
{
    for (uint32_t i = 0; i < year->transfer_count; i++) {
        if (!means_nothing(&year->transfers[i], week)) {
            workdays_add_working(w, year->transfers[i].from, false);
        }
    }
    for (uint32_t i = 0; i < year->transfer_count; i++) {
        if (!means_nothing(&year->transfers[i], week)) {
            workdays_add_off(w, year->transfers[i].to);
        }
    }
}

static void lay_year(struct workdays *w, const struct calendar_year *year, int week)
{
    lay_transfers(w, year, week);
    for (uint32_t i = 0; i < year->off_count; i++) {
        workdays_add_off(w, year->off[i].day);
    }
    for (uint32_t i = 0; i < year->working_count; i++) {
        workdays_add_working(w, year->working[i], true);
    }
    for (uint32_t i = 0; i < year->shortened_count; i++) {
        workdays_add_short(w, short_day(year, year->shortened[i], week));
    }
}

static void lay(struct workdays *w, const struct calendar *calendar, int week)
{
    for (uint32_t i = 0; i < calendar->holiday_count; i++) {
        const struct holiday *h = &calendar->holidays[i];
        workdays_add_holiday(w, h->month, h->day, h->since, h->until);
    }
    for (uint32_t i = 0; i < calendar->year_count; i++) {
        lay_year(w, &calendar->years[i], week);
    }
}

static bool has_year(const struct calendar *calendar, int32_t year)
{
    bool found = false;

    for (uint32_t i = 0; i < calendar->year_count && !found; i++) {
        found = calendar->years[i].year == year;
    }
    return found;
}

/* A year is approved by every calendar that has years at all: transfers of the government without
 * the feasts that a region names each year are half an answer, and so is the reverse. */
static void approve(struct workdays *w, const struct calendar *const *layers, uint32_t count)
{
    uint32_t lowest = 0;

    while (lowest < count && layers[lowest]->year_count == 0) {
        lowest++;
    }
    for (uint32_t i = 0; lowest < count && i < layers[lowest]->year_count; i++) {
        int32_t year = layers[lowest]->years[i].year;
        bool all = true;
        for (uint32_t j = lowest + 1; j < count && all; j++) {
            all = layers[j]->year_count == 0 || has_year(layers[j], year);
        }
        if (all) {
            workdays_approve(w, year);
        }
    }
}

struct workdays *calendar_table(const struct calendar *const *layers, uint32_t count, bool by_law)
{
    struct workdays *w = workdays_create();
    int week = week_of(layers, count);

    workdays_set_week(w, week);
    for (size_t i = 0; by_law && i < sizeof law / sizeof *law; i++) {
        workdays_add_holiday(w, law[i].month, law[i].day, law[i].since, 0);
    }
    for (uint32_t i = 0; i < count; i++) {
        lay(w, layers[i], week);
    }
    approve(w, layers, count);
    workdays_seal(w);
    return w;
}

/* --- from the catalog ------------------------------------------------------------------------- */

/* A calendar and those above it, the lowest last in `up`. */
struct chain {
    const struct calendar *layers[CALENDAR_EXTENDS_MAX + 1];
    uint32_t count;
    bool by_law; /* what the lowest extends is not there */
};

/* Checks refuse circles and longer chains; a new version of one below may still make either. */
static void climb_down(const struct catalog *catalog, const char *name, struct chain *ret_chain)
{
    const struct calendar *found[CALENDAR_EXTENDS_MAX + 1];
    const char *below = name;
    uint32_t count = 0;

    while (below != NULL && count < CALENDAR_EXTENDS_MAX + 1) {
        const struct definition *d = catalog_find(catalog, DEFINITION_CALENDAR, below);
        if (d == NULL) {
            break;
        }
        found[count++] = &d->calendar;
        below = d->calendar.extends;
    }
    ret_chain->count = count;
    ret_chain->by_law = below != NULL;
    for (uint32_t i = 0; i < count; i++) {
        ret_chain->layers[i] = found[count - 1 - i];
    }
}

const struct school *catalog_school(const struct catalog *catalog, const char *name)
{
    const struct school *school = NULL;
    struct chain chain;

    climb_down(catalog, name != NULL ? name : CATALOG_CALENDAR, &chain);
    for (uint32_t i = 0; i < chain.count; i++) {
        school = chain.layers[i]->school != NULL ? chain.layers[i]->school : school;
    }
    return school;
}

/* --- what was made ---------------------------------------------------------------------------- */

struct entry {
    char *name;
    struct workdays *workdays;
};

struct calendar_tables {
    struct entry *entries; /* of calendars that are there */
    uint32_t count;
    struct workdays *by_law; /* for names that are not */
};

struct calendar_tables *calendar_tables_create(void)
{
    return xcalloc(1, sizeof(struct calendar_tables));
}

void calendar_tables_forget(struct calendar_tables *tables)
{
    for (uint32_t i = 0; i < tables->count; i++) {
        free(tables->entries[i].name);
        workdays_destroy(&tables->entries[i].workdays);
    }
    free(tables->entries);
    tables->entries = NULL;
    tables->count = 0;
}

void calendar_tables_destroy(struct calendar_tables *tables)
{
    if (tables != NULL) {
        calendar_tables_forget(tables);
        workdays_destroy(&tables->by_law);
        free(tables);
    }
}

static const struct workdays *keep(struct calendar_tables *tables, const char *name,
                                   const struct chain *chain)
{
    struct entry entry = {xstrdup(name),
                          calendar_table(chain->layers, chain->count, chain->by_law)};

    tables->entries = xrealloc(tables->entries, (tables->count + 1) * sizeof entry);
    tables->entries[tables->count++] = entry;
    return entry.workdays;
}

const struct workdays *calendar_tables_get(struct calendar_tables *tables,
                                           const struct catalog *catalog, const char *name)
{
    struct chain chain;

    name = name != NULL ? name : CATALOG_CALENDAR;
    for (uint32_t i = 0; i < tables->count; i++) {
        if (strcmp(tables->entries[i].name, name) == 0) {
            return tables->entries[i].workdays;
        }
    }
    climb_down(catalog, name, &chain);
    if (chain.count > 0) {
        return keep(tables, name, &chain);
    }
    if (tables->by_law == NULL) {
        tables->by_law = calendar_table(NULL, 0, true);
    }
    return tables->by_law;
}
