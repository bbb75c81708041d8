/* seen.c - the tables `seen` and `seen-time`
 *
 * Owns:    what names an event, and for how long it is known (docs/storage.md §2.1).
 * In:      events.c, with events from outside.
 * Always:  both tables have the same rows (aged.h).
 */
#include "engine/seen.h"

#include "engine/aged.h"

#include <string.h>

static const struct aged seen = {TABLE_SEEN, TABLE_SEEN_TIME};

static void put_name(const struct event *event, struct buffer *name)
{
    buffer_append(name, event->source, strlen(event->source) + 1);
    buffer_text(name, event->id);
}

bool seen_before(struct turn *turn, const struct event *event)
{
    struct buffer name = BUFFER_INIT;

    put_name(event, &name);
    bool before = aged_get(turn, &seen, buffer_bytes(&name), NULL);
    buffer_fini(&name);
    return before;
}

void seen_remember(struct turn *turn, const struct event *event)
{
    struct buffer name = BUFFER_INIT;
    struct buffer time = BUFFER_INIT;

    put_name(event, &name);
    pack_key64(&time, (uint64_t)turn->world.now_ms);
    aged_put(turn, &seen, buffer_bytes(&name), buffer_bytes(&time), turn->world.now_ms);
    buffer_fini(&time);
    buffer_fini(&name);
}

void seen_forget(struct turn *turn, int64_t seen_ms)
{
    aged_forget(turn, &seen, turn->world.now_ms - seen_ms, UINT64_MAX);
}
