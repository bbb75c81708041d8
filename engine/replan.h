/* replan.h - REPLAN: what new documents change about open assignments (protocol §3.5) */
#ifndef ENGINE_REPLAN_H
#define ENGINE_REPLAN_H

#include "engine/engine.h"

/* A page of it, in an open turn. *ret_answer is yours. Refused: fields that make no sense. */
bool engine_replan(struct engine *engine, const json_t *request, json_t **ret_answer,
                   struct error *err);

#endif
