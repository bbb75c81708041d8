/* due_windows.c - one way to read a term: its kind and its windows
 *
 * Owns:    what follows when several things are said together: «ежегодно, до 1 марта».
 * In:      due_readings.c, for each variant.
 * Out:     struct due_answer.
 * Always:  with a period all windows lie in it, but in the variant that shows what lies outside.
 * See:     due_calendar.h; docs/time.md §3
 */
#include "calendar/due_calendar.h"

static bool repeats(const struct term *term)
{
    return term->repeat.unit != UNIT_NONE && term->repeat.unit != UNIT_PERIOD;
}

/* --- repetition ------------------------------------------------------------------------------- */

static int days_of(enum unit unit)
{
    static const int days[UNIT_COUNT] = {
        [UNIT_DAY] = 1,           [UNIT_WORKDAY] = 1,  [UNIT_WEEK] = 7,       [UNIT_DECADE] = 8,
        [UNIT_MONTH] = 28,        [UNIT_QUARTER] = 89, [UNIT_SEASON] = 89,    [UNIT_TERM] = 50,
        [UNIT_TRIMESTER] = 89,    [UNIT_HALF] = 180,   [UNIT_SEMESTER] = 140, [UNIT_YEAR] = 365,
        [UNIT_SCHOOL_YEAR] = 270,
    };

    return days[unit];
}

static bool is_end(const struct item *item)
{
    return item->bound == BOUND_BY || item->bound == BOUND_NOT_LATER ||
           item->bound == BOUND_TOWARDS || item->bound == BOUND_THROUGH;
}

static uint32_t count_ends(const struct term *term)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < term->item_count; i++) {
        count += is_end(&term->items[i]) && !due_recurs(&term->items[i]) ? 1 : 0;
    }
    return count;
}

/* Does it say where in each unit, or in which span the units are? */
static bool inside_unit(const struct due_expansion *e, const struct term *term,
                        const struct item *item, struct arena *arena)
{
    int unit = days_of(term->repeat.unit) * term->repeat.interval;
    const struct point *year = due_year_of(item->from);
    bool dated = year != NULL && year->number > 0 && year->last == 0;
    bool ends = is_end(item);

    if (dated || item->bound == BOUND_SINCE || item->bound == BOUND_NOT_BEFORE ||
        item->bound == BOUND_AFTER) {
        return false;
    }
    if (due_recurs(item) && (year == NULL || year->which != WHICH_EACH)) {
        return true;
    }
    if (ends) { /* «ежемесячно до 15 мая» is how long; of several, each is one of the series */
        return unit >= days_of(UNIT_YEAR) || count_ends(term) > 1;
    }
    return due_item_length(e, item, arena) < unit;
}

bool due_day_of_unit(const struct term *term, const struct point *point)
{
    enum unit unit = term->repeat.unit;
    bool day = point->unit <= UNIT_DECADE && point->unit != UNIT_NONE;
    bool bare = point->of == NULL ||
                (point->of->unit == UNIT_MONTH && point->of->of == NULL && point->of->number == 0);

    return day && bare && days_of(unit) >= days_of(UNIT_QUARTER) && unit != UNIT_YEAR;
}

static const struct point *in_unit(const struct due_expansion *e, const struct term *term,
                                   const struct point *point, struct arena *arena)
{
    enum unit unit = term->repeat.unit;

    if (!due_day_of_unit(term, point)) {
        return point;
    }
    struct point *whole = arena_alloc(arena, sizeof *whole);
    struct point *month = arena_alloc(arena, sizeof *month);
    struct point *copy = arena_alloc(arena, sizeof *copy);
    bool after = point->of != NULL && point->of->which == WHICH_AFTER;
    *whole = (struct point){.unit = unit, .which = after ? WHICH_AFTER : WHICH_EACH};
    *month = (struct point){.unit = UNIT_MONTH, .number = 1, .of = whole};
    *copy = *point;
    copy->of = month;
    if (!after) {
        *e->doubts |= DOUBT_SERIES | DOUBT_SERIES_MORE;
        month->number = e->variant == DOUBT_SERIES ? -1 : 1;
        whole->which = e->variant == DOUBT_SERIES_MORE ? WHICH_AFTER : WHICH_EACH;
    }
    return copy;
}

