/* read_workflow.c - the inner language: a workflow of the Serverless Workflow DSL 1.0
 *
 * Owns:    the words of a workflow itself, and the order in which its parts are read.
 * In:      read_workflow() from document.c.
 * Out:     struct workflow.
 * Always:  a word of the DSL that is not supported is refused by name (ERROR_UNSUPPORTED); a word
 *          that is none is ERROR_INVALID. Nothing is skipped silently.
 * See:     docs/language.md §3; Serverless Workflow DSL 1.0.3
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/draft.h"

#include <stdlib.h>
#include <string.h>

/* Twice: what a function that nobody calls has is read behind the rest and given back. */
#define STEP_ROOM (2 * (LIMIT_TASKS + 2))

struct step *add_own_step(struct draft *d, const char *name, const char *pointer,
                          const struct node *at)
{
    bool full = d->full;
    uint32_t written = d->written;

    d->full = false; /* a step of ours is never one too many */
    d->written = 0;
    struct step *step = add_step(d, name, xstrdup(pointer), STEP_NONE, at);
    d->full = full;
    d->written = written;
    return step;
}

/* --- evaluate -------------------------------------------------------------------------------- */

static bool read_evaluate(struct draft *d, const struct node *root)
{
    static const char *const known[] = {"language", "mode", NULL};
    static const struct words words = {"evaluate", known, NULL};
    const struct node *map;
    const struct node *language;
    const struct node *mode;

    if (!fields_node(d->reader, root, "evaluate", OPTIONAL, NODE_MAP, &map)) {
        return false;
    }
    if (map == NULL) {
        return true;
    }
    bool good = fields_check(d->reader, map, &words);
    if (!fields_node(d->reader, map, "language", OPTIONAL, NODE_TEXT, &language) ||
        !fields_node(d->reader, map, "mode", OPTIONAL, NODE_TEXT, &mode)) {
        return false;
    }
    if (language != NULL && strcmp(language->text, "jq") != 0) {
        good = refuse(d->reader, language, ERROR_UNSUPPORTED,
                      "expressions in \"%s\" are not supported: jq is", show(language->text).text);
    }
    d->expressions.loose = mode != NULL && strcmp(mode->text, "loose") == 0;
    if (mode != NULL && !d->expressions.loose && strcmp(mode->text, "strict") != 0) {
        good = refuse(d->reader, mode, ERROR_INVALID, "\"%s\" must be %s or %s", "mode", "strict",
                      "loose");
    }
    return good;
}

/* --- the document as data -------------------------------------------------------------------- */

/* Is $workflow or $task read as a whole, or its `definition`? */
static bool reads_definition(const char *text, const char *variable)
{
    static const char name[] = "definition";
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

    for (const char *at = strstr(text, variable); at != NULL; at = strstr(at, variable)) {
        at += strlen(variable);
        size_t length = *at == '.' ? strspn(at + 1, letters) : 0;
        if (*at != '\0' && strchr(letters, *at) != NULL) {
            continue; /* another variable */
        }
        if (length == 0 || (length == strlen(name) && strncmp(at + 1, name, length) == 0)) {
            return true;
        }
    }
    return false;
}

static bool read_document(const struct draft *d, const struct node *root)
{
    const struct program *program = d->workflow->program;
    bool needed = false;

    for (uint32_t i = 1; i <= program_count(program) && !needed; i++) {
        const char *text = program_text(program, i);
        needed = reads_definition(text, "$workflow") || reads_definition(text, "$task");
    }
    return !needed || node_json(d->reader, root, &d->workflow->document);
}

/* --- the steps ------------------------------------------------------------------------------- */

/* A timeout of the whole is that of a step around the whole. */
static bool read_root_step(struct draft *d, const struct node *root, uint32_t *ret_parent)
{
    static const struct scope scope = {.depth = 1};

    if (node_find(root, "timeout") == NULL) {
        *ret_parent = STEP_NONE;
        return true;
    }
    struct step *step = add_own_step(d, "workflow", "", root);
    step->kind = STEP_DO;
    *ret_parent = step_number(d, step);
    return read_timeout(d, &scope, root, step);
}

static bool read_list(struct draft *d, const struct node *root)
{
    static const struct scope scope = {.depth = 1};
    uint32_t parent = STEP_NONE;
    uint32_t first = STEP_NONE;
    const struct node *list;
    bool good = read_root_step(d, root, &parent);

    if (!fields_node(d->reader, root, "do", REQUIRED, NODE_LIST, &list)) {
        return false;
    }
    good &= read_steps(d, &scope, list, parent, "/do", &first);
    if (parent != STEP_NONE) {
        d->workflow->steps[parent].child = first;
    }
    return good;
}

static bool read_parts(struct draft *d, const struct node *root)
{
    static const struct scope scope = {.depth = 1};
    struct workflow *w = d->workflow;
    bool good = read_document_metadata(d, root);

    good &= read_evaluate(d, root);
    good &= read_use(d, root);
    good &= read_transform(d, &scope, STAGE_WORKFLOW_INPUT, root, "input", "from", &w->input_from);
    good &= read_transform(d, &scope, STAGE_WORKFLOW_OUTPUT, root, "output", "as", &w->output_as);
    good &= read_list(d, root);
    good = good && read_cycle(d, root); /* it names steps: of a list that was refused, none */
    good &= read_unused(d);
    good &= read_schedule(d, root);
    return good && read_document(d, root);
}

bool read_workflow(const struct reader *reader, const struct node *root, struct workflow *workflow)
{
    static const char *const known[] = {"document", "do",       "input",    "output", "use",
                                        "timeout",  "schedule", "evaluate", NULL};
    static const struct words words = {N_("a workflow"), known, NULL};
    struct draft d = {.reader = reader, .workflow = workflow, .step_room = STEP_ROOM};

    workflow->program = program_create();
    workflow->schedule_step = STEP_NONE;
    workflow->steps = xcalloc(STEP_ROOM, sizeof *workflow->steps);
    d.expressions = (struct expressions){.reader = reader, .program = workflow->program};
    bool good = fields_check(reader, root, &words);
    good &= read_parts(&d, root);
    draft_fini(&d);
    workflow->steps =
        xrealloc(workflow->steps, (workflow->step_count + 1) * sizeof *workflow->steps);
    return good;
}
