/* draw_step.c - what stands in the node of a step
 *
 * Owns:    the words about each kind of step.
 * In:      draw_workflow.c.
 * Out:     labels.
 * Always:  the title of the step, or else its name, is the first line, as its author wrote it.
 */
#include "base/must.h"
#include "language/duration.h"
#include "picture/label.h"
#include "picture/parts.h"

#include <stdlib.h>
#include <string.h>

const char *draw_expression(const struct workflow *workflow, uint32_t number)
{
    return number == EXPRESSION_NONE ? "" : program_text(workflow->program, number);
}

const char *draw_error_name(const char *type)
{
    const char *slash = strrchr(type, '/');

    return slash != NULL && slash[1] != '\0' ? slash + 1 : type;
}

/* What a `with` gives under this key when it is written, not computed; a new reference or NULL. */
static json_t *written(const struct workflow *workflow, const struct step *step, const char *key)
{
    json_t *with = json_loads(draw_expression(workflow, step->with), JSON_DECODE_ANY, NULL);
    json_t *value = json_incref(json_object_get(with, key));

    json_decref(with);
    return value;
}

static void add_written(const struct workflow *workflow, const struct step *step, const char *key,
                        struct buffer *label)
{
    json_t *value = written(workflow, step, key);
    const json_t *first = json_is_array(value) ? json_array_get(value, 0) : value;

    if (json_is_string(first)) {
        label_add(label, "%s", json_string_value(first));
    }
    json_decref(value);
}

static void add_wait(const struct workflow *workflow, const struct span *span, struct buffer *label)
{
    char text[DURATION_TEXT_MAX];

    if (span->expression != EXPRESSION_NONE) {
        label_add(label, N_("wait for %s"), draw_expression(workflow, span->expression));
        return;
    }
    duration_print(span->ms, text);
    label_add(label, N_("wait for %s"), text);
}

static const char *event_name(const struct workflow *workflow, const struct event_filter *filter)
{
    if (filter->type != NULL) {
        return filter->type;
    }
    for (uint32_t i = 0; i < filter->attribute_count; i++) {
        const struct event_attribute *attribute = &filter->attributes[i];
        if (strcmp(attribute->name, "type") == 0) {
            return attribute->text ? attribute->text
                                   : draw_expression(workflow, attribute->expression);
        }
    }
    return error_word(N_("any event"));
}

static void add_events(const struct workflow *workflow, const struct consumption *listen,
                       struct buffer *label)
{
    enum { EVENTS_MAX = 4 };

    if (listen->mode == LISTEN_ALL && listen->filter_count > 1) {
        label_add(label, N_("all of the events:"));
    } else if (listen->filter_count > 1) {
        label_add(label, N_("one of the events:"));
    } else {
        label_add(label, N_("event:"));
    }
    if (listen->filter_count == 0) {
        label_add(label, N_("any event"));
    }
    for (uint32_t i = 0; i < listen->filter_count && i < EVENTS_MAX; i++) {
        label_add(label, "%s", event_name(workflow, &listen->filters[i]));
    }
    if (listen->filter_count > EVENTS_MAX) {
        label_add(label, "…");
    }
    if (listen->until == UNTIL_EXPRESSION) {
        label_add(label, N_("until %s"), draw_expression(workflow, listen->until_expression));
    }
}

static void add_fork(const struct workflow *workflow, const struct step *step, struct buffer *label)
{
    if (step->compete) {
        label_add(label, N_("the first branch counts"));
    } else if (step->join.count != EXPRESSION_NONE) {
        label_add(label, N_("branches needed: %s"), draw_expression(workflow, step->join.count));
    }
}

static void add_raised(const struct workflow *workflow, const struct step *step,
                       struct buffer *label)
{
    json_t *type = written(workflow, step, "type");

    if (json_is_string(type)) {
        label_add(label, N_("error: %s"), draw_error_name(json_string_value(type)));
    }
    json_decref(type);
}

static void add_deed(const struct workflow *workflow, const struct step *step, struct buffer *label)
{
    json_t *type;

    switch (step->kind) {
    case STEP_CALL:
        label_add(label, N_("service: %s"), step->service);
        break;
    case STEP_ASSIGNMENT:
        add_written(workflow, step, "title", label);
        add_written(workflow, step, "responsible", label);
        break;
    case STEP_WAIT:
        add_wait(workflow, &step->wait, label);
        break;
    case STEP_LISTEN:
    case STEP_SCHEDULE:
        add_events(workflow, &step->listen, label);
        break;
    case STEP_FOR:
        label_add(label, N_("for each %s of %s"), step->item ? step->item : "item",
                  draw_expression(workflow, step->in));
        break;
    case STEP_FORK:
        add_fork(workflow, step, label);
        break;
    case STEP_RAISE:
        add_raised(workflow, step, label);
        break;
    case STEP_EMIT:
        type = written(workflow, step, "type");
        label_add(label, N_("sends the event %s"),
                  json_is_string(type) ? json_string_value(type) : "");
        json_decref(type);
        break;
    case STEP_RUN:
        label_add(label, N_("workflow: %s"), step->run_name);
        break;
    default:
        break;
    }
}

bool draw_in_words(const struct drawing *drawing, const struct step *step)
{
    return drawing->course != NULL && step->title != NULL;
}

char *draw_step_label(const struct drawing *drawing, const struct workflow *workflow,
                      const struct step *step)
{
    struct buffer label = BUFFER_INIT;

    if (step->title != NULL) {
        label_add(&label, "%s", step->title);
    }
    if (draw_in_words(drawing, step)) {
        return label_take(&label);
    }
    label_add(&label, "%s", step->name);
    add_deed(workflow, step, &label);
    if (step->condition != EXPRESSION_NONE) {
        label_add(&label, N_("only if %s"), draw_expression(workflow, step->condition));
    }
    return label_take(&label);
}

char *draw_step_tip(const struct drawing *drawing, const struct step *step)
{
    return draw_in_words(drawing, step) ? label_of(step->name) : NULL;
}
