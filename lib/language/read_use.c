/* read_use.c - what a workflow defines once and uses by name
 *
 * Owns:    the words of `use`; which of its definitions were used; functions, which are read anew
 *          at each call.
 * In:      read_use() before the steps, read_unused() after them.
 * Out:     nodes, for the readers that know what they mean.
 * Always:  what nobody uses is read too, so that its mistakes are found.
 * See:     docs/language.md §3.8; DSL 1.0.3 "Use"
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/draft.h"
#include "language/suggest.h"

#include <stdlib.h>
#include <string.h>

#define SECRETS_MAX 100u

const struct node *find_used(const struct shelf *shelf, const char *name)
{
    for (uint32_t i = 0; shelf->map != NULL && i < shelf->map->count; i++) {
        if (strcmp(shelf->map->items[2 * (size_t)i]->text, name) == 0) {
            shelf->used[i] = true;
            return shelf->map->items[2 * (size_t)i + 1];
        }
    }
    return NULL;
}

/* NULL-terminated; free() it. */
static const char **names_of(const struct shelf *shelf)
{
    uint32_t count = shelf->map ? shelf->map->count : 0;
    const char **names = xcalloc(count + 1, sizeof *names);

    for (uint32_t i = 0; i < count; i++) {
        names[i] = shelf->map->items[2 * (size_t)i]->text;
    }
    return names;
}

bool refuse_unknown(const struct draft *d, const struct shelf *shelf, const struct node *at,
                    const char *what)
{
    const char **names = names_of(shelf);

    refuse_name(d->reader, at, what, at->text, names);
    free(names);
    return false;
}

void warn_near(const struct draft *d, const struct shelf *shelf, const struct node *at)
{
    const char **names = names_of(shelf);
    const char *near = suggest(at->text, names);

    if (near != NULL) {
        warn(d->reader, at, ERROR_NOT_FOUND,
             "\"%s\" goes to the workers that offer it: did you mean the function \"%s\"?",
             show(at->text).text, show(near).text);
    }
    free(names);
}

bool check_secret_name(const struct draft *d, const struct node *at, const char *name)
{
    uint32_t count = d->secrets ? d->secrets->count : 0;
    const char **names = xcalloc(count + 1, sizeof *names);
    bool found = false;

    for (uint32_t i = 0; i < count; i++) {
        names[i] = d->secrets->items[i]->text;
        found |= strcmp(names[i], name) == 0;
    }
    if (!found) {
        refuse_name(d->reader, at, N_("secret"), name, names);
    }
    free(names);
    return found;
}

bool check_secret(const struct draft *d, const struct node *name)
{
    return check_secret_name(d, name, name->text);
}

static bool open_shelf(const struct draft *d, const struct node *use, const char *key,
                       struct shelf *shelf)
{
    bool good = true;

    if (!fields_node(d->reader, use, key, OPTIONAL, NODE_MAP, &shelf->map)) {
        shelf->map = NULL;
        return false;
    }
    if (shelf->map != NULL) {
        shelf->used = xcalloc(shelf->map->count + 1, sizeof *shelf->used);
    }
    for (uint32_t i = 0; shelf->map != NULL && i < shelf->map->count; i++) {
        char *name = NULL;
        good &= node_name(d->reader, shelf->map->items[2 * (size_t)i], &name);
        free(name);
    }
    return good;
}

static bool read_secrets(struct draft *d, const struct node *use)
{
    if (!fields_names(d->reader, use, "secrets", OPTIONAL, SECRETS_MAX, &d->workflow->secrets,
                      &d->workflow->secret_count)) {
        return false;
    }
    d->secrets = node_find(use, "secrets");
    return true;
}

/* Words that a call means something else by. */
static bool check_function_names(const struct draft *d)
{
    static const char *const taken[] = {"a2a",  "assignment", "asyncapi", "grpc",
                                        "http", "mcp",        "openapi",  NULL};
    bool good = true;

    for (int i = 0; d->functions.map != NULL && taken[i] != NULL; i++) {
        const struct node *key = node_find_key(d->functions.map, taken[i]);
        good &= key == NULL || refuse(d->reader, key, ERROR_INVALID,
                                      "call: %s has a meaning already: a function needs another "
                                      "name",
                                      taken[i]);
    }
    return good;
}

