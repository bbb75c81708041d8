/* due_series.c - «ежемесячно», «раз в три месяца», «далее ежеквартально»
 *
 * Owns:    how a span is divided into the parts in which something is done once.
 * In:      due_windows.c.
 * Out:     windows in order, LIMIT_WINDOWS and one more at most.
 * See:     due_calendar.h; docs/time.md §3
 */
#include "calendar/due_count.h"

#include "base/limits.h"

#define WEEK_DAYS   7
#define DECADE_DAYS 10
#define HALF_MONTH  15
#define MONTHS      12

static int months_of(enum unit unit)
{
    static const int months[UNIT_COUNT] = {
        [UNIT_MONTH] = 1,  [UNIT_QUARTER] = 3,   [UNIT_HALF] = 6,
        [UNIT_SEASON] = 3, [UNIT_YEAR] = 12,     [UNIT_SCHOOL_YEAR] = 12,
        [UNIT_TERM] = 2,   [UNIT_TRIMESTER] = 3, [UNIT_SEMESTER] = 5,
    };

    return months[unit];
}

civil_day due_shift(civil_day day, enum unit unit, int count)
{
    struct civil c = civil_of_day(day);
    int month = c.month - 1 + count * months_of(unit);
    int year = c.year;

    if (months_of(unit) == 0) {
        int days = unit == UNIT_WEEK ? WEEK_DAYS : unit == UNIT_DECADE ? DECADE_DAYS : 1;
        return day + count * days;
    }
    while (month < 0) {
        month += MONTHS;
        year--;
    }
    return due_day_of(year, month + 1, c.day);
}

/* --- dividing --------------------------------------------------------------------------------- */

/* A month in halves, decades or weeks. */
static void add_days(struct window month, int count, struct windows *windows)
{
    int size = count == 2 ? HALF_MONTH : count == 3 ? DECADE_DAYS : WEEK_DAYS;

    for (int i = 0; i < count; i++) {
        civil_day from = month.from + i * size;
        due_windows_add(windows, from, i == count - 1 ? month.to : from + size - 1);
    }
}

static void add_months(struct window whole, int months, int count, struct windows *windows)
{
    for (int i = 0; i < count; i++) {
        civil_day from = due_shift(whole.from, UNIT_MONTH, i * months / count);
        civil_day to = due_shift(whole.from, UNIT_MONTH, (i + 1) * months / count) - 1;
        due_windows_add(windows, from, i == count - 1 ? whole.to : to);
    }
}

/* One unit in `count` parts where that goes evenly; else it stays whole. */
static void split(const struct due_expansion *e, const struct repeat *repeat, struct window whole,
                  struct windows *windows)
{
    int months = months_of(repeat->unit) * repeat->interval;
    int count = repeat->count;
    bool school = repeat->unit == UNIT_SCHOOL_YEAR && repeat->interval == 1;
    struct windows parts = {.arena = windows->arena};

    if (count <= 1 || repeat->percent) {
        due_windows_add(&parts, whole.from, whole.to);
    } else if (repeat->unit == UNIT_MONTH && repeat->interval == 1 && count <= 4 &&
               whole.to - whole.from >= 27) {
        add_days(whole, count, &parts);
    } else if (school && count == 2) {
        due_add_school_half(whole, 0, &parts);
    } else if (months > 1 && months % count == 0 && !school) {
        add_months(whole, months, count, &parts);
    } else {
        due_windows_add(&parts, whole.from, whole.to);
    }
    *e->doubts |= count > 1 && !repeat->percent ? DOUBT_SERIES : 0;
    for (uint32_t i = 0; i < parts.count; i++) {
        struct window part = parts.items[i];
        due_windows_add(windows, e->variant == DOUBT_SERIES ? part.to : part.from, part.to);
    }
}

/* --- units of a span -------------------------------------------------------------------------- */

/* Every unit of the calendar that meets the span, whole; weeks go on across the end of a year. */
static void units(const struct due_expansion *e, enum unit unit, struct window span, uint32_t most,
                  struct windows *windows)
{
    struct point year = {.unit = unit == UNIT_SCHOOL_YEAR || unit == UNIT_TERM ||
                                         unit == UNIT_TRIMESTER || unit == UNIT_SEMESTER
                                     ? UNIT_SCHOOL_YEAR
                                     : UNIT_YEAR};
    struct point point = {.unit = unit, .of = &year};
    int first = civil_of_day(span.from).year - 1;

