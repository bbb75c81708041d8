/* due_points.c - dividing windows: the third quarter of a year, the last Friday of a month
 *
 * Owns:    what each unit means in what it lies in.
 * In:      due_expand.c and due_series.c.
 * Out:     windows of days.
 * Always:  what is returned lies in what was divided, but for winters and summer holidays, which
 *          lie in two years.
 * See:     due_calendar.h; docs/time.md §3
 */
#include "calendar/due_count.h"

#define WEEK_DAYS    7
#define MONTHS       12
#define WEEKS_MAX    54
#define QUARTER_DAYS 92
#define DECADE_DAYS  10

civil_day due_day_of(int year, int month, int day)
{
    while (month > MONTHS) {
        month -= MONTHS;
        year++;
    }
    struct civil c = {year, month, day};
    while (!civil_valid(c) && c.day > 28) {
        c.day--;
    }
    return civil_valid(c) ? civil_to_day(c) : civil_to_day((struct civil){2199, 12, 31});
}

/* --- months and what is made of them ---------------------------------------------------------- */

static int months_in(struct window whole)
{
    struct civil from = civil_of_day(whole.from);
    struct civil to = civil_of_day(whole.to);

    return (to.year - from.year) * MONTHS + to.month - from.month + 1;
}

/* So many months from the index-th after `first`, as far as they lie in the window. */
static void add_months(struct window whole, struct civil first, int index, int count,
                       struct windows *windows)
{
    civil_day from = due_day_of(first.year, first.month + index, 1);
    civil_day to = due_day_of(first.year, first.month + index + count, 1) - 1;

    from = from < whole.from ? whole.from : from;
    to = to > whole.to ? whole.to : to;
    if (from <= to) {
        due_windows_add(windows, from, to);
    }
}

/* The number-th part of so many months; 0: all of them. */
static void add_parts(struct window whole, int number, int size, struct windows *windows)
{
    struct civil first = civil_of_day(whole.from);
    int parts = (months_in(whole) + size - 1) / size;

    for (int i = 0; i < parts; i++) {
        if (number == 0 || number == i + 1 || number == i - parts) {
            add_months(whole, first, i * size, size, windows);
        }
    }
}

static void add_named_month(struct window whole, int month, struct windows *windows)
{
    struct civil first = civil_of_day(whole.from);
    int months = months_in(whole);

    for (int i = (month - first.month + MONTHS) % MONTHS; i < months; i += MONTHS) {
        add_months(whole, first, i, 1, windows);
    }
}

static void add_decade(struct window whole, int number, struct windows *windows)
{
    int months = months_in(whole);
    struct civil first = civil_of_day(whole.from);

    for (int i = 0; i < months * 3; i++) {
        if (number != 0 && number != i + 1 && number != i - months * 3) {
            continue;
        }
        civil_day month = due_day_of(first.year, first.month + i / 3, 1);
        civil_day next = due_day_of(first.year, first.month + i / 3 + 1, 1);
        civil_day from = month + i % 3 * DECADE_DAYS;
        civil_day to = i % 3 == 2 ? next - 1 : from + DECADE_DAYS - 1;
        if (from >= whole.from && to <= whole.to) {
            due_windows_add(windows, from, to);
        }
    }
}

/* --- weeks and days --------------------------------------------------------------------------- */

static int whole_weeks(struct window weeks[WEEKS_MAX], int count)
{
    int kept = 0;

    for (int i = 0; i < count; i++) {
        if (weeks[i].to - weeks[i].from + 1 == WEEK_DAYS) {
            weeks[kept++] = weeks[i];
        }
    }
    return kept;
}

