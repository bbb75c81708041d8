/* foresee.h - what a command would be refused, asked before it is given (docs/protocol.md §3.6)
 *
 * By the very rules that decide the command (core's decide_…_check()), on a snapshot: by the time
 * it comes things may be different, and one command may change what the next is answered.
 */
#ifndef ENGINE_FORESEE_H
#define ENGINE_FORESEE_H

#include "engine/view.h"
#include "wire/client.h"

#include <jansson.h>

/* CANCEL, SUSPEND, RESUME, RETRY, SKIP, ASSIGNMENT with this payload: false and *err what it would
 * be refused with. may_lack: its reason, day and the like are not known yet; only what refuses it
 * whatever they are. The arena of the view is empty afterwards. */
bool foresee_command(const struct view *view, enum client_verb verb, const json_t *payload,
                     bool may_lack, struct error *err);

/* {"code","text","format","args"}. Yours. */
json_t *foresee_refusal(const struct error *err);
/* Refusals of many, by what they say: rows of {"code","text","format","args","count"}, one for each
 * sentence; where the same one names different things, these are "…". */
void foresee_count(json_t *reasons, const struct error *err);

/* FORESEE: {"refused","reasons"}. NULL and *err when the question is wrong. */
json_t *foresee_answer(const struct view *view, const json_t *request, struct error *err);

#endif