enum second due_second(const struct term *term, const struct item *item, enum doubt variant)
{
    static const enum second twice[] = {SECOND_BOTH, SECOND_ONCE, SECOND_RUNNING};
    static const enum second monthly[] = {SECOND_ONCE, SECOND_BOTH, SECOND_RUNNING};
    static const enum second bare[] = {SECOND_RUNNING, SECOND_ONCE, SECOND_BOTH};
    bool counted = term->repeat.count == item->from->number && term->repeat.unit == UNIT_MONTH;
    int which = variant == DOUBT_SECOND ? 1 : variant == DOUBT_SECOND_MORE ? 2 : 0;

    return counted ? twice[which] : item->from->of != NULL ? monthly[which] : bare[which];
}

/* «дважды в месяц (каждый второй вторник месяца)» and its kin. */
static void second_weekdays(const struct due_expansion *e, const struct term *term,
                            const struct item *item, struct windows *windows)
{
    struct item other = *item;
    struct point weekday = *item->from;
    enum second second = due_second(term, item, e->variant);

    *e->doubts |= DOUBT_SECOND | DOUBT_SECOND_MORE;
    other.from = &weekday;
    due_item_windows(e, &other, true, windows);
    if (second == SECOND_BOTH && weekday.number == 2) {
        weekday.number = 4;
        due_item_windows(e, &other, true, windows);
    } else if (second == SECOND_RUNNING && windows->count > 0) {
        struct repeat weeks = {.unit = UNIT_WEEK, .interval = weekday.number, .count = 1};
        uint32_t doubts = 0;
        windows->count = 1;
        due_follow(&(struct due_expansion){e->frame, DOUBT_NONE, &doubts}, &weeks, windows);
    }
}

/* --- the items of a term ---------------------------------------------------------------------- */

/* «март, но не позднее 25 марта»: the window ends earlier. */
static void limit_windows(struct windows *windows)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < windows->count; i++) {
        struct window w = windows->items[i];
        bool limits = false;
        for (uint32_t j = 0; j < kept && w.from == CIVIL_DAY_NONE; j++) {
            struct window *other = &windows->items[j];
            if (other->from != CIVIL_DAY_NONE && other->from <= w.to && w.to < other->to) {
                other->to = w.to;
                limits = true;
            }
        }
        if (!limits) {
            windows->items[kept++] = w;
        }
    }
    windows->count = kept;
}

static void count_items(const struct due_expansion *e, const struct term *term, bool all,
                        struct windows *windows)
{
    for (uint32_t i = 0; i < term->item_count; i++) {
        const struct item *item = &term->items[i];
        if (item->every) {
            second_weekdays(e, term, item, windows);
        } else {
            due_item_windows(e, item, all, windows);
        }
    }
    limit_windows(windows);
    due_windows_sort(windows);
}

static bool year_said(const struct item *item)
{
    const struct point *year = due_year_of(item->from);

    return year != NULL && year->number > 0;
}

static void add_span(const struct due_expansion *e, const struct item *item, struct windows *spans)
{
    if (year_said(item)) {
        due_item_windows(e, item, false, spans);
    } else {
        due_item_spans(e, item, spans);
    }
}

/* Where the work may lie in all: the spans that are said, else from the act on. */
static void count_spans(const struct due_expansion *e, const struct term *term,
                        struct windows *spans)
{
    for (uint32_t i = 0; i < term->item_count; i++) {
        if (!inside_unit(e, term, &term->items[i], spans->arena)) {
            add_span(e, &term->items[i], spans);
        }
    }
    for (uint32_t i = 0; i < term->span_count; i++) {
        add_span(e, &term->spans[i], spans);
    }
    for (uint32_t i = 0; i < spans->count; i++) {
        struct window *span = &spans->items[i];
        span->from = span->from == CIVIL_DAY_NONE ? e->frame->since : span->from;
        span->from = span->from > span->to ? span->to : span->from;
    }
    if (spans->count == 0) {
        due_windows_add(spans, e->frame->since, e->frame->span.to);
    }
}

