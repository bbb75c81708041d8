/* rehearse_findings.h - what the author of a plan should look at
 *
 * Each finding is an object with its kind and what it is about (docs/cli.md, rehearse); the words
 * are in rehearse_words.h.
 */
#ifndef CLI_REHEARSE_FINDINGS_H
#define CLI_REHEARSE_FINDINGS_H

#include "cli/rehearsal.h"

/* All about the days that are told of, into rehearsal->findings, when terms and notices are
 * complete; of others how many, into rehearsal->unseen. */
void rehearse_findings(struct rehearsal *rehearsal);

/* Of the terms: too much at once, before what they depend on, on days off, years without a
 * calendar. For rehearse_findings(), and for tests. */
void rehearse_find_loads(struct rehearsal *rehearsal);
void rehearse_find_order(struct rehearsal *rehearsal);
void rehearse_find_days_off(struct rehearsal *rehearsal);
void rehearse_find_years(struct rehearsal *rehearsal);

/* Of a plan: terms that may mean something else, with that; and terms without days of their own. */
void rehearse_find_ambiguous(struct rehearsal *rehearsal, const struct definition *plan);
void rehearse_find_undated(struct rehearsal *rehearsal, const struct definition *plan);

/* Does the item have a day among those that are told of? */
bool rehearse_find_tells(const struct rehearsal *rehearsal, const struct roadmap_item *item);
/* {"plan","no","task"}, with "occurrence" and "occurrences" where there are several; yours. */
json_t *rehearse_term_json(const struct rehearsal *rehearsal, const struct rehearsed_term *term);
/* The one in the list that is equal, but for a member that only those in the list have. Borrowed;
 * NULL: there is none. */
json_t *rehearse_find_same(json_t *list, const json_t *one, const char *gathered);
json_t *rehearse_day_json(civil_day day); /* "2023-08-15"; null for CIVIL_DAY_NONE */

#endif
