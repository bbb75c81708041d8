/* flow.c - the ways between steps: which there are, what they reach, and whether they wait
 *
 * Owns:    the marks of struct flow.
 * In:      check_flow.c.
 * Out:     answers; problems are told by the caller.
 * Always:  a list of steps is judged by itself, after the lists in it: a step stands before its
 *          children, so steps are taken from the last to the first.
 * See:     flow.h
 */
#include "language/flow.h"

#include "base/must.h"

#include <stdlib.h>

/* --- ways out of one step ------------------------------------------------------------------ */

bool flow_marked(const struct flow *f, uint32_t step, enum mark mark)
{
    return (f->marks[step] & mark) != 0;
}

static bool new_mark(struct flow *f, uint32_t step, enum mark mark)
{
    bool new = !flow_marked(f, step, mark);

    f->marks[step] = (unsigned char)(f->marks[step] | mark);
    return new;
}

bool flow_is_branch(const struct flow *f, uint32_t step)
{
    uint32_t parent = f->workflow->steps[step].parent;

    return parent != STEP_NONE && f->workflow->steps[parent].kind == STEP_FORK;
}

static uint32_t way_of(const struct flow *f, uint32_t step, const struct directive *directive)
{
    uint32_t next = f->workflow->steps[step].next;

    if (directive->then == THEN_END) {
        return OUT_OF_WORKFLOW;
    }
    if (directive->then == THEN_EXIT || flow_is_branch(f, step)) {
        return OUT_OF_LIST;
    }
    if (directive->then == THEN_STEP) {
        return directive->step;
    }
    return next == STEP_NONE ? OUT_OF_LIST : next;
}

static bool has_default(const struct step *step)
{
    for (uint32_t i = 0; i < step->case_count; i++) {
        if (step->cases[i].when == EXPRESSION_NONE) {
            return true;
        }
    }
    return false;
}

uint32_t flow_way_count(const struct step *step)
{
    return 2 + step->case_count;
}

bool flow_way(const struct flow *f, uint32_t step, uint32_t number, uint32_t *ret_way)
{
    static const struct directive go_on = {THEN_CONTINUE, STEP_NONE};
    const struct step *s = &f->workflow->steps[step];

    if (number == 0) {
        *ret_way = way_of(f, step, &s->then);
        return flow_marked(f, step, MARK_ENDS) && (s->kind != STEP_SWITCH || !has_default(s));
    }
    if (number == 1) {
        *ret_way = way_of(f, step, &go_on);
        return s->condition != EXPRESSION_NONE;
    }
    *ret_way = way_of(f, step, &s->cases[number - 2].then);
    return true;
}

/* --- lists --------------------------------------------------------------------------------- */

bool flow_walk(struct flow *f, uint32_t from, enum mark mark)
{
    uint32_t depth = 0;
    bool left = false;

    if (new_mark(f, from, mark)) {
        f->stack[depth++] = from;
    }
    while (depth > 0) {
        uint32_t step = f->stack[--depth];
        for (uint32_t i = 0; i < flow_way_count(&f->workflow->steps[step]); i++) {
            uint32_t way;
            if (!flow_way(f, step, i, &way) || way == OUT_OF_WORKFLOW) {
                continue;
            }
            if (way == OUT_OF_LIST) {
                left = true;
            } else if (new_mark(f, way, mark)) {
                f->stack[depth++] = way;
            }
        }
    }
    return left;
}

static bool list_ends(struct flow *f, uint32_t first)
{
    return first == STEP_NONE || flow_walk(f, first, MARK_REACHED);
}

/* All branches begin; how many must end is not known here when an expression says it. */
static bool branches_end(struct flow *f, const struct step *fork)
{
    uint32_t ended = 0;
    uint32_t count = 0;

    for (uint32_t at = fork->child; at != STEP_NONE; at = f->workflow->steps[at].next) {
        ended += flow_walk(f, at, MARK_REACHED) ? 1 : 0;
        count++;
    }
    return fork->compete || fork->join.count != EXPRESSION_NONE ? ended > 0 : ended == count;
}

