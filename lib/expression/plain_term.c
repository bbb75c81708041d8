/* plain_term.c - terms of plain expressions: paths, variables, literals, texts, lists, maps
 *
 * Owns:    what a term is, and what may stand behind one.
 * In:      plain_parse_term() from plain_parse.c.
 * Out:     a node, or NULL for what is not plain: `.[]`, slices, `?`, formats, calls with
 *          arguments.
 * Always:  literals are read by the JSON parser: where its reading could differ from jq's (a lone
 *          surrogate, a NUL, a number like `1.`), it refuses and jq decides.
 * See:     plain.h, plain_parser.h
 */
#include "expression/plain_parser.h"

#include "base/must.h"

#include <string.h>

static struct plain_node *constant(struct plain_parser *parser, json_t *value)
{
    if (value == NULL) {
        return NULL;
    }
    struct plain_node *node = plain_node(parser, PLAIN_CONSTANT, NULL, NULL);
    must(json_array_append_new(parser->constants, value) == 0);
    node->value = value;
    return node;
}

static struct plain_node *name_constant(struct plain_parser *parser, size_t offset, size_t size)
{
    return constant(parser, json_stringn(parser->text + offset, size));
}

static struct plain_node *number(struct plain_parser *parser)
{
    json_t *literal = json_loadb(parser->text + parser->at->offset, parser->at->size,
                                 JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, NULL);
    json_t *value = json_is_number(literal) ? plain_number(json_number_value(literal)) : NULL;

    json_decref(literal);
    parser->at++;
    return constant(parser, value);
}

/* What stands between two places of a string, without interpolations. */
static struct plain_node *literal(struct plain_parser *parser, size_t start, size_t end)
{
    struct buffer quoted = BUFFER_INIT;

    buffer_text(&quoted, "\"");
    buffer_append(&quoted, parser->text + start, end - start);
    buffer_text(&quoted, "\"");
    json_t *value = json_loadb((const char *)quoted.data, quoted.size, JSON_DECODE_ANY, NULL);
    buffer_fini(&quoted);
    return constant(parser, value);
}

static struct plain_node **append(struct plain_node **end, struct plain_node *item)
{
    *end = item;
    return item != NULL ? &item->next : NULL;
}

/* "a \(b) c": the parts between, each `\(…)` as an item. */
static struct plain_node *interpolated(struct plain_parser *parser, const struct token *string)
{
    struct plain_node *text = plain_node(parser, PLAIN_TEXT, NULL, NULL);
    struct plain_node **end = &text->a;
    size_t at = string->offset + 1;
    size_t last = string->offset + string->size - 1;

    while (end != NULL && parser->at->offset < last && plain_at(parser, "\\(")) {
        end = append(end, literal(parser, at, parser->at->offset));
        parser->at++;
        if (end == NULL) {
            return NULL;
        }
        end = append(end, plain_parse_pipe(parser));
        at = parser->at->offset + 1;
        if (!plain_take(parser, ")")) {
            return NULL;
        }
    }
    end = end != NULL ? append(end, literal(parser, at, last)) : NULL;
    parser->builds = true;
    return end != NULL ? text : NULL;
}

static struct plain_node *string(struct plain_parser *parser)
{
    const struct token *token = parser->at++;

    if (token_interpolates(parser->text, token)) {
        return interpolated(parser, token);
    }
    return literal(parser, token->offset + 1, token->offset + token->size - 1);
}

static struct plain_node *variable(struct plain_parser *parser)
{
    const struct token *token = parser->at++;

    for (uint32_t i = 0; parser->variables[i] != NULL; i++) {
        if (strlen(parser->variables[i]) == token->size - 1 &&
            memcmp(parser->variables[i], parser->text + token->offset + 1, token->size - 1) == 0) {
            struct plain_node *node = plain_node(parser, PLAIN_VARIABLE, NULL, NULL);
            node->variable = i;
            return node;
        }
    }
    return NULL;
}

static struct plain_node *list(struct plain_parser *parser)
{
    struct plain_node *node = plain_node(parser, PLAIN_LIST, NULL, NULL);
    struct plain_node **end = &node->a;

    parser->builds = true;
    parser->at++;
    if (plain_take(parser, "]")) {
        return node;
    }
    struct plain_node *item = plain_parse_item(parser);
    if (item != NULL && plain_take(parser, "|")) { /* a | b, c: the comma would belong to b */
        struct plain_node *right = plain_parse_pipe(parser);
        node->a = right != NULL ? plain_node(parser, PLAIN_PIPE, item, right) : NULL;
        return node->a != NULL && plain_take(parser, "]") ? node : NULL;
    }
    for (;;) {
        end = append(end, item);
        if (end == NULL || plain_take(parser, "]")) {
            return end != NULL ? node : NULL;
        }
        if (!plain_take(parser, ",")) {
            return NULL;
        }
        item = plain_parse_item(parser);
    }
}

/* jq takes a term here, a minus before it, and pipes; operators need brackets. */
static struct plain_node *map_value(struct plain_parser *parser)
{
    struct plain_node *node = NULL;

    if (!plain_enter(parser)) {
        return NULL;
    }
    if (plain_take(parser, "-")) {
        node = plain_parse_term(parser);
        node = node != NULL ? plain_node(parser, PLAIN_NEGATE, node, NULL) : NULL;
    } else {
        node = plain_parse_term(parser);
    }
    if (node != NULL && plain_take(parser, "|")) {
        struct plain_node *right = map_value(parser);
        node = right != NULL ? plain_node(parser, PLAIN_PIPE, node, right) : NULL;
    }
    plain_leave(parser);
    return node;
}

