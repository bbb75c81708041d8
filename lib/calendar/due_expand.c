/* due_expand.c - chains of points: what goes without saying, and their days in one year
 *
 * Owns:    the lists of windows; pieces of windows.
 * In:      due_items.c.
 * Out:     windows in order.
 * See:     due_calendar.h
 */
#include "calendar/due_count.h"

#include <stdlib.h>
#include <string.h>

#define ROOM_FIRST   16
#define DECADE_DAYS  10
#define HALF_MONTH   15
#define MONTHS       12
#define SCHOOL_MONTH 9 /* school years begin in it */

void due_windows_add(struct windows *windows, civil_day from, civil_day to)
{
    if (from > to) { /* holidays between two terms that follow one another */
        return;
    }
    if (windows->count == windows->room) {
        uint32_t room = windows->room > 0 ? windows->room * 2 : ROOM_FIRST;
        struct window *items = arena_alloc(windows->arena, room * sizeof *items);
        if (windows->count > 0) {
            memcpy(items, windows->items, windows->count * sizeof *items);
        }
        windows->items = items;
        windows->room = room;
    }
    windows->items[windows->count++] = (struct window){from, to};
}

static int by_days(const void *a, const void *b)
{
    const struct window *x = a;
    const struct window *y = b;
    civil_day first = x->from != CIVIL_DAY_NONE ? x->from : x->to;
    civil_day second = y->from != CIVIL_DAY_NONE ? y->from : y->to;

    if (x->to != y->to) {
        return x->to < y->to ? -1 : 1;
    }
    return (first > second) - (first < second);
}

void due_windows_sort(struct windows *windows)
{
    uint32_t kept = 0;

    if (windows->count < 2) {
        return;
    }
    qsort(windows->items, windows->count, sizeof *windows->items, by_days);
    for (uint32_t i = 1; i < windows->count; i++) {
        const struct window *last = &windows->items[kept];
        if (windows->items[i].from != last->from || windows->items[i].to != last->to) {
            windows->items[++kept] = windows->items[i];
        }
    }
    windows->count = kept + 1;
}

/* --- pieces ----------------------------------------------------------------------------------- */

static int months_in(struct window whole)
{
    struct civil from = civil_of_day(whole.from);
    struct civil to = civil_of_day(whole.to);

    return (to.year - from.year) * MONTHS + to.month - from.month + 1;
}

static struct window months_from(struct window whole, int index, int count)
{
    struct civil first = civil_of_day(whole.from);
    civil_day from = due_day_of(first.year, first.month + index, 1);
    civil_day to = due_day_of(first.year, first.month + index + count, 1) - 1;

    return (struct window){from < whole.from ? whole.from : from, to > whole.to ? whole.to : to};
}

/* Of a month ten days, of a week two, of other things a third. */
static struct window short_piece(struct window whole, enum piece piece)
{
    int length = whole.to - whole.from + 1;
    bool month = length > 2 * DECADE_DAYS;
    int part = month ? DECADE_DAYS : length / 3;
    int half = month ? HALF_MONTH : length / 2;

    if (part == 0) {
        return whole;
    }
    switch (piece) {
    case PIECE_START:
        return (struct window){whole.from, whole.from + part - 1};
    case PIECE_MIDDLE:
        return (struct window){whole.from + part,
                               month ? whole.from + 2 * part - 1 : whole.to - part};
    case PIECE_END:
        return (struct window){month ? whole.from + 2 * part : whole.to - part + 1, whole.to};
    case PIECE_FIRST_HALF:
        return (struct window){whole.from, whole.from + half - 1};
    default:
        return (struct window){whole.from + half, whole.to};
    }
}

struct window due_piece(struct window whole, enum piece piece, bool school)
{
    int months = months_in(whole);
    int length = whole.to - whole.from + 1;

    if (length <= 31) {
        return short_piece(whole, piece);
    }
    switch (piece) {
    case PIECE_START:
        return months_from(whole, 0, 1);
    case PIECE_MIDDLE:
        return months_from(whole, (months - 1) / 2, months % 2 == 0 ? 2 : 1);
    case PIECE_END:
        return months_from(whole, months - 1, 1);
    default:
        break;
    }
    civil_day middle =
        months % 2 == 0 ? months_from(whole, 0, months / 2).to : whole.from + (length - 1) / 2;
    if (school) {
        middle = due_day_of(civil_of_day(whole.from).year, MONTHS, 31);
    }
    return piece == PIECE_FIRST_HALF ? (struct window){whole.from, middle}
                                     : (struct window){middle + 1, whole.to};
}

