/* bodies.h - who there is: bodies and officials of the newest documents (docs/protocol.md §3.6) */
#ifndef ENGINE_BODIES_H
#define ENGINE_BODIES_H

#include "engine/view.h"

/* BODIES {"counts"?}: all of them, each with its absences; with "counts" true also with the counts
 * of the assignments that it is responsible for, which takes a walk over all rows. */
json_t *bodies_answer(const struct view *view, const json_t *request, struct error *err);

#endif
