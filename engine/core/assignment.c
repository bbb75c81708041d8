/* assignment.c - names of an assignment's states, and who acts in it
 *
 * Owns:    which states are open, whose ladder runs, who acts for whom, what became of it.
 * Always:  what changes it here is called where records are applied, and where a decision looks
 *          at what a record would give.
 */
#include "engine/core/assignment.h"

#include "base/error.h"

#define NAME(table, i) ((unsigned)(i) < sizeof(table) / sizeof(table)[0] ? (table)[i] : "?")

bool assignment_is_open(const struct assignment *a)
{
    return a->state != ASSIGNMENT_ACCEPTED && a->state != ASSIGNMENT_ACCEPTED_IN_PART &&
           a->state != ASSIGNMENT_WITHDRAWN;
}

bool assignment_runs(const struct assignment *a)
{
    return a->state == ASSIGNMENT_PLANNED || a->state == ASSIGNMENT_OPEN ||
           a->state == ASSIGNMENT_DELEGATED;
}

struct bytes assignment_actor(const struct assignment *a, struct bytes body)
{
    for (uint32_t i = 0; i < a->acting_count; i++) {
        if (bytes_equal(a->acting[i].body, body)) {
            return a->acting[i].deputy;
        }
    }
    return body;
}

int32_t assignment_find_person(const struct assignment *a, struct bytes body)
{
    for (uint32_t i = 0; i < a->people_count; i++) {
        if (bytes_equal(a->people[i], body)) {
            return (int32_t)i;
        }
    }
    return -1;
}

bool assignment_acts_for(const struct assignment *a, struct bytes by, struct bytes body)
{
    return bytes_equal(by, body) || bytes_equal(by, assignment_actor(a, body));
}

uint32_t assignment_open_parts(const struct assignment *a)
{
    uint32_t open = 0;

    for (uint32_t i = 0; i + 1 < a->people_count; i++) {
        open += a->parts[i].state == PART_OPEN;
    }
    return open;
}

bool ladder_step_is_steady(const struct ladder_step *step)
{
    return step->deed == DEED_HAND_OVER || step->deed == DEED_HAND_BACK ||
           step->letter == LETTER_UNDECIDED;
}

/* --- the term ------------------------------------------------------------------------------ */

void assignment_move_term(struct assignment *a, civil_day to, civil_day literal)
{
    for (uint32_t i = 0; i + 1 < a->people_count; i++) {
        struct part *part = &a->parts[i];
        if (part->to == a->to || part->to > to) {
            part->to = to;
        }
    }
    a->to = to;
    a->literal = literal;
}

static bool was_extended(const struct assignment *a)
{
    for (uint32_t i = 0; i < a->term_count; i++) {
        if (a->terms[i].why == TERM_EXTENDED) {
            return true;
        }
    }
    return false;
}

static bool was_accepted(const struct assignment *a)
{
    return a->state == ASSIGNMENT_ACCEPTED || a->state == ASSIGNMENT_ACCEPTED_IN_PART;
}

const char *assignment_outcome(const struct assignment *a)
{
    if (!was_accepted(a)) {
        return NULL;
    }
    if (a->state == ASSIGNMENT_ACCEPTED_IN_PART) {
        return "in-part";
    }
    if (a->reported > a->to) {
        return "met-late";
    }
    return a->reported > a->terms[0].to && was_extended(a) ? "met-after-extension" : "met";
}

const char *assignment_outcome_original(const struct assignment *a)
{
    if (!was_accepted(a)) {
        return NULL;
    }
    return a->reported <= a->terms[0].to ? "met" : "met-late";
}

/* --- names --------------------------------------------------------------------------------- */

const char *assignment_state_name(enum assignment_state state)
{
    static const char *const names[] = {
        "?",         "planned",   "open",   N_("reported"),        "accepted",
        "withdrawn", "delegated", "paused", N_("accepted_in_part")};

    return NAME(names, state);
}

const char *phase_name(enum phase phase)
{
    static const char *const names[] = {"?",     "planned", "open",    "soon",
                                        "today", "overdue", "critical"};

    return NAME(names, phase);
}

const char *letter_name(enum letter letter)
{
    static const char *const names[] = {
        "none",       "opened",      "reminder",    "today",     "overdue",  "escalated",
        "returned",   "handed_over", "handed_back", "undecided", "reported", "part",
        "withdrawn",  "asked",       "moved",       "refused",   "paused",   "resumed",
        "reassigned", "delegated",   "accepted"};

    return NAME(names, letter);
}

const char *part_state_name(enum part_state state)
{
    static const char *const names[] = {"none", "open", "answered"};

    return NAME(names, state);
}

const char *term_why_name(enum term_why why)
{
    static const char *const names[] = {"?", "set", "extended", "moved", "resumed", "calendar"};

    return NAME(names, why);
}

const char *pause_kind_name(enum pause_kind kind)
{
    static const char *const names[] = {"none", "leave", "higher_order", "waits"};

    return NAME(names, kind);
}