static bool keyword(const struct plain_parser *parser, const struct token *token)
{
    static const char *const KEYWORDS[] = {
        "as",  "import", "include", "module", "def",     "if",  "then",  "else",  "elif",
        "and", "or",     "end",     "reduce", "foreach", "try", "catch", "label", "break"};

    for (size_t i = 0; i < sizeof KEYWORDS / sizeof *KEYWORDS; i++) {
        if (token_is(parser->text, token, KEYWORDS[i])) {
            return true;
        }
    }
    return false;
}

/* The key of a pair; *ret_short is what `{key}` alone would mean, or NULL. */
static struct plain_node *map_key(struct plain_parser *parser, struct plain_node **ret_short)
{
    const struct token *token = parser->at;
    struct plain_node *key = NULL;

    *ret_short = NULL;
    if (token->kind == TOKEN_NAME) {
        parser->at++;
        key = name_constant(parser, token->offset, token->size);
    } else if (token->kind == TOKEN_STRING) {
        key = string(parser);
    } else if (token->kind == TOKEN_VARIABLE) {
        *ret_short = variable(parser);
        return name_constant(parser, token->offset + 1, token->size - 1);
    } else if (plain_take(parser, "(")) {
        key = plain_parse_pipe(parser);
        bool right = key != NULL && (!plain_literal(key) || json_is_string(key->value));
        return right && plain_take(parser, ")") ? key : NULL;
    }
    if (key != NULL && !(token->kind == TOKEN_NAME && keyword(parser, token))) {
        *ret_short =
            plain_node(parser, PLAIN_INDEX, plain_node(parser, PLAIN_INPUT, NULL, NULL), key);
    }
    return key;
}

static struct plain_node *pair(struct plain_parser *parser)
{
    const struct token *first = parser->at;
    struct plain_node *value = NULL;
    struct plain_node *key = map_key(parser, &value);

    if (key != NULL && first->kind != TOKEN_VARIABLE && plain_take(parser, ":")) {
        value = map_value(parser);
    }
    return key != NULL && value != NULL ? plain_node(parser, PLAIN_PAIR, key, value) : NULL;
}

static struct plain_node *map(struct plain_parser *parser)
{
    struct plain_node *node = plain_node(parser, PLAIN_MAP, NULL, NULL);
    struct plain_node **end = &node->a;

    parser->builds = true;
    parser->at++;
    if (plain_take(parser, "}")) {
        return node;
    }
    for (;;) {
        end = append(end, pair(parser));
        if (end == NULL || plain_take(parser, "}")) {
            return end != NULL ? node : NULL;
        }
        if (!plain_take(parser, ",")) {
            return NULL;
        }
    }
}

static struct plain_node *function(struct plain_parser *parser)
{
    const struct token *token = parser->at++;
    const char *text = parser->text;

    if (token_is(text, token, "true") || token_is(text, token, "false")) {
        return constant(parser, json_boolean(token_is(text, token, "true")));
    }
    if (token_is(text, token, "null")) {
        return constant(parser, json_null());
    }
    if (token_is(text, token, "not")) {
        return plain_node(parser, PLAIN_NOT, NULL, NULL);
    }
    if (token_is(text, token, "length")) {
        return plain_node(parser, PLAIN_LENGTH, NULL, NULL);
    }
    return token_is(text, token, "type") ? plain_node(parser, PLAIN_TYPE, NULL, NULL) : NULL;
}

/* `."name"` behind the dot, or `.name` whole. */
static struct plain_node *field(struct plain_parser *parser, struct plain_node *of)
{
    struct plain_node *key = NULL;

    if (parser->at->kind == TOKEN_FIELD) {
        key = name_constant(parser, parser->at->offset + 1, parser->at->size - 1);
        parser->at++;
    } else {
        key = string(parser);
    }
    return key != NULL ? plain_node(parser, PLAIN_INDEX, of, key) : NULL;
}

static struct plain_node *first_of_term(struct plain_parser *parser)
{
    switch (parser->at->kind) {
    case TOKEN_FIELD:
        return field(parser, plain_node(parser, PLAIN_INPUT, NULL, NULL));
    case TOKEN_VARIABLE:
        return variable(parser);
    case TOKEN_NUMBER:
        return number(parser);
    case TOKEN_STRING:
        return string(parser);
    case TOKEN_NAME:
        return function(parser);
    default:
        break;
    }
    if (plain_at(parser, "[")) {
        return list(parser);
    }
    if (plain_at(parser, "{")) {
        return map(parser);
    }
    if (plain_take(parser, ".")) {
        struct plain_node *input = plain_node(parser, PLAIN_INPUT, NULL, NULL);
        return parser->at->kind == TOKEN_STRING ? field(parser, input) : input;
    }
    if (plain_take(parser, "(")) {
        struct plain_node *inner = plain_parse_pipe(parser);
        return plain_take(parser, ")") ? inner : NULL;
    }
    return NULL;
}

struct plain_node *plain_parse_term(struct plain_parser *parser)
{
    struct plain_node *node = plain_enter(parser) ? first_of_term(parser) : NULL;

    while (node != NULL) {
        if (parser->at->kind == TOKEN_FIELD) {
            node = field(parser, node);
        } else if (plain_at(parser, ".") && parser->at[1].kind == TOKEN_STRING) {
            parser->at++;
            node = field(parser, node);
        } else if (plain_take(parser, "[")) {
            struct plain_node *key = plain_parse_pipe(parser);
            bool whole = key != NULL && plain_take(parser, "]");
            node = whole ? plain_node(parser, PLAIN_INDEX, node, key) : NULL;
        } else {
            break;
        }
    }
    plain_leave(parser);
    return node;
}