static void count_inside(const struct due_expansion *e, const struct term *term,
                         const struct windows *spans, struct windows *windows)
{
    struct windows all = {.arena = windows->arena};

    for (uint32_t i = 0; i < term->item_count; i++) {
        struct item item = term->items[i];
        if (!inside_unit(e, term, &item, windows->arena)) {
            continue;
        }
        if (item.every) {
            second_weekdays(e, term, &item, &all);
            continue;
        }
        item.from = in_unit(e, term, item.from, windows->arena);
        due_item_windows(e, &item, true, &all);
    }
    for (uint32_t i = 0; i < all.count; i++) {
        bool spanned = false;
        for (uint32_t j = 0; j < spans->count && !spanned; j++) {
            spanned =
                all.items[i].from <= spans->items[j].to && all.items[i].to >= spans->items[j].from;
        }
        if (spanned || e->variant == DOUBT_OUTSIDE) {
            due_windows_add(windows, all.items[i].from, all.items[i].to);
        }
    }
}

static bool any_inside(const struct due_expansion *e, const struct term *term, struct arena *arena)
{
    for (uint32_t i = 0; i < term->item_count; i++) {
        if (inside_unit(e, term, &term->items[i], arena)) {
            return true;
        }
    }
    return false;
}

/* «раз в год», «2 раза в год»: with no period there is nothing to divide. */
static bool nothing_to_divide(const struct due_expansion *e, const struct term *term)
{
    bool years = days_of(term->repeat.unit) >= days_of(UNIT_SCHOOL_YEAR);

    return term->repeat.percent || (years && term->repeat.thing.size > 0) ||
           (years && term->repeat.count > 1 && (!e->frame->clip || e->frame->open));
}

static void count_repeat(const struct due_expansion *e, const struct term *term,
                         struct windows *windows)
{
    struct windows spans = {.arena = windows->arena};

    count_spans(e, term, &spans);
    if (any_inside(e, term, windows->arena)) {
        count_inside(e, term, &spans, windows);
    } else if (nothing_to_divide(e, term) && e->variant != DOUBT_SERIES &&
               e->variant != DOUBT_SERIES_MORE) {
        *e->doubts |= term->repeat.percent ? 0 : DOUBT_SERIES | DOUBT_SERIES_MORE;
    } else {
        for (uint32_t i = 0; i < spans.count; i++) {
            due_series(e, &term->repeat, spans.items[i], windows);
        }
    }
    due_windows_sort(windows);
}

/* --- work that goes on, and anchors ----------------------------------------------------------- */

/* «в течение года», in a plan for several: each of them, the first from the act on. */
static void add_lasting(const struct due_expansion *e, const struct item *item,
                        struct windows *windows)
{
    const struct due_frame *frame = e->frame;
    struct window whole = {frame->since, frame->span.to};
    bool each = item->from->number == 0 && item->from->of == NULL && item->to == NULL;
    bool year = item->from->unit == UNIT_YEAR && each;
    struct repeat unit = {.unit = item->from->unit, .interval = 1, .count = 1};

    *e->doubts |= year && frame->clip ? DOUBT_SCHOOL_YEAR : 0;
    if (year && e->variant == DOUBT_SCHOOL_YEAR) {
        unit.unit = UNIT_SCHOOL_YEAR;
    }
    if (each) {
        due_series(e, &unit, whole, windows);
    } else {
        due_item_windows(e, item, false, windows);
    }
}

static void count_lasting(const struct due_expansion *e, const struct term *term,
                          struct windows *windows)
{
    for (uint32_t i = 0; i < term->span_count; i++) {
        add_lasting(e, &term->spans[i], windows);
    }
    if (term->span_count == 0) {
        due_windows_add(windows, e->frame->since, e->frame->span.to);
    }
    due_windows_sort(windows);
}

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

