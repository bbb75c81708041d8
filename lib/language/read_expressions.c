/* read_expressions.c - the expressions of a workflow: what may stand where
 *
 * Owns:    the table of variables, and the reading of the fields that hold expressions.
 * In:      the readers of workflows.
 * Out:     numbers of entries in the workflow's program.
 * Always:  an expression sees the variables of its place and the names that enclosing steps bind,
 *          and no others.
 * See:     docs/language.md §2; DSL 1.0.3 "Runtime expression arguments"
 */
#include "base/limits.h"
#include "base/must.h"
#include "expression/guard.h"
#include "language/draft.h"

#include <stdlib.h>
#include <string.h>

#define OWN_MAX       8 /* variables of a stage, with the NULL */
#define VARIABLES_MAX (OWN_MAX + 2 * (LIMIT_STEP_DEPTH + 2))

static const char *const own_variables[STAGE_COUNT][OWN_MAX] = {
    [STAGE_WORKFLOW_INPUT] = {"secrets", "workflow", "runtime"},
    [STAGE_RAW] = {"context", "secrets", "task", "workflow", "runtime"},
    [STAGE_TASK] = {"context", "input", "secrets", "task", "workflow", "runtime"},
    [STAGE_OUTPUT] = {"context", "input", "secrets", "task", "workflow", "runtime"},
    [STAGE_EXPORT] = {"context", "input", "output", "secrets", "task", "workflow", "runtime"},
    [STAGE_WORKFLOW_OUTPUT] = {"context", "secrets", "workflow", "runtime"},
    [STAGE_SCHEDULE] = {"runtime"},
};

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

struct variables {
    const char *names[VARIABLES_MAX];
};

/* Those of the place, and the names bound around it up to the border of a function. */
static struct variables variables_at(const struct scope *scope, enum stage stage)
{
    struct variables v = {{NULL}};
    size_t count = 0;

    while (own_variables[stage][count] != NULL) {
        v.names[count] = own_variables[stage][count];
        count++;
    }
    for (; scope != NULL; scope = scope->outer) {
        for (int i = 0; i < 2; i++) {
            if (scope->names[i] != NULL) {
                must(count < VARIABLES_MAX - 1);
                v.names[count++] = scope->names[i];
            }
        }
        if (scope->function != NULL) {
            break;
        }
    }
    return v;
}

/* --- secrets --------------------------------------------------------------------------------- */

/* `$secrets.NAME` in a text: is that name in `use.secrets`? */
static bool check_text_secrets(const struct draft *d, const struct node *node)
{
    static const char variable[] = "$secrets.";
    bool good = true;

    for (const char *at = strstr(node->text, variable); at != NULL; at = strstr(at, variable)) {
        char name[LIMIT_NAME_BYTES + 1];
        struct node place = *node;
        at += strlen(variable);
        size_t length = strspn(at, letters);
        if (length == 0 || length > LIMIT_NAME_BYTES) {
            continue;
        }
        memcpy(name, at, length);
        name[length] = '\0';
        place.column = node_column(node, (size_t)(at - node->text));
        good &= check_secret_name(d, &place, name);
    }
    return good;
}

static bool check_secrets(const struct draft *d, const struct node *node)
{
    bool good = true;

    if (node->kind == NODE_TEXT) {
        return check_text_secrets(d, node);
    }
    size_t step = node->kind == NODE_MAP ? 2 : 1;
    for (uint32_t i = 0; i < node->count; i++) {
        good &= check_secrets(d, node->items[step * i + step - 1]);
    }
    return good;
}

/* --- values ---------------------------------------------------------------------------------- */

bool read_loose(const struct draft *d, const struct scope *scope, enum stage stage,
                const struct node *node, uint32_t *ret_number)
{
    struct variables v = variables_at(scope, stage);

    return expression_read(&d->expressions, node, v.names, ret_number) && check_secrets(d, node);
}

