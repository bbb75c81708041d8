/* due_anchors.c - «за 10 дней до 1 сентября», «по итогам квартала»: events that the calendar has
 *
 * Owns:    days that are counted from other days.
 * In:      due_windows.c.
 * Out:     windows, cut to the period.
 * See:     due_count.h; docs/time.md §3
 */
#include "calendar/due_count.h"

/* Cut to the period, if it meets it. */
static void add_in_frame(const struct due_expansion *e, struct window w, struct windows *windows)
{
    struct window span = e->frame->span;

    if (w.to < span.from || w.from > span.to || w.from > w.to) {
        return;
    }
    if (e->frame->clip) {
        w.from = w.from < span.from ? span.from : w.from;
        w.to = w.to > span.to ? span.to : w.to;
    }
    due_windows_add(windows, w.from, w.to);
}

/* After something has passed: until the next one of its kind has. */
static struct window after_days(const struct due_expansion *e, const struct anchor *anchor,
                                struct window days)
{
    enum unit unit = anchor->when->from->unit;

    if (unit == UNIT_SCHOOL_YEAR) {
        int year = civil_of_day(days.from).year + 1;
        return (struct window){days.to + 1, due_school_year(e, year).from - 1};
    }
    return (struct window){days.to + 1, due_shift(days.to + 1, unit, 1) - 1};
}

static struct window anchored(const struct due_expansion *e, const struct anchor *anchor,
                              struct window days)
{
    bool back = anchor->form == ANCHOR_BEFORE || anchor->form == ANCHOR_NOT_LATER_BEFORE;
    bool at_end = anchor->edge == EDGE_END || (anchor->edge == EDGE_WHOLE && !back);
    bool after = anchor->form == ANCHOR_AFTER;
    civil_day edge = at_end ? days.to : days.from;
    int count = anchor->count > 3660 ? 3660 : anchor->count;

    if (after || anchor->form == ANCHOR_RESULTS) {
        *e->doubts |= DOUBT_PASSED;
        bool last_day = after == (e->variant == DOUBT_PASSED);
        return last_day ? (struct window){days.to, days.to} : after_days(e, anchor, days);
    }
    count = back ? -count : count;
    civil_day end = anchor->unit == UNIT_WORKDAY ? due_shift_workdays(e, edge, count)
                                                 : due_shift(edge, anchor->unit, count);
    return (struct window){anchor->form == ANCHOR_WITHIN ? edge + 1 : end, end};
}

void due_count_anchor(const struct due_expansion *e, const struct term *term,
                      struct windows *windows)
{
    const struct anchor *anchor = &term->anchor;
    struct windows days = {.arena = windows->arena};
    bool back = anchor->form == ANCHOR_BEFORE || anchor->form == ANCHOR_NOT_LATER_BEFORE;
    bool each = anchor->when != NULL && anchor->when->from->number == 0 && !back;

    if (anchor->when == NULL || anchor->unit == UNIT_HOUR) {
        return;
    }
    due_item_all(e, anchor->when, &days);
    for (uint32_t i = 0; i < days.count; i++) {
        bool before = each && days.items[i].from < e->frame->span.from;
        *e->doubts |= before ? DOUBT_FIRST : 0;
        if (!before || e->variant == DOUBT_FIRST) {
            add_in_frame(e, anchored(e, anchor, days.items[i]), windows);
        }
    }
    for (uint32_t i = 0; i < days.count && windows->count == 0; i++) {
        add_in_frame(e, anchored(e, anchor, days.items[i]), windows);
    }
    due_windows_sort(windows);
}