/* Monday to Friday: holidays are another question. */
static civil_day work_shift(const struct due_expansion *e, civil_day day, int count)
{
    int step = count < 0 ? -1 : 1;

    *e->doubts |= DOUBT_WORKDAY;
    while (count != 0) {
        day += step;
        count -= civil_weekday(day) <= 5 ? step : 0;
    }
    return day;
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
    civil_day end = anchor->unit == UNIT_WORKDAY ? work_shift(e, edge, count)
                                                 : due_shift(edge, anchor->unit, count);
    return (struct window){anchor->form == ANCHOR_WITHIN ? edge + 1 : end, end};
}

static void count_anchor(const struct due_expansion *e, const struct term *term,
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

/* «далее ежегодно», or on days of its own: «далее ежегодно до 1 февраля». */
static void count_follow(const struct due_expansion *e, const struct term *term,
                         struct windows *windows)
{
    civil_day last = windows->count > 0 ? windows->items[windows->count - 1].to : e->frame->since;
    struct windows later = {.arena = windows->arena};

    for (uint32_t i = 0; i < windows->count; i++) {
        struct window *w = &windows->items[i];
        w->from = w->from == CIVIL_DAY_NONE ? w->to : w->from;
    }
    if (term->later_count == 0) {
        due_follow(e, &term->follow, windows);
        return;
    }
    for (uint32_t i = 0; i < term->later_count; i++) {
        due_item_windows(e, &term->later[i], true, &later);
    }
    due_windows_sort(&later);
    for (uint32_t i = 0; i < later.count; i++) {
        if (later.items[i].from > last) {
            due_windows_add(windows, later.items[i].from, later.items[i].to);
        }
    }
}

/* --- the whole -------------------------------------------------------------------------------- */

static void count_windows(const struct due_expansion *e, const struct term *term,
                          struct due_answer *answer)
{
    struct windows *windows = &answer->windows;

    if (repeats(term) && term->anchor.when != NULL) {
        count_anchor(e, term, windows);
    } else if (repeats(term)) {
        count_repeat(e, term, windows);
    } else if (term->follow.unit != UNIT_NONE) {
        count_items(e, term, false, windows);
        count_follow(e, term, windows);
    } else if (term->anchor.form != ANCHOR_NONE && term->item_count == 0) {
        count_anchor(e, term, windows);
    } else if (term->lasting != LASTING_NO && term->item_count == 0) {
        count_lasting(e, term, windows);
    } else if (term->item_count > 0) {
        count_items(e, term, false, windows);
    } else if (term->repeat.unit == UNIT_PERIOD) {
        due_windows_add(windows, e->frame->since, e->frame->span.to);
    }
}

static void set_bounds(const struct due_expansion *e, struct due_answer *answer)
{
    const struct windows *windows = &answer->windows;

    answer->bounds = (struct window){e->frame->since, e->frame->span.to};
    if (windows->count > 0 && windows->items[0].from != CIVIL_DAY_NONE) {
        answer->bounds.from = windows->items[0].from;
        answer->bounds.to = windows->items[windows->count - 1].to;
    }
    if (!e->frame->known) {
        answer->bounds = (struct window){CIVIL_DAY_NONE, CIVIL_DAY_NONE};
    }
}

void due_count(const struct term *term, const struct due_frame *frame, enum doubt variant,
               struct arena *arena, struct due_answer *ret_answer)
{
    struct due_answer answer = {.kind = due_kind_of(term), .windows = {.arena = arena}};
    struct due_expansion e = {.frame = frame, .variant = variant, .doubts = &answer.doubts};

    if (frame->known) {
        count_windows(&e, term, &answer);
    }
    set_bounds(&e, &answer);
    if (answer.kind == DUE_ON_DEMAND) {
        answer.windows.count = 0;
    } else if (answer.kind != DUE_PER_OTHER_PLAN && answer.kind != DUE_RELATIVE) {
        answer.bounds = (struct window){CIVIL_DAY_NONE, CIVIL_DAY_NONE};
    }
    for (uint32_t i = 0; i < answer.windows.count && answer.kind == DUE_RECURRING; i++) {
        struct window *w = &answer.windows.items[i];
        w->from = w->from == CIVIL_DAY_NONE ? w->to : w->from;
    }
    *ret_answer = answer;
}
