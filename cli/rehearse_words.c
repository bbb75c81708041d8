/* rehearse_words.c - days, items and letters of a rehearsal, in the words of its reader
 *
 * Owns:    names of months and weekdays, and how an item with several terms is called.
 * Always:  what came from a document is made harmless.
 */
#include "cli/rehearse_words.h"

#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/rehearse_term.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

/* --- days ---------------------------------------------------------------------------------- */

char *rehearse_month(int year, int month)
{
    static const char *const names[] = {
        N_("month|January"),   N_("month|February"), N_("month|March"),    N_("month|April"),
        N_("month|May"),       N_("month|June"),     N_("month|July"),     N_("month|August"),
        N_("month|September"), N_("month|October"),  N_("month|November"), N_("month|December")};
    struct buffer out = BUFFER_INIT;

    /* a month and its year, as a heading */
    text_put(&out, _("%s %d"), language_word(names[month - 1]), year);
    return text_take(&out);
}

const char *rehearse_weekday(int weekday)
{
    static const char *const names[] = {N_("weekday|Mon"), N_("weekday|Tue"), N_("weekday|Wed"),
                                        N_("weekday|Thu"), N_("weekday|Fri"), N_("weekday|Sat"),
                                        N_("weekday|Sun")};

    return language_word(names[weekday - 1]);
}

const char *rehearse_weekday_long(int weekday)
{
    static const char *const names[] = {N_("weekday|Monday"),    N_("weekday|Tuesday"),
                                        N_("weekday|Wednesday"), N_("weekday|Thursday"),
                                        N_("weekday|Friday"),    N_("weekday|Saturday"),
                                        N_("weekday|Sunday")};

    return language_word(names[weekday - 1]);
}

char *rehearse_span(civil_day from, civil_day to)
{
    char first[DATES_TEXT_MAX];
    char last[DATES_TEXT_MAX];
    struct buffer out = BUFFER_INIT;

    dates_day(from, first);
    dates_day(to, last);
    if (from == to) {
        text_put(&out, "%s", first);
    } else {
        text_put(&out, "%s – %s", first, last);
    }
    return text_take(&out);
}

/* --- items --------------------------------------------------------------------------------- */

char *rehearse_item(const struct rehearsal *r, const struct rehearsed_term *t)
{
    struct buffer out = BUFFER_INIT;
    char *no = text_harmless(term_no(t), strlen(term_no(t)));

    if (r->plan_count > 1 && t->plan != PLAN_NONE) {
        text_put(&out, "%s ", r->plans[t->plan].definition->name);
    }
    text_put(&out, "%s", no);
    if (term_occurrences(t) > 1) {
        text_put(&out, _(" (%u of %u)"), t->occurrence, term_occurrences(t));
    }
    free(no);
    return text_take(&out);
}

/* --- letters ------------------------------------------------------------------------------- */

static void put_days(struct buffer *out, const struct rehearsed_notice *n)
{
    unsigned count = (unsigned)abs(n->days);

    if (n->days < 0 && n->working) {
        text_put(out, ngettext(", %u working day before", ", %u working days before", count),
                 count);
    } else if (n->days < 0) {
        text_put(out, ngettext(", %u day before", ", %u days before", count), count);
    } else if (n->days > 0 && n->working) {
        text_put(out, ngettext(", %u working day late", ", %u working days late", count), count);
    } else if (n->days > 0) {
        text_put(out, ngettext(", %u day late", ", %u days late", count), count);
    }
}

char *rehearse_notice(const struct rehearsed_notice *n)
{
    static const char *const counted[] = {"reminder", "overdue", "escalated"};
    struct buffer out = BUFFER_INIT;
    const char *word = word_letter(n->kind);

    text_put(&out, "%s", word != NULL ? word : "?");
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
        if (strcmp(counted[i], n->kind) == 0) {
            put_days(&out, n);
        }
    }
    return text_take(&out);
}

char *rehearse_people_sentence(const struct rehearsal *r)
{
    struct buffer out = BUFFER_INIT;
    unsigned days = r->options.late_days;

    if (r->options.people == PEOPLE_ON_TIME) {
        text_put(
            &out, "%s",
            _("People are simulated: a report on the last day of each term, accepted at once"));
    } else if (r->options.people == PEOPLE_LATE) {
        text_put(
            &out,
            ngettext("People are simulated: a report %u day after each term, accepted at once",
                     "People are simulated: a report %u days after each term, accepted at once",
                     days),
            days);
    } else {
        text_put(&out, "%s", _("People are simulated: nobody ever reports"));
    }
    return text_take(&out);
}
