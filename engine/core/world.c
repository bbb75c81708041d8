/* world.c - numbering, applying and handing out a record, always in this order */
#include "engine/core/world.h"

#define DAY_MS 86400000

/* Is it a record that says what the command itself did? What follows from it (steps that are
 * opened, instances that steps start) is nobody's deed. Those of people name them in their own
 * fields. */
static bool is_a_deed(const struct record *r)
{
    switch (r->kind) {
    case RECORD_STARTED:
        return r->parent == 0; /* else a step waits for it */
    case RECORD_TASK_READY:
    case RECORD_EVENT:
        return (r->number != 0) == (r->kind == RECORD_TASK_READY); /* an operator's, from outside */
    case RECORD_ASSIGNMENT_TERM:
    case RECORD_ASSIGNMENT_LADDER:
        return r->text.size == 0; /* by new documents */
    case RECORD_CANCELLED:
    case RECORD_SUSPENDED:
    case RECORD_RESUMED:
    case RECORD_TASK_SKIPPED:
    case RECORD_TASK_INPUT:
    case RECORD_MIGRATED:
    case RECORD_DEPLOYED:
    case RECORD_REMOVED:
        return true;
    default:
        return false;
    }
}

void world_record(struct world *world, struct instance *instance, struct record record)
{
    if (world->by.size > 0 && is_a_deed(&record)) {
        record.by = world->by;
    }
    record.seq = world->next_record++;
    record.entry = world->entry;
    record.time_ms = world->now_ms;
    if (instance != NULL) {
        record.instance = instance->id;
        record.before = instance->journal;
        instance_apply(instance, &record);
    }
    world->wrote(world, instance, &record);
}

const struct body *world_body(const struct world *world, struct bytes id)
{
    return catalog_find_body_named(world->catalog, id);
}

civil_day world_today(const struct world *world, struct bytes id)
{
    const struct body *body = world_body(world, id);
    civil_day day = (civil_day)(world->now_ms / DAY_MS);
    int minute;

    if (body != NULL) {
        zone_civil(body->zone, world->now_ms, &day, &minute);
    }
    return day;
}
