/* check_calendar.c - does a calendar mean something: days in order, transfers from rest to work
 *
 * Owns:    the sentences of refusals about days that can't be what the calendar says.
 * In:      check_calendar() from check.c, after the form is known to be right.
 * Out:     nothing, or the reader's error; places are found by walking the tree, which has the same
 *          order as the definition.
 * Always:  a calendar that extends another is judged by what it says itself: of its week only
 *          Sunday is sure then. Circles are looked for when there is a catalog.
 * See:     docs/language.md §7; Labour Code of the Russian Federation, article 112
 */
#include "language/calendar_table.h"
#include "language/outer_checks.h"
#include "language/readers.h"

#include <stdlib.h>
#include <string.h>

struct work {
    const struct reader *reader;
    const struct calendar *calendar;
    const struct calendar_year *year;
    const struct node *node; /* of the year */
};

static bool holds(const civil_day *days, uint32_t count, civil_day day)
{
    for (uint32_t i = 0; i < count; i++) {
        if (days[i] == day) {
            return true;
        }
    }
    return false;
}

/* The name of the holiday on this day, or NULL. */
static const char *find_holiday(const struct calendar *calendar, const struct calendar_year *year,
                                civil_day day)
{
    struct civil c = civil_of_day(day);

    for (uint32_t i = 0; i < calendar->holiday_count; i++) {
        const struct holiday *h = &calendar->holidays[i];
        if (h->month == c.month && h->day == c.day && (h->since == 0 || h->since <= c.year) &&
            (h->until == 0 || c.year <= h->until)) {
            return h->title;
        }
    }
    for (uint32_t i = 0; i < year->off_count; i++) {
        if (year->off[i].day == day) {
            return year->off[i].title;
        }
    }
    return NULL;
}

static bool rests(const struct calendar *calendar, civil_day day)
{
    return civil_weekday(day) >= (calendar->week == WEEK_FIVE ? 6 : 7);
}

/* A rest day that is worked because it was moved. */
static bool moved_away(const struct calendar_year *year, civil_day day)
{
    for (uint32_t i = 0; i < year->transfer_count; i++) {
        if (year->transfers[i].from == day) {
            return true;
        }
    }
    return false;
}

/* A Saturday of a week of six days is worked: nothing is moved from it. */
static bool moved_here(const struct calendar *calendar, const struct calendar_year *year,
                       civil_day day)
{
    for (uint32_t i = 0; i < year->transfer_count; i++) {
        const struct transfer *t = &year->transfers[i];
        if (t->to == day && (calendar->week != WEEK_SIX || rests(calendar, t->from))) {
            return true;
        }
    }
    return false;
}

static bool check_order(const struct reader *reader, const struct node *at, civil_day before,
                        civil_day day)
{
    if (day > before) {
        return true;
    }
    return day == before ? refuse(reader, at, ERROR_INVALID, "this day is here a second time")
                         : refuse(reader, at, ERROR_INVALID,
                                  "this day is earlier than the one above it: put them in order");
}

static bool check_off(const struct work *w)
{
    const struct node *list = node_find(w->node, "holidays");
    struct calendar_year none = {.year = w->year->year};
    bool good = true;

    for (uint32_t i = 0; i < w->year->off_count; i++) {
        civil_day day = w->year->off[i].day;
        const struct node *at = node_find(list->items[i], "day");
        const char *title = find_holiday(w->calendar, &none, day);
        if (title != NULL) {
            good = refuse(w->reader, at, ERROR_INVALID,
                          "this day is a holiday of every year already: %s", show(title).text);
        }
        if (i > 0) {
            good &= check_order(w->reader, at, w->year->off[i - 1].day, day);
        }
    }
    return good;
}

static bool check_transfer(const struct work *w, const struct node *node, const struct transfer *t)
{
    const struct node *from = node_find(node, "from");
    const struct node *to = node_find(node, "to");

    if (civil_weekday(t->from) < 6) {
        return refuse(w->reader, from, ERROR_INVALID,
                      "a rest day is moved from a Saturday or a Sunday, and this is neither");
    }
    const char *title = find_holiday(w->calendar, w->year, t->to);
    if (title != NULL) {
        return refuse(w->reader, to, ERROR_INVALID,
                      "a rest day can't be moved to a holiday: this is \"%s\"", show(title).text);
    }
    if (rests(w->calendar, t->to) && !moved_away(w->year, t->to)) {
        return refuse(w->reader, to, ERROR_INVALID,
                      "a rest day can't be moved to another rest day");
    }
    return true;
}

static bool check_transfers(const struct work *w)
{
    const struct node *list = node_find(w->node, "transfers");
    bool good = true;

    for (uint32_t i = 0; i < w->year->transfer_count; i++) {
        const struct transfer *t = &w->year->transfers[i];
        const struct node *node = list->items[i];
        good &= check_transfer(w, node, t);
        for (uint32_t j = 0; j < i; j++) {
            if (w->year->transfers[j].from == t->from) {
                good = refuse(w->reader, node_find(node, "from"), ERROR_INVALID,
                              "this day is moved a second time");
            }
        }
        if (i > 0) {
            good = check_order(w->reader, node_find(node, "to"), w->year->transfers[i - 1].to,
                               t->to) &&
                   good;
        }
    }
    return good;
}

/* Is it off, as far as this document knows? */
static bool is_off(const struct work *w, civil_day day)
{
    return find_holiday(w->calendar, w->year, day) != NULL ||
           moved_here(w->calendar, w->year, day) ||
           (rests(w->calendar, day) && !moved_away(w->year, day));
}

