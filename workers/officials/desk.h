/* desk.h - one assignment on the desk of a simulated official: what to do about it today */
#ifndef OFFICIALS_DESK_H
#define OFFICIALS_DESK_H

#include "base/error.h"
#include "workers/officials/plan.h"

#include <jansson.h>

#define DESK_COMMANDS_MAX                                                                          \
    70u /* of one assignment on one day: a part of each co-executor, and some */

/* The payloads of the ASSIGNMENT commands that are due today for this row of ASSIGNMENTS, in their
 * order: an array, to be given back with json_decref(); empty when there is nothing to do, or when
 * the row is not understood (then *err is set; it must be ERROR_INIT before). */
json_t *desk_commands(const struct habits *habits, const json_t *row, civil_day today,
                      struct error *err);

#endif
