/* draw_workflow.c - the steps of a workflow as nodes, and the ways between them as lines
 *
 * Owns:    where a list begins and ends in the picture.
 * In:      a checked workflow.
 * Out:     nodes, frames, lines.
 * Always:  every step has a node or a frame; every `then` and every case has a line. Depth is that
 * of the document, which is bounded.
 */
#include "base/must.h"
#include "picture/label.h"
#include "picture/parts.h"

#include <stdlib.h>

/* Where lines come to a step, and where its `then` begins. */
struct gate {
    uint32_t in;
    uint32_t out;
};

struct canvas {
    const struct drawing *drawing;
    const struct workflow *workflow;
    struct gate *gates; /* of each step */
    uint32_t end;       /* node of the end of the workflow */
};

static uint32_t add_node(const struct canvas *c, enum shape shape, uint32_t frame, char *label)
{
    return picture_add_node(c->drawing->picture, shape, frame, label);
}

static void add_line(const struct canvas *c, enum line line, uint32_t from, uint32_t to,
                     const char *label)
{
    picture_add_line(c->drawing->picture, line, from, to, label_of(label));
}

static enum picture_state state_of(const struct canvas *c, uint32_t step)
{
    const struct picture_course *course = c->drawing->course;

    return course != NULL && course->step != NULL
               ? course->step(course->context, &c->workflow->steps[step], step)
               : PICTURE_NONE;
}

/* --- lists --------------------------------------------------------------------------------- */

static void draw_step(struct canvas *c, uint32_t step, uint32_t frame);

/* end: the node where the list ends. */
static uint32_t target(const struct canvas *c, uint32_t step, const struct directive *directive,
                       uint32_t end)
{
    uint32_t next = c->workflow->steps[step].next;

    switch (directive->then) {
    case THEN_END:
        return c->end;
    case THEN_EXIT:
        return end;
    case THEN_STEP:
        return c->gates[directive->step].in;
    case THEN_CONTINUE:
        break;
    }
    return next == STEP_NONE ? end : c->gates[next].in;
}

