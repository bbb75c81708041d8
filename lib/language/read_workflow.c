/* read_workflow.c - the inner language: a workflow of the Serverless Workflow DSL 1.0
 *
 * Owns:    the words of the DSL: which of them are ours, which come later.
 * In:      read_workflow() from document.c.
 * Out:     struct workflow.
 * Always:  a word of the DSL that is not supported is refused by name (ERROR_UNSUPPORTED); a word
 *          that is none is ERROR_INVALID. Nothing is skipped silently.
 * See:     docs/language.md §3; Serverless Workflow DSL 1.0.3
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/readers.h"

#include <string.h>

#define TYPE_BYTES_MAX LIMIT_KEY_BYTES /* of a CloudEvents attribute: what EVENT takes */

/* The words that say what a step does. */
static const char *const deeds[] = {"call", "listen", "set", "wait", NULL};

static bool read_wait(const struct reader *reader, const struct node *task, struct step *step)
{
    step->kind = STEP_WAIT;
    return fields_duration(reader, task, "wait", REQUIRED, &step->wait_ms);
}

static bool read_set(const struct reader *reader, const struct node *task, struct step *step)
{
    step->kind = STEP_SET;
    return read_data(reader, node_find(task, "set"), "set", &step->with);
}

/* `with` of an event filter: the attributes that an event must have. */
static bool read_filter(const struct reader *reader, const struct node *with, struct step *step)
{
    static const char *const known[] = {"type", "subject", NULL};
    static const char *const later[] = {"id",   "source",     "time", "datacontenttype",
                                        "data", "dataschema", NULL};
    static const struct words words = {"the event of a listen", known, later};
    const struct node *subject;
    json_t *checked = NULL;

    if (!fields_check(reader, with, &words)) {
        return false;
    }
    const struct node *type = node_find(with, "type");
    if (type != NULL && node_is_template(type)) {
        return refuse(reader, type, ERROR_UNSUPPORTED,
                      "an event type from an expression is not supported yet");
    }
    if (!fields_text(reader, with, "type", REQUIRED, TYPE_BYTES_MAX, &step->event_type) ||
        !fields_text(reader, with, "subject", OPTIONAL, LIMIT_KEY_BYTES, &step->event_subject) ||
        !fields_node(reader, with, "subject", OPTIONAL, NODE_TEXT, &subject)) {
        return false;
    }
    bool good = subject == NULL || node_json(reader, subject, &checked);
    json_decref(checked);
    return good;
}

static bool read_listen(const struct reader *reader, const struct node *task, struct step *step)
{
    static const char *const listen_known[] = {"to", NULL};
    static const char *const listen_later[] = {"foreach", "read", NULL};
    static const struct words listen_words = {"a listen", listen_known, listen_later};
    static const char *const to_known[] = {"one", NULL};
    static const char *const to_later[] = {"all", "any", "until", NULL};
    static const struct words to_words = {"listen.to", to_known, to_later};
    static const char *const one_known[] = {"with", NULL};
    static const char *const one_later[] = {"correlate", NULL};
    static const struct words one_words = {"listen.to.one", one_known, one_later};
    const struct node *listen;
    const struct node *to;
    const struct node *one;
    const struct node *with;

    step->kind = STEP_LISTEN;
    return fields_node(reader, task, "listen", REQUIRED, NODE_MAP, &listen) &&
           fields_check(reader, listen, &listen_words) &&
           fields_node(reader, listen, "to", REQUIRED, NODE_MAP, &to) &&
           fields_check(reader, to, &to_words) &&
           fields_node(reader, to, "one", REQUIRED, NODE_MAP, &one) &&
           fields_check(reader, one, &one_words) &&
           fields_node(reader, one, "with", REQUIRED, NODE_MAP, &with) &&
           read_filter(reader, with, step);
}

/* Exactly one of the deeds. */
static bool find_deed(const struct reader *reader, const struct node *task, const char **ret_deed)
{
    const char *found = NULL;

    for (int i = 0; deeds[i] != NULL; i++) {
        const struct node *key = node_find_key(task, deeds[i]);
        if (key == NULL) {
            continue;
        }
        if (found != NULL) {
            return refuse(reader, key, ERROR_INVALID,
                          "a step does one thing: this one has both \"%s\" and \"%s\"", found,
                          deeds[i]);
        }
        found = deeds[i];
    }
    if (found == NULL) {
        return refuse(reader, task, ERROR_INVALID,
                      "this step does nothing: it needs call, listen, set or wait");
    }
    *ret_deed = found;
    return true;
}

static bool read_deed(const struct reader *reader, const struct node *task, const char *deed,
                      struct step *step)
{
    const struct node *with = node_find_key(task, "with");

    if (strcmp(deed, "call") == 0) {
        return read_call(reader, task, step);
    }
    if (with != NULL) {
        return refuse(reader, with, ERROR_INVALID, "\"with\" belongs to a call, not to \"%s\"",
                      deed);
    }
    if (strcmp(deed, "listen") == 0) {
        return read_listen(reader, task, step);
    }
    return strcmp(deed, "set") == 0 ? read_set(reader, task, step) : read_wait(reader, task, step);
}

static bool read_step(const struct reader *reader, const struct node *node, struct step *step)
{
    static const char *const known[] = {"call", "listen",  "set",      "wait",
                                        "with", "timeout", "metadata", NULL};
    static const char *const later[] = {"do",     "switch", "for",   "fork", "try",   "raise",
                                        "emit",   "run",    "then",  "if",   "input", "output",
                                        "export", "catch",  "while", NULL};
    static const struct words words = {"a step", known, later};
    const char *deed = NULL;

    if (node->kind != NODE_MAP || node->count != 1) {
        return refuse(reader, node, ERROR_INVALID,
                      "a step is expected here: its name, a colon, and what it does");
    }
    const struct node *task = node->items[1];
    return node_text(reader, node->items[0], LIMIT_NAME_BYTES, &step->name) &&
           fields_check(reader, task, &words) && find_deed(reader, task, &deed) &&
           read_deed(reader, task, deed, step) && read_timeout(reader, task, step) &&
           read_metadata(reader, task, step);
}

bool read_workflow(const struct reader *reader, const struct node *root, struct workflow *workflow)
{
    static const char *const known[] = {"document", "do", NULL};
    static const char *const later[] = {"input",    "use",      "timeout", "output",
                                        "schedule", "evaluate", NULL};
    static const struct words words = {"a workflow", known, later};
    const struct node *steps;

    if (!fields_check(reader, root, &words) ||
        !fields_node(reader, root, "do", REQUIRED, NODE_LIST, &steps)) {
        return false;
    }
    if (steps->count == 0) {
        return refuse(reader, steps, ERROR_INVALID, "a workflow needs at least one step");
    }
    if (steps->count > LIMIT_TASKS) {
        return refuse(reader, steps, ERROR_TOO_LARGE,
                      "a workflow has at most %u steps; this has %u", LIMIT_TASKS, steps->count);
    }
    workflow->steps = xcalloc(steps->count, sizeof *workflow->steps);
    for (uint32_t i = 0; i < steps->count; i++) {
        workflow->step_count = i + 1;
        if (!read_step(reader, steps->items[i], &workflow->steps[i])) {
            return false;
        }
    }
    return true;
}
