/* planned_starts.h - what the configuration starts: at once, or when its day comes */
#ifndef ENGINE_PLANNED_STARTS_H
#define ENGINE_PLANNED_STARTS_H

#include "engine/engine.h"

/* Start what is due by today, in the order of the configuration, each once for ever (by its key).
 * Costs a comparison on a day that was looked at already. false: one could not be started, *err
 * says why; the others of that day wait for the next call on another day. */
bool planned_starts_look(struct engine *engine, struct error *err);

#endif
