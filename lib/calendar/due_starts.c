/* due_starts.c - «с 1 сентября ежемесячно до 5 числа»: a start, a repetition and a day in each unit
 *
 * Owns:    which bound is the start of a series, and which the day of each of its units; reports
 *          that have a day: «ежегодно по итогам года до 1 февраля».
 * In:      due_merge.c, due_complete.c.
 * Out:     the items of a term, changed in place.
 * Always:  what would make one window of a series, or leave a day out that was named, is refused.
 * See:     due_reader.h; docs/time.md §3
 */
#include "calendar/due_count.h"
#include "calendar/due_reader.h"

#define COUNT_MAX 3660 /* of anything: no document counts further */

static bool repeats(const struct term *term)
{
    return term->repeat.unit != UNIT_NONE && term->repeat.unit != UNIT_PERIOD;
}

bool due_comes_again(const struct point *point)
{
    for (const struct point *p = point; p != NULL && p->unit != UNIT_YEAR; p = p->of) {
        bool each = p->number == 0 && p->unit < UNIT_YEAR && p->unit != UNIT_BREAK;
        if (each || (p->of == NULL && p->unit <= UNIT_DECADE)) {
            return true;
        }
    }
    return false;
}

/* --- a start beside days ---------------------------------------------------------------------- */

bool due_starts_series(const struct term *term, const struct point *from, const struct point *to)
{
    bool yearly = term->repeat.unit == UNIT_YEAR && due_year_numbered(from) && due_lacks_year(to) &&
                  from->unit != UNIT_YEAR && !due_comes_again(from);
    bool each = due_comes_again(to) && !due_comes_again(from) && (repeats(term) || to->of != NULL);

    return yearly || each;
}

bool due_day_of_each(const struct term *term, const struct point *point)
{
    for (const struct point *p = point; p != NULL; p = p->of) {
        if (p->unit >= UNIT_NAMED_MONTH && p->number != 0) {
            return false;
        }
    }
    return repeats(term) && due_comes_again(point);
}

/* «ежемесячно с 1 сентября, до 5 числа» is no range: it is split into its start and its day. */
void due_split_starts(struct due_reader *r, struct term *term)
{
    struct term split = {.item_count = 0};

    for (uint32_t i = 0; i < term->item_count; i++) {
        const struct item *item = &term->items[i];
        struct item *first = due_add_item(r, &split);
        *first = *item;
        if (item->to != NULL && item->until && due_starts_series(term, item->from, item->to)) {
            struct item day = *item;
            first->to = NULL;
            first->bound = BOUND_SINCE;
            first->until = false;
            first->included = false;
            day.from = item->to;
            day.to = NULL;
            day.bound = BOUND_BY;
            day.until = false;
            day.at = item->to->at;
            *due_add_item(r, &split) = day;
        }
    }
    term->items = split.items;
    term->item_count = split.item_count;
}

/* --- reports ---------------------------------------------------------------------------------- */

static bool ends(const struct item *item)
{
    return item->to == NULL && (item->bound == BOUND_BY || item->bound == BOUND_NOT_LATER ||
                                item->bound == BOUND_TOWARDS || item->bound == BOUND_THROUGH ||
                                (item->bound == BOUND_IN && item->from->unit <= UNIT_DECADE));
}

/* Is it a day that a report on this unit may have: of a year «1 февраля», of a quarter «10 числа»?
 */
static bool reported_day(const struct item *item, enum unit unit)
{
    const struct point *of = item->from->of;

    if (!ends(item)) {
        return false;
    }
    if (unit == UNIT_YEAR) {
        return due_lacks_year(item->from) && !due_comes_again(item->from);
    }
    return item->from->unit <= UNIT_DECADE && item->from->number != 0 &&
           (of == NULL || (of->unit == UNIT_MONTH && of->of == NULL && of->number == 0));
}

static bool reports(const struct term *term)
{
    const struct anchor *anchor = &term->anchor;
    const struct point *when = anchor->when != NULL ? anchor->when->from : NULL;
    bool plain = when != NULL && when->number == 0 && when->of == NULL &&
                 anchor->when->to == NULL && anchor->form == ANCHOR_RESULTS;
    bool same = plain && term->repeat.unit == when->unit && term->repeat.interval == 1 &&
                term->repeat.count == 1;
    bool unit = plain && (when->unit == UNIT_YEAR || when->unit == UNIT_HALF ||
                          when->unit == UNIT_QUARTER || when->unit == UNIT_MONTH);

    for (uint32_t i = 0; i < term->item_count && same && unit; i++) {
        if (!reported_day(&term->items[i], when->unit)) {
            return false;
        }
    }
    return same && unit && term->item_count > 0;
}

/* «ежегодно по итогам года до 1 февраля»: of the year after that which is reported on. */
void due_merge_reports(struct due_reader *r, struct term *term)
{
    if (!reports(term)) {
        return;
    }
    enum unit unit = term->anchor.when->from->unit;
    struct point *after = due_point(r, unit, 0, NULL);
    const struct point *month = after;

    after->which = WHICH_AFTER;
    if (unit == UNIT_HALF || unit == UNIT_QUARTER) {
        month = due_point(r, UNIT_MONTH, 1, after);
    }
    for (uint32_t i = 0; i < term->item_count; i++) {
        struct item *item = &term->items[i];
        if (unit == UNIT_YEAR) {
            item->from = due_with_year(r->arena, due_ground(r->arena, item->from), after);
            continue;
        }
        struct point *day = due_point(r, item->from->unit, item->from->number, month);
        day->weekday = item->from->weekday;
        day->at = item->from->at;
        item->from = day;
    }
    term->anchor = (struct anchor){.form = ANCHOR_NONE};
}

/* --- what stays unclear ----------------------------------------------------------------------- */

static bool refuse(const struct due_reader *r, uint32_t at, struct error *err)
{
    struct bytes text = due_slice(r, at, at + 1);

    return error_set_at(err, ERROR_SYNTAX, NULL, 1, (int)r->tokens.items[at].column,
                        "\"%.*s\" does not go together with the rest of the term", (int)text.size,
                        (const char *)text.data);
}

/* «в первый понедельник после 1 сентября»: counted from that day, not one of each month. */
static bool counted_after(const struct item *item, const struct item *other)
{
    const struct point *from = item->from;

    return item->to == NULL && item->bound == BOUND_IN && from->number != 0 && from->of == NULL &&
           from->unit <= UNIT_DECADE && other->bound == BOUND_AFTER;
}

bool due_check_starts(const struct due_reader *r, const struct term *term, struct error *err)
{
    const struct anchor *anchor = &term->anchor;

    if (anchor->count > COUNT_MAX || term->repeat.interval > COUNT_MAX) {
        return refuse(r, anchor->count > COUNT_MAX ? anchor->at : term->repeat.at, err);
    }
    for (uint32_t i = 0; i < term->item_count; i++) {
        const struct item *item = &term->items[i];
        for (uint32_t j = 0; j < term->item_count; j++) {
            if (counted_after(item, &term->items[j])) {
                return refuse(r, item->at, err);
            }
        }
        if (item->to != NULL && due_starts_series(term, item->from, item->to)) {
            return refuse(r, item->to->at, err); /* с 1 сентября по 5 число ежемесячно */
        }
        if (repeats(term) && anchor->when != NULL && ends(item)) {
            return refuse(r, anchor->at, err); /* ежеквартально по итогам года до 5 числа */
        }
    }
    return true;
}
