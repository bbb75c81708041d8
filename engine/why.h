/* why.h - what an instance waits for: on whom, since when, what happens next and when */
#ifndef ENGINE_WHY_H
#define ENGINE_WHY_H

#include "engine/view.h"

/* The answer of the verb WHY (protocol §3.6): facts; the sentence is made by who shows it. */
json_t *why_answer(const struct view *view, const struct instance *instance);

#endif
