/* starts.h - the commands START and BEGIN: an instance of a workflow or a roadmap (protocol §3.5)
 */
#ifndef ENGINE_STARTS_H
#define ENGINE_STARTS_H

#include "engine/engine.h"

/* START: its words are in the header, the payload is the input. *ret_answer is JSON in the arena of
 * the turn. */
bool starts_run(struct engine *engine, const struct client_message *header, struct bytes payload,
                struct bytes *ret_answer, struct error *err);

/* BEGIN: the same with all in one object, so that it can say who asks. *ret_answer is yours. */
bool starts_begin(struct engine *engine, const json_t *request, json_t **ret_answer,
                  struct error *err);

#endif
