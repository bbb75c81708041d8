/* read_call.c - call: a function of the document, or a service of workers
 *
 * Owns:    how the name after `call` is understood.
 * In:      read_task.c.
 * Out:     a step of kind CALL, FUNCTION or ASSIGNMENT.
 * Always:  what the document defines comes first; what is in it by a name of the DSL is the DSL's.
 * See:     docs/language.md §3.2; DSL 1.0.3 "Call"
 */
#include "base/must.h"
#include "language/draft.h"
#include "language/suggest.h"

#include <string.h>

/* A map, or one expression that gives it. */
static bool read_with(const struct draft *d, const struct scope *scope, const struct node *task,
                      struct step *step)
{
    const struct node *with = node_find(task, "with");

    if (with == NULL) {
        return true;
    }
    if (with->kind != NODE_MAP && !node_is_template(with)) {
        return refuse(d->reader, with, ERROR_INVALID, "\"%s\" must be a map or an expression",
                      "with");
    }
    return read_value(d, scope, STAGE_TASK, with, &step->with);
}

static bool read_function_call(struct draft *d, const struct scope *scope, const struct node *task,
                               const struct node *call, struct step *step)
{
    const struct node *with = node_find(task, "with");
    const struct node *arguments = with != NULL && with->kind == NODE_MAP ? with : NULL;
    bool good = read_with(d, scope, task, step);

    step->kind = STEP_FUNCTION;
    good &= read_function(d, scope, call, node_find_key(d->functions.map, call->text), arguments,
                          step_number(d, step), &step->child);
    return good;
}

/* Words of the DSL that are not ours, and functions from elsewhere. */
static bool check_name(const struct draft *d, const struct node *call)
{
    static const char *const later[] = {"a2a", "asyncapi", "grpc", "mcp", NULL};

    if (strcmp(call->text, "поручение") == 0) {
        return refuse(d->reader, call, ERROR_INVALID, "there is no %s \"%s\": did you mean \"%s\"?",
                      error_word("function"), call->text, "assignment");
    }
    for (int i = 0; later[i] != NULL; i++) {
        if (strcmp(call->text, later[i]) == 0) {
            return refuse(d->reader, call, ERROR_UNSUPPORTED, "call: %s is not supported",
                          later[i]);
        }
    }
    if (strpbrk(call->text, ":@/") != NULL) {
        return refuse(d->reader, call, ERROR_UNSUPPORTED,
                      "calling a function by address or from a catalog is not supported");
    }
    return true;
}

static bool is_service(const struct reader *reader, const char *name)
{
    const char *const *known = reader->services;

    while (known != NULL && *known != NULL && strcmp(*known, name) != 0) {
        known++;
    }
    return known != NULL && *known != NULL;
}

/* A service that nobody knows, a slip of the pen away from a function of ours. A document that is
 * read by itself may have been in force before this was refused: it stays readable. */
static bool check_slip(const struct draft *d, const struct node *call)
{
    /* http and the other short words are near to names that a worker may well have */
    static const char *const own[] = {"assignment", "openapi", NULL};
    const struct reader *reader = d->reader;

    return (reader->services == NULL && reader->catalog == NULL) ||
           is_service(reader, call->text) || suggest(call->text, own) == NULL ||
           refuse_name(reader, call, N_("function"), call->text, own);
}

static bool read_service(const struct draft *d, const struct scope *scope, const struct node *task,
                         const struct node *call, struct step *step)
{
    if (!check_name(d, call) || !check_slip(d, call)) {
        return false; /* its `with` is not for us */
    }
    bool good = node_name(d->reader, call, &step->service);
    if (good) {
        warn_near(d, &d->functions, call);
    }
    good &= read_with(d, scope, task, step);
    return good;
}

bool read_call(struct draft *d, const struct scope *scope, const struct node *task,
               struct step *step)
{
    const struct node *call;

    step->kind = STEP_CALL;
    if (!fields_node(d->reader, task, "call", REQUIRED, NODE_TEXT, &call)) {
        return false;
    }
    if (strcmp(call->text, "assignment") == 0) {
        return read_assignment(d, scope, task, step);
    }
    if (d->functions.map != NULL && node_find(d->functions.map, call->text) != NULL) {
        return read_function_call(d, scope, task, call, step);
    }
    /* metadata.marshrut.retry overrides it; inside `try` errors are for its `catch` */
    step->retry = (struct retry_policy){.attempts_max = scope->in_try ? 1 : RETRY_ATTEMPTS,
                                        .delay_ms = 1000,
                                        .delay_max_ms = 300000,
                                        .factor_percent = 200,
                                        .jitter_percent = 20};
    if (strcmp(call->text, "http") == 0 || strcmp(call->text, "openapi") == 0) {
        step->service = xstrdup(call->text);
        return read_http(d, scope, task, step);
    }
    return read_service(d, scope, task, call, step);
}
