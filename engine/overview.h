/* overview.h - where everything stands today, and how terms are kept (docs/protocol.md §3.6)
 *
 * Pure over a snapshot. Each is one walk over index rows; whoever is asked often keeps an answer
 * until the journal's last entry is another, and for a second at least.
 */
#ifndef ENGINE_OVERVIEW_H
#define ENGINE_OVERVIEW_H

#include "engine/core/entry.h"
#include "engine/view.h"

/* What an operator looks at first. One that is late and asks for an extension is in two. */
enum overview_group {
    GROUP_OVERDUE = 1, /* also the critical ones, whenever their ladder says so */
    GROUP_TODAY,
    GROUP_SOON,
    GROUP_DECISIONS, /* a report waits for its decision, or an extension is asked for */
    GROUPS_SHOWN,    /* those before have rows; of the others there are only numbers */
    GROUP_CRITICAL = GROUPS_SHOWN,
    GROUP_OPEN,
    GROUP_PLANNED,
    GROUP_REPORTED,
    GROUP_ASKED,
    GROUP_PAUSED,
    GROUP_COUNT
};

const char *overview_group_name(enum overview_group group); /* "overdue", as its number */
/* Is it counted in this group, and shown there? */
bool overview_has(enum overview_group group, const struct assignment_entry *entry);

/* OVERVIEW: what is late, due, waits for a decision; by body; the first rows of each. */
json_t *overview_answer(const struct view *view, const json_t *request, struct error *err);

/* DISCIPLINE: on time, late, after an extension, in part, open, by body, plan, section or month,
 * against the first and against the last term. */
json_t *discipline_answer(const struct view *view, const json_t *request, struct error *err);

#endif
