/* flow.h - inside core: how an instance moves from step to step
 *
 * A command changes something, and puts on the agenda where an instance goes on; flow_run() goes
 * there until everything waits. So nothing here calls itself, however long a loop is.
 *
 *   open.c   a step is opened            loop.c   iterations, branches, joins
 *   flow.c   a step was passed, a list   fault.c  an error: caught, retried, an incident, the end
 *            ended, an instance ended    listen.c an event was taken
 */
#ifndef CORE_FLOW_H
#define CORE_FLOW_H

#include "engine/core/decide.h"
#include "engine/core/value.h"

/* --- flow.c --------------------------------------------------------------------------------- */

/* Go on here when what is on the agenda before is done. */
void flow_push(struct world *world, struct instance *instance, uint32_t scope, uint32_t step);
/* Every decision that moves an instance ends with it. */
void flow_run(struct world *world);

/* A step that needs nobody is passed, or skipped: its output (raw: `output.as` is still to come)
 * goes to the scope, and the directive says where it goes on. note: what was taken, or empty. */
void flow_pass(struct site *site, json_t *output, struct directive then, const char *note);
/* Its `if` is false: nothing is done, the data stays as it is. */
void flow_pass_over(struct site *site);
/* An open task of the flow is done, with this raw output. */
void flow_finish(struct world *world, struct instance *instance, uint32_t task,
                 struct bytes output);
/* The same, while some of it still runs: the flow goes on without that. */
void flow_leave(struct world *world, struct instance *instance, uint32_t task, struct bytes output);
/* The same by an operator or a controller: with a reason, and the output as it is. */
void flow_skip(struct world *world, struct instance *instance, uint32_t task, struct bytes reason,
               struct bytes output);
/* `output.as` and `export.as` of a step. Takes output; *ret_text is what the next step gets. */
bool flow_give_output(struct site *site, json_t *output, struct bytes *ret_text, struct error *err);
/* What follows a step that has given its output. */
void flow_after(struct world *world, struct instance *instance, uint32_t scope,
                const struct step *step, struct directive then);

/* Give up what runs in this scope, with the instances it waits for. 0: all of the flow. */
void flow_cancel_below(struct world *world, struct instance *instance, uint32_t scope,
                       const char *why);
/* Which branch of its fork a step is; 0 for one that stands in no fork. */
uint32_t flow_branch(const struct site *site);
/* Cancel the instances that steps in this scope wait for. */
void flow_cancel_children(struct world *world, struct instance *instance, uint32_t scope);
/* Is nothing open in this scope, letters aside? Idle: and nothing on the agenda begins in it. */
bool flow_is_empty(const struct instance *instance, uint32_t scope);
bool flow_is_idle(const struct world *world, const struct instance *instance, uint32_t scope);

const struct step *flow_step(const struct world *world, const struct instance *instance,
                             uint32_t step); /* NULL past the end */
/* A site for the step of a task: `.` is what it was given. */
void site_of_task(struct site *site, struct world *world, struct instance *instance,
                  const struct task *task);

/* --- open.c --------------------------------------------------------------------------------- */

/* The step is next in this scope. */
void flow_open(struct world *world, struct instance *instance, uint32_t scope, uint32_t step);
/* Opened anew by an operator, on input when that is not empty. */
void flow_open_anew(struct world *world, struct instance *instance, uint32_t task,
                    struct bytes input);

/* --- loop.c --------------------------------------------------------------------------------- */

/* Something in a for, a fork or a listen with foreach ended, or it was just opened. */
void loop_go_on(struct world *world, struct instance *instance, uint32_t task);
/* Was it joined, and does only the rest of it run? */
bool loop_was_left(const struct task *task);
/* The list of an iteration is at its end. */
void loop_end_iteration(struct world *world, struct instance *instance, uint32_t task);

/* --- fault.c -------------------------------------------------------------------------------- */

/* An error at a step in a scope; task: its task, or 0 when it has none yet. */
void fault_at(struct world *world, struct instance *instance, uint32_t scope, uint32_t step,
              uint32_t task, struct bytes problem);
/* An expression of the step failed. */
void fault_expression(struct site *site, uint32_t task, const struct error *err);
/* It ends the instance; its parent is told. */
void fault_instance(struct world *world, struct instance *instance, struct bytes problem);
/* A try whose pause is over begins its list again. */
void fault_try_again(struct world *world, struct instance *instance, uint32_t task);

/* Put a task before an operator. */
void flow_incident(struct world *world, struct instance *instance, const struct task *task,
                   const char *type, const char *title, const char *detail);
/* JSON text of a problem (RFC 7807) in the world's arena. type: a standard one of the DSL
 * ("timeout"), or one of ours. */
struct bytes flow_problem(struct world *world, const char *type, const char *title,
                          const char *detail);
/* The same of what was refused; it says in any language why (protocol §3.1). */
struct bytes flow_refused(struct world *world, const char *type, const char *title,
                          const struct error *err);
/* The type for an expression that failed: "authorization" when a secret is not there. */
const char *flow_problem_type(const struct error *err);

/* --- listen.c ------------------------------------------------------------------------------- */

/* Offer an event to a task that listens. false: it is none that it waits for. */
bool listen_take(struct world *world, struct instance *instance, uint32_t task, json_t *event);

/* Is a text of a filter a regular expression? */
bool listen_is_pattern(const char *text);

/* --- start.c -------------------------------------------------------------------------------- */

/* A new instance with its first record; no step is open yet. */
struct instance *flow_start(struct world *world, const struct start *start);
/* Its first step goes on the agenda. */
void flow_begin(struct world *world, struct instance *instance);
/* The instance ended: its parent, if any, counts it out, or goes on. */
void flow_tell_parent(struct world *world, struct instance *instance);
/* Cancel it and what it waits for; its parent is not told. */
void flow_cancel(struct world *world, struct instance *instance, struct bytes reason);

/* --- schedule.c ----------------------------------------------------------------------------- */

/* The moment of a schedule came, or its events. */
void schedule_fire(struct world *world, struct instance *instance, uint32_t task, json_t *input);
/* A run that `after` counts from has ended. */
void schedule_run_ended(struct world *world, struct instance *instance, uint32_t task);

#endif
