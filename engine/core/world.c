/* world.c - numbering, applying and handing out a record, always in this order */
#include "engine/core/world.h"

void world_record(struct world *world, struct instance *instance, struct record record)
{
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
