/* flow.h - the ways between the steps of a workflow. Private to lib/language.
 *
 * A graph over the tree of steps, list by list: from a step ways lead to steps of the same list,
 * out of the list, or out of the workflow. Each condition is taken to be able to be true and false,
 * each call to be able to succeed.
 */
#ifndef LANGUAGE_FLOW_H
#define LANGUAGE_FLOW_H

#include "language/definition.h"

/* What is known of a step. */
enum mark {
    MARK_ENDS = 1,    /* it can come to its end, so that its `then` counts */
    MARK_WAITS = 2,   /* while it runs something may be waited for, or the workflow may end */
    MARK_REACHED = 4, /* something leads to it, if something leads to its list */
    MARK_LEAVES = 8,  /* from it there is a way to a step that waits, or out of its list */
    MARK_TOLD = 16,   /* free for the caller */
};

/* Where a way goes: a step, or one of these. */
#define OUT_OF_LIST     (STEP_NONE - 1)
#define OUT_OF_WORKFLOW (STEP_NONE - 2)

struct flow {
    const struct workflow *workflow;
    unsigned char *marks; /* of each step */
    uint32_t *stack;      /* room for each step */
};

/* All marks but the last are set. */
void flow_init(struct flow *flow, const struct workflow *workflow);
void flow_fini(struct flow *flow);

bool flow_marked(const struct flow *flow, uint32_t step, enum mark mark);
void flow_mark(struct flow *flow, uint32_t step, enum mark mark);

/* Mark this step and what it leads to in its list. Returns: can the list be left from there? */
bool flow_walk(struct flow *flow, uint32_t from, enum mark mark);

/* Ways of a step are numbered: 0 its own `then`, 1 past it when its `if` is false, 2… the cases of
 * a switch. flow_way() is false for one that is never taken. */
uint32_t flow_way_count(const struct step *step);
bool flow_way(const struct flow *flow, uint32_t step, uint32_t number, uint32_t *ret_way);

/* Is it one of the branches of a fork? They begin together; no way leads from one to another. */
bool flow_is_branch(const struct flow *flow, uint32_t step);

#endif
