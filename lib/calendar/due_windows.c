/* due_windows.c - one way to read a term: its kind and its windows
 *
 * Owns:    what follows when several things are said together: «ежегодно, до 1 марта».
 * In:      due_readings.c, for each variant.
 * Out:     struct due_answer.
 * Always:  with a period all windows lie in it, but in the variant that shows what lies outside.
 * See:     due_calendar.h; docs/time.md §3
 */
#include "calendar/due_count.h"

static bool repeats(const struct term *term)
{
    return term->repeat.unit != UNIT_NONE && term->repeat.unit != UNIT_PERIOD;
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
            if (other->from != CIVIL_DAY_NONE && other->from <= w.to && w.to <= other->to) {
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
            due_second_weekdays(e, term, item, windows);
        } else {
            due_item_windows(e, item, all, windows);
        }
    }
    limit_windows(windows);
    due_windows_sort(windows);
}

/* --- work that goes on ----------------------------------------------------------------------- */

/* «в течение года», in a plan for several: each of them, the first from the act on. */
static void add_lasting(const struct due_expansion *e, const struct item *item,
                        struct windows *windows)
{
    const struct due_frame *frame = e->frame;
    struct window whole = {frame->since, frame->span.to};
    bool each = item->from->number == 0 && item->from->of == NULL && item->to == NULL &&
                item->from->unit != UNIT_WEEKDAY; /* of which there are seven */
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

/* «в течение 10 дней со дня подписания, но не позднее 25 августа»: what ends first. */
static void count_limited_anchor(const struct due_expansion *e, const struct term *term,
                                 struct windows *windows)
{
    struct windows counted = {.arena = windows->arena};

    due_count_anchor(e, term, &counted);
    if (counted.count != 1 || windows->count != 1 || windows->items[0].from != CIVIL_DAY_NONE) {
        return;
    }
    struct window w = counted.items[0];
    civil_day limit = windows->items[0].to;
    windows->items[0] = (struct window){w.from, w.to < limit ? w.to : limit};
    windows->items[0].from = w.from > windows->items[0].to ? CIVIL_DAY_NONE : w.from;
}

/* --- the whole -------------------------------------------------------------------------------- */

static void count_windows(const struct due_expansion *e, const struct term *term,
                          struct due_answer *answer)
{
    struct windows *windows = &answer->windows;

    if (repeats(term) && term->anchor.when != NULL) {
        due_count_anchor(e, term, windows);
    } else if (repeats(term)) {
        due_count_repeat(e, term, windows);
    } else if (term->follow.unit != UNIT_NONE) {
        count_items(e, term, false, windows);
        count_follow(e, term, windows);
    } else if (term->anchor.form != ANCHOR_NONE && term->item_count == 0) {
        due_count_anchor(e, term, windows);
    } else if (term->lasting != LASTING_NO && term->item_count == 0) {
        count_lasting(e, term, windows);
    } else if (term->item_count > 0) {
        count_items(e, term, false, windows);
        if (term->anchor.signing != SIGNING_NO) {
            count_limited_anchor(e, term, windows);
        }
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
