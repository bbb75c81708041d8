/* publish.h - one CloudEvent to the subscribers (protocol §4) */
#ifndef ENGINE_PUBLISH_H
#define ENGINE_PUBLISH_H

#include "engine/engine.h"

#define PUBLISH_TOPIC_MAX 96

struct publication {
    const char *topic;   /* and type */
    const char *id;      /* with our source it names the event */
    const char *subject; /* NULL = none */
    uint64_t seq;        /* of the journal record it tells of */
};

/* Takes data. Ask server_is_subscribed() before: nothing is made for nobody. */
void publish_send(struct engine *engine, const struct publication *publication, json_t *data);

#endif
