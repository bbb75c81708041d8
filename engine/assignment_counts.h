/* assignment_counts.h - how many assignments of each roadmap, or of each body, are open, late,
 * waiting, closed */
#ifndef ENGINE_ASSIGNMENT_COUNTS_H
#define ENGINE_ASSIGNMENT_COUNTS_H

#include "engine/view.h"

#include <jansson.h>

struct assignment_counts;

enum counts_by {
    COUNTS_BY_PLAN, /* those of none are left out */
    COUNTS_BY_BODY, /* the responsible one */
};

/* One walk over the rows of all assignments. NULL: refused, *err says why. */
struct assignment_counts *assignment_counts_create(const struct view *view, enum counts_by by,
                                                   struct error *err);
void assignment_counts_destroy(struct assignment_counts *counts); /* NULL is fine */

/* {"all","open","overdue","critical","decide","closed"} of the roadmap or body of this id: zeros
 * when it has none. Those that are overdue include the critical ones. Yours. */
json_t *assignment_counts_json(struct assignment_counts *counts, const char *id);
/* False: there were too many rows, not all are counted. */
bool assignment_counts_whole(const struct assignment_counts *counts);

#endif
