/* due_kind.c - how binding a term is
 *
 * Owns:    the order in which what was said decides: another plan, repetition, an anchor, …
 * In:      due_windows.c.
 * See:     due.h, enum due_kind; docs/time.md §3
 */
#include "calendar/due_count.h"

static bool is_day(const struct item *item)
{
    enum unit unit = item->from->unit;
    bool bound = item->bound != BOUND_IN && item->bound != BOUND_SINCE &&
                 item->bound != BOUND_NOT_BEFORE && item->bound != BOUND_AFTER;

    return bound || (item->bound == BOUND_IN && item->to == NULL && unit <= UNIT_WEEKDAY);
}

bool due_opens(const struct item *item)
{
    return item->to == NULL && (item->bound == BOUND_SINCE || item->bound == BOUND_NOT_BEFORE ||
                                item->bound == BOUND_AFTER);
}

static bool is_open(const struct item *item)
{
    return item->bound == BOUND_SINCE;
}

static enum due_kind kind_of_items(const struct term *term)
{
    bool days = true;

    for (uint32_t i = 0; i < term->item_count; i++) {
        const struct item *item = &term->items[i];
        enum unit unit = item->from->unit;
        if (due_recurs(item) ||
            (item->listed && item->to == NULL && unit > UNIT_NAMED_MONTH && unit < UNIT_YEAR)) {
            return DUE_RECURRING;
        }
        days = days && is_day(item);
    }
    if (term->item_count == 1 && is_open(term->items)) {
        return DUE_CONTINUOUS;
    }
    return days ? DUE_DATE : DUE_WINDOW;
}

static bool repeats(const struct term *term)
{
    return term->repeat.unit != UNIT_NONE && term->repeat.unit != UNIT_PERIOD;
}

static enum due_kind kind_of_anchor(const struct term *term)
{
    const struct anchor *anchor = &term->anchor;
    bool each =
        anchor->when != NULL && (anchor->form == ANCHOR_RESULTS || anchor->form == ANCHOR_AFTER);

    if (each && anchor->form == ANCHOR_AFTER && due_of_school(anchor->when->from->unit)) {
        return DUE_RELATIVE; /* how long after it, nobody said */
    }
    if (anchor->form == ANCHOR_FIRST) {
        return DUE_WINDOW;
    }
    if (each && due_year_of(anchor->when->from) != NULL &&
        due_year_of(anchor->when->from)->number > 0) {
        return anchor->form == ANCHOR_RESULTS ? DUE_DATE : DUE_WINDOW;
    }
    return each ? DUE_RECURRING : DUE_RELATIVE;
}

enum due_kind due_kind_of(const struct term *term)
{
    if (term->other_plan) {
        return DUE_PER_OTHER_PLAN;
    }
    if (repeats(term) || term->follow.unit != UNIT_NONE) {
        return DUE_RECURRING;
    }
    if (term->anchor.form != ANCHOR_NONE) {
        return kind_of_anchor(term);
    }
    if (term->on_demand) {
        return DUE_ON_DEMAND;
    }
    bool within = term->lasting == LASTING_WITHIN;
    bool series = term->item_count > 0 && kind_of_items(term) == DUE_RECURRING;
    if (term->lasting != LASTING_NO && (term->item_count == 0 || (!within && !series))) {
        return DUE_CONTINUOUS;
    }
    if (term->item_count > 0) {
        return kind_of_items(term);
    }
    return term->repeat.unit == UNIT_PERIOD ? DUE_WINDOW : DUE_DATE; /* an hour alone */
}
