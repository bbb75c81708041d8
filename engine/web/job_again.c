/* job_again.c - what was tried again and failed again
 *
 * Owns:    the count of targets of a retry that are incidents at this moment.
 * In:      a job that is over; its file of targets, read when somebody asks.
 * Always:  it is as things are now: a worker may take its time to fail, and somebody may have
 *          mended it since.
 * See:     docs/http.md §4.2
 */
#include "engine/listing.h"
#include "engine/web/bulk_targets.h"
#include "engine/web/jobs_part.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

#define LOOKS 2000u /* in one step: some ms */

struct job_again {
    struct bulk_targets targets;
    size_t at;
    uint64_t count;
};

struct job_again *job_again_begin(const struct job *job)
{
    const char *action = json_string_value(json_object_get(job->request, "action"));

    if (action == NULL || strcmp(action, "retry") != 0 || !job_is_over(job)) {
        return NULL;
    }
    struct job_again *again = xcalloc(1, sizeof *again);
    if (!bulk_targets_read(&again->targets, job)) { /* it was ended before they were known */
        job_again_end(again);
        return NULL;
    }
    return again;
}

bool job_again_step(struct job_again *again, const struct view *view, uint64_t *ret_count)
{
    size_t until = again->at + LOOKS;

    for (; again->at < until && again->at < again->targets.count; again->at++) {
        struct bulk_target target = again->targets.list[again->at];
        again->count += listing_is_incident(view, target.instance, target.task);
    }
    *ret_count = again->count;
    return again->at < again->targets.count;
}

void job_again_end(struct job_again *again)
{
    bulk_targets_fini(&again->targets);
    free(again);
}
