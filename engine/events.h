/* events.h - CloudEvents from outside: seen before? who waits for it? */
#ifndef ENGINE_EVENTS_H
#define ENGINE_EVENTS_H

#include "engine/engine.h"

/* The verb EVENT (protocol §3.5). The turn was settled before, so the tables are complete. Answer
 * {"matched":n,"seen":false}. */
bool events_take(struct engine *engine, const json_t *event, json_t **ret_answer,
                 struct error *err);

#endif
