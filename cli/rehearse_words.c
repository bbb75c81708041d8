/* rehearse_words.c - days, items and letters of a rehearsal, in the words of its reader
 *
 * Owns:    names of months and weekdays, and how an item with several terms is called.
 * Always:  what came from a document is made harmless.
 */
#include "cli/rehearse_words.h"

#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/rehearse_notices.h"
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

static void put_number(struct buffer *out, const struct rehearsed_term *t)
{
    char *no = text_harmless(term_no(t), strlen(term_no(t)));

    text_put(out, "%s", no);
    if (term_occurrences(t) > 1) {
        text_put(out, _(" (%u of %u)"), t->occurrence, term_occurrences(t));
    }
    free(no);
}

char *rehearse_item(const struct rehearsal *r, const struct rehearsed_term *t)
{
    struct buffer out = BUFFER_INIT;

    if (r->plan_count > 1 && t->plan != PLAN_NONE) {
        text_put(&out, "%s ", r->plans[t->plan].definition->name);
    }
    put_number(&out, t);
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
    struct buffer out = BUFFER_INIT;
    const char *word = word_letter(n->kind);

    text_put(&out, "%s", word != NULL ? word : "?");
    if (rehearsed_notice_counts(n)) {
        put_days(&out, n);
    }
    return text_take(&out);
}

static bool same_reason(const struct rehearsed_notice *a, const struct rehearsed_notice *b)
{
    bool same = a->for_whom == b->for_whom || (a->for_whom != NULL && b->for_whom != NULL &&
                                               strcmp(a->for_whom, b->for_whom) == 0);
    bool days = a->days == b->days && a->working == b->working;

    return same && strcmp(a->kind, b->kind) == 0 && (days || !rehearsed_notice_counts(a));
}

/* "напоминание за 3 дня: ", of a deputy "напоминание за 3 дня (вместо: ЛОИРО): " */
static void put_reason(const struct rehearsal *r, const struct rehearsed_notice *n,
                       struct buffer *out)
{
    char *what = rehearse_notice(n);

    text_put(out, "%s", what);
    if (n->for_whom != NULL) {
        text_put(out, _(" (instead of: %s)"), rehearsal_body(r, n->for_whom));
    }
    text_put(out, ": ");
    free(what);
}

/* "lo-2023 1.4, 1.5": the plan's name once for those in a row. */
static void put_about(const struct rehearsal *r, const struct rehearsed_notice *n, bool first,
                      uint32_t plan_before, struct buffer *out)
{
    text_put(out, "%s", first ? "" : ", ");
    if (n->term == TERM_NONE) {
        text_put(out, "?");
        return;
    }
    if (r->plan_count > 1 && n->plan != PLAN_NONE && (first || n->plan != plan_before)) {
        text_put(out, "%s ", r->plans[n->plan].definition->name);
    }
    put_number(out, &r->terms[n->term]);
}

char *rehearse_about(const struct rehearsal *r, const struct rehearsed_notice *notices,
                     uint32_t count)
{
    struct buffer out = BUFFER_INIT;
    uint32_t times;

    for (uint32_t i = 0; i < count; i += times) {
        const struct rehearsed_notice *n = &notices[i];
        bool first = i == 0 || !same_reason(n, n - 1);
        if (first) {
            text_put(&out, "%s", i == 0 ? "" : "; ");
            put_reason(r, n, &out);
        }
        put_about(r, n, first, i == 0 ? PLAN_NONE : n[-1].plan, &out);
        for (times = 1; i + times < count && n[times].term == n->term && same_reason(n, n + times);
             times++) {
        }
        if (times > 1) {
            text_put(&out, " ×%u", times);
        }
    }
    return text_take(&out);
}

char *rehearse_recipient(const struct rehearsal *r, const struct rehearsed_notice *notices,
                         uint32_t count)
{
    uint32_t letters = rehearse_notices_letters(notices, count);
    struct buffer out = BUFFER_INIT;

    text_put(&out, "%s", rehearsal_body(r, notices[0].to));
    if (letters > 1) {
        text_put(&out, ngettext(" (%u letter)", " (%u letters)", letters), letters);
    }
    return text_take(&out);
}

/* --- the whole ----------------------------------------------------------------------------- */

char *rehearse_outside_sentence(const struct rehearsal *r)
{
    struct rehearsal_totals t = rehearsal_count_outside(r);
    char *span = rehearse_span(r->first, r->last);
    struct buffer out = BUFFER_INIT;

    text_put(&out, _("Told are these days: %s; outside of them: "), span);
    text_put(&out, ngettext("%u term", "%u terms", t.terms), t.terms);
    text_put(&out, ", ");
    text_put(&out, ngettext("%u letter", "%u letters", t.letters), t.letters);
    text_put(&out, ", ");
    text_put(&out, ngettext("%u remark", "%u remarks", r->unseen), r->unseen);
    free(span);
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
