/* flow.h - inside core: how an instance moves from step to step */
#ifndef CORE_FLOW_H
#define CORE_FLOW_H

#include "engine/core/decide.h"

/* A new instance with its first record; no step is open yet. */
struct instance *flow_start(struct world *world, const struct start *start);

/* Open the step with this index and go on through steps that need no waiting; past the last one
 * the instance is completed and its parent told. */
void flow_open(struct world *world, struct instance *instance, uint32_t step);

/* Open what follows the step of a task that was just closed. */
void flow_after(struct world *world, struct instance *instance, uint32_t step);

/* The instance ended: its parent, if any, counts it out. */
void flow_tell_parent(struct world *world, const struct instance *instance);

/* Put a task before an operator. */
void flow_incident(struct world *world, struct instance *instance, const struct task *task,
                   const char *type, const char *title, const char *detail);

const struct step *flow_step(const struct world *world, const struct instance *instance,
                             uint32_t step); /* NULL past the end */

/* JSON text of a problem (RFC 7807) in the world's arena. type is the last part of its URI. */
struct bytes flow_problem(struct world *world, const char *type, const char *title,
                          const char *detail);

/* JSON text of a value, in the world's arena; takes the reference. */
struct bytes flow_json(struct world *world, json_t *value);

#endif
