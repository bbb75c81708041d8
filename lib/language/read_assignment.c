/* read_assignment.c - call: assignment, a task given to people
 *
 * Owns:    the words of `with` for an assignment.
 * In:      read_call().
 * Out:     a step of kind ASSIGNMENT.
 * Always:  what is written out is checked now, names against the catalog too; `${ … }` is left for
 *          the moment when the step runs.
 * See:     docs/language.md §3.4
 */
#include "base/limits.h"
#include "language/draft.h"
#include "language/read_due.h"
#include "language/read_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text or an expression. */
static bool check_text(const struct reader *reader, const struct node *with, const char *key,
                       enum need need)
{
    const struct node *node;
    char *text = NULL;

    if (!fields_node(reader, with, key, need, NODE_TEXT, &node)) {
        return false;
    }
    if (node == NULL || node_is_template(node)) {
        return true;
    }
    bool good = node_text(reader, node, LIMIT_TEXT_BYTES, &text);
    free(text);
    return good;
}

/* The id of a body, or an expression. */
static bool check_body(const struct reader *reader, const struct node *node)
{
    char *name = NULL;

    if (node_is_template(node)) {
        return true;
    }
    if (!node_name(reader, node, &name)) {
        return false;
    }
    free(name);
    return check_body_known(reader, node);
}

/* "id", or a body with a term of its own. */
static bool check_co_executor(const struct reader *reader, const struct node *with,
                              const struct node *entry)
{
    if (entry->kind != NODE_MAP) {
        return check_body(reader, entry);
    }
    const struct node *body = node_find(entry, "body");
    bool good = check_part(reader, with, entry);

    good &= body != NULL ? check_body(reader, body) : refuse_missing(reader, entry, "body");
    return good;
}

/* A list of bodies (each may be an expression), or one expression that gives the list. */
static bool check_bodies(const struct reader *reader, const struct node *with, const char *key,
                         enum need need, uint32_t count_max, bool may_have_terms)
{
    const struct node *list = node_find(with, key);
    bool good = true;

    if (list != NULL && node_is_template(list)) {
        return true;
    }
    if (!fields_node(reader, with, key, need, NODE_LIST, &list)) {
        return false;
    }
    if (list != NULL && (list->count == 0 || list->count > count_max)) {
        return refuse(reader, list, list->count ? ERROR_TOO_LARGE : ERROR_INVALID,
                      "\"%s\" must have from 1 to %u entries", key, count_max);
    }
    for (uint32_t i = 0; list != NULL && i < list->count; i++) {
        good &= may_have_terms ? check_co_executor(reader, with, list->items[i])
                               : check_body(reader, list->items[i]);
    }
    return good;
}

static bool check_controller(const struct reader *reader, const struct node *with)
{
    const struct node *controller = node_find(with, "controller");

    return controller == NULL || check_body(reader, controller);
}

static bool check_policy(const struct reader *reader, const struct node *with)
{
    const struct node *policy = node_find(with, "policy");
    char *name = NULL;

    if (policy == NULL || node_is_template(policy)) {
        return true;
    }
    if (!node_name(reader, policy, &name)) {
        return false;
    }
    free(name);
    return check_definition_known(reader, policy, DEFINITION_POLICY);
}

/* A document that the report must have: what it is called, or its kind. */
static bool check_result(const struct reader *reader, const struct node *result)
{
    static const char *const known[] = {"kind", "title", NULL};
    static const struct words words = {N_("an expected document"), known, NULL};
    char *text = NULL;

    if (result->kind == NODE_MAP) {
        bool good = fields_check(reader, result, &words);
        good &= check_text(reader, result, "kind", REQUIRED);
        good &= check_text(reader, result, "title", OPTIONAL);
        return good;
    }
    if (result->kind != NODE_TEXT) {
        return fields_check(reader, result, &words);
    }
    bool good = node_is_template(result) || node_text(reader, result, LIMIT_TEXT_BYTES, &text);
    free(text);
    return good;
}

/* One, or a list of them. */
static bool check_results(const struct reader *reader, const struct node *with)
{
    const struct node *list = node_find(with, "result");
    bool good = true;

    if (list == NULL || list->kind != NODE_LIST) {
        return list == NULL || check_result(reader, list);
    }
    if (list->count == 0 || list->count > LIMIT_RESULTS) {
        return refuse(reader, list, list->count ? ERROR_TOO_LARGE : ERROR_INVALID,
                      "\"%s\" must have from 1 to %u entries", "result", LIMIT_RESULTS);
    }
    for (uint32_t i = 0; i < list->count; i++) {
        good &= check_result(reader, list->items[i]);
    }
    return good;
}

static bool check_fields(const struct reader *reader, const struct node *with)
{
    static const char *const texts[] = {"plan",       "plan_title", "no", "section",
                                        "due_phrase", "audience",   NULL};
    bool good = check_text(reader, with, "title", REQUIRED);

    good &= check_bodies(reader, with, "responsible", REQUIRED, LIMIT_CO_EXECUTORS + 1, false);
    good &= check_bodies(reader, with, "co_executors", OPTIONAL, LIMIT_CO_EXECUTORS, true);
    good &= check_controller(reader, with);
    good &= check_policy(reader, with);
    good &= check_due(reader, with);
    good &= check_results(reader, with);
    for (int i = 0; texts[i] != NULL; i++) {
        good &= check_text(reader, with, texts[i], OPTIONAL);
    }
    return good;
}

/* A form that is an argument of the function around is written out where that is called. */
static bool check_given_form(const struct reader *reader, const struct scope *scope,
                             const struct node *task, const struct node *with)
{
    const struct node *form = node_find(with, "form");
    const struct node *given = node_find(task, "input") == NULL ? scope->arguments : NULL;
    char argument[LIMIT_NAME_BYTES];

    for (uint32_t i = 0; form != NULL && given != NULL && i < given->count; i++) {
        const char *key = given->items[2 * (size_t)i]->text;
        snprintf(argument, sizeof argument, "${ .%s }", key);
        if (form->kind == NODE_TEXT && strcmp(form->text, argument) == 0) {
            return check_form(reader, given, key);
        }
    }
    return true;
}

bool read_assignment(struct draft *d, const struct scope *scope, const struct node *task,
                     struct step *step)
{
    /* the second line: where the assignment stands in a plan, for letters and lists */
    static const char *const known[] = {"title",      "responsible", "co_executors", "controller",
                                        "due",        "result",      "policy",       "plan",
                                        "plan_title", "no",          "section",      "bullets",
                                        "audience",   "due_phrase",  "form",         NULL};
    static const struct words words = {N_("an assignment"), known, NULL};
    const struct node *with;

    step->kind = STEP_ASSIGNMENT;
    if (!fields_node(d->reader, task, "with", REQUIRED, NODE_MAP, &with)) {
        return false;
    }
    bool good = fields_check(d->reader, with, &words);
    good &= check_fields(d->reader, with);
    good &= check_form(d->reader, with, "form");
    good &= check_given_form(d->reader, scope, task, with);
    good &= read_value(d, scope, STAGE_TASK, with, &step->with);
    return good;
}
