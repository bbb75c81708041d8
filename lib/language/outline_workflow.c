/* outline_workflow.c - the parts of a workflow: its steps, and the cases of its switches
 *
 * Owns:    which list a step stands in, and the fields that all steps have.
 * In:      outline_make().
 * Out:     parts.
 * Always:  a function is one part, however often it is called; `then: the next step` is `continue`.
 * See:     outline.h; outline_steps.c; docs/language.md §3
 */
#include "base/must.h"
#include "language/outline.h"
#include "language/outline_steps.h"

#include <stdlib.h>
#include <string.h>

/* The word of the parent that holds this step. */
static const char *list_of(const struct workflow *workflow, const struct step *step)
{
    if (step->parent == STEP_NONE) {
        return "do";
    }
    const struct step *parent = &workflow->steps[step->parent];
    const char *below = step->pointer + strlen(parent->pointer);
    switch (parent->kind) {
    case STEP_TRY:
        return strncmp(below, "/catch/", 7) == 0 ? "catch" : "try";
    case STEP_FORK:
        return "branches";
    case STEP_LISTEN:
        return "foreach";
    default:
        return "do";
    }
}

static bool has_function(const struct outline *outline, const char *name)
{
    for (uint32_t i = 1; i < outline->count; i++) {
        const struct part *part = &outline->parts[i];
        if (part->parent == 0 && strcmp(part->list, "use.functions") == 0 &&
            strcmp(part->name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* PART_NONE: a function that is there already, or a step in it. */
static uint32_t add_part(struct outline *outline, const struct workflow *workflow,
                         const struct step *step, const uint32_t *parts)
{
    const struct step *parent = step->parent == STEP_NONE ? NULL : &workflow->steps[step->parent];
    char *likeness = NULL;
    uint32_t part = PART_NONE;

    if (parent != NULL && parent->kind == STEP_FUNCTION) {
        if (!has_function(outline, step->name)) {
            part = outline_add(outline, PART_STEP, 0, "use.functions", step->name, NULL);
            outline->parts[part].ordered = false;
        }
        return part;
    }
    uint32_t above = parent == NULL ? 0 : parts[step->parent];
    if (above != PART_NONE) {
        struct buffer b = BUFFER_INIT;
        buffer_text(&b, step_kind_name(step->kind));
        buffer_text(&b, "/");
        buffer_text(&b, step->name);
        likeness = bytes_strdup(buffer_bytes(&b));
        buffer_fini(&b);
        part =
            outline_add(outline, PART_STEP, above, list_of(workflow, step), step->name, likeness);
    }
    free(likeness);
    return part;
}

static void member_directive(json_t *fields, const struct workflow *workflow, uint32_t next,
                             const struct directive *directive)
{
    switch (directive->then) {
    case THEN_CONTINUE:
        break;
    case THEN_EXIT:
        member_text(fields, "then", "exit");
        break;
    case THEN_END:
        member_text(fields, "then", "end");
        break;
    case THEN_STEP:
        if (directive->step != next) {
            member_text(fields, "then", workflow->steps[directive->step].name);
        }
        break;
    }
}

static void add_cases(struct outline *outline, const struct workflow *workflow,
                      const struct step *step, uint32_t part)
{
    for (uint32_t i = 0; i < step->case_count; i++) {
        const struct switch_case *one = &step->cases[i];
        json_t *fields = outline_fields(
            outline, outline_add(outline, PART_CASE, part, "switch", one->name, NULL));
        member_expression(fields, "when", workflow->program, one->when);
        member_directive(fields, workflow, step->next, &one->then);
    }
}

static void add_step(struct outline *outline, const struct workflow *workflow,
                     const struct step *step, uint32_t part)
{
    const struct program *program = workflow->program;
    json_t *fields = outline_fields(outline, part);

    member_text(fields, "kind", step_kind_name(step->kind));
    member_text(fields, "title", step->title);
    member_expression(fields, "if", program, step->condition);
    member_template(fields, "input", program, step->input_from);
    outline_step(fields, workflow, step);
    member_span(fields, "timeout", program, &step->timeout);
    member_template(fields, "output", program, step->output_as);
    member_template(fields, "export", program, step->export_as);
    member_directive(fields, workflow, step->next, &step->then);
    add_cases(outline, workflow, step, part);
}

static void add_schedule(json_t *fields, const struct workflow *workflow)
{
    const struct schedule *schedule = &workflow->schedule;
    json_t *map = json_object();

    member_ms(map, "every", schedule->every_ms);
    member_text(map, "cron", schedule->cron);
    member_ms(map, "after", schedule->after_ms);
    if (schedule->on) {
        member_consumption(map, "on", workflow->program,
                           &workflow->steps[workflow->schedule_step].listen);
    }
    member_json(fields, "schedule", map);
}

static void add_cycle(json_t *fields, const struct cycle *cycle)
{
    json_t *map = json_object();
    json_t *stages = json_array();

    member_text(map, "person", cycle->person);
    member_text(map, "key", cycle->key);
    member_text(map, "municipality", cycle->municipality);
    member_text(map, "school", cycle->school);
    for (uint32_t i = 0; i < cycle->stage_count; i++) {
        json_array_append_new(stages, json_pack("{ss ss}", "step", cycle->stages[i].step, "title",
                                                cycle->stages[i].title));
    }
    member_json(map, "stages", stages);
    member_json(fields, "cycle", map);
}

void outline_workflow(struct outline *outline, const struct workflow *workflow)
{
    json_t *fields = outline_fields(outline, 0);
    uint32_t *parts = xmalloc((workflow->step_count + 1) * sizeof *parts);

    member_template(fields, "input", workflow->program, workflow->input_from);
    member_template(fields, "output", workflow->program, workflow->output_as);
    member_text(fields, "onError", workflow->fault ? "fault" : NULL);
    if (workflow->cycle != NULL) {
        add_cycle(fields, workflow->cycle);
    }
    if (workflow->schedule_step != STEP_NONE) {
        add_schedule(fields, workflow);
    }
    for (uint32_t i = 0; i < workflow->step_count; i++) {
        const struct step *step = &workflow->steps[i];
        parts[i] = PART_NONE;
        if (step->kind != STEP_SCHEDULE) {
            parts[i] = add_part(outline, workflow, step, parts);
        }
        if (parts[i] != PART_NONE) {
            add_step(outline, workflow, step, parts[i]);
        }
    }
    free(parts);
}
