/* steer.h - what cancel, suspend and resume have in common: an instance, a reason, a sentence */
#ifndef CLI_STEER_H
#define CLI_STEER_H

#include "cli/session.h"

struct steer {
    const char *verb;
    bool needs_reason;
    const char *done; /* N_(): "is cancelled" */
};

extern const struct option steer_reason_options[];

enum exit_code steer_instance(struct session *session, const struct arguments *arguments,
                              const struct steer *steer);

/* --reason, which must be there and not be empty; NULL and *err otherwise. */
const char *steer_reason(const struct arguments *arguments, struct error *err);

#endif
