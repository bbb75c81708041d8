/* plain_run.c - a plain tree and values: the value it stands for
 *
 * Owns:    the order in which parts are looked at: as in jq, `and`, `or`, `//` and `if` look no
 *          further than they must.
 * In:      plain_run() from program.c.
 * Out:     a new reference, or NULL: jq is to be asked.
 * Always:  nothing of input or variables is changed; parts of them are shared, not copied.
 * See:     plain.h
 */
#include "expression/plain.h"

static json_t *run(const struct plain_node *node, struct plain_context *context, json_t *input);

static json_t *run_variable(const struct plain_node *node, struct plain_context *context)
{
    uint32_t at = node->variable;

    if (context->values[at] == NULL) {
        json_t *value = context->variable(context->context, context->variables[at]);
        context->values[at] = value != NULL ? value : json_null();
    }
    return json_incref(context->values[at]);
}

static json_t *run_operator(enum plain_kind kind, const json_t *a, const json_t *b)
{
    switch (kind) {
    case PLAIN_ADD:
        return plain_add(a, b);
    case PLAIN_SUBTRACT:
    case PLAIN_MULTIPLY:
    case PLAIN_DIVIDE:
        return plain_arithmetic(kind, a, b);
    case PLAIN_INDEX:
        return plain_index(a, b);
    default:
        return plain_compare(kind, a, b);
    }
}

static json_t *run_both(const struct plain_node *node, struct plain_context *context, json_t *input)
{
    json_t *a = run(node->a, context, input);
    json_t *b = a != NULL ? run(node->b, context, input) : NULL;
    json_t *value = b != NULL ? run_operator(node->kind, a, b) : NULL;

    json_decref(a);
    json_decref(b);
    return value;
}

/* What goes on with the value of the first part, or without it. */
static json_t *run_first(const struct plain_node *node, struct plain_context *context,
                         json_t *input)
{
    json_t *first = run(node->a, context, input);
    json_t *value = NULL;

    if (first == NULL) {
        return NULL;
    }
    bool truth = plain_true(first);
    if (node->kind == PLAIN_PIPE) {
        value = run(node->b, context, first);
    } else if (node->kind == PLAIN_IF) {
        value = run(truth ? node->b : node->c, context, input);
    } else if (node->kind == PLAIN_ALTERNATIVE) {
        value = truth ? json_incref(first) : run(node->b, context, input);
    } else if (node->kind == PLAIN_NEGATE) {
        value = json_is_number(first) ? plain_number(-json_number_value(first)) : NULL;
    } else if (truth == (node->kind == PLAIN_OR)) {
        value = json_boolean(truth);
    } else {
        json_t *second = run(node->b, context, input);
        value = second != NULL ? json_boolean(plain_true(second)) : NULL;
        json_decref(second);
    }
    json_decref(first);
    return value;
}

static json_t *run_text(const struct plain_node *node, struct plain_context *context, json_t *input)
{
    struct buffer text = BUFFER_INIT;
    bool good = true;

    buffer_reserve(&text, 1);
    for (const struct plain_node *item = node->a; good && item != NULL; item = item->next) {
        json_t *value = run(item, context, input);
        good = value != NULL && plain_print(value, &text);
        json_decref(value);
    }
    json_t *string = good ? json_stringn_nocheck((const char *)text.data, text.size) : NULL;
    buffer_fini(&text);
    return string;
}

static json_t *run_list(const struct plain_node *node, struct plain_context *context, json_t *input)
{
    json_t *list = json_array();

    for (const struct plain_node *item = node->a; item != NULL; item = item->next) {
        json_t *value = run(item, context, input);
        if (value == NULL || json_array_append_new(list, value) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static bool run_pair(const struct plain_node *pair, struct plain_context *context, json_t *input,
                     json_t *map)
{
    json_t *key = run(pair->a, context, input);
    json_t *value = json_is_string(key) ? run(pair->b, context, input) : NULL;
    bool good = value != NULL && json_object_setn_new_nocheck(map, json_string_value(key),
                                                              json_string_length(key), value) == 0;

    json_decref(key);
    return good;
}

static json_t *run_map(const struct plain_node *node, struct plain_context *context, json_t *input)
{
    json_t *map = json_object();

    for (const struct plain_node *pair = node->a; pair != NULL; pair = pair->next) {
        if (!run_pair(pair, context, input, map)) {
            json_decref(map);
            return NULL;
        }
    }
    return map;
}

static json_t *run(const struct plain_node *node, struct plain_context *context, json_t *input)
{
    switch (node->kind) {
    case PLAIN_INPUT:
        return json_incref(input);
    case PLAIN_CONSTANT:
        return json_incref(node->value);
    case PLAIN_VARIABLE:
        return run_variable(node, context);
    case PLAIN_NOT:
        return json_boolean(!plain_true(input));
    case PLAIN_LENGTH:
        return plain_length(input);
    case PLAIN_TYPE:
        return plain_type(input);
    case PLAIN_TEXT:
        return run_text(node, context, input);
    case PLAIN_LIST:
        return run_list(node, context, input);
    case PLAIN_MAP:
        return run_map(node, context, input);
    case PLAIN_PIPE:
    case PLAIN_IF:
    case PLAIN_ALTERNATIVE:
    case PLAIN_NEGATE:
    case PLAIN_AND:
    case PLAIN_OR:
        return run_first(node, context, input);
    default:
        return run_both(node, context, input);
    }
}

json_t *plain_run(const struct plain_tree *tree, struct plain_context *context, json_t *input)
{
    json_t *value = run(tree->root, context, input);

    for (size_t i = 0; context->variables[i] != NULL; i++) {
        json_decref(context->values[i]);
        context->values[i] = NULL;
    }
    if (value != NULL && tree->builds && !plain_fits(value)) {
        json_decref(value);
        return NULL;
    }
    return value;
}
