/* funnel_part.h - inside the funnel: stages of versions, rows of people
 *
 * Only funnel*.c include this.
 */
#ifndef ENGINE_FUNNEL_PART_H
#define ENGINE_FUNNEL_PART_H

#include "engine/core/stage.h"
#include "engine/core/tables.h"
#include "engine/funnel.h"

/* The newest version of the cycle that the request names, or NULL with *err. */
const struct definition *funnel_find(const struct view *view, const json_t *request,
                                     struct error *err);
/* The stage of the newest version; STAGE_NONE, STAGE_OVER. */
unsigned funnel_stage(const struct view *view, const struct definition *newest,
                      const struct stage_row *row);
/* "municipality" and "school" of the request. */
bool funnel_fits(const json_t *request, const struct stage_row *row);
/* The beginning of all its keys. */
struct buffer funnel_prefix(const struct definition *definition);
int64_t funnel_days(const struct view *view, int64_t since_ms);

/* A page of people. */
json_t *funnel_people(const struct view *view, const struct definition *definition,
                      const json_t *request, struct error *err);
/* A row of one, read from its instance; null: it is not there. */
json_t *funnel_person_of(const struct view *view, const struct definition *definition,
                         uint64_t instance);

#endif
