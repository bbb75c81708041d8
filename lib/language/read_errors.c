/* read_errors.c - try and raise: errors that are caught, and errors that are made
 *
 * Owns:    the words of `try`, `catch` and `raise`, and of an error.
 * In:      read_task.c; read_use.c for errors that nobody raises.
 * Out:     steps of kind TRY and RAISE.
 * Always:  the name of the error is seen in `catch` and in its `do`, and nowhere else.
 * See:     docs/language.md §3.6; DSL 1.0.3 "Try", "Raise", "Error"; RFC 7807
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/draft.h"

#include <stdlib.h>
#include <string.h>

#define STATUS_MIN 100
#define STATUS_MAX 599

/* --- raise ----------------------------------------------------------------------------------- */

static bool check_error(const struct draft *d, const struct node *map)
{
    static const char *const known[] = {"type", "status", "instance", "title", "detail", NULL};
    static const struct words words = {N_("an error"), known, NULL};
    const struct node *node;
    int64_t status;
    bool good = fields_check(d->reader, map, &words);

    if (map->kind != NODE_MAP) {
        return false;
    }
    good &= fields_node(d->reader, map, "type", REQUIRED, NODE_TEXT, &node);
    good &= fields_node(d->reader, map, "instance", OPTIONAL, NODE_TEXT, &node);
    good &= fields_node(d->reader, map, "title", OPTIONAL, NODE_TEXT, &node);
    good &= fields_node(d->reader, map, "detail", OPTIONAL, NODE_TEXT, &node);
    node = node_find(map, "status");
    if (node == NULL || !node_is_template(node)) {
        good &= fields_integer(d->reader, map, "status", REQUIRED, STATUS_MIN, STATUS_MAX, &status);
    }
    return good;
}

bool read_error(const struct draft *d, const struct scope *scope, const struct node *map,
                uint32_t *ret_number)
{
    bool good = check_error(d, map);

    good &= map->kind == NODE_MAP && read_value(d, scope, STAGE_TASK, map, ret_number);
    return good;
}

bool read_raise(struct draft *d, const struct scope *scope, const struct node *task,
                struct step *step)
{
    static const struct scope outside = {.depth = 1}; /* definitions of `use` see no names */
    static const char *const known[] = {"error", NULL};
    static const struct words words = {"raise", known, NULL};
    const struct node *raise;

    step->kind = STEP_RAISE;
    if (!fields_node(d->reader, task, "raise", REQUIRED, NODE_MAP, &raise)) {
        return false;
    }
    bool good = fields_check(d->reader, raise, &words);
    const struct node *error = node_find(raise, "error");
    if (error == NULL) {
        return refuse_missing(d->reader, raise, "error");
    }
    if (error->kind != NODE_TEXT) {
        return read_error(d, scope, error, &step->with) && good;
    }
    const struct node *named = find_used(&d->errors, error->text);
    if (named == NULL) {
        return refuse_unknown(d, &d->errors, error, N_("error"));
    }
    return read_error(d, &outside, named, &step->with) && good;
}

/* --- catch ----------------------------------------------------------------------------------- */

static bool read_filter_text(const struct draft *d, const struct node *with, const char *key,
                             char **ret_text)
{
    const struct node *node = node_find(with, key);

    if (node != NULL && node_is_template(node)) {
        return refuse(d->reader, node, ERROR_INVALID,
                      "errors are caught by what is written: an expression belongs into \"when\"");
    }
    return fields_text(d->reader, with, key, OPTIONAL, LIMIT_TEXT_BYTES, ret_text);
}

