/* due_merge.c - parts of a term that belong together, wherever they stand
 *
 * Owns:    «декабрь, ежегодно, до 25 числа»; a year beside months; «не ранее … и не позднее …».
 * In:      due_complete.c.
 * Out:     the items of a term, changed in place.
 * See:     due_reader.h; docs/time.md §3
 */
#include "calendar/due_calendar.h"
#include "calendar/due_reader.h"

/* --- years ------------------------------------------------------------------------------------ */

bool due_has_year(const struct point *point)
{
    const struct point *year = due_year_of(point);

    return year != NULL && (year->number > 0 || year->which != WHICH_SAID);
}

bool due_year_numbered(const struct point *point)
{
    const struct point *year = due_year_of(point);

    return year != NULL && year->number > 0 && year->last == 0;
}

bool due_lacks_year(const struct point *point)
{
    const struct point *year = due_year_of(point);

    for (const struct point *p = point; p != NULL; p = p->of) {
        if (p->which == WHICH_AFTER) { /* it is of the year after what is reported */
            return false;
        }
    }

    return point->unit < UNIT_YEAR || point->unit == UNIT_PIECE
               ? year == NULL ||
                     (year->unit == UNIT_YEAR && year->number == 0 && year->which == WHICH_SAID)
               : false;
}

const struct point *due_attach(struct due_reader *r, const struct point *point,
                               const struct point *year, int shift)
{
    struct point *own = arena_alloc(r->arena, sizeof *own);

    *own = *year;
    own->number += own->number > 0 ? shift : 0;
    if (point->unit == UNIT_SEASON && own->unit == UNIT_YEAR && own->last == own->number + 1) {
        own->unit = UNIT_SCHOOL_YEAR; /* зима 2023-2024 годов */
        own->last = 0;
    }
    return due_with_year(r->arena, due_ground(r->arena, point), own);
}

/* «2023 год: март, май» and «март, май (2023 г.)»: a year beside others is theirs. */
static bool bare_year(const struct item *item)
{
    return item->bound == BOUND_IN && item->from->of == NULL && item->from->number > 0 &&
           (item->to == NULL || item->to->unit == item->from->unit) &&
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
        if (due_lacks_year(item->from) || (item->to != NULL && due_lacks_year(item->to))) {
            return true;
        }
    }
    return false;
}

/* Is this year only said again: «сентябрь 2023 2023»? */
static bool said_again(const struct term *term, const struct item *bare)
{
    for (uint32_t i = 0; i < term->item_count; i++) {
        const struct item *item = &term->items[i];
        const struct point *year = due_year_of(item->from);
        if (item->from->unit < UNIT_YEAR && year != NULL && year->number == bare->from->number &&
            bare->to == NULL) {
            return true;
        }
    }
    return false;
}

static void drop_years_said_again(struct term *term)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < term->item_count; i++) {
        struct item item = term->items[i];
        if (!bare_year(&item) || !said_again(term, &item)) {
            term->items[kept++] = item;
        }
    }
    term->item_count = kept;
}

static void merge_bare_years(struct due_reader *r, struct term *term)
{
    const struct point *year = NULL;
    uint32_t kept = 0;

    drop_years_said_again(term);
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
        item.from = due_lacks_year(item.from) ? due_attach(r, item.from, year, 0) : item.from;
        if (item.to != NULL && due_lacks_year(item.to)) {
            item.to = due_attach(r, item.to, year, 0);
        }
        term->items[kept++] = item;
    }
    term->item_count = year != NULL ? kept : term->item_count;
}

/* «ежегодно до 1 сентября текущего года»: of each year; of the next one: reported afterwards. */
static const struct point *each_year(struct due_reader *r, const struct point *point)
{
    const struct point *year = point != NULL ? due_year_of(point) : NULL;

    if (year == NULL || (year->which != WHICH_CURRENT && year->which != WHICH_NEXT)) {
        return point;
    }
    struct point *each = due_point(r, year->unit, 0, NULL);
    each->which = year->which == WHICH_CURRENT ? WHICH_EACH : WHICH_AFTER;
    return due_with_year(r->arena, point, each);
}

static void merge_each_year(struct due_reader *r, struct term *term)
{
    for (uint32_t i = 0; i < term->item_count && term->repeat.unit == UNIT_YEAR; i++) {
        term->items[i].from = each_year(r, term->items[i].from);
        term->items[i].to = each_year(r, term->items[i].to);
    }
}

