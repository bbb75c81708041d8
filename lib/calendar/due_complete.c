/* due_complete.c - what is said once for several, and whether there are such days
 *
 * Owns:    «сентябрь, ноябрь 2021 года»: whose year is it; ranges across a year's end; the bounds
 *          of numbers.
 * In:      due.c, after the phrase was read.
 * Out:     the tree, changed in place.
 * Always:  after it a day of the calendar that is named with its year exists, and no range ends
 *          before it begins.
 * See:     due_reader.h; docs/time.md §3
 */
#include "calendar/due_calendar.h"
#include "calendar/due_reader.h"

#define LEAP_YEAR     2000
#define AUTUMN_BEGINS 7   /* a range from July on may well end in the next year */
#define LONG_RANGE    276 /* days, nine months: from before July on, a longer one is a slip */
#define POINTS_MAX    128

/* --- checks of one point ---------------------------------------------------------------------- */

static bool refuse_number(const struct due_reader *r, const struct point *point, struct error *err)
{
    struct bytes words =
        due_slice(r, point->at, point->at + 2 <= r->tokens.count ? point->at + 2 : r->tokens.count);

    return error_set_at(err, ERROR_INVALID, NULL, 1, (int)r->tokens.items[point->at].column,
                        point->unit == UNIT_DAY ? "there is no such day: \"%.*s\""
                                                : "there is nothing that is called \"%.*s\"",
                        (int)words.size, (const char *)words.data);
}

static int days_of_month(const struct point *month)
{
    const struct point *year = month->of;
    int known =
        year != NULL && year->unit == UNIT_YEAR && year->number > 0 ? year->number : LEAP_YEAR;

    return civil_of_day(due_day_of(known, month->number + 1, 1) - 1).day;
}

/* How many there are in what it lies in. */
static int most(const struct point *point)
{
    static const int in_year[UNIT_COUNT] = {
        [UNIT_DAY] = 31,           [UNIT_WORKDAY] = 23, [UNIT_WEEKDAY] = 5,
        [UNIT_WEEK] = 5,           [UNIT_DECADE] = 3,   [UNIT_MONTH] = 12,
        [UNIT_NAMED_MONTH] = 12,   [UNIT_SEASON] = 4,   [UNIT_BREAK] = 4,
        [UNIT_QUARTER] = 4,        [UNIT_HALF] = 2,     [UNIT_TERM] = 4,
        [UNIT_TRIMESTER] = 3,      [UNIT_SEMESTER] = 2, [UNIT_YEAR] = 2199,
        [UNIT_SCHOOL_YEAR] = 2199, [UNIT_PIECE] = 5,
    };
    enum unit outer = point->of != NULL ? point->of->unit : UNIT_NONE;

    if (point->unit == UNIT_DAY && outer == UNIT_NAMED_MONTH) {
        return days_of_month(point->of);
    }
    if (outer > UNIT_NAMED_MONTH && point->unit < UNIT_MONTH) { /* the 60th day of a quarter */
        return 366;
    }
    if (point->unit == UNIT_MONTH && outer == UNIT_QUARTER) {
        return 3;
    }
    return in_year[point->unit] / (outer == UNIT_HALF && point->unit < UNIT_HALF ? 2 : 1);
}

static bool check_point(const struct due_reader *r, const struct point *point, struct error *err)
{
    for (; point != NULL; point = point->of) {
        int number = point->number < 0 ? -point->number : point->number;
        if (number > most(point) || (point->unit == UNIT_PIECE && number == 0)) {
            return refuse_number(r, point, err);
        }
    }
    return true;
}

/* --- years ------------------------------------------------------------------------------------ */

static bool has_year(const struct point *point)
{
    const struct point *year = due_year_of(point);

    return year != NULL && year->number > 0;
}

static bool lacks_year(const struct point *point)
{
    const struct point *year = due_year_of(point);

    return point->unit < UNIT_YEAR || point->unit == UNIT_PIECE
               ? year == NULL ||
                     (year->unit == UNIT_YEAR && year->number == 0 && year->which == WHICH_SAID)
               : false;
}

