/* due_text.c - what a term means, for people
 *
 * Owns:    words of kinds, spans of days, the order of what is told.
 * In:      due.c.
 * Out:     text.
 * Always:  what strangers wrote is made harmless first.
 * See:     due_text.h; docs/cli.md §due
 */
#include "cli/due_text.h"

#include "calendar/due_json.h"
#include "cli/dates.h"
#include "cli/language.h"
#include "cli/place.h"
#include "cli/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ERROR_COLUMNS 64 /* of a phrase around the place that is meant: a glance */
#define MONTHS        12
#define WEEK_DAYS     7

/* --- kinds ------------------------------------------------------------------------------------ */

static int month_of(struct window window)
{
    struct civil c = civil_of_day(window.to);

    return c.year * MONTHS + c.month;
}

static int month_step(const struct window *w)
{
    return month_of(w[1]) - month_of(w[0]);
}

static int day_step(const struct window *w)
{
    return w[1].to - w[0].to;
}

/* The distance of all windows from the one before; 0 where they have not one. */
static int steady(const struct due_reading *reading, int (*step)(const struct window *w))
{
    int first = reading->window_count > 1 ? step(reading->windows) : 0;

    for (uint32_t i = 1; i + 1 < reading->window_count; i++) {
        first = step(reading->windows + i) == first ? first : 0;
    }
    return first;
}

/* How often, as its days show it. */
static const char *often(const struct due_reading *reading)
{
    int days = steady(reading, day_step);

    if (days == 1 || days == WEEK_DAYS || days == 2 * WEEK_DAYS) {
        return days == 1           ? N_("due|comes again every day")
               : days == WEEK_DAYS ? N_("due|comes again every week")
                                   : N_("due|comes again every two weeks");
    }
    switch (steady(reading, month_step)) {
    case 1:
        return N_("due|comes again every month");
    case 3:
        return N_("due|comes again every quarter");
    case 6:
        return N_("due|comes again every half-year");
    case MONTHS:
        return N_("due|comes again every year");
    default:
        return N_("due|comes again");
    }
}

static const char *kind_words(const struct due_reading *reading)
{
    static const char *const words[DUE_KIND_COUNT] = {
        [DUE_DATE] = N_("due|a date"),
        [DUE_WINDOW] = N_("due|once, on one of these days"),
        [DUE_CONTINUOUS] = N_("due|all the time"),
        [DUE_ON_DEMAND] = N_("due|when it is needed"),
        [DUE_PER_OTHER_PLAN] = N_("due|by another plan"),
        [DUE_RELATIVE] = N_("due|counted from an event"),
    };

    if (reading->kind == DUE_RECURRING) {
        return language_word(often(reading));
    }
    if (reading->kind == DUE_WINDOW && reading->window_count > 1) {
        return language_word(N_("due|once in each of these spans"));
    }
    return language_word(words[reading->kind]);
}

/* --- days ------------------------------------------------------------------------------------- */

/* «1–31 мая 2023 г.», «1 сентября – 31 декабря 2021 г.»: what is the same is said once. */
static void put_span(struct window window, struct buffer *out)
{
    struct civil from = civil_of_day(window.from);
    struct civil to = civil_of_day(window.to);
    char first[DATES_TEXT_MAX];
    char last[DATES_TEXT_MAX];
    char year[16];

    dates_day(window.from, first);
    dates_day(window.to, last);
    snprintf(year, sizeof year, " %d", from.year);
    char *said = strstr(first, year);
    if (from.year == to.year && said != NULL) {
        *said = '\0';
    }
    if (from.year == to.year && from.month == to.month) {
        text_put(out, "%d–%s", from.day, last);
    } else {
        text_put(out, "%s – %s", first, last);
    }
}

static void put_window(struct window window, struct buffer *out)
{
    char day[DATES_TEXT_MAX];

    if (window.from != CIVIL_DAY_NONE && window.from != window.to) {
        put_span(window, out);
        return;
    }
    dates_day(window.to, day);
    text_put(out, "%s%s", window.from == CIVIL_DAY_NONE ? _("until ") : "", day);
}