static bool ends(struct flow *f, const struct step *step)
{
    bool skippable = !f->workflow->fault; /* by an operator, after an error */
    bool list;
    bool caught;

    switch (step->kind) {
    case STEP_DO:
    case STEP_FUNCTION:
        return list_ends(f, step->child);
    case STEP_FOR:
        list_ends(f, step->child);
        return true; /* there may be nothing to go through */
    case STEP_FORK:
        return branches_end(f, step);
    case STEP_TRY:
        list = list_ends(f, step->child);
        caught = list_ends(f, step->catch_child);
        return list || caught;
    case STEP_LISTEN:
        list_ends(f, step->child);
        return step->listen.mode != LISTEN_ANY || step->listen.until != UNTIL_NEVER ||
               step->join.count != EXPRESSION_NONE ||
               (skippable && (step->timeout.ms > 0 || step->timeout.expression != EXPRESSION_NONE));
    case STEP_RAISE:
        return skippable;
    default:
        return true;
    }
}

static bool list_waits(const struct flow *f, uint32_t first)
{
    for (uint32_t at = first; at != STEP_NONE; at = f->workflow->steps[at].next) {
        if (!flow_marked(f, at, MARK_REACHED)) {
            continue;
        }
        if (flow_marked(f, at, MARK_WAITS)) {
            return true;
        }
        for (uint32_t i = 0; i < flow_way_count(&f->workflow->steps[at]); i++) {
            uint32_t way;
            if (flow_way(f, at, i, &way) && way == OUT_OF_WORKFLOW) {
                return true;
            }
        }
    }
    return false;
}

static bool waits(const struct flow *f, const struct step *step)
{
    switch (step->kind) {
    case STEP_SET:
    case STEP_SWITCH:
    case STEP_EMIT:
        return false;
    case STEP_RUN:
        return !step->run_detached;
    case STEP_WAIT:
        return step->wait.expression != EXPRESSION_NONE || step->wait.ms > 0;
    case STEP_DO:
    case STEP_FOR:
    case STEP_FORK:
    case STEP_TRY:
    case STEP_FUNCTION:
        return list_waits(f, step->child) || list_waits(f, step->catch_child);
    default:
        return true; /* an error that is raised counts as a way out */
    }
}

/* --- the whole ---------------------------------------------------------------------------- */

static bool leaves_by(const struct flow *f, uint32_t step)
{
    if (flow_marked(f, step, MARK_WAITS)) {
        return true;
    }
    for (uint32_t i = 0; i < flow_way_count(&f->workflow->steps[step]); i++) {
        uint32_t way;
        if (flow_way(f, step, i, &way) &&
            (way == OUT_OF_LIST || way == OUT_OF_WORKFLOW || flow_marked(f, way, MARK_LEAVES))) {
            return true;
        }
    }
    return false;
}

/* Until nothing changes; MARK_LEAVES is only ever added. */
static void mark_leaving(struct flow *f, uint32_t first)
{
    bool changed = true;

    while (changed) {
        changed = false;
        for (uint32_t at = first; at != STEP_NONE; at = f->workflow->steps[at].next) {
            if (!flow_marked(f, at, MARK_LEAVES) && leaves_by(f, at)) {
                new_mark(f, at, MARK_LEAVES);
                changed = true;
            }
        }
    }
}

void flow_mark(struct flow *f, uint32_t step, enum mark mark)
{
    new_mark(f, step, mark);
}

void flow_init(struct flow *f, const struct workflow *workflow)
{
    f->workflow = workflow;
    f->marks = xcalloc(workflow->step_count, sizeof *f->marks);
    f->stack = xcalloc(workflow->step_count, sizeof *f->stack);
    for (uint32_t i = workflow->step_count; i-- > 0;) {
        const struct step *step = &workflow->steps[i];
        if (ends(f, step)) {
            flow_mark(f, i, MARK_ENDS);
        }
        if (waits(f, step)) {
            flow_mark(f, i, MARK_WAITS);
        }
        if (step->kind != STEP_FORK) {
            mark_leaving(f, step->child);
        }
        mark_leaving(f, step->catch_child);
    }
    list_ends(f, 0);
    mark_leaving(f, 0);
}

void flow_fini(struct flow *f)
{
    free(f->marks);
    free(f->stack);
}