static const struct point *attach(struct due_reader *r, const struct point *point,
                                  const struct point *year, int shift)
{
    struct point *own = arena_alloc(r->arena, sizeof *own);

    *own = *year;
    own->number += shift;
    return due_with_year(r->arena, due_ground(r->arena, point), own);
}

/* «2023 год: март, май» and «март, май (2023 г.)»: a year beside others is theirs. */
static bool bare_year(const struct item *item)
{
    return item->bound == BOUND_IN && item->from->of == NULL && item->from->number > 0 &&
           (item->from->unit == UNIT_YEAR || item->from->unit == UNIT_SCHOOL_YEAR);
}

static const struct point *bare_point(struct due_reader *r, const struct item *item)
{
    struct point *year = arena_alloc(r->arena, sizeof *year);

    *year = *item->from;
    if (item->to != NULL && item->to->number > year->number) {
        year->last = item->to->number;
    }
    return year;
}

static bool any_lacks(const struct term *term)
{
    for (uint32_t i = 0; i < term->item_count; i++) {
        const struct item *item = &term->items[i];
        if (lacks_year(item->from) || (item->to != NULL && lacks_year(item->to))) {
            return true;
        }
    }
    return false;
}

static void merge_bare_years(struct due_reader *r, struct term *term)
{
    const struct point *year = NULL;
    uint32_t kept = 0;

    if (!any_lacks(term) || term->follow.unit != UNIT_NONE) {
        return;
    }
    for (uint32_t i = 0; i < term->item_count && year == NULL; i++) {
        year = bare_year(&term->items[i]) ? bare_point(r, &term->items[i]) : NULL;
    }
    for (uint32_t i = 0; i < term->item_count && year != NULL; i++) {
        struct item item = term->items[i];
        if (bare_year(&item)) {
            year = bare_point(r, &item);
            continue;
        }
        item.from = lacks_year(item.from) ? attach(r, item.from, year, 0) : item.from;
        if (item.to != NULL && lacks_year(item.to)) {
            item.to = attach(r, item.to, year, 0);
        }
        term->items[kept++] = item;
    }
    term->item_count = year != NULL ? kept : term->item_count;
}

/* --- ranges ----------------------------------------------------------------------------------- */

/* The days in the year of the point, or in a leap year. false: not one window. */
static bool days_in_year(struct due_reader *r, const struct point *point, struct window *ret_days)
{
    struct due_frame frame = {.known = true};
    uint32_t doubts = 0;
    struct due_expansion e = {.frame = &frame, .doubts = &doubts};
    struct windows windows = {.arena = r->arena};
    const struct point *whole = due_ground(r->arena, point);
    int year = due_year_of(whole)->number;

    due_expand(&e, whole, year > 0 ? year : LEAP_YEAR, &windows);
    if (windows.count != 1) {
        return false;
    }
    *ret_days = windows.items[0];
    return true;
}

/* May it end in the next year? From autumn to spring it does; all but a year round is a slip. */
static bool crosses(struct window from, struct window to)
{
    struct civil first = civil_of_day(from.from);
    struct civil last = civil_of_day(to.to);
    civil_day end = due_day_of(last.year + 1, last.month, last.day);

    return first.month != last.month &&
           (first.month >= AUTUMN_BEGINS || end - from.from <= LONG_RANGE);
}

/* *said: which ends had a year of their own. */
static bool order_range(struct due_reader *r, struct item *item, bool from_said, bool to_said,
                        struct error *err)
{
    struct window from;
    struct window to;

    if (!days_in_year(r, item->from, &from) || !days_in_year(r, item->to, &to) ||
        to.to >= from.from) {
        return true;
    }
    if ((from_said && to_said) || !crosses(from, to)) {
        const struct due_token *token = &r->tokens.items[item->at];
        return error_set_at(err, ERROR_INVALID, NULL, 1, (int)token->column,
                            "the range ends before it begins");
    }
    if (to_said) {
        item->from = attach(r, item->from, due_year_of(item->to), -1);
    } else if (from_said) {
        item->to = attach(r, item->to, due_year_of(item->from), 1);
    }
    return true;
}

struct slot {
    const struct point **point;
    bool said;
};