static void put_windows(const struct due_reading *reading, bool more, struct buffer *out)
{
    uint32_t shown =
        reading->window_count < DUE_JSON_WINDOWS ? reading->window_count : DUE_JSON_WINDOWS;

    for (uint32_t i = 0; i < shown; i++) {
        buffer_text(out, "    ");
        put_window(reading->windows[i], out);
        buffer_text(out, "\n");
    }
    if (reading->window_count > shown || more) {
        buffer_text(out, "    …\n");
    }
}

/* --- lines ------------------------------------------------------------------------------------ */

static void put_line(const char *label, struct bytes text, struct buffer *out)
{
    if (text.size > 0) {
        char *shown = text_harmless(text.data, text.size);
        text_put(out, "  %s: %s\n", label, shown);
        free(shown);
    }
}

static void put_reading(const struct due_reading *reading, bool more, struct buffer *out)
{
    text_put(out, "  %s\n", kind_words(reading));
    put_line(_("rule"), reading->rule, out);
    put_windows(reading, more, out);
}

/* What is said of the whole, after its days. */
static void put_more(const struct due *due, struct buffer *out)
{
    if (due->year_missing) {
        text_put(out, "  %s\n", _("no year is known: give --year or --period"));
    }
    put_line(_("counted from"), due->anchor.event, out);
    if (due->by_minute >= 0) {
        text_put(out, _("  until %02d:%02d of the day\n"), due->by_minute / 60,
                 due->by_minute % 60);
    }
    put_line(_("not quite clear"), due->ambiguity, out);
    for (uint32_t i = 0; i < due->alternative_count; i++) {
        text_put(out, _("  or, %u: %s\n"), i + 2, kind_words(&due->alternatives[i]));
        put_line(_("rule"), due->alternatives[i].rule, out);
        put_windows(&due->alternatives[i], false, out);
    }
}

static void put_part(const struct due *due, uint32_t index, struct buffer *out)
{
    const struct due_part *part = &due->parts[index];

    put_reading(&part->reading, index == 0 && due->more, out);
    if (index == 0) { /* the chosen reading */
        put_more(due, out);
    } else {
        put_line(_("not quite clear"), part->ambiguity, out);
    }
}

static void put_indented(const struct buffer *lines, struct buffer *out)
{
    const char *line = (const char *)lines->data;
    const char *end = line + lines->size;

    while (line < end) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        size_t size = next != NULL ? (size_t)(next - line) + 1 : (size_t)(end - line);
        text_blanks(out, 2);
        buffer_append(out, line, size);
        line += size;
    }
}

/* Each part under a line that says what it is for. */
static void put_parts(const struct due *due, struct buffer *out)
{
    for (uint32_t i = 0; i < due->part_count; i++) {
        struct bytes purpose = due->parts[i].purpose;
        char *shown = purpose.size > 0 ? text_harmless(purpose.data, purpose.size) : NULL;
        struct buffer lines = BUFFER_INIT;
        if (shown != NULL) {
            text_put(out, _("  part %u: %s\n"), i + 1, shown);
        } else {
            text_put(out, _("  part %u\n"), i + 1);
        }
        put_part(due, i, &lines);
        put_indented(&lines, out);
        buffer_fini(&lines);
        free(shown);
    }
}

void due_text(const char *phrase, const struct due *due, struct buffer *out)
{
    char *line = text_harmless(phrase, strlen(phrase));

    text_put(out, "%s\n", line);
    if (due->part_count > 0) {
        put_parts(due, out);
    } else {
        put_reading(&due->reading, due->more, out);
        put_more(due, out);
    }
    free(line);
}

void due_text_error(const char *phrase, const struct error *err, size_t columns, struct buffer *out)
{
    char *sentence = text_harmless(err->text, strlen(err->text));
    char *line = text_harmless(phrase, strlen(phrase));

    text_put(out, "%s\n", sentence);
    place_print(line, 1, err->column,
                columns > 0 && columns < ERROR_COLUMNS ? columns : ERROR_COLUMNS, out);
    free(sentence);
    free(line);
}
