/* due_items.c - bounds, ranges, and which of many years is meant
 *
 * Owns:    «до», «по», «с»: which days they leave; the choice among the years of a frame.
 * In:      due_windows.c.
 * Out:     windows of one item, inside the frame where that has a period.
 * See:     due_calendar.h; docs/time.md §3
 */
#include "calendar/due_count.h"

#include "base/limits.h"

#define FAR 366000 /* days: beyond the calendar */

/* --- does it recur? --------------------------------------------------------------------------- */

bool due_recurs(const struct item *item)
{
    for (const struct point *p = item->from; p != NULL; p = p->of) {
        bool unnumbered = p->number == 0 && p->unit < UNIT_YEAR && p->unit != UNIT_BREAK;
        if (p->which == WHICH_EACH || p->which == WHICH_AFTER || p->last > 0 || unnumbered ||
            (p->of == NULL && p->unit <= UNIT_DECADE)) {
            return true;
        }
    }
    return false;
}

/* --- bounds ----------------------------------------------------------------------------------- */

static bool edge_piece(const struct point *point)
{
    return point->unit == UNIT_PIECE &&
           (point->number == PIECE_START || point->number == PIECE_END);
}

/* The last day that «до» leaves: a day itself is still in time; a month has not yet begun. */
static civil_day end_by(const struct due_expansion *e, const struct item *item, struct window days)
{
    bool other = e->variant == DOUBT_UNTIL;

    if (item->included) {
        return days.to;
    }
    *e->doubts |= DOUBT_UNTIL;
    if (days.from == days.to) {
        return other ? days.to - 1 : days.to;
    }
    return other ? days.to : days.from - 1;
}

/* The same for an edge of something: «до начала», «к концу». whole: the something. */
static struct window bounded_edge(const struct due_expansion *e, const struct item *item,
                                  struct window whole)
{
    bool start = item->from->number == PIECE_START;
    struct window piece = due_piece(whole, (enum piece)item->from->number, false);

    switch (item->bound) {
    case BOUND_BY:
        return (struct window){CIVIL_DAY_NONE, start ? whole.from - 1 : whole.to};
    case BOUND_NOT_LATER:
        return (struct window){CIVIL_DAY_NONE, start ? whole.from : whole.to};
    case BOUND_TOWARDS:
        if (start) {
            *e->doubts |= DOUBT_UNTIL;
        }
        return (struct window){CIVIL_DAY_NONE, !start                      ? whole.to
                                               : e->variant == DOUBT_UNTIL ? whole.from - 1
                                                                           : whole.from};
    case BOUND_THROUGH:
        return (struct window){CIVIL_DAY_NONE, piece.to};
    case BOUND_AFTER:
        return (struct window){start ? whole.from : whole.to + 1, FAR};
    default:
        return (struct window){piece.from, FAR};
    }
}

static struct window bounded(const struct due_expansion *e, const struct item *item,
                             struct window days)
{
    switch (item->bound) {
    case BOUND_BY:
    case BOUND_TOWARDS:
        return (struct window){CIVIL_DAY_NONE, end_by(e, item, days)};
    case BOUND_NOT_LATER:
    case BOUND_THROUGH:
        return (struct window){CIVIL_DAY_NONE, days.to};
    case BOUND_SINCE:
    case BOUND_NOT_BEFORE:
        return (struct window){days.from, FAR};
    case BOUND_AFTER:
        return (struct window){days.to + 1, FAR};
    default:
        return days;
    }
}

/* --- all windows, wherever they are ----------------------------------------------------------- */

struct years {
    int from;
    int to;
};

static struct years years_of(const struct due_expansion *e, const struct point *grounded)
{
    const struct point *year = due_year_of(grounded);
    struct years span = {civil_of_day(e->frame->span.from).year - 1,
                         civil_of_day(e->frame->span.to).year + 1};

    if (year->number > 0) {
        span.from = year->number;
        span.to = year->last > 0 ? year->last : year->number;
    }
    span.from = span.from < 1901 ? 1901 : span.from;
    span.to = span.to > 2197 ? 2197 : span.to;
    return span;
}

static void expand_years(const struct due_expansion *e, const struct point *point, int later,
                         struct windows *windows)
{
    const struct point *grounded = due_ground(windows->arena, point);
    struct years years = years_of(e, grounded);
    uint32_t inside = 0;

    if (due_year_of(grounded)->number > 0) {
        later = 0;
    }
    for (int year = years.from; year <= years.to + later && inside <= LIMIT_WINDOWS; year++) {
        uint32_t before = windows->count;
        due_expand(e, grounded, year, windows);
        if (due_day_of(year, 12, 31) > e->frame->since) {
            inside += windows->count - before;
        }
    }
}

