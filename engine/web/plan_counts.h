/* plan_counts.h - how many assignments of each roadmap are open, late, waiting, closed */
#ifndef WEB_PLAN_COUNTS_H
#define WEB_PLAN_COUNTS_H

#include "engine/view.h"

#include <jansson.h>

struct plan_counts;

/* One walk over the rows of all assignments. NULL: refused, *err says why. */
struct plan_counts *plan_counts_create(const struct view *view, struct error *err);
void plan_counts_destroy(struct plan_counts *counts); /* NULL is fine */

/* {"all","open","overdue","critical","decide","closed"} of the roadmap of this name: zeros when it
 * has none. Those that are overdue include the critical ones. Yours. */
json_t *plan_counts_json(struct plan_counts *counts, const char *plan);
/* False: there were too many rows, not all are counted. */
bool plan_counts_whole(const struct plan_counts *counts);

#endif