static bool check_working(const struct work *w)
{
    const struct node *list = node_find(w->node, "working");
    bool good = true;

    for (uint32_t i = 0; i < w->year->working_count; i++) {
        civil_day day = w->year->working[i];
        if (w->calendar->extends == NULL && !is_off(w, day)) {
            good = refuse(w->reader, list->items[i], ERROR_INVALID, "this day is worked anyway");
        }
        if (i > 0) {
            good &= check_order(w->reader, list->items[i], w->year->working[i - 1], day);
        }
    }
    return good;
}

static bool check_short(const struct work *w)
{
    const struct node *list = node_find(w->node, "short");
    bool good = true;

    for (uint32_t i = 0; i < w->year->shortened_count; i++) {
        civil_day day = w->year->shortened[i];
        if (is_off(w, day) && !holds(w->year->working, w->year->working_count, day)) {
            good = refuse(w->reader, list->items[i], ERROR_INVALID,
                          "this day is off, so it can't be a short working day");
        }
        if (i > 0) {
            good &= check_order(w->reader, list->items[i], w->year->shortened[i - 1], day);
        }
    }
    return good;
}

static bool check_years(const struct reader *reader, const struct node *root,
                        const struct calendar *calendar)
{
    const struct node *list = node_find(root, "years");
    bool good = true;

    for (uint32_t i = 0; i < calendar->year_count; i++) {
        struct work w = {reader, calendar, &calendar->years[i], list->items[i]};
        if (i > 0 && w.year->year <= calendar->years[i - 1].year) {
            good = refuse(reader, node_find(w.node, "year"), ERROR_INVALID,
                          "the year %d is here a second time or out of order", (int)w.year->year);
        }
        good &= check_off(&w);
        good &= check_transfers(&w);
        good &= check_working(&w);
        good &= check_short(&w);
    }
    return good;
}

/* Two of one day may stand for two laws, one after the other. */
static bool check_holidays(const struct reader *reader, const struct node *root,
                           const struct calendar *calendar)
{
    const struct node *list = node_find(root, "holidays");
    bool good = true;

    for (uint32_t i = 1; i < calendar->holiday_count; i++) {
        const struct holiday *a = &calendar->holidays[i - 1];
        const struct holiday *b = &calendar->holidays[i];
        const struct node *at = node_find(list->items[i], "day");
        int order = (b->month - a->month) * 100 + b->day - a->day;
        if (order < 0) {
            good = refuse(reader, at, ERROR_INVALID,
                          "this holiday is earlier than the one above it: put them in order");
        } else if (order == 0 && (a->until == 0 || b->since <= a->until)) {
            good = refuse(reader, at, ERROR_INVALID,
                          "this holiday is here a second time, for the same years");
        }
    }
    return good;
}

/* How far a day lies into the school year, as a number that grows from its first day on. */
static int32_t into_year(const struct school *school, int32_t month, int32_t day)
{
    int32_t start = school->year.from_month * 100 + school->year.from_day;
    int32_t at = month * 100 + day;

    return at < start ? at + 1200 : at;
}

/* The last day of each term is known to the next one: terms may not overlap. */
static bool check_school(const struct reader *reader, const struct node *root,
                         const struct school *school)
{
    int32_t before = 0;
    bool good = true;

    if (school == NULL) {
        return true;
    }
    const struct node *list = node_find(node_find(root, "school"), "terms");
    for (uint32_t i = 0; i < school->term_count; i++) {
        const struct school_term *term = &school->terms[i];
        int32_t from = into_year(school, term->from_month, term->from_day);
        int32_t to = into_year(school, term->to_month, term->to_day);
        if (to > into_year(school, school->year.to_month, school->year.to_day) || to < from) {
            good = refuse(reader, list->items[i], ERROR_INVALID,
                          "this term does not lie in the school year, from its first day on");
        } else if (from <= before) {
            good = refuse(reader, node_find(list->items[i], "from"), ERROR_INVALID,
                          "this term begins before the one above it has ended");
        }
        before = to;
    }
    return good;
}

/* Up from the extended calendar: it must be there, and never come back to this one. */
static bool check_extends(const struct reader *reader, const struct node *root,
                          const struct calendar *calendar, const char *name)
{
    const struct node *at = node_find(root, "extends");
    const char *above = calendar->extends;

    for (int level = 0; above != NULL; level++) {
        if (strcmp(above, name) == 0) {
            return refuse(reader, at, ERROR_INVALID, "this calendar would extend itself");
        }
        if (level == CALENDAR_EXTENDS_MAX) {
            return refuse(reader, at, ERROR_TOO_LARGE,
                          "more than %d calendars extend each other here", CALENDAR_EXTENDS_MAX);
        }
        if (!looks_up(reader, DEFINITION_CALENDAR)) {
            return true;
        }
        const struct definition *d = catalog_find(reader->catalog, DEFINITION_CALENDAR, above);
        if (d == NULL) {
            return check_definition_known(reader, at, DEFINITION_CALENDAR);
        }
        above = d->calendar.extends;
    }
    return true;
}

bool check_calendar(const struct reader *reader, const struct node *root,
                    const struct calendar *calendar, const char *name)
{
    bool good = check_extends(reader, root, calendar, name);

    good &= check_holidays(reader, root, calendar);
    good &= check_school(reader, root, calendar->school);
    return check_years(reader, root, calendar) && good;
}
