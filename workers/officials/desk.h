/* desk.h - one assignment on the desk of a simulated official: what to do about it today */
#ifndef OFFICIALS_DESK_H
#define OFFICIALS_DESK_H

#include "base/error.h"
#include "workers/officials/plan.h"

#include <jansson.h>

/* The payload of the ASSIGNMENT command that is due today for this row of ASSIGNMENTS, to be given
 * back with json_decref(); NULL when there is nothing to do, or when the row is not understood
 * (then *err is set; it must be ERROR_INIT before). */
json_t *desk_command(const struct habits *habits, const json_t *row, civil_day today,
                     struct error *err);

/* Stands in every report. */
#define DESK_MARK "Отчёт подготовлен имитатором исполнителей (демонстрация)."

#endif