static void add_calendar_weeks(struct window whole, int number, struct windows *windows)
{
    int count = 0;
    struct window weeks[WEEKS_MAX];

    for (civil_day day = whole.from; day <= whole.to && count < WEEKS_MAX;) {
        civil_day sunday = day + WEEK_DAYS - civil_weekday(day);
        weeks[count++] = (struct window){day, sunday < whole.to ? sunday : whole.to};
        day = sunday + 1;
    }
    if (number != 0 && whole.to - whole.from < QUARTER_DAYS) {
        count = whole_weeks(weeks, count); /* the first week of a month is no single Sunday */
    }
    for (int i = 0; i < count; i++) {
        if (number == 0 || number == i + 1 || number == i - count) {
            due_windows_add(windows, weeks[i].from, weeks[i].to);
        }
    }
}

static void add_week(const struct due_expansion *e, struct window whole, int number,
                     struct windows *windows)
{
    if (number == 0 || e->variant == DOUBT_WEEK) {
        add_calendar_weeks(whole, number, windows);
        return;
    }
    *e->doubts |= DOUBT_WEEK;
    civil_day from =
        number > 0 ? whole.from + (number - 1) * WEEK_DAYS : whole.to + 1 + number * WEEK_DAYS;
    civil_day to = from + WEEK_DAYS - 1 < whole.to ? from + WEEK_DAYS - 1 : whole.to;
    if (from >= whole.from && from <= to) {
        due_windows_add(windows, from, to);
    }
}

static void add_workday(const struct due_expansion *e, struct window whole, int number,
                        struct windows *windows)
{
    int step = number < 0 ? -1 : 1;
    civil_day day = number < 0 ? whole.to : whole.from;
    int count = 0;

    for (; day >= whole.from && day <= whole.to; day += step) {
        if (!due_is_worked(e, day)) {
            continue;
        }
        count += step;
        if (number == 0 || number == count) {
            due_windows_add(windows, day, day);
        }
    }
}

/* --- any unit --------------------------------------------------------------------------------- */

static bool is_school_year(const struct point *point)
{
    return point->of != NULL && point->of->unit == UNIT_SCHOOL_YEAR;
}

static void divide_months(const struct due_expansion *e, const struct point *point,
                          struct window whole, struct windows *windows)
{
    switch (point->unit) {
    case UNIT_DECADE:
        add_decade(whole, point->number, windows);
        return;
    case UNIT_MONTH:
        add_parts(whole, point->number, 1, windows);
        return;
    case UNIT_NAMED_MONTH:
        if (is_school_year(point)) { /* with the summer after it */
            whole.to = due_school_year(e, civil_of_day(whole.from).year + 1).from - 1;
        }
        add_named_month(whole, point->number, windows);
        return;
    case UNIT_QUARTER:
        add_parts(whole, point->number, 3, windows);
        return;
    case UNIT_HALF:
        if (is_school_year(point)) {
            due_add_school_half(whole, point->number, windows);
        } else if (e->variant == DOUBT_SCHOOL_HALF) {
            due_add_school_half(due_school_year(e, civil_of_day(whole.from).year), point->number,
                                windows);
        } else {
            *e->doubts |= DOUBT_SCHOOL_HALF;
            add_parts(whole, point->number, 6, windows);
        }
        return;
    default:
        due_divide_school(e, point, whole, windows);
    }
}

void due_divide(const struct due_expansion *e, const struct point *point, struct window whole,
                struct windows *windows)
{
    struct window piece;

    switch (point->unit) {
    case UNIT_DAY:
        due_add_days(point, whole, windows);
        return;
    case UNIT_WORKDAY:
        add_workday(e, whole, point->number, windows);
        return;
    case UNIT_WEEKDAY:
        due_add_weekdays(point, whole, windows);
        return;
    case UNIT_WEEK:
        add_week(e, whole, point->number, windows);
        return;
    case UNIT_PIECE:
        piece = due_piece(whole, (enum piece)point->number, is_school_year(point));
        if (point->number <= PIECE_END) {
            *e->doubts |= DOUBT_PIECE;
        }
        due_windows_add(windows, piece.from, piece.to);
        return;
    default:
        divide_months(e, point, whole, windows);
    }
}