/* --- chains ----------------------------------------------------------------------------------- */

const struct point *due_year_of(const struct point *point)
{
    while (point->of != NULL) {
        point = point->of;
    }
    return point->unit == UNIT_YEAR || point->unit == UNIT_SCHOOL_YEAR ? point : NULL;
}

const struct point *due_with_year(struct arena *arena, const struct point *point,
                                  const struct point *year)
{
    if (point == NULL || point->unit == UNIT_YEAR || point->unit == UNIT_SCHOOL_YEAR) {
        return year;
    }
    struct point *copy = arena_alloc(arena, sizeof *copy);
    *copy = *point;
    copy->of = due_with_year(arena, point->of, year);
    return copy;
}

static bool of_school(enum unit unit)
{
    return unit == UNIT_TERM || unit == UNIT_TRIMESTER || unit == UNIT_SEMESTER ||
           unit == UNIT_BREAK;
}

/* A school term of a calendar year: in spring it belongs to the school year that began before. */
static const struct point *school_year_for(struct arena *arena, const struct point *point,
                                           const struct point *year)
{
    struct point *school = arena_alloc(arena, sizeof *school);
    bool autumn = point->unit == UNIT_BREAK  ? point->number == 4 || point->number == 0
                  : point->unit == UNIT_TERM ? point->number == 1 || point->number == 2
                                             : point->number == 1;

    *school = year != NULL ? *year : (struct point){.at = point->at};
    school->unit = UNIT_SCHOOL_YEAR;
    if (school->number > 0 && !autumn) {
        school->number--;
        school->last -= school->last > 0 ? 1 : 0;
    }
    return school;
}

static const struct point *missing(struct arena *arena, enum unit unit, uint32_t at)
{
    struct point *point = arena_alloc(arena, sizeof *point);

    *point = (struct point){.unit = unit, .at = at};
    return point;
}

const struct point *due_ground(struct arena *arena, const struct point *point)
{
    if (point->unit == UNIT_YEAR || point->unit == UNIT_SCHOOL_YEAR) {
        return point;
    }
    struct point *copy = arena_alloc(arena, sizeof *copy);
    *copy = *point;
    if (of_school(point->unit) && (point->of == NULL || point->of->unit == UNIT_YEAR)) {
        copy->of = school_year_for(arena, point, point->of);
        return copy;
    }
    if (point->of == NULL) {
        bool in_month =
            point->unit <= UNIT_DECADE && (point->number != 0 || point->unit == UNIT_DECADE);
        copy->of = missing(arena, in_month ? UNIT_MONTH : UNIT_YEAR, point->at);
    }
    copy->of = due_ground(arena, copy->of);
    return copy;
}

/* «к новому учебному году» in a plan that begins in January: that of the same autumn. */
static bool new_school(const struct due_expansion *e, const struct point *point)
{
    return point->unit == UNIT_SCHOOL_YEAR &&
           civil_of_day(e->frame->span.from).month < SCHOOL_MONTH;
}

void due_expand(const struct due_expansion *e, const struct point *point, int year,
                struct windows *windows)
{
    struct windows whole = {.arena = windows->arena};

    if (point->of == NULL) {
        bool mine = point->number == 0 || point->number == year ||
                    (point->number < year && year <= point->last);
        if (point->number == 0 && (point->which == WHICH_CURRENT || point->which == WHICH_NEXT)) {
            int now = e->frame->year > 0 ? e->frame->year : civil_of_day(e->frame->since).year;
            mine = year == now + (point->which == WHICH_NEXT && !new_school(e, point) ? 1 : 0);
        }
        if (mine && point->unit == UNIT_SCHOOL_YEAR) {
            struct window school = due_school_year(e, year);
            due_windows_add(windows, school.from, school.to);
        } else if (mine) {
            due_windows_add(windows, due_day_of(year, 1, 1), due_day_of(year, 12, 31));
        }
        return;
    }
    due_expand(e, point->of, year, &whole);
    for (uint32_t i = 0; i < whole.count; i++) {
        due_divide(e, point, whole.items[i], windows);
    }
}