static uint32_t gather(struct term *term, struct slot slots[POINTS_MAX])
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < term->item_count && count + 2 <= POINTS_MAX; i++) {
        struct item *item = &term->items[i];
        slots[count++] = (struct slot){&item->from, has_year(item->from)};
        if (item->to != NULL) {
            slots[count++] = (struct slot){&item->to, has_year(item->to)};
        }
    }
    return count;
}

/* A year counts for what stands before it, and for what follows when no other does. */
static bool spread_years(struct due_reader *r, struct term *term, struct error *err)
{
    struct slot slots[POINTS_MAX];
    uint32_t count = gather(term, slots);
    const struct point *year = NULL;
    uint32_t at = 0;

    for (uint32_t i = count; i-- > 0;) {
        if (year != NULL && lacks_year(*slots[i].point)) {
            *slots[i].point = attach(r, *slots[i].point, year, 0);
        }
        year = slots[i].said ? due_year_of(*slots[i].point) : year;
    }
    year = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (year != NULL && lacks_year(*slots[i].point)) {
            *slots[i].point = attach(r, *slots[i].point, year, 0);
        }
        year = slots[i].said ? due_year_of(*slots[i].point) : year;
    }
    for (uint32_t i = 0; i < term->item_count && at < count; i++) {
        struct item *item = &term->items[i];
        bool range = item->to != NULL;
        if (range && !order_range(r, item, slots[at].said, slots[at + 1].said, err)) {
            return false;
        }
        at += range ? 2 : 1;
    }
    return true;
}

/* «не ранее 1 мая и не позднее 1 июня»: one range. */
static void merge_bounds(struct term *term)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < term->item_count; i++) {
        struct item item = term->items[i];
        struct item *last = kept > 0 ? &term->items[kept - 1] : NULL;
        bool opens = last != NULL && last->to == NULL &&
                     (last->bound == BOUND_SINCE || last->bound == BOUND_NOT_BEFORE);
        bool closes = item.to == NULL && (item.bound == BOUND_BY || item.bound == BOUND_NOT_LATER ||
                                          item.bound == BOUND_THROUGH);
        if (opens && closes) {
            last->to = item.from;
            last->until = item.bound == BOUND_BY;
            last->included = item.included;
            last->bound = BOUND_IN;
        } else {
            term->items[kept++] = item;
        }
    }
    term->item_count = kept;
}

/* «до 12:00 15 августа»: by that day, too. */
static void bound_by_hour(struct term *term)
{
    for (uint32_t i = 0; i < term->item_count && term->hour_by; i++) {
        struct item *item = &term->items[i];
        bool day = item->to == NULL && item->from->unit == UNIT_DAY;
        item->bound = day && item->bound == BOUND_IN ? BOUND_NOT_LATER : item->bound;
    }
}

/* «далее ежегодно» alone follows nothing. */
static void follow_nothing(struct term *term)
{
    bool alone = term->item_count == 0 && term->repeat.unit == UNIT_NONE &&
                 term->anchor.form == ANCHOR_NONE && term->lasting == LASTING_NO;

    if (term->follow.unit != UNIT_NONE && alone) {
        term->repeat = term->follow;
        term->follow.unit = UNIT_NONE;
    }
}

static bool complete_term(struct due_reader *r, struct term *term, struct error *err)
{
    for (uint32_t i = 0; i < term->item_count; i++) {
        if (!check_point(r, term->items[i].from, err) || !check_point(r, term->items[i].to, err)) {
            return false;
        }
    }
    if (term->anchor.when != NULL && !check_point(r, term->anchor.when->from, err)) {
        return false;
    }
    follow_nothing(term);
    bound_by_hour(term);
    merge_bounds(term);
    merge_bare_years(r, term);
    if (!spread_years(r, term, err)) {
        return false;
    }
    for (uint32_t i = 0; i < term->item_count; i++) { /* 29 February, now that the year is there */
        if (!check_point(r, term->items[i].from, err) || !check_point(r, term->items[i].to, err)) {
            return false;
        }
    }
    return true;
}

bool due_complete(struct due_reader *r, struct tree *tree, struct error *err)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        if (!complete_term(r, &tree->clauses[i].term, err)) {
            return false;
        }
    }
    return true;
}
