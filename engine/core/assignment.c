/* assignment.c - names of an assignment's states, and who acts in it
 *
 * Owns:    which states are open, whose ladder runs, who acts for whom.
 * Always:  only looks; apply_people.c changes.
 */
#include "engine/core/assignment.h"

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

const char *assignment_state_name(enum assignment_state state)
{
    static const char *const names[] = {"?",         "planned",  "open",
                                        "reported",  "accepted", "withdrawn",
                                        "delegated", "paused",   "accepted_in_part"};

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
    static const char *const names[] = {"none",        "opened",    "reminder",   "today",
                                        "overdue",     "escalated", "returned",   "handed_over",
                                        "handed_back", "undecided", "reported",   "part",
                                        "withdrawn",   "asked",     "moved",      "refused",
                                        "paused",      "resumed",   "reassigned", "delegated"};

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
