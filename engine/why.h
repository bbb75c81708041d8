/* why.h - what an instance waits for: on whom, since when, what happens next and when */
#ifndef ENGINE_WHY_H
#define ENGINE_WHY_H

#include "engine/engine.h"

/* The answer of the verb WHY (protocol §3.6): facts; the sentence is made by who shows it. */
json_t *why_answer(struct engine *engine, struct store_txn *txn, const struct instance *instance);

#endif
