/* facts.c - what is true on the day of a letter, and to whom it speaks
 *
 * Owns:    the rule that no letter says what is true no more (docs/letters.md §2).
 * In:      a checked notice, and one piece of its news.
 * Always:  the same notice gives the same facts.
 */
#include "workers/notify/facts.h"

#include "workers/notify/extract.h"
#include "workers/notify/text.h"

#include <string.h>

bool party_is(const struct party *a, const struct party *b)
{
    return a->id != NULL && b->id != NULL && strcmp(a->id, b->id) == 0;
}

/* --- to whom ------------------------------------------------------------------------------- */

static bool is_co_executor(const struct news *w, const struct party *who)
{
    for (size_t i = 0; i < w->co_executor_count; i++) {
        if (party_is(&w->co_executors[i], who)) {
            return true;
        }
    }
    return party_is(&w->part, who);
}

static enum role role_of_decider(const struct news *w, const struct party *who)
{
    return party_is(&w->controller, who) || w->controller.id == NULL ? ROLE_CONTROLLER : ROLE_ABOVE;
}

/* The part that somebody has who is absent, or was. */
static enum role role_of_any(const struct news *w, const struct party *who)
{
    if (party_is(&w->responsible, who)) {
        return ROLE_RESPONSIBLE;
    }
    return party_is(&w->controller, who) && !is_co_executor(w, who) ? ROLE_CONTROLLER
                                                                    : ROLE_CO_EXECUTOR;
}

static enum role role_of(const struct notice *n, const struct news *w)
{
    const struct party *who = w->on_behalf.id != NULL ? &w->on_behalf : &n->to;

    switch (w->kind) {
    case NOTICE_ESCALATED:
        if (party_is(&w->responsible, who)) {
            return ROLE_RESPONSIBLE;
        }
        return w->levels == 0 || party_is(&w->controller, who) ? ROLE_CONTROLLER : ROLE_ABOVE;
    case NOTICE_UNDECIDED:
    case NOTICE_REPORTED:
    case NOTICE_ASKED:
    case NOTICE_DELEGATED:
        return role_of_decider(w, who);
    case NOTICE_HANDED_OVER:
    case NOTICE_HANDED_BACK:
        return role_of_any(w, w->body.id != NULL ? &w->body : who);
    case NOTICE_REASSIGNED:
        return party_is(&w->responsible, who) ? ROLE_RESPONSIBLE : ROLE_FORMER;
    default:
        return role_of_any(w, who);
    }
}

/* --- when ---------------------------------------------------------------------------------- */

static bool is_of_term(enum notice_kind kind)
{
    return kind <= NOTICE_ESCALATED;
}

/* An engine that does not count days leaves it to us, and Moscow's day: where the body's day may be
 * the next one already, its rule is believed. */
static int true_days(const struct notice *n, const struct news *w, civil_day last)
{
    int days = words_day_at(n->made_ms, WORDS_MOSCOW_OFFSET) - last;
    bool timed = w->kind != NOTICE_OPENED && is_of_term(w->kind);

    if (w->counted) {
        return -w->left;
    }
    if (w->kind == NOTICE_OVERDUE && days == 0) {
        return 1;
    }
    return timed && w->days == days + 1 ? w->days : days;
}

/* What the rule meant to say is said only while it is true. */
static enum notice_kind true_kind(const struct news *w, int days)
{
    bool about_time = w->kind == NOTICE_TODAY || w->kind == NOTICE_OVERDUE;

    if (w->kind == NOTICE_REMINDER || about_time) {
        return days > 0 ? NOTICE_OVERDUE
                        : (days < 0 ? NOTICE_REMINDER : (about_time ? NOTICE_TODAY : w->kind));
    }
    return w->kind;
}

/* A rule in working days is told in working days; what is overdue is so by the calendar. */
static void find_distance(struct facts *f)
{
    if (f->days < 0 && f->w->working && f->w->counted && f->w->left_working > 0) {
        words_working_days(f->w->left_working, f->distance);
    } else {
        words_days(f->days, f->distance);
    }
}

void facts_find(const struct notice *n, const struct news *w, struct facts *f)
{
    bool part = w->part.id != NULL;

    *f = (struct facts){.n = n, .w = w, .role = role_of(n, w)};
    f->part_of_other = part && f->role == ROLE_RESPONSIBLE;
    f->part = part && !f->part_of_other;
    f->last = part ? w->part_to : w->to_day;
    f->days = true_days(n, w, f->last);
    f->kind = true_kind(w, f->days);
    civil_print_ru(f->last, f->due);
    find_distance(f);
}

/* --- the assignment in a few words --------------------------------------------------------- */

void facts_say_point(const struct facts *f, const char *noun, struct buffer *out)
{
    if (f->w->no != NULL) {
        buffer_text(out, "п. ");
        text_append_line(out, f->w->no, EXTRACT_SHORT_CHARS);
        return;
    }
    say(out, noun, noun[0] != '\0' ? " " : "", NULL);
    if (f->w->title != NULL) {
        buffer_text(out, "«");
        text_append_line(out, f->w->title, EXTRACT_SHORT_CHARS);
        buffer_text(out, "»");
    } else {
        buffer_text(out, f->w->assignment);
    }
}
