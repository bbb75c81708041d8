/* foresee.h - what a command would be refused, asked before it is given (docs/protocol.md §3.6)
 *
 * By the very rules that decide the command (core's decide_…_check()), on a snapshot: by the time
 * it comes things may be different, and one command may change what the next is answered.
 */
#ifndef ENGINE_FORESEE_H
#define ENGINE_FORESEE_H

#include "engine/view.h"
#include "wire/client.h"
#include "wire/worker.h"

#include <jansson.h>

struct foresight;

/* Of CANCEL, SUSPEND, RESUME, RETRY, SKIP, ASSIGNMENT with these fields beside its target.
 * may_lack: some of them, as the reason or the day, are not known yet; only what refuses it
 * whatever they are. The view and the fields are borrowed until the end. */
struct foresight *foresee_begin(const struct view *view, enum client_verb verb, const json_t *with,
                                bool may_lack);
void foresee_end(struct foresight **foresight); /* NULL is fine */

/* To this task, or this instance: false and *err what it would be refused with. */
bool foresee_target(struct foresight *f, struct task_id target, struct error *err);

/* {"code","text","format","args"}. Yours. */
json_t *foresee_refusal(const struct error *err);

/* FORESEE: {"checked","refused","reasons"} of as many targets as view->page_ms is enough for, at
 * least one. NULL and *err when the question is wrong. */
json_t *foresee_answer(const struct view *view, const json_t *request, struct error *err);

#endif