/* `if: .x = 1` is true whatever x is. In brackets it may be meant. */
static void warn_of_assignment(const struct draft *d, const struct node *node)
{
    struct token token = {.kind = TOKEN_SIGN};
    struct error err = ERROR_INIT;
    struct node place = *node;
    size_t start = 0;
    size_t at = 0;
    char *strict = program_strict_text(node->text, &start);
    const char *text = strict != NULL ? strict : node->text;

    for (int depth = 0; token.kind != TOKEN_END && guard_next(text, &at, &token, &err);) {
        const char *sign = text + token.offset;
        if (token.kind != TOKEN_SIGN || token.size == 0) {
            continue;
        }
        depth += strchr("([{", *sign) != NULL ? 1 : strchr(")]}", *sign) != NULL ? -1 : 0;
        if (depth > 0 || token.size != 1 || *sign != '=') {
            continue;
        }
        if (sign[1 + strspn(sign + 1, " ")] != '=') { /* of `= =` jq speaks */
            place.column = node->straight ? node_column(node, start + token.offset) : node->column;
            warn(d->reader, &place, ERROR_INVALID,
                 "\"=\" assigns a value: perhaps \"==\" is meant");
        }
        break;
    }
    free(strict);
}

static bool is_condition(const char *key)
{
    return strcmp(key, "if") == 0 || strcmp(key, "when") == 0 || strcmp(key, "exceptWhen") == 0 ||
           strcmp(key, "while") == 0;
}

bool read_expression(const struct draft *d, const struct scope *scope, enum stage stage,
                     const struct node *map, const char *key, uint32_t *ret_number)
{
    const struct node *node = node_find(map, key);

    if (node == NULL) {
        return true;
    }
    if (!read_loose(d, scope, stage, node, ret_number)) {
        return false;
    }
    if (is_condition(key)) {
        warn_of_assignment(d, node);
    }
    return true;
}

bool read_value(const struct draft *d, const struct scope *scope, enum stage stage,
                const struct node *node, uint32_t *ret_number)
{
    struct variables v = variables_at(scope, stage);

    return expression_read_template(&d->expressions, node, v.names, ret_number) &&
           check_secrets(d, node);
}

bool read_value_json(const struct draft *d, const struct scope *scope, const struct node *node,
                     json_t **ret_json)
{
    struct variables v = variables_at(scope, STAGE_TASK);

    return check_secrets(d, node) &&
           expression_template_json(&d->expressions, node, v.names, ret_json);
}

bool read_transform(const struct draft *d, const struct scope *scope, enum stage stage,
                    const struct node *map, const char *key, const char *part, uint32_t *ret_number)
{
    static const char *const from[] = {"from", NULL};
    static const char *const as[] = {"as", NULL};
    static const char *const later[] = {"schema", NULL};
    const struct words words = {key, strcmp(part, "from") == 0 ? from : as, later};
    const struct node *node = node_find(map, key);

    if (node == NULL) {
        return true;
    }
    bool good = fields_check(d->reader, node, &words);
    const struct node *value = node->kind == NODE_MAP ? node_find(node, part) : NULL;
    if (value != NULL) {
        good &= value->kind == NODE_TEXT ? read_loose(d, scope, stage, value, ret_number)
                                         : read_value(d, scope, stage, value, ret_number);
    }
    return good;
}

bool read_span(const struct draft *d, const struct scope *scope, const struct node *map,
               const char *key, enum need need, struct span *ret_span)
{
    const struct node *node = node_find(map, key);

    if (node != NULL && node_is_template(node)) {
        return read_value(d, scope, STAGE_TASK, node, &ret_span->expression);
    }
    return fields_duration(d->reader, map, key, need, &ret_span->ms);
}

/* --- names of variables ---------------------------------------------------------------------- */

static bool taken(const char *name)
{
    static const char *const names[] = {"context", "input",    "output",      "secrets",
                                        "task",    "workflow", "runtime",     "authorization",
                                        "ENV",     "__loc__",  "__prog_args", NULL};

    for (int i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

bool read_variable(const struct draft *d, const struct node *map, const char *key,
                   const char *otherwise, const char **ret_name)
{
    const struct node *node;

    if (!fields_node(d->reader, map, key, OPTIONAL, NODE_TEXT, &node)) {
        return false;
    }
    if (node == NULL) {
        *ret_name = otherwise;
        return true;
    }
    size_t length = strlen(node->text);
    if (length == 0 || length > LIMIT_NAME_BYTES || strspn(node->text, letters) != length ||
        strchr("0123456789", node->text[0]) != NULL) {
        return refuse(d->reader, node, ERROR_INVALID,
                      "\"%s\" can't name a variable: Latin letters, digits and '_' do, and no "
                      "digit begins it",
                      show(node->text).text);
    }
    if (taken(node->text)) {
        return refuse(d->reader, node, ERROR_INVALID, "the variable $%s is there already",
                      node->text);
    }
    *ret_name = node->text;
    return true;
}
