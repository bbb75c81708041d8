/* check_flow.c - can every step of a workflow be reached, and is there a way out of every circle?
 *
 * Owns:    the sentences about the order of steps.
 * In:      check_flow() from the check of meaning, over a workflow whose form is right.
 * Out:     problems of the reader.
 * Always:  what is refused is certain (flow.h). What only an operator's skip leads to is a warning.
 * See:     docs/language.md
 */
#include "language/checks.h"
#include "language/flow.h"
#include "language/places.h"

struct inspection {
    const struct reader *reader;
    const struct node *root;
    const struct step *steps;
    struct flow flow;
};

static uint32_t next_of(const struct inspection *in, uint32_t step)
{
    return in->steps[step].next;
}

/* The word after `then`. */
static const struct node *place_of_way(const struct inspection *in, uint32_t step, uint32_t number)
{
    const struct step *s = &in->steps[step];
    const struct node *task = place_of_step(in->root, s);

    if (number < 2) {
        return place_below(task, "then", NULL);
    }
    const struct node *cases = place_below(task, "switch", NULL);
    return cases->kind == NODE_LIST && number - 2 < cases->count
               ? place_below(cases->items[number - 2], s->cases[number - 2].name, "then", NULL)
               : cases;
}

/* --- circles ------------------------------------------------------------------------------- */

/* A step that nothing leaves, with the way back that closes the circle. */
static bool refuse_circle(struct inspection *in, uint32_t step)
{
    for (uint32_t i = 0; i < flow_way_count(&in->steps[step]); i++) {
        uint32_t way;
        if (!flow_way(&in->flow, step, i, &way) || way > step) {
            continue;
        }
        if (way == step) {
            refuse(in->reader, place_of_way(in, step, i), ERROR_INVALID,
                   "the step \"%s\" goes back to itself without end: it does not wait",
                   show(in->steps[step].name).text);
        } else {
            refuse(in->reader, place_of_way(in, step, i), ERROR_INVALID,
                   "from here it goes back to \"%s\" without end: no step on the way waits or "
                   "leads out",
                   show(in->steps[way].name).text);
        }
        return true;
    }
    return false;
}

static void check_circles(struct inspection *in, uint32_t first)
{
    for (uint32_t at = first; at != STEP_NONE; at = next_of(in, at)) {
        if (!flow_marked(&in->flow, at, MARK_REACHED) || flow_marked(&in->flow, at, MARK_LEAVES) ||
            !refuse_circle(in, at)) {
            continue;
        }
        if (next_of(in, at) != STEP_NONE) { /* what comes after is not a second mistake */
            flow_walk(&in->flow, next_of(in, at), MARK_TOLD);
        }
        return;
    }
}

/* A decision that leads to itself decides the same each time. */
static void warn_of_standstill(const struct inspection *in, uint32_t step)
{
    const struct step *s = &in->steps[step];
    bool changes = s->input_from != EXPRESSION_NONE || s->output_as != EXPRESSION_NONE ||
                   s->export_as != EXPRESSION_NONE;

    for (uint32_t i = 2; s->kind == STEP_SWITCH && !changes && i < flow_way_count(s); i++) {
        uint32_t way;
        if (flow_way(&in->flow, step, i, &way) && way == step &&
            flow_marked(&in->flow, step, MARK_LEAVES)) {
            warn(in->reader, place_of_way(in, step, i), ERROR_INVALID,
                 "this decision leads to itself and changes nothing: once \"%s\" is true it stays "
                 "true",
                 show(s->cases[i - 2].name).text);
        }
    }
}

/* A deed that is repeated, with no way on. A listen that does so is a service. */
static void warn_of_repetition(const struct inspection *in, uint32_t step)
{
    const struct step *s = &in->steps[step];

    if (s->then.then == THEN_STEP && s->then.step == step && s->condition == EXPRESSION_NONE &&
        flow_marked(&in->flow, step, MARK_WAITS) && s->kind != STEP_LISTEN) {
        warn(in->reader, place_of_way(in, step, 0), ERROR_INVALID,
             "the step \"%s\" goes back to itself for ever: the workflow never goes on",
             show(s->name).text);
    }
}

/* --- steps that nothing leads to ----------------------------------------------------------- */

/* above: the step before it in its list; the first of a list is always reached. */
static void refuse_unreached(struct inspection *in, uint32_t step, uint32_t above)
{
    const struct node *place = place_of_name(in->root, &in->steps[step]);
    bool elsewhere =
        flow_marked(&in->flow, above, MARK_ENDS) || in->steps[above].kind == STEP_SWITCH;

    if (elsewhere) {
        refuse(in->reader, place, ERROR_INVALID,
               "nothing leads to the step \"%s\": \"%s\" above it goes elsewhere",
               show(in->steps[step].name).text, show(in->steps[above].name).text);
    } else {
        refuse(in->reader, place, ERROR_INVALID,
               "nothing leads to the step \"%s\": \"%s\" above it never comes to its end",
               show(in->steps[step].name).text, show(in->steps[above].name).text);
    }
    flow_walk(&in->flow, step, MARK_TOLD);
}

/* Does a step of the list, other than this one, lead there? */
static bool led_to_by_others(const struct inspection *in, uint32_t first, uint32_t other,
                             uint32_t goal)
{
    for (uint32_t at = first; at != STEP_NONE; at = next_of(in, at)) {
        uint32_t way;
        for (uint32_t i = 0; i < flow_way_count(&in->steps[at]); i++) {
            if (at != other && flow_marked(&in->flow, at, MARK_REACHED) &&
                flow_way(&in->flow, at, i, &way) && way == goal) {
                return true;
            }
        }
    }
    return false;
}

static void warn_after_error(const struct inspection *in, uint32_t first, uint32_t step)
{
    const struct step *s = &in->steps[step];
    uint32_t way;

    if (s->kind == STEP_RAISE && s->condition == EXPRESSION_NONE &&
        flow_marked(&in->flow, step, MARK_REACHED) && flow_way(&in->flow, step, 0, &way) &&
        way < OUT_OF_WORKFLOW && !led_to_by_others(in, first, step, way)) {
        warn(in->reader, place_of_name(in->root, &in->steps[way]), ERROR_INVALID,
             "the step \"%s\" is reached only when an operator skips the error that \"%s\" raises",
             show(in->steps[way].name).text, show(s->name).text);
    }
}

static void check_list(struct inspection *in, uint32_t first)
{
    uint32_t above = STEP_NONE;

    check_circles(in, first);
    for (uint32_t at = first; at != STEP_NONE; at = next_of(in, at)) {
        if (above != STEP_NONE && !flow_marked(&in->flow, at, MARK_REACHED) &&
            !flow_marked(&in->flow, at, MARK_TOLD)) {
            refuse_unreached(in, at, above);
        }
        warn_of_standstill(in, at);
        warn_of_repetition(in, at);
        warn_after_error(in, first, at);
        above = at;
    }
}

void check_flow(const struct reader *reader, const struct node *root,
                const struct workflow *workflow)
{
    struct inspection in = {.reader = reader, .root = root, .steps = workflow->steps};

    flow_init(&in.flow, workflow);
    check_list(&in, 0);
    for (uint32_t i = 0; i < workflow->step_count; i++) {
        if (workflow->steps[i].kind != STEP_FORK) {
            check_list(&in, workflow->steps[i].child);
            check_list(&in, workflow->steps[i].catch_child);
        }
    }
    flow_fini(&in.flow);
}
