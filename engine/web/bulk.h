/* bulk.h - one action on all that a list finds: what it would touch, and each command
 *
 * A request is {"action","list","filter","reason"?,…} (docs/http.md §4.2); read once from an
 * exchange, it is kept as JSON and planned from that.
 */
#ifndef WEB_BULK_H
#define WEB_BULK_H

#include "engine/view.h"
#include "engine/web/link.h"
#include "wire/bulk_table.h"

struct exchange;

/* Borrowed from the request, but for the query, which is yours. */
struct bulk_plan {
    const struct bulk_list *list;
    const struct bulk_action *action;
    const json_t *request;
    json_t *query; /* of MC1 */
};

/* What is touched. task 0: the instance. */
struct bulk_target {
    uint64_t instance;
    uint32_t task;
};

/* The fields; what is wrong is noted. preview: what the action needs may still lack. Yours. */
json_t *bulk_read(struct exchange *x, bool preview);
/* The request must have been read so. */
void bulk_plan_init(struct bulk_plan *plan, const json_t *request);
void bulk_plan_fini(struct bulk_plan *plan);

/* A page of the list: {"rows","next"}, yours; after NULL: the first. NULL and *err when refused. */
json_t *bulk_page(const struct bulk_plan *plan, const struct view *view, const char *after,
                  struct error *err);
/* What a row of it names. */
bool bulk_target_of(const struct bulk_plan *plan, const json_t *row,
                    struct bulk_target *ret_target);
/* What people call the "task" or "instance" of a row that says no more of it, as a list would. */
void bulk_set_names(json_t *row, const struct view *view);
/* Is something not known yet that the action needs? So it may be in a preview. */
bool bulk_lacks(const struct bulk_plan *plan);
/* What each command says beside its target. Yours. */
json_t *bulk_fields(const struct bulk_plan *plan, const char *by);
/* The command for it; the payload is yours. */
struct ask bulk_ask(const struct bulk_plan *plan, struct bulk_target target, const char *by,
                    const char *once);

#endif
