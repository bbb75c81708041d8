/* bulk_targets.h - what an action on many touches: in order, in memory and beside its job
 */
#ifndef WEB_BULK_TARGETS_H
#define WEB_BULK_TARGETS_H

#include "engine/web/bulk.h"

struct job;

struct bulk_targets {
    struct bulk_target *list;
    size_t count;
    size_t room;
};

/* Several rows of one instance stand one after another: it is touched once. */
void bulk_targets_add(struct bulk_targets *targets, struct bulk_target target);
bool bulk_targets_write(const struct bulk_targets *targets, const struct job *job,
                        struct error *err);
/* Into an empty list. false: there are none yet, or they can't be read. */
bool bulk_targets_read(struct bulk_targets *targets, const struct job *job);
void bulk_targets_fini(struct bulk_targets *targets);

#endif
