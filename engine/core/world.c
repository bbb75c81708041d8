/* world.c - numbering, applying and handing out a record, always in this order */
#include "engine/core/world.h"

#include "base/limits.h"

#include <string.h>

#define DAY_MS 86400000

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

const struct body *world_body(const struct world *world, struct bytes id)
{
    char text[LIMIT_NAME_BYTES + 1];

    if (id.size == 0 || id.size > LIMIT_NAME_BYTES) {
        return NULL;
    }
    memcpy(text, id.data, id.size);
    text[id.size] = '\0';
    return catalog_find_body(world->catalog, text);
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
