/* term_phrase.c - the term that words of a document give an assignment
 *
 * Owns:    which of the windows of a phrase is meant, and what is counted from an event.
 * In:      term.c.
 * Out:     first and last day.
 * Always:  the first window that is not over when the assignment is given; a month later is the
 *          same day of it, or its last (Civil Code, article 192); what gives no day is refused.
 * See:     docs/time.md §3
 */
#include "engine/core/term_phrase.h"

#include "calendar/due.h"

static civil_day months_later(civil_day day, int32_t months)
{
    struct civil c = civil_of_day(day);
    int32_t month = c.year * 12 + c.month - 1 + months;

    c.year = month / 12;
    c.month = month % 12 + 1;
    c.year = c.year < CIVIL_YEAR_FIRST  ? CIVIL_YEAR_FIRST
             : c.year > CIVIL_YEAR_LAST ? CIVIL_YEAR_LAST
                                        : c.year;
    while (!civil_valid(c)) {
        c.day--;
    }
    return civil_to_day(c);
}

/* `count` units after the day, before it when negative. */
static civil_day counted_from(const struct term_rules *rules, civil_day day,
                              const struct due_anchor *anchor)
{
    int32_t count = anchor->direction == DUE_BEFORE ? -anchor->count : anchor->count;

    switch (anchor->unit) {
    case DUE_MONTHS:
        return months_later(day, count);
    case DUE_QUARTERS:
        return months_later(day, 3 * count);
    case DUE_YEARS:
        return months_later(day, 12 * count);
    case DUE_WEEKS:
        return term_counted(rules, day, (struct days){7 * count, false});
    case DUE_HOURS:
        return term_counted(rules, day, (struct days){count / 24, false});
    case DUE_WORKING_DAYS:
        return term_counted(rules, day, (struct days){count, true});
    case DUE_DAYS:
    default:
        return term_counted(rules, day, (struct days){count, false});
    }
}

static bool read_context(const struct term_rules *rules, const json_t *due, civil_day since,
                         struct due_context *context, struct error *err)
{
    const json_t *year = json_object_get(due, "year");

    *context = (struct due_context){.period = {CIVIL_DAY_NONE, CIVIL_DAY_NONE},
                                    .year = civil_of_day(since).year,
                                    .signed_day = CIVIL_DAY_NONE,
                                    .school = rules->school,
                                    .workdays = rules->workdays};
    if (year != NULL && !json_is_null(year)) {
        json_int_t number = json_is_integer(year) ? json_integer_value(year) : 0;
        if (number < CIVIL_YEAR_FIRST || number > CIVIL_YEAR_LAST) {
            return error_set(err, ERROR_INVALID, "due.year must be a year like 2023");
        }
        context->year = (int)number;
    }
    return term_date(due, "due", "signed", &context->signed_day, err);
}

/* The first that is not over, else the last. */
static void take_window(const struct due_reading *reading, civil_day since,
                        struct term_reading *term)
{
    uint32_t i = 0;

    while (i + 1 < reading->window_count && reading->windows[i].to < since) {
        i++;
    }
    const struct window *w = &reading->windows[i];
    term->literal = w->to;
    if (w->from != CIVIL_DAY_NONE && w->from < w->to && (w->from > since || w->to < since)) {
        term->from = w->from;
    }
}

bool term_phrase(const struct term_rules *rules, const json_t *due, civil_day since,
                 struct term_reading *term, struct error *err)
{
    const char *text = json_string_value(json_object_get(due, "phrase"));
    struct due_context context;
    struct due read;
    struct error why = ERROR_INIT;

    if (!read_context(rules, due, since, &context, err)) {
        return false;
    }
    if (text == NULL || !due_parse(bytes_of(text), &context, rules->arena, &read, &why)) {
        return error_set(err, ERROR_INVALID, "due.phrase is not understood: %s",
                         text == NULL ? N_("it is no text") : why.text);
    }
    if (read.reading.window_count > 0) {
        take_window(&read.reading, since, term);
        return true;
    }
    bool from_today = json_is_string(json_object_get(due, "since"));
    if (read.reading.kind != DUE_RELATIVE || read.anchor.direction == DUE_DURING ||
        (read.anchor.direction == DUE_BEFORE && read.anchor.count > 0 && !from_today)) {
        return error_set(err, ERROR_INVALID, "due.phrase gives no day: \"%s\"", text);
    }
    term->literal = counted_from(rules, since, &read.anchor);
    return true;
}
