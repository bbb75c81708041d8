/* listing.h - the queries that answer with pages */
#ifndef ENGINE_LISTING_H
#define ENGINE_LISTING_H

#include "engine/view.h"

json_t *listing_instances(const struct view *view, const json_t *request, struct error *err);
json_t *listing_assignments(const struct view *view, const json_t *request, struct error *err);
json_t *listing_incidents(const struct view *view, const json_t *request, struct error *err);
/* Would this task be among them? */
bool listing_is_incident(const struct view *view, uint64_t instance, uint32_t task);
json_t *listing_incident(const struct view *view, const struct instance *instance,
                         const struct task *task); /* one row */
json_t *listing_journal(const struct view *view, const json_t *request, struct error *err);
json_t *listing_notices(const struct view *view, const json_t *request, struct error *err);
json_t *listing_history(const struct view *view, const json_t *request, struct error *err);

#endif
