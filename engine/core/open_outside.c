/* open_outside.c - opening steps that reach out of their instance: emit, run
 *
 * Owns:    what an emitted event has that the author did not write; which workflow is run.
 * In:      open.c.
 * Always:  an event leaves in the turn after; an instance that is run is there before it begins.
 */
#include "engine/core/opening.h"

#include "base/limits.h"

#include <stdio.h>

/* What a CloudEvent must have and the author need not write. */
static void complete_event(const struct opening *o, json_t *event)
{
    const struct instance *instance = o->site.instance;
    const struct definition *definition =
        catalog_find_number(o->site.world->catalog, instance->definition);
    char id[48];
    char source[LIMIT_NAME_BYTES + 32];
    json_t *moment = value_moment(o->site.world->now_ms);

    snprintf(id, sizeof id, "%llu.%u", (unsigned long long)instance->id, instance->next_task);
    snprintf(source, sizeof source, "/marshrut/workflows/%s", definition->name);
    json_t *defaults = json_pack("{ss ss ss sO}", "specversion", "1.0", "id", id, "source", source,
                                 "time", json_object_get(moment, "iso8601"));
    json_object_update_missing(event, defaults);
    json_decref(defaults);
    json_decref(moment);
}

/* An event leaves in the next turn: whoever begins to listen in this one gets it too. */
void open_emit(struct opening *o)
{
    struct error err = ERROR_INIT;
    json_t *event = value_of(&o->site, o->site.step->with, &err);
    struct bytes text;

    if (event != NULL) {
        json_t *own = json_copy(event); /* parts of a value may be shared with its input */
        json_decref(event);
        event = own;
        complete_event(o, event);
    }
    if (event == NULL || !value_fits(opening_world(o), event, &text, &err)) {
        opening_refuse(o, &err);
        return;
    }
    o->record.at_ms = opening_world(o)->now_ms;
    o->record.limit_ms = 0;
    opening_task(o, TASK_EMIT, text);
}

static const struct definition *find_workflow(const struct opening *o, struct error *err)
{
    const struct step *step = o->site.step;
    const struct definition *found =
        step->run_version != NULL
            ? catalog_find_version(o->site.world->catalog, DEFINITION_WORKFLOW, step->run_name,
                                   step->run_version)
            : catalog_find(o->site.world->catalog, DEFINITION_WORKFLOW, step->run_name);

    if (found == NULL) {
        error_set(err, ERROR_NOT_FOUND, "there is no workflow \"%s\" %s", step->run_name,
                  step->run_version ? step->run_version : "");
    }
    return found;
}

/* How many instances wait for one another above this one. */
static bool depth_is_left(struct opening *o, struct error *err)
{
    const struct instance *at = o->site.instance;
    unsigned depth = 1;

    while (at != NULL && at->parent != 0 && depth <= LIMIT_RUN_DEPTH) {
        at = opening_world(o)->get(opening_world(o), at->parent);
        depth++;
    }
    return depth <= LIMIT_RUN_DEPTH ||
           error_set(err, ERROR_TOO_LARGE, "more than %u workflows run one another",
                     LIMIT_RUN_DEPTH);
}

void open_run(struct opening *o)
{
    struct world *world = opening_world(o);
    struct instance *instance = opening_instance(o);
    struct error err = ERROR_INIT;
    struct start start = {.priority = instance->priority, .parent = instance->id};

    start.definition = find_workflow(o, &err);
    if (start.definition == NULL || !depth_is_left(o, &err) ||
        !opening_fill(o, &start.input, &err)) {
        opening_refuse(o, &err);
        return;
    }
    if (start.input.size == 0) {
        start.input = o->given.size > 0 ? o->given : scope_data(instance, o->site.scope);
    }
    uint32_t seq = o->site.step->run_detached ? 0 : opening_task(o, TASK_RUN, start.input);
    start.parent_task = seq;
    struct instance *child = flow_start(world, &start);
    if (seq != 0) {
        world_record(
            world, instance,
            (struct record){.kind = RECORD_TASK_CHILD, .task = seq, .number = (int64_t)child->id});
    } else {
        flow_pass(&o->site, json_incref(value_input(&o->site)), o->site.step->then, "");
    }
    flow_begin(world, child);
}
