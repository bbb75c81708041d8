/* term.h - inside core: what `due` of an assignment means, in the calendar of its body
 *
 * Pure: JSON as filled from the workflow, a policy and a production calendar -> civil days. The
 * words: docs/language.md §3.4. Where a term goes that ends on a day off: docs/time.md §4.
 */
#ifndef CORE_TERM_H
#define CORE_TERM_H

#include "engine/core/world.h"

/* What terms are counted by. */
struct term_rules {
    const struct policy *policy;
    const struct workdays *workdays; /* of the responsible body */
    const struct school *school;     /* its school year; NULL: the usual one */
    civil_day today;                 /* of that body, when the assignment was given */
    struct arena *arena;
};

struct term_reading {
    civil_day from;
    civil_day literal; /* the last day as the document says it */
    civil_day to;      /* literal, or where the policy puts it; never before `from` */
};

/* The production calendar of this body: its own, or "ru". Never NULL. */
const struct workdays *term_workdays(const struct world *world, struct bytes body);
/* By today's documents, and today. Who recounts an old term sets `today` to the day it was given.
 */
struct term_rules term_rules(const struct world *world, const struct policy *policy,
                             struct bytes responsible);

/* `due`: {from, to} | {days, working, since} | {word, since} | {phrase, year, signed, since}, each
 * with `from` (default: since, else today). Refused with a sentence: no such word in the policy, a
 * phrase that gives no day, an end before the start. */
bool term_read(const struct term_rules *rules, const json_t *due, struct term_reading *ret_term,
               struct error *err);

/* An entry of co_executors: "id" | {body, to} | {body, days_before, working}. The own term of that
 * part: not after that of the whole, which is its default, nor before the start. */
bool term_read_part(const struct term_rules *rules, const json_t *entry,
                    const struct term_reading *whole, civil_day *ret_to, struct error *err);
/* The id in such an entry; NULL: it is none. */
const char *term_part_body(const json_t *entry);

/* Where the policy puts a term that would end on this day, but not before `from`. */
civil_day term_shift(const struct term_rules *rules, civil_day from, civil_day literal);

/* The last day of a clock that stood from `since` to today: as many days later, working ones where
 * the policy counts any in them. What was over before `since` stays. Not shifted. */
civil_day term_resumed(const struct term_rules *rules, civil_day to, civil_day since);

/* A child's last day in its parent's term: three working days before it, or that day itself when
 * they are over. */
civil_day term_of_child(const struct term_rules *rules, civil_day to);

/* The first year of its term that has no approved calendar; 0: all have. For WHY. */
int term_missing_year(const struct world *world, const struct assignment *assignment);

#endif