    if (unit == UNIT_WEEK || unit == UNIT_DAY) {
        int step = unit == UNIT_WEEK ? WEEK_DAYS : 1;
        civil_day day = unit == UNIT_WEEK ? span.from + 1 - civil_weekday(span.from) : span.from;
        for (; day <= span.to && windows->count < most; day += step) {
            due_windows_add(windows, day, day + step - 1);
        }
        return;
    }
    for (int y = first; y <= civil_of_day(span.to).year && windows->count < most; y++) {
        struct windows found = {.arena = windows->arena};
        due_expand(e, unit == year.unit ? &year : &point, y, &found);
        for (uint32_t i = 0; i < found.count && windows->count < most; i++) {
            if (found.items[i].from <= span.to && found.items[i].to >= span.from) {
                due_windows_add(windows, found.items[i].from, found.items[i].to);
            }
        }
    }
}

void due_series(const struct due_expansion *e, const struct repeat *repeat, struct window span,
                struct windows *windows)
{
    struct windows whole = {.arena = windows->arena};
    struct windows parts = {.arena = windows->arena};
    uint32_t step = (uint32_t)repeat->interval;
    bool years = repeat->unit == UNIT_YEAR;

    if (repeat->unit == UNIT_PERIOD) {
        due_windows_add(windows, span.from, span.to);
        return;
    }
    *e->doubts |= step > 1 && span.from == e->frame->since ? DOUBT_START : 0;
    units(e, repeat->unit, span, (LIMIT_WINDOWS + 2) * (step < 64 ? step : 64), &whole);
    for (uint32_t i = 0; i < whole.count && parts.count <= LIMIT_WINDOWS; i += step) {
        uint32_t last = i + step - 1 < whole.count ? i + step - 1 : whole.count - 1;
        struct window group = {whole.items[i].from, whole.items[last].to};
        if (years && step > 1) { /* the last one is whole, too */
            group.to = due_shift(group.from, repeat->unit, repeat->interval) - 1;
        }
        split(e, repeat, group, &parts);
    }
    for (uint32_t i = 0; i < parts.count; i++) {
        struct window w = parts.items[i];
        bool whole_years = years && step > 1 && span.to == e->frame->span.to;
        bool uncut = whole_years && (!e->frame->clip || e->variant == DOUBT_OUTSIDE);
        if (w.to >= span.from && w.from <= span.to) {
            *e->doubts |= whole_years && w.to > span.to && !uncut ? DOUBT_OUTSIDE : 0;
            due_windows_add(windows, w.from < span.from ? span.from : w.from,
                            w.to > span.to && !uncut ? span.to : w.to);
        }
    }
}

/* --- «далее» ---------------------------------------------------------------------------------- */

/* A whole month stays whole: 30 September, 31 October. */
static struct window shifted(struct window w, enum unit unit, int count)
{
    bool whole = months_of(unit) > 0 && civil_of_day(w.from).day == 1 &&
                 civil_of_day(w.to + 1).day == 1 && w.to > w.from;

    if (whole) {
        return (struct window){due_shift(w.from, unit, count),
                               due_shift(w.to + 1, unit, count) - 1};
    }
    return (struct window){due_shift(w.from, unit, count), due_shift(w.to, unit, count)};
}

/* By the calendar: the quarters after the first day, at their ends or whole. */
static void follow_units(const struct due_expansion *e, const struct repeat *follow,
                         struct windows *windows)
{
    struct window last = windows->items[windows->count - 1];
    struct windows more = {.arena = windows->arena};

    units(e, follow->unit, (struct window){last.from, e->frame->span.to}, LIMIT_WINDOWS, &more);
    for (uint32_t i = 0; i < more.count; i++) {
        struct window w = more.items[i];
        w.from = e->variant == DOUBT_SERIES ? w.to : w.from;
        if (w.to > last.to && w.from >= last.from) {
            due_windows_add(windows, w.from, w.to);
        }
    }
}

void due_follow(const struct due_expansion *e, const struct repeat *follow, struct windows *windows)
{
    uint32_t first = windows->count;
    bool short_unit = follow->unit != UNIT_YEAR && follow->unit != UNIT_SCHOOL_YEAR;

    if (first == 0) {
        return;
    }
    *e->doubts |= short_unit ? DOUBT_SERIES | DOUBT_SERIES_MORE : 0;
    if (short_unit && (e->variant == DOUBT_SERIES || e->variant == DOUBT_SERIES_MORE)) {
        follow_units(e, follow, windows);
        return;
    }
    for (int round = 1; windows->count <= LIMIT_WINDOWS; round++) {
        for (uint32_t i = 0; i < first; i++) {
            struct window w = shifted(windows->items[i], follow->unit, round * follow->interval);
            if (w.from > e->frame->span.to || civil_of_day(w.to).year > 2197) {
                return;
            }
            due_windows_add(windows, w.from,
                            w.to < e->frame->span.to || !e->frame->clip ? w.to : e->frame->span.to);
        }
    }
}