static void pair(const struct due_expansion *e, const struct item *item, const struct windows *from,
                 const struct windows *to, struct windows *windows)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < from->count; i++) {
        while (at < to->count && to->items[at].to < from->items[i].from) {
            at++;
        }
        if (at < to->count) {
            struct item end = *item;
            bool last_days = item->to->unit == UNIT_PIECE && item->to->number == PIECE_END;
            end.included = item->included || !item->until || last_days; /* до конца сентября */
            civil_day last = end_by(e, &end, to->items[at]);
            if (last >= from->items[i].from) {
                due_windows_add(windows, from->items[i].from, last);
            }
        }
    }
}

/* Each on the last day of its month where it has not so many (Civil Code, article 192). */
static void expand_late_days(const struct due_expansion *e, const struct point *day, int later,
                             struct windows *windows)
{
    struct windows months = {.arena = windows->arena};

    expand_years(e, due_ground(windows->arena, day)->of, later, &months);
    for (uint32_t i = 0; i < months.count; i++) {
        civil_day last = months.items[i].from + day->number - 1;
        last = last < months.items[i].to ? last : months.items[i].to;
        due_windows_add(windows, last, last);
    }
}

void due_item_all(const struct due_expansion *e, const struct item *item, struct windows *windows)
{
    struct windows from = {.arena = windows->arena};
    struct windows to = {.arena = windows->arena};
    bool edge = item->to == NULL && edge_piece(item->from) && item->bound != BOUND_IN;

    if (due_until_late_day(item) || due_late_series(e, item) ||
        (item->to != NULL && due_late_day(item->from))) {
        expand_late_days(e, item->from, 0, &from);
    } else {
        expand_years(e, edge ? item->from->of : item->from, 0, &from);
    }
    if (item->to != NULL) {
        due_late_day(item->to) ? expand_late_days(e, item->to, 1, &to)
                               : expand_years(e, item->to, 1, &to);
        pair(e, item, &from, &to, windows);
        return;
    }
    for (uint32_t i = 0; i < from.count; i++) {
        struct window w =
            edge ? bounded_edge(e, item, from.items[i]) : bounded(e, item, from.items[i]);
        due_windows_add(windows, w.from, w.to);
    }
}

/* --- the frame -------------------------------------------------------------------------------- */

static bool starts_inside(struct window w, struct window span)
{
    civil_day first = w.from != CIVIL_DAY_NONE ? w.from : w.to;

    return first >= span.from && first <= span.to;
}

static bool meets(struct window w, struct window span)
{
    civil_day first = w.from != CIVIL_DAY_NONE ? w.from : w.to;

    return first <= span.to && w.to >= span.from;
}

/* Cut to the period, or as it is. «с 1 мая» ends where the frame does, or its year. */
static void keep(const struct due_expansion *e, struct window w, struct windows *windows)
{
    const struct due_frame *frame = e->frame;
    struct window span = frame->span;

    if (w.to == FAR) {
        int year = civil_of_day(w.from).year;
        w.to = w.from <= span.to ? span.to : due_day_of(year, 12, 31);
    }
    if (!frame->clip || e->variant == DOUBT_OUTSIDE) {
        due_windows_add(windows, w.from, w.to);
        return;
    }
    if (!meets(w, span)) {
        *e->doubts |= DOUBT_OUTSIDE;
        return;
    }
    if ((w.from != CIVIL_DAY_NONE && w.from < span.from) || w.to > span.to) {
        *e->doubts |= DOUBT_OUTSIDE;
        w.from = w.from != CIVIL_DAY_NONE && w.from < span.from ? span.from : w.from;
        w.to = w.to > span.to ? span.to : w.to;
    }
    due_windows_add(windows, w.from, w.to);
}

/* After «отчетным»: the first one that is reported must have passed in the period. */
static civil_day first_reported(const struct due_expansion *e, const struct item *item,
                                struct arena *arena)
{
    for (const struct point *p = item->from; p != NULL; p = p->of) {
        if (p->which != WHICH_AFTER && (p->which != WHICH_NEXT || p->unit >= UNIT_YEAR)) {
            continue;
        }
        *e->doubts |= DOUBT_FIRST;
        if (e->variant == DOUBT_FIRST) {
            break;
        }
        struct windows units = {.arena = arena};
        expand_years(e, p, 0, &units);
        for (uint32_t i = 0; i < units.count; i++) {
            if (units.items[i].from > e->frame->span.from) {
                return units.items[i].from;
            }
        }
    }
    return e->frame->since;
}