/* --- bounds and days -------------------------------------------------------------------------- */

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
        if (opens && closes && !due_starts_series(term, last->from, item.from)) {
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

/* --- months and their days -------------------------------------------------------------------- */

static bool is_month(const struct item *item)
{
    return item->bound == BOUND_IN && item->to == NULL && item->from->unit == UNIT_NAMED_MONTH;
}

/* A number of a day, of no month yet. */
static bool is_bare_day(const struct item *item)
{
    return item->to == NULL && item->from->of == NULL && item->from->number != 0 &&
           item->from->unit <= UNIT_DECADE;
}

static void count_kinds(const struct term *term, uint32_t *ret_months, uint32_t *ret_days)
{
    *ret_months = 0;
    *ret_days = 0;
    for (uint32_t i = 0; i < term->item_count; i++) {
        *ret_months += is_month(&term->items[i]) ? 1 : 0;
        *ret_days += is_bare_day(&term->items[i]) ? 1 : 0;
    }
}

/* «каждую пятницу по 24 ноября»: what comes again, and how long. */
static void repeat_in_spans(struct term *term)
{
    uint32_t recurring = 0;
    bool weekly = true;

    for (uint32_t i = 0; i < term->item_count; i++) {
        const struct item *item = &term->items[i];
        bool recurs = due_comes_again(item->from);
        recurring += recurs ? 1 : 0;
        weekly =
            weekly && (!recurs || (item->from->unit == UNIT_WEEKDAY && item->from->number == 0));
    }
    if (recurring > 0 && recurring < term->item_count && term->repeat.unit == UNIT_NONE) {
        term->repeat =
            (struct repeat){.unit = weekly ? UNIT_WEEK : UNIT_MONTH, .interval = 1, .count = 1};
    }
}

/* «декабрь, ежегодно, до 25 числа»: the day is of that month. Beside a span it comes monthly. */
static void merge_month_days(struct due_reader *r, struct term *term)
{
    uint32_t months;
    uint32_t days;

    count_kinds(term, &months, &days);
    if (days == 0 || days == term->item_count) {
        return;
    }
    if (days + months < term->item_count) {
        return;
    }
    struct term joined = {.item_count = 0};
    for (uint32_t i = 0; i < term->item_count; i++) {
        for (uint32_t j = 0; j < term->item_count && is_month(&term->items[i]); j++) {
            if (is_bare_day(&term->items[j])) {
                struct item *item = due_add_item(r, &joined);
                *item = term->items[j];
                struct point *day =
                    due_point(r, item->from->unit, item->from->number, term->items[i].from);
                day->weekday = item->from->weekday;
                day->at = item->from->at;
                item->from = day;
            }
        }
    }
    term->items = joined.items;
    term->item_count = joined.item_count;
}

/* «в течение сентября, 2023 год» */
static void merge_span_years(struct due_reader *r, struct term *term)
{
    if (term->item_count != 1 || !bare_year(&term->items[0])) {
        return;
    }
    const struct point *year = bare_point(r, &term->items[0]);
    for (uint32_t i = 0; i < term->span_count; i++) {
        struct item *span = &term->spans[i];
        if (due_lacks_year(span->from) && span->to == NULL) {
            span->from = due_attach(r, span->from, year, 0);
            term->item_count = 0;
        }
    }
}

/* «вторник, 5 сентября 2023»: a remark about that day, which must be true. */
static bool remarks(const struct item *weekday, const struct item *day)
{
    return weekday->from->unit == UNIT_WEEKDAY && weekday->from->number == 0 &&
           weekday->from->which == WHICH_SAID && weekday->from->of == NULL && !weekday->every &&
           weekday->to == NULL && weekday->bound == BOUND_IN && day->from->unit == UNIT_DAY &&
           day->from->number > 0 && day->from->of != NULL && day->to == NULL &&
           day->bound == BOUND_IN && day->weekday == 0;
}

static void merge_weekdays(struct term *term)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < term->item_count; i++) {
        struct item item = term->items[i];
        if (kept > 0 && remarks(&term->items[kept - 1], &item)) {
            item.weekday = term->items[--kept].from->weekday;
        }
        term->items[kept++] = item;
    }
    term->item_count = kept;
}

/* «пятница» is every one. */
static void each_weekday(struct due_reader *r, struct term *term)
{
    for (uint32_t i = 0; i < term->item_count; i++) {
        const struct point *from = term->items[i].from;
        if (from->unit == UNIT_WEEKDAY && from->number == 0 && term->items[i].to == NULL &&
            term->items[i].bound == BOUND_IN) {
            struct point *each = due_point(r, UNIT_WEEKDAY, 0, from->of);
            each->weekday = from->weekday;
            each->which = WHICH_EACH;
            each->at = from->at;
            term->items[i].from = each;
        }
    }
}

void due_merge(struct due_reader *r, struct term *term)
{
    merge_weekdays(term);
    each_weekday(r, term);
    merge_span_years(r, term);
    follow_nothing(term);
    bound_by_hour(term);
    due_split_starts(r, term);
    merge_bounds(term);
    due_merge_reports(r, term);
    merge_each_year(r, term);
    merge_bare_years(r, term);
    merge_month_days(r, term);
    repeat_in_spans(term);
    term->either = term->either && term->item_count > 1;
}