static bool read_filter(const struct draft *d, const struct node *with, struct error_filter *filter)
{
    static const char *const known[] = {"type",   "status",  "instance", "title",
                                        "detail", "details", NULL};
    static const struct words words = {N_("the errors to catch"), known, NULL};
    bool both = node_find(with, "detail") != NULL && node_find(with, "details") != NULL;
    int64_t status = -1;
    bool good = fields_check(d->reader, with, &words);

    if (with->count == 0 || both) {
        good = refuse(d->reader, with, ERROR_INVALID,
                      "\"with\" needs type, status, instance, title or detail, each once");
    }
    good &= read_filter_text(d, with, "type", &filter->type);
    good &= read_filter_text(d, with, "instance", &filter->instance);
    good &= read_filter_text(d, with, "title", &filter->title);
    /* the DSL's schema and its reference do not agree about the word */
    good &= both || read_filter_text(d, with, node_find(with, "details") ? "details" : "detail",
                                     &filter->detail);
    good &= fields_integer(d->reader, with, "status", OPTIONAL, STATUS_MIN, STATUS_MAX, &status);
    filter->status = (int32_t)status;
    return good;
}

static bool read_filters(const struct draft *d, const struct node *catch, struct step *step)
{
    static const char *const known[] = {"with", NULL};
    static const struct words words = {"errors", known, NULL};
    const struct node *errors;
    const struct node *with;

    if (!fields_node(d->reader, catch, "errors", OPTIONAL, NODE_MAP, &errors)) {
        return false;
    }
    if (errors == NULL) {
        return true;
    }
    bool good = fields_check(d->reader, errors, &words);
    good &= fields_node(d->reader, errors, "with", OPTIONAL, NODE_MAP, &with) &&
            (with == NULL || read_filter(d, with, &step->errors));
    return good;
}

static bool read_catch_retry(struct draft *d, const struct scope *scope, const char *error_name,
                             const struct node *catch, struct step *step)
{
    const struct node *at = node_find(catch, "retry");
    const struct node *retry = at;
    struct scope outside = {.names = {error_name}, .depth = 1};
    bool named = at != NULL && at->kind == NODE_TEXT;

    if (at == NULL) {
        return true;
    }
    step->retries = true;
    if (named) {
        retry = find_used(&d->retries, at->text);
        if (retry == NULL) {
            return refuse_unknown(d, &d->retries, at, N_("retry policy"));
        }
    }
    return read_retry_policy(d, named ? &outside : scope, retry, &step->catch_retry);
}

static bool read_catch(struct draft *d, const struct scope *scope, const struct node *catch,
                       struct step *step)
{
    static const char *const known[] = {"errors", "as", "when", "exceptWhen", "retry", "do", NULL};
    static const struct words words = {N_("a catch"), known, NULL};
    const char *name = "error";
    const struct node *list;
    bool good = fields_check(d->reader, catch, &words);

    good &= read_filters(d, catch, step);
    good &= read_variable(d, catch, "as", "error", &name);
    step->error_name = xstrdup(name);
    struct scope inner = scope_below(scope, name, NULL);
    good &= read_expression(d, &inner, STAGE_TASK, catch, "when", &step->catch_when);
    good &= read_expression(d, &inner, STAGE_TASK, catch, "exceptWhen", &step->catch_except_when);
    good &= read_catch_retry(d, &inner, name, catch, step);
    if (!fields_node(d->reader, catch, "do", OPTIONAL, NODE_LIST, &list)) {
        return false;
    }
    if (list != NULL) {
        char *pointer = pointer_below(step->pointer, "catch", "do", NULL);
        good &= read_steps(d, &inner, list, step_number(d, step), pointer, &step->catch_child);
        free(pointer);
    }
    return good;
}

bool read_try(struct draft *d, const struct scope *scope, const struct node *task,
              struct step *step)
{
    struct scope inner = scope_below(scope, NULL, NULL);
    const struct node *list;
    const struct node *catch;
    bool good = true;

    step->kind = STEP_TRY;
    inner.in_try = true;
    if (fields_node(d->reader, task, "try", REQUIRED, NODE_LIST, &list)) {
        char *pointer = pointer_below(step->pointer, "try", NULL);
        good = read_steps(d, &inner, list, step_number(d, step), pointer, &step->child);
        free(pointer);
    } else {
        good = false;
    }
    good &= fields_node(d->reader, task, "catch", REQUIRED, NODE_MAP, &catch) &&
            read_catch(d, scope, catch, step);
    return good;
}
