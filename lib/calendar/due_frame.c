/* due_frame.c - which years a document is about
 *
 * Owns:    what is taken where the document says less: the year of the act, that of the phrase.
 * In:      struct due_context and one term.
 * Out:     struct due_frame.
 * See:     due_calendar.h; docs/time.md §3
 */
#include "calendar/due_count.h"

#define OPEN_YEARS 2 /* of a document without an end, and of yearly terms without a period */

static bool known(civil_day day)
{
    return day != CIVIL_DAY_NONE;
}

/* Of the items and the spans together. */
static const struct item *item_at(const struct term *term, uint32_t i)
{
    return i < term->item_count ? &term->items[i] : &term->spans[i - term->item_count];
}

/* «ежегодно до 2025 года»: it begins with the document, where that has a year. */
static bool only_ends(const struct term *term, const struct item *item,
                      const struct due_context *context)
{
    bool ends = item->to == NULL && (item->bound == BOUND_BY || item->bound == BOUND_NOT_LATER ||
                                     item->bound == BOUND_TOWARDS || item->bound == BOUND_THROUGH);
    bool year = context->year > 0 || known(context->signed_day);

    return ends && year && term->repeat.unit != UNIT_NONE && term->repeat.unit != UNIT_PERIOD;
}

/* The first year that the phrase itself names; 0: none. */
static int year_said(const struct term *term, const struct due_context *context)
{
    for (uint32_t i = 0; i < term->item_count + term->span_count; i++) {
        const struct item *item = item_at(term, i);
        const struct point *year = due_year_of(item->from);
        if (year != NULL && year->number > 0 && !only_ends(term, item, context)) {
            return year->number;
        }
    }
    if (term->anchor.when != NULL) {
        const struct point *year = due_year_of(term->anchor.when->from);
        return year != NULL ? year->number : 0;
    }
    return 0;
}

/* The last one. */
static int last_year_said(const struct term *term)
{
    int last = 0;

    for (uint32_t i = 0; i < term->item_count + term->span_count; i++) {
        const struct item *item = item_at(term, i);
        const struct point *year = due_year_of(item->to != NULL ? item->to : item->from);
        int number = year == NULL ? 0 : year->last > 0 ? year->last : year->number;
        last = number > last ? number : last;
    }
    return last;
}

static struct due_frame by_years(const struct due_context *context, const struct term *term,
                                 bool yearly)
{
    struct due_frame frame = {.known = true};
    int signed_year = known(context->signed_day) ? civil_of_day(context->signed_day).year : 0;
    int said = year_said(term, context);
    int year = said > 0 ? said : context->year > 0 ? context->year : signed_year;

    if (year < 1901 || year > 2196) {
        frame.known = false;
        frame.span = (struct window){due_day_of(2000, 1, 1), due_day_of(2000, 12, 31)};
        return frame;
    }
    int last = year + (yearly ? OPEN_YEARS - 1 : 0);
    last = last_year_said(term) > last ? last_year_said(term) : last;
    frame.span = (struct window){due_day_of(year, 1, 1), due_day_of(last, 12, 31)};
    frame.year = year;
    return frame;
}

struct due_frame due_frame_make(const struct due_context *context, const struct term *term,
                                bool yearly)
{
    struct window period = context->period;
    struct due_frame frame;

    if (known(period.from) || known(period.to)) {
        civil_day from = known(period.from) ? period.from : due_shift(period.to + 1, UNIT_YEAR, -1);
        civil_day to = known(period.to) ? period.to : due_shift(from, UNIT_YEAR, OPEN_YEARS) - 1;
        frame = (struct due_frame){.span = {from, to},
                                   .clip = true,
                                   .open = !known(period.to),
                                   .known = from <= to,
                                   .year = context->year};
    } else {
        frame = by_years(context, term, yearly);
    }
    frame.school = context->school;
    frame.signed_day = context->signed_day;
    frame.workdays = context->workdays;
    frame.since = known(context->signed_day) && context->signed_day > frame.span.from &&
                          context->signed_day <= frame.span.to
                      ? context->signed_day
                      : frame.span.from;
    if (frame.year == 0 && civil_of_day(frame.span.from).year == civil_of_day(frame.span.to).year) {
        frame.year = civil_of_day(frame.span.from).year;
    }
    return frame;
}
