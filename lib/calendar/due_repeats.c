/* due_repeats.c - «ежегодно, до 1 марта», «ежемесячно с сентября по май», «каждый второй вторник»
 *
 * Owns:    which items of a term lie in each unit of its repetition, and which say in what span.
 * In:      due_windows.c.
 * Out:     windows.
 * See:     due_count.h; docs/time.md §3
 */
#include "calendar/due_count.h"

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

/* How many days it takes, about; a bound without a beginning takes none. */
static int length_of(const struct due_expansion *e, const struct item *item, struct arena *arena)
{
    struct windows found = {.arena = arena};
    uint32_t doubts = 0;
    struct due_expansion quiet = {.frame = e->frame, .doubts = &doubts};

    due_item_all(&quiet, item, &found);
    if (found.count == 0 || found.items[0].from == CIVIL_DAY_NONE) {
        return 0;
    }
    return found.items[0].to - found.items[0].from + 1;
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
    return length_of(e, item, arena) < unit;
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
void due_second_weekdays(const struct due_expansion *e, const struct term *term,
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

/* --- spans and what is inside --------------------------------------------------------------- */

static bool year_said(const struct item *item)
{
    const struct point *year = due_year_of(item->from);

    return year != NULL && year->number > 0;
}

static void add_span(const struct due_expansion *e, const struct item *item, struct windows *spans)
{
    bool since =
        item->bound == BOUND_SINCE || item->bound == BOUND_NOT_BEFORE || item->bound == BOUND_AFTER;
    uint32_t doubts = 0;
    struct due_expansion quiet = {e->frame, DOUBT_NONE, &doubts};

    bool crosses = item->to != NULL && !e->frame->clip; /* «с сентября по май»: likewise */
    if (since ||
        crosses) { /* «ежемесячно с 1 марта»: of the year of the document, and not of the one before
                    */
        due_item_windows(year_said(item) ? e : &quiet, item, false, spans);
    } else if (year_said(item)) {
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

/* «с октября ежемесячно до 5 числа месяца, следующего за отчётным»: of October first. */
static struct due_frame from_start(const struct due_expansion *e, const struct term *term,
                                   const struct windows *spans)
{
    struct due_frame frame = *e->frame;

    for (uint32_t i = 0; i < term->item_count; i++) {
        if (due_opens(&term->items[i]) && spans->count == 1 &&
            spans->items[0].from > frame.span.from && spans->items[0].from <= frame.span.to) {
            frame.span.from = spans->items[0].from;
            frame.since = frame.since > frame.span.from ? frame.since : frame.span.from;
        }
    }
    return frame;
}

static bool is_reported(const struct item *item)
{
    for (const struct point *p = item->from; p != NULL; p = p->of) {
        if (p->which == WHICH_AFTER) {
            return true;
        }
    }
    return false;
}

static void count_inside(const struct due_expansion *e, const struct term *term,
                         const struct windows *spans, struct windows *windows)
{
    struct windows all = {.arena = windows->arena};
    struct due_frame later = from_start(e, term, spans);
    struct due_expansion started = {&later, e->variant, e->doubts};

    for (uint32_t i = 0; i < term->item_count; i++) {
        struct item item = term->items[i];
        if (!inside_unit(e, term, &item, windows->arena)) {
            continue;
        }
        if (item.every) {
            due_second_weekdays(e, term, &item, &all);
            continue;
        }
        item.from = in_unit(e, term, item.from, windows->arena);
        due_item_windows(is_reported(&item) ? &started : e, &item, true, &all);
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

/* Which month, week or year of all is it? 0: no such count is known. */
static int index_of(enum unit unit, civil_day day)
{
    struct civil c = civil_of_day(day);

    switch (unit) {
    case UNIT_WEEK:
        return (day + 7 - civil_weekday(day)) / 7;
    case UNIT_MONTH:
        return c.year * 12 + c.month;
    case UNIT_QUARTER:
        return c.year * 4 + (c.month - 1) / 3;
    case UNIT_HALF:
        return c.year * 2 + (c.month - 1) / 6;
    case UNIT_YEAR:
        return c.year;
    default:
        return 0;
    }
}

/* «раз в два года (сентябрь)»: of each second year only, from the first on. */
static void thin_out(const struct due_expansion *e, const struct repeat *repeat,
                     struct windows *windows)
{
    uint32_t kept = 0;

    if (repeat->interval < 2 || windows->count == 0) {
        return;
    }
    due_windows_sort(windows);
    int first = index_of(repeat->unit, windows->items[0].to);
    for (uint32_t i = 0; i < windows->count; i++) {
        struct window w = windows->items[i];
        if ((index_of(repeat->unit, w.to) - first) % repeat->interval == 0) {
            windows->items[kept++] = w;
        }
    }
    *e->doubts |= DOUBT_START;
    windows->count = kept;
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

void due_count_repeat(const struct due_expansion *e, const struct term *term,
                      struct windows *windows)
{
    struct windows spans = {.arena = windows->arena};

    count_spans(e, term, &spans);
    if (any_inside(e, term, windows->arena)) {
        count_inside(e, term, &spans, windows);
        thin_out(e, &term->repeat, windows);
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
