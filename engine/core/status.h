/* status.h - the status phases of the Serverless Workflow DSL, seen from our states
 *
 * Pure, and the one place that knows the mapping (docs/states.md §7). Our states say what can be
 * done with an instance or a task; a status says how far it is, in the words of the standard.
 */
#ifndef CORE_STATUS_H
#define CORE_STATUS_H

#include "engine/core/instance.h"

enum status {
    STATUS_NONE, /* not there yet, or a step that nobody sees */
    STATUS_PENDING,
    STATUS_RUNNING,
    STATUS_WAITING,
    STATUS_SUSPENDED,
    STATUS_CANCELLED,
    STATUS_FAULTED,
    STATUS_COMPLETED,
    STATUS_COUNT
};

/* Waiting: all that is open waits for time or events. NULL: STATUS_NONE. */
enum status status_of_instance(const struct instance *instance);

/* An incident is faulted: an operator may still give it another attempt. */
enum status status_of_task(const struct instance *instance, const struct task *task);

const char *status_name(enum status status); /* "waiting"; "?" for none */

#endif
