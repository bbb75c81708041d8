/* diff_places.c - what a difference is about
 *
 * Owns:    how a part of a document is named: by its number, id, day, path, or by what it does.
 * In:      diff_words.c.
 * Out:     text in buffers of the caller.
 */
#include "cli/diff_places.h"

#include "base/must.h"
#include "cli/dates.h"
#include "cli/language.h"
#include "cli/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_offset(int days, bool working, struct buffer *out)
{
    unsigned count = (unsigned)abs(days);

    if (days == 0) {
        buffer_text(out, _("on the due day"));
    } else if (working && days < 0) {
        text_put(out, ngettext("%u working day before", "%u working days before", count), count);
    } else if (working) {
        text_put(out, ngettext("%u working day after", "%u working days after", count), count);
    } else if (days < 0) {
        text_put(out, ngettext("%u day before", "%u days before", count), count);
    } else {
        text_put(out, ngettext("%u day after", "%u days after", count), count);
    }
}

static void print_rung(const json_t *fields, struct buffer *out)
{
    static const struct {
        const char *word;
        const char *text;
        const char *nobody; /* to whom when there is no level */
    } kinds[] = {{"remind", N_("the reminder "), ""},
                 {"escalate", N_("the escalation "), N_(" to the controller")},
                 {"reassign", N_("the reassignment "), N_(" to the deputy")}};
    unsigned levels = (unsigned)json_integer_value(json_object_get(fields, "to"));
    size_t i = 0;

    while (json_object_get(fields, kinds[i].word) == NULL && i + 1 < sizeof kinds / sizeof *kinds) {
        i++;
    }
    buffer_text(out, _(kinds[i].text));
    print_offset((int)json_integer_value(json_object_get(fields, kinds[i].word)),
                 json_is_true(json_object_get(fields, "working")), out);
    if (i == 0) {
        return;
    }
    if (levels == 0) {
        buffer_text(out, _(kinds[i].nobody));
    } else {
        text_put(out, ngettext(" %u level up", " %u levels up", levels), levels);
    }
}

/* The last word of the path: "2023/2023-02-24". */
static void print_day(const struct difference *d, const char *words, struct buffer *out)
{
    const char *name = strrchr(d->path, '/');
    char day[DATES_TEXT_MAX];

    dates_day_of(name != NULL ? name + 1 : d->path, day);
    text_put(out, "%s %s", words, day);
}

/* "01-07": of a year that has 29 February, which is left out again. */
static void print_holiday(const struct difference *d, struct buffer *out)
{
    char day[DATES_TEXT_MAX];
    char text[DATES_TEXT_MAX];

    snprintf(text, sizeof text, "2000-%.5s", d->path);
    dates_day_of(text, day);
    char *year = strstr(day, " 2000");
    text_put(out, _("holiday of %.*s"), year ? (int)(year - day) : (int)strlen(day), day);
}

static const char *place_word(enum part_kind part)
{
    static const char *const words[PART_KIND_COUNT] = {
        [PART_DOCUMENT] = N_("place|the document"),
        [PART_SECTION] = N_("place|section"),
        [PART_ITEM] = N_("place|item"),
        [PART_BODY] = N_("place|body"),
        [PART_YEAR] = N_("place|year"),
        [PART_DAY_OFF] = N_("place|day off on"),
        [PART_TRANSFER] = N_("place|day off moved to"),
        [PART_WORKING_DAY] = N_("place|working day on"),
        [PART_SHORT_DAY] = N_("place|short day on"),
        [PART_ROUTE] = N_("place|rule"),
        [PART_INDICATOR] = N_("place|indicator"),
        [PART_STEP] = N_("place|step"),
        [PART_CASE] = N_("place|case")};

    return language_word(words[part]);
}

void diff_place_print(const struct difference *d, struct buffer *out)
{
    switch (d->part) {
    case PART_DOCUMENT:
        buffer_text(out, place_word(d->part));
        break;
    case PART_RUNG:
        print_rung(d->fields, out);
        break;
    case PART_HOLIDAY:
        print_holiday(d, out);
        break;
    case PART_DAY_OFF:
    case PART_TRANSFER:
    case PART_WORKING_DAY:
    case PART_SHORT_DAY:
        print_day(d, place_word(d->part), out);
        break;
    default:
        text_put(out, "%s %s", place_word(d->part), d->path);
        break;
    }
}