/* A document is read from above, and so is its picture. */
static enum line line_of(uint32_t step, const struct directive *directive)
{
    return directive->then == THEN_STEP && directive->step <= step ? LINE_BACK : LINE_FULL;
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

static void draw_cases(const struct canvas *c, uint32_t step, uint32_t end)
{
    const struct step *s = &c->workflow->steps[step];

    for (uint32_t i = 0; i < s->case_count; i++) {
        struct buffer label = BUFFER_INIT;
        label_add(&label, "%s", s->cases[i].name);
        if (s->cases[i].when != EXPRESSION_NONE && !draw_in_words(c->drawing, s)) {
            label_add(&label, "%s", draw_expression(c->workflow, s->cases[i].when));
        }
        picture_add_line(c->drawing->picture, line_of(step, &s->cases[i].then), c->gates[step].out,
                         target(c, step, &s->cases[i].then, end), label_take(&label));
    }
}

/* By its own `then`: not after an error that is always raised, or a decision that is always made.
 */
static bool goes_on(const struct step *step)
{
    return step->kind == STEP_RAISE    ? step->condition != EXPRESSION_NONE
           : step->kind == STEP_SWITCH ? !has_default(step)
                                       : true;
}

/* A list of steps with the lines between them. Returns where it begins. */
static uint32_t draw_list(struct canvas *c, uint32_t first, uint32_t frame, uint32_t end)
{
    if (first == STEP_NONE) {
        return end;
    }
    for (uint32_t at = first; at != STEP_NONE; at = c->workflow->steps[at].next) {
        draw_step(c, at, frame);
    }
    for (uint32_t at = first; at != STEP_NONE; at = c->workflow->steps[at].next) {
        const struct step *s = &c->workflow->steps[at];
        draw_cases(c, at, end);
        if (goes_on(s)) {
            bool otherwise = s->kind == STEP_SWITCH || s->kind == STEP_RAISE;
            add_line(c, line_of(at, &s->then), c->gates[at].out, target(c, at, &s->then, end),
                     otherwise ? error_word(N_("otherwise")) : "");
        }
    }
    return c->gates[first].in;
}

/* --- steps that hold others ---------------------------------------------------------------- */

static uint32_t add_frame(const struct canvas *c, uint32_t step, uint32_t frame)
{
    const struct step *s = &c->workflow->steps[step];
    uint32_t added =
        picture_add_frame(c->drawing->picture, frame, draw_step_label(c->drawing, c->workflow, s));

    c->drawing->picture->frames[added].tip = draw_step_tip(c->drawing, s);
    c->drawing->picture->frames[added].state = state_of(c, step);
    return added;
}

static uint32_t add_step(const struct canvas *c, enum shape shape, uint32_t step, uint32_t frame)
{
    const struct step *s = &c->workflow->steps[step];
    uint32_t node = add_node(c, shape, frame, draw_step_label(c->drawing, c->workflow, s));

    c->drawing->picture->nodes[node].tip = draw_step_tip(c->drawing, s);
    c->drawing->picture->nodes[node].state = state_of(c, step);
    return node;
}

static void draw_do(struct canvas *c, uint32_t step, uint32_t frame)
{
    uint32_t inner = add_frame(c, step, frame);
    uint32_t end = add_node(c, SHAPE_JOIN, inner, label_of(""));

    c->gates[step].out = end;
    c->gates[step].in = draw_list(c, c->workflow->steps[step].child, inner, end);
}

/* The node itself is passed before, between and after what is repeated. */
static void draw_loop(struct canvas *c, uint32_t step, uint32_t frame, enum shape shape,
                      const char *word)
{
    uint32_t inner = picture_add_frame(c->drawing->picture, frame, label_of(""));
    uint32_t node = add_step(c, shape, step, inner);

    c->gates[step] = (struct gate){node, node};
    add_line(c, LINE_FULL, node, draw_list(c, c->workflow->steps[step].child, inner, node), word);
}

static void draw_fork(struct canvas *c, uint32_t step, uint32_t frame)
{
    uint32_t inner = add_frame(c, step, frame);
    struct gate bars = {add_node(c, SHAPE_BAR, inner, label_of("")),
                        add_node(c, SHAPE_BAR, inner, label_of(""))};

    for (uint32_t at = c->workflow->steps[step].child; at != STEP_NONE;
         at = c->workflow->steps[at].next) {
        const struct step *branch = &c->workflow->steps[at];
        draw_step(c, at, inner);
        draw_cases(c, at, bars.out);
        add_line(c, LINE_FULL, bars.in, c->gates[at].in, "");
        if (goes_on(branch)) {
            add_line(c, LINE_FULL, c->gates[at].out,
                     branch->then.then == THEN_END ? c->end : bars.out, "");
        }
    }
    c->gates[step] = bars;
}

static void draw_try(struct canvas *c, uint32_t step, uint32_t frame)
{
    const struct step *s = &c->workflow->steps[step];
    uint32_t inner = add_frame(c, step, frame);
    uint32_t end = add_node(c, SHAPE_JOIN, inner, label_of(""));
    struct buffer label = BUFFER_INIT;

    label_add(&label, N_("on error"));
    if (s->errors.type != NULL) {
        label_add(&label, "%s", draw_error_name(s->errors.type));
    }
    if (s->catch_when != EXPRESSION_NONE) {
        label_add(&label, N_("only if %s"), draw_expression(c->workflow, s->catch_when));
    }
    uint32_t caught = add_node(c, SHAPE_ERROR, inner, label_take(&label));
    uint32_t begin = draw_list(c, s->child, inner, end);
    add_line(c, LINE_DASHED, begin, caught, "");
    if (s->retries) {
        add_line(c, LINE_DASHED, caught, begin, error_word(N_("again")));
    }
    uint32_t first = draw_list(c, s->catch_child, inner, end);
    add_line(c, LINE_DASHED, caught, first, "");
    c->gates[step] = (struct gate){begin, end};
}

/* --- all steps ----------------------------------------------------------------------------- */

static enum shape shape_of(enum step_kind kind)
{
    switch (kind) {
    case STEP_ASSIGNMENT:
        return SHAPE_PEOPLE;
    case STEP_WAIT:
        return SHAPE_WAIT;
    case STEP_LISTEN:
    case STEP_EMIT:
    case STEP_SCHEDULE:
        return SHAPE_EVENT;
    case STEP_SWITCH:
        return SHAPE_DECISION;
    case STEP_RAISE:
        return SHAPE_ERROR;
    default:
        return SHAPE_BOX;
    }
}

static void draw_leaf(struct canvas *c, uint32_t step, uint32_t frame)
{
    uint32_t node = add_step(c, shape_of(c->workflow->steps[step].kind), step, frame);

    c->gates[step] = (struct gate){node, node};
}

/* A call of a function that is one piece of work: people see that work, by the title of the call.
 */
static bool is_work(const struct canvas *c, const struct step *step)
{
    if (step->kind != STEP_FUNCTION || !draw_in_words(c->drawing, step)) {
        return false;
    }
    const struct step *child = &c->workflow->steps[step->child];
    return (child->kind == STEP_ASSIGNMENT || child->kind == STEP_CALL) &&
           child->then.then == THEN_CONTINUE;
}

static void draw_work(struct canvas *c, uint32_t step, uint32_t frame)
{
    uint32_t child = c->workflow->steps[step].child;
    uint32_t node = add_step(c, shape_of(c->workflow->steps[child].kind), step, frame);
    enum picture_state done = state_of(c, child);

    if (done != PICTURE_NONE) { /* else it was passed by, which the call knows */
        c->drawing->picture->nodes[node].state = done;
    }
    c->gates[step] = c->gates[child] = (struct gate){node, node};
}

static void draw_step(struct canvas *c, uint32_t step, uint32_t frame)
{
    const struct step *s = &c->workflow->steps[step];

    if (s->kind == STEP_FORK) {
        draw_fork(c, step, frame);
    } else if (s->kind == STEP_TRY) {
        draw_try(c, step, frame);
    } else if (s->kind == STEP_FOR) {
        draw_loop(c, step, frame, SHAPE_LOOP, error_word(N_("each")));
    } else if (s->kind == STEP_LISTEN && s->child != STEP_NONE) {
        draw_loop(c, step, frame, SHAPE_EVENT, error_word(N_("each event")));
    } else if (is_work(c, s)) {
        draw_work(c, step, frame);
    } else if (s->child != STEP_NONE) {
        draw_do(c, step, frame);
    } else {
        draw_leaf(c, step, frame);
    }
}

static char *begin_label(const struct workflow *workflow)
{
    struct buffer label = BUFFER_INIT;
    const struct schedule *schedule = &workflow->schedule;

    label_add(&label, N_("begin"));
    if (schedule->cron != NULL) {
        label_add(&label, "cron: %s", schedule->cron);
    } else if (schedule->on && workflow->schedule_step != STEP_NONE) {
        label_add(&label, N_("on an event"));
    } else if (schedule->every_ms > 0 || schedule->after_ms > 0) {
        label_add(&label, N_("again and again"));
    }
    return label_take(&label);
}

void draw_workflow(const struct drawing *drawing, const struct workflow *workflow)
{
    struct canvas c = {.drawing = drawing, .workflow = workflow};

    c.gates = xcalloc(workflow->step_count, sizeof *c.gates);
    uint32_t begin = add_node(&c, SHAPE_BEGIN, NO_FRAME, begin_label(workflow));
    c.end = add_node(&c, SHAPE_END, NO_FRAME, label_of(error_word(N_("end"))));
    add_line(&c, LINE_FULL, begin, draw_list(&c, 0, NO_FRAME, c.end), "");
    free(c.gates);
}
