/* rehearse_plans.h - the documents of a rehearsal: the plans, and what they need */
#ifndef CLI_REHEARSE_PLANS_H
#define CLI_REHEARSE_PLANS_H

#include "cli/documents.h"
#include "cli/rehearsal.h"
#include "cli/session.h"

struct rehearse_plans {
    struct documents documents;
    bool *needed; /* by the plans: these are deployed */
};

/* Read the files: the words of the command are files, folders or names of plans. What they need is
 * looked for in --with; else in the folder of each plan, and in the folder above when that has
 * `bodies` or `policies` in it; names in ./workflows. */
bool rehearse_plans_gather(struct rehearse_plans *plans, const struct arguments *arguments,
                           struct error *err);

/* Check what is needed; what is wrong is said on standard error. Fills plans and catalog of the
 * rehearsal. *ret_said: a sentence was said already. */
bool rehearse_plans_check(struct rehearse_plans *plans, struct rehearsal *rehearsal,
                          const struct session *session, bool *ret_said, struct error *err);

/* Indices of the documents to be deployed, as many as *ret_count; what others name comes first.
 * Within a kind documents may still name one that stands later. Yours to free. */
uint32_t *rehearse_plans_order(const struct rehearse_plans *plans, uint32_t *ret_count);

void rehearse_plans_fini(struct rehearse_plans *plans);

#endif