/* Those that begin in the frame, from this day on. */
static void keep_from(const struct due_expansion *e, const struct windows *all, civil_day since,
                      struct windows *windows)
{
    struct window span = e->frame->span;
    uint32_t before = windows->count;

    for (int pass = 0; pass < 2 && windows->count == before; pass++) {
        for (uint32_t i = 0; i < all->count; i++) {
            struct window w = all->items[i];
            bool inside = pass == 0 ? starts_inside(w, span) : meets(w, span) && e->frame->clip;
            if (inside && w.to >= since) {
                w.from = w.from == CIVIL_DAY_NONE ? w.to : w.from;
                keep(e, w, windows);
            }
        }
    }
}

static void keep_all(const struct due_expansion *e, const struct item *item,
                     const struct windows *all, struct windows *windows)
{
    civil_day since = first_reported(e, item, windows->arena);
    uint32_t before = windows->count;

    keep_from(e, all, since, windows);
    if (windows->count == before && since > e->frame->since) { /* only a report of before */
        keep_from(e, all, e->frame->since, windows);
    }
}

/* Every one that has a day in the frame. */
static void keep_meeting(const struct due_expansion *e, const struct windows *all,
                         struct windows *windows)
{
    for (uint32_t i = 0; i < all->count; i++) {
        if (meets(all->items[i], e->frame->span)) {
            uint32_t doubts = 0;
            struct due_expansion quiet = {e->frame, DOUBT_NONE, &doubts};
            keep(&quiet, all->items[i], windows);
        }
    }
}

void due_item_spans(const struct due_expansion *e, const struct item *item, struct windows *windows)
{
    struct windows found = {.arena = windows->arena};

    due_item_all(e, item, &found);
    keep_meeting(e, &found, windows);
}

/* «ноябрь-февраль» in a plan for one year: the winter that ends in it, when that is asked for. */
static bool keep_tail(const struct due_expansion *e, const struct windows *all,
                      struct windows *windows)
{
    civil_day from = e->frame->span.from;
    uint32_t before = windows->count;

    for (uint32_t i = 0; i < all->count && e->frame->clip; i++) {
        struct window w = all->items[i];
        if (w.from == CIVIL_DAY_NONE || w.from >= from || w.to < from || w.to == FAR) {
            continue;
        }
        *e->doubts |= DOUBT_WINTER;
        if (e->variant == DOUBT_WINTER) {
            keep(e, w, windows);
        }
    }
    return windows->count > before;
}

/* The one that begins in the year of the document, else the first in the frame. */
static void keep_one(const struct due_expansion *e, const struct windows *all,
                     struct windows *windows)
{
    const struct due_frame *frame = e->frame;
    struct windows inside = {.arena = windows->arena};
    uint32_t chosen = 0;

    for (int pass = 0; pass < 2 && inside.count == 0; pass++) {
        for (uint32_t i = 0; i < all->count; i++) {
            if (pass == 0 ? starts_inside(all->items[i], frame->span)
                          : meets(all->items[i], frame->span)) {
                due_windows_add(&inside, all->items[i].from, all->items[i].to);
            }
        }
    }
    if (keep_tail(e, all, windows)) {
        return;
    }
    *e->doubts |= inside.count > 1 ? DOUBT_YEAR : 0;
    for (uint32_t i = inside.count; i-- > 0;) {
        civil_day first =
            inside.items[i].from != CIVIL_DAY_NONE ? inside.items[i].from : inside.items[i].to;
        chosen = frame->year != 0 && civil_of_day(first).year == frame->year ? i : chosen;
    }
    for (uint32_t i = 0; i < inside.count; i++) {
        if (i == chosen || e->variant == DOUBT_YEAR) {
            keep(e, inside.items[i], windows);
        }
    }
}

void due_item_windows(const struct due_expansion *e, const struct item *item, bool all,
                      struct windows *windows)
{
    struct windows found = {.arena = windows->arena};
    const struct point *year = due_year_of(due_ground(windows->arena, item->from));

    if (!e->frame->known) {
        return;
    }
    due_item_all(e, item, &found);
    if (item->from->unit == UNIT_BREAK && item->from->number == 0) {
        keep_meeting(e, &found, windows);
    } else if (all || due_recurs(item)) {
        keep_all(e, item, &found, windows);
    } else if (year->number > 0 || year->which != WHICH_SAID) { /* also текущего, следующего */
        for (uint32_t i = 0; i < found.count; i++) {
            keep(e, found.items[i], windows);
        }
    } else {
        keep_one(e, &found, windows);
    }
}
