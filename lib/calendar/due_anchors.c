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

bool due_of_school(enum unit unit)
{
    return unit == UNIT_TERM || unit == UNIT_TRIMESTER || unit == UNIT_SEMESTER;
}

static struct window anchored(const struct due_expansion *e, const struct anchor *anchor,
                              struct window days)
{
    bool back = anchor->form == ANCHOR_BEFORE || anchor->form == ANCHOR_NOT_LATER_BEFORE;
    bool at_end = anchor->edge == EDGE_END || (anchor->edge == EDGE_WHOLE && !back);
    bool after = anchor->form == ANCHOR_AFTER;
    civil_day edge = at_end ? days.to : days.from;
    int count = anchor->count > 3660 ? 3660 : anchor->count;

    if (after && due_of_school(anchor->when->from->unit)) { /* how long after it, nobody said */
        return (struct window){days.to, days.to};
    }
    if (after || anchor->form == ANCHOR_RESULTS) {
        *e->doubts |= DOUBT_PASSED;
        bool last_day = after == (e->variant == DOUBT_PASSED);
        return last_day ? (struct window){days.to, days.to} : after_days(e, anchor, days);
    }
    count = back ? -count : count;
    civil_day end = anchor->unit == UNIT_WORKDAY ? due_shift_workdays(e, edge, count)
                                                 : due_shift(edge, anchor->unit, count);
    if (anchor->form == ANCHOR_NOT_BEFORE) {
        return (struct window){end, end > e->frame->span.to ? end : e->frame->span.to};
    }
    return (struct window){anchor->form == ANCHOR_WITHIN ? edge + 1 : end, end};
}

/* Counted from the act itself: the day after it is the first (Civil Code, article 191). */
static struct window since_signing(const struct due_expansion *e, const struct anchor *anchor,
                                   civil_day day)
{
    struct window last = {CIVIL_DAY_NONE, e->frame->span.to};

    switch (anchor->form) {
    case ANCHOR_AFTER:
        last.from = day + 1;
        return last;
    case ANCHOR_ON:
        return (struct window){day, day};
    case ANCHOR_UNTIL:
    case ANCHOR_TOWARDS:
    case ANCHOR_DURING:
    case ANCHOR_RESULTS:
    case ANCHOR_FIRST:
        return (struct window){day + 1, day}; /* none */
    default:
        return anchored(e, anchor, (struct window){day, day});
    }
}

static void count_signing(const struct due_expansion *e, const struct anchor *anchor,
                          struct windows *windows)
{
    civil_day day = e->frame->signed_day;
    struct window span = e->frame->span;

    if (anchor->signing == SIGNING_NO || day == CIVIL_DAY_NONE) {
        return;
    }
    struct window w = since_signing(e, anchor, day);
    *e->doubts |= anchor->signing == SIGNING_BARE && w.from <= w.to ? DOUBT_SIGNED : 0;
    if (e->frame->clip && (w.from < span.from || w.to > span.to)) {
        *e->doubts |= DOUBT_OUTSIDE;
    }
    if (!e->frame->clip || e->variant == DOUBT_OUTSIDE) {
        due_windows_add(windows, w.from, w.to);
    } else {
        add_in_frame(e, w, windows);
    }
}

void due_count_anchor(const struct due_expansion *e, const struct term *term,
                      struct windows *windows)
{
    const struct anchor *anchor = &term->anchor;
    struct windows days = {.arena = windows->arena};
    bool back = anchor->form == ANCHOR_BEFORE || anchor->form == ANCHOR_NOT_LATER_BEFORE;
    bool each = anchor->when != NULL && anchor->when->from->number == 0 && !back;

    if (anchor->unit == UNIT_HOUR) {
        return;
    }
    if (anchor->when == NULL) {
        count_signing(e, anchor, windows);
        return;
    }
    due_item_all(e, anchor->when, &days);
    for (uint32_t i = 0; i < days.count; i++) {
        bool ends = anchor->form == ANCHOR_AFTER; /* it may well have begun before */
        civil_day day = ends ? days.items[i].to : days.items[i].from;
        bool before = each && day < e->frame->span.from;
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
