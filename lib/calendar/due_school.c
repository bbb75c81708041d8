/* due_school.c - seasons, and what schools divide their year into
 *
 * Owns:    the school year that is customary where no calendar says otherwise.
 * In:      due_points.c.
 * Out:     windows.
 * See:     due_calendar.h; docs/time.md §3
 */
#include "calendar/due_calendar.h"

#define SPRING 2
#define SUMMER 3
#define WINTER 1
#define AUTUMN 4

/* Terms are an order of the school; so the doubt is always noted where they are used. */
static const struct school customary = {
    .year = {9, 1, 5, 31},
    .terms = {{9, 1, 10, 27}, {11, 6, 12, 29}, {1, 9, 3, 22}, {4, 1, 5, 26}},
    .term_count = 4,
};

static const struct school *school_of(const struct due_expansion *e)
{
    return e->frame->school != NULL ? e->frame->school : &customary;
}

/* year: in which the school year begins; what is before that month lies in the next. */
static struct window in_school_year(const struct due_expansion *e, struct school_term term,
                                    int year)
{
    int first = school_of(e)->year.from_month;
    int from = year + (term.from_month < first ? 1 : 0);
    int to = year + (term.to_month < first ? 1 : 0);

    return (struct window){due_day_of(from, term.from_month, term.from_day),
                           due_day_of(to, term.to_month, term.to_day)};
}

struct window due_school_year(const struct due_expansion *e, int year)
{
    return in_school_year(e, school_of(e)->year, year);
}

static void add_season(const struct due_expansion *e, int year, int season, bool school,
                       struct windows *windows)
{
    int month = season == WINTER ? 12 : season * 3 - 3;

    if (season == WINTER && !school) {
        *e->doubts |= DOUBT_WINTER;
        year -= e->variant == DOUBT_WINTER ? 1 : 0;
    }
    year += school && (season == SPRING || season == SUMMER) ? 1 : 0;
    due_windows_add(windows, due_day_of(year, month, 1), due_day_of(year, month + 3, 1) - 1);
}

static void add_term(const struct due_expansion *e, int year, int number, struct windows *windows)
{
    const struct school *school = school_of(e);
    int count = (int)school->term_count;

    *e->doubts |= DOUBT_SCHOOL;
    for (int i = 0; i < count; i++) {
        if (number == 0 || number == i + 1 || number == i - count) {
            struct window term = in_school_year(e, school->terms[i], year);
            due_windows_add(windows, term.from, term.to);
        }
    }
}

/* Between two terms; in summer between two school years. */
static void add_break(const struct due_expansion *e, int year, int season, struct windows *windows)
{
    static const int after_term[] = {[WINTER] = 2, [SPRING] = 3, [AUTUMN] = 1};
    const struct school *school = school_of(e);

    *e->doubts |= DOUBT_SCHOOL;
    if (season == SUMMER) {
        due_windows_add(windows, due_school_year(e, year).to + 1,
                        due_school_year(e, year + 1).from - 1);
    } else if (school->term_count > (uint32_t)after_term[season]) {
        const struct school_term *term = &school->terms[after_term[season] - 1];
        due_windows_add(windows, in_school_year(e, term[0], year).to + 1,
                        in_school_year(e, term[1], year).from - 1);
    }
}

static void add_breaks(const struct due_expansion *e, int year, int season, struct windows *windows)
{
    static const int order[] = {AUTUMN, WINTER, SPRING, SUMMER};

    for (int i = 0; i < 4; i++) {
        if (season == 0 || season == order[i]) {
            add_break(e, year, order[i], windows);
        }
    }
}

void due_add_school_half(struct window whole, int number, struct windows *windows)
{
    int year = civil_of_day(whole.from).year;
    civil_day middle = due_day_of(year, 12, 31);

    if (number == 0 || number == 1 || number == -2) {
        due_windows_add(windows, whole.from, middle);
    }
    if (number == 0 || number == 2 || number == -1) {
        due_windows_add(windows, middle + 1, whole.to);
    }
}

/* So many months from September on: trimesters of three, semesters of five (and of vacation). */
static void add_months(int year, int number, int size, int parts, struct windows *windows)
{
    for (int i = 0; i < parts; i++) {
        if (number == 0 || number == i + 1 || number == i - parts) {
            due_windows_add(windows, due_day_of(year, 9 + i * size, 1),
                            due_day_of(year, 9 + (i + 1) * size, 1) - 1);
        }
    }
}

void due_divide_school(const struct due_expansion *e, const struct point *point,
                       struct window whole, struct windows *windows)
{
    int year = civil_of_day(whole.from).year;
    bool school = point->of != NULL && point->of->unit == UNIT_SCHOOL_YEAR;

    switch (point->unit) {
    case UNIT_SEASON:
        add_season(e, year, point->number, school, windows);
        return;
    case UNIT_TERM:
        add_term(e, year, point->number, windows);
        return;
    case UNIT_BREAK:
        add_breaks(e, year, point->number, windows);
        return;
    case UNIT_TRIMESTER:
        *e->doubts |= DOUBT_SCHOOL;
        add_months(year, point->number, 3, 3, windows);
        return;
    case UNIT_SEMESTER:
        *e->doubts |= DOUBT_SCHOOL;
        add_months(year, point->number, 5, 2, windows);
        return;
    default: /* a year of a period: nothing to divide */
        due_windows_add(windows, whole.from, whole.to);
    }
}