bool read_use(struct draft *d, const struct node *root)
{
    static const char *const known[] = {"authentications", "errors",   "functions", "retries",
                                        "secrets",         "timeouts", NULL};
    static const char *const later[] = {"catalogs", "extensions", NULL};
    static const struct words words = {"use", known, later};
    const struct node *use;

    if (!fields_node(d->reader, root, "use", OPTIONAL, NODE_MAP, &use)) {
        return false;
    }
    if (use == NULL) {
        return true;
    }
    bool good = fields_check(d->reader, use, &words);
    good &= open_shelf(d, use, "functions", &d->functions);
    good &= check_function_names(d);
    good &= open_shelf(d, use, "errors", &d->errors);
    good &= open_shelf(d, use, "retries", &d->retries);
    good &= open_shelf(d, use, "timeouts", &d->timeouts);
    good &= open_shelf(d, use, "authentications", &d->authentications);
    good &= read_secrets(d, use);
    return good;
}

void draft_fini(struct draft *d)
{
    free(d->functions.used);
    free(d->errors.used);
    free(d->retries.used);
    free(d->timeouts.used);
    free(d->authentications.used);
}

/* --- functions ------------------------------------------------------------------------------- */

static bool goes_round(const struct scope *scope, const char *function)
{
    for (; scope != NULL; scope = scope->outer) {
        if (scope->function != NULL && strcmp(scope->function, function) == 0) {
            return true;
        }
    }
    return false;
}

bool read_function(struct draft *d, const struct scope *scope, const struct node *at,
                   const struct node *key, const struct node *arguments, uint32_t parent,
                   uint32_t *ret_child)
{
    struct scope inner = scope_below(scope, NULL, NULL);

    inner.function = key->text;
    inner.arguments = arguments;
    if (goes_round(scope, key->text)) {
        return refuse(d->reader, at, ERROR_INVALID,
                      "the function \"%s\" calls itself, directly or by way of others",
                      show(key->text).text);
    }
    if (inner.depth > LIMIT_STEP_DEPTH) {
        return refuse(d->reader, at, ERROR_TOO_LARGE, "steps are nested deeper than %u lists",
                      LIMIT_STEP_DEPTH);
    }
    const struct node *task = find_used(&d->functions, key->text);
    struct step *step =
        add_step(d, key->text, pointer_below("", "use", "functions", key->text, NULL), parent, key);
    if (step == NULL) {
        return false;
    }
    *ret_child = step_number(d, step);
    const struct node *then = task->kind == NODE_MAP ? node_find(task, "then") : NULL;
    bool good = read_task(d, &inner, task, step);
    if (then != NULL && !(then->kind == NODE_TEXT && strcmp(then->text, "continue") == 0)) {
        good = refuse(d->reader, then, ERROR_INVALID,
                      "a function goes on where it was called: \"then\" belongs to the call");
    }
    return good;
}

/* Into steps that are given back. */
static bool read_unused_function(struct draft *d, const struct node *key)
{
    struct scope scope = {.depth = 1};
    uint32_t count = d->workflow->step_count;
    uint32_t written = d->written;
    uint32_t child;

    d->written = 0;
    d->workflow->step_count = 0;
    struct step *steps = d->workflow->steps;
    d->workflow->steps = steps + count;
    bool good = read_function(d, &scope, key, key, NULL, STEP_NONE, &child);
    for (uint32_t i = 0; i < d->workflow->step_count; i++) {
        step_fini(&d->workflow->steps[i]);
    }
    memset(d->workflow->steps, 0, d->workflow->step_count * sizeof *steps);
    d->workflow->steps = steps;
    d->workflow->step_count = count;
    d->written = written;
    return good;
}

bool read_unused(struct draft *d)
{
    struct scope scope = {.depth = 1};
    bool good = true;

    for (uint32_t i = 0; d->functions.map != NULL && i < d->functions.map->count; i++) {
        good &=
            d->functions.used[i] || read_unused_function(d, d->functions.map->items[2 * (size_t)i]);
    }
    for (uint32_t i = 0; d->errors.map != NULL && i < d->errors.map->count; i++) {
        uint32_t number;
        good &= d->errors.used[i] ||
                read_error(d, &scope, d->errors.map->items[2 * (size_t)i + 1], &number);
    }
    for (uint32_t i = 0; d->retries.map != NULL && i < d->retries.map->count; i++) {
        struct scope caught = scope_below(&scope, "error", NULL);
        struct catch_retry retry = {0};
        good &= d->retries.used[i] ||
                read_retry_policy(d, &caught, d->retries.map->items[2 * (size_t)i + 1], &retry);
    }
    for (uint32_t i = 0; d->timeouts.map != NULL && i < d->timeouts.map->count; i++) {
        struct span span = {0};
        good &= d->timeouts.used[i] ||
                read_timeout_after(d, &scope, d->timeouts.map->items[2 * (size_t)i + 1], &span);
    }
    for (uint32_t i = 0; d->authentications.map != NULL && i < d->authentications.map->count; i++) {
        good &= d->authentications.used[i] ||
                check_authentication(d, d->authentications.map->items[2 * (size_t)i + 1], true);
    }
    return good;
}
