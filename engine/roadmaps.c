/* roadmaps.c - plans that are in force, and how far each is
 *
 * Owns:    finding a plan and the instance that runs it; ROADMAPS.
 * In:      queries.c, the gateway's pages of plans.
 * Always:  the version of a plan is the one that its instance runs, not the newest text.
 * See:     docs/protocol.md §3.6
 */
#include "engine/roadmaps_part.h"

#include "base/limits.h"
#include "engine/assignment_counts.h"
#include "engine/listing.h"
#include "engine/rows.h"
#include "engine/snapshot.h"

#include <string.h>

/* The running instance of a plan, or the last that ran. */
static uint64_t find_instance(const struct view *view, const char *name)
{
    json_t *query = json_pack("{ss si}", "definition", name, "limit", (int)LIMIT_PAGE);
    json_t *answer = listing_instances(view, query, NULL);
    uint64_t found = 0;
    size_t index;
    json_t *row;

    json_array_foreach(json_object_get(answer, "rows"), index, row)
    {
        const char *state = json_string_value(json_object_get(row, "state"));
        found = (uint64_t)json_integer_value(json_object_get(row, "instance"));
        if (state != NULL && strcmp(state, "running") == 0) {
            break;
        }
    }
    json_decref(answer);
    json_decref(query);
    return found;
}

bool roadmap_of(const struct view *view, uint64_t id, struct plan *ret_plan)
{
    struct instance *instance;

    if (!snapshot_instance(view->txn, view->catalog, view->arena, id, &instance, NULL)) {
        return false;
    }
    const struct definition *pinned = catalog_find_number(view->catalog, instance->definition);
    if (pinned == NULL || pinned->kind != DEFINITION_ROADMAP) {
        return false;
    }
    *ret_plan = (struct plan){view, pinned, id, instance->state};
    return true;
}

bool roadmap_find(const struct view *view, const char *name, struct plan *ret_plan)
{
    const struct definition *d = catalog_find(view->catalog, DEFINITION_ROADMAP, name);

    if (d == NULL) {
        return false;
    }
    if (!roadmap_of(view, find_instance(view, name), ret_plan)) {
        *ret_plan = (struct plan){.view = view, .definition = d};
    }
    return true;
}

json_t *roadmap_head(const struct plan *plan)
{
    const struct roadmap *roadmap = &plan->definition->roadmap;
    json_t *head =
        json_pack("{ss ss* si so}", "name", plan->definition->name, "title",
                  plan->definition->title, "version", (int)plan->definition->version, "controller",
                  rows_body(plan->view->catalog, bytes_of(roadmap->controller)));
    json_t *period = json_pack("{sb}", "open_ended", roadmap->open_ended);

    rows_set_day(period, "from", roadmap->period.from);
    rows_set_day(period, "to", roadmap->period.to);
    json_object_set_new(head, "period", period);
    if (roadmap->signed_day != CIVIL_DAY_NONE) {
        json_t *act = json_object();
        rows_set_day(act, "date", roadmap->signed_day);
        rows_set_text(act, "number", bytes_of(roadmap->act_number ? roadmap->act_number : ""));
        json_object_set_new(head, "act", act);
    }
    if (plan->instance != 0) {
        json_object_set_new(head, "instance", json_integer((json_int_t)plan->instance));
        json_object_set_new(head, "state", json_string(instance_state_name(plan->state)));
    }
    return head;
}

/* --- all plans ----------------------------------------------------------------------------- */

json_t *roadmaps_answer(const struct view *view, const json_t *request, struct error *err)
{
    struct assignment_counts *counts = assignment_counts_create(view, COUNTS_BY_PLAN, err);
    const struct definition *d;

    (void)request;
    if (counts == NULL) {
        return NULL;
    }
    json_t *rows = json_array();
    for (uint32_t at = 0; (d = catalog_next_in_force(view->catalog, &at)) != NULL;) {
        struct plan plan;
        if (d->kind == DEFINITION_ROADMAP && roadmap_find(view, d->name, &plan)) {
            json_t *row = roadmap_head(&plan);
            json_object_set_new(row, "items",
                                json_integer((json_int_t)plan.definition->roadmap.item_count));
            json_object_set_new(row, "counts", assignment_counts_json(counts, d->name));
            json_array_append_new(rows, row);
        }
    }
    json_t *answer =
        json_pack("{so sn sb}", "rows", rows, "next", "more", !assignment_counts_whole(counts));
    assignment_counts_destroy(counts);
    return answer;
}
