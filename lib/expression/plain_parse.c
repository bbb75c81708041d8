/* plain_parse.c - operators of plain expressions, with jq's precedences
 *
 * Owns:    `|`, `//`, `or`, `and`, comparisons, `+ - * /`, the minus before a value, `if`.
 * In:      plain_parse() from program.c, once for each entry.
 * Out:     a tree in the program's arena, or "not plain".
 * Always:  what is accepted is accepted by jq 1.6 and means the same there; whatever is in doubt is
 *          not plain. Recursion ends at PLAIN_DEPTH_MAX.
 * See:     plain.h; jq 1.6's grammar
 */
#include "expression/plain_parser.h"

#include <string.h>

#define LEVEL_ALTERNATIVE 1
#define LEVEL_COMPARE     4
#define LEVEL_MULTIPLY    6

struct infix {
    const char *word;
    int level; /* higher binds tighter */
    enum plain_kind kind;
};

static const struct infix OPERATORS[] = {
    {"//", LEVEL_ALTERNATIVE, PLAIN_ALTERNATIVE},
    {"or", 2, PLAIN_OR},
    {"and", 3, PLAIN_AND},
    {"==", LEVEL_COMPARE, PLAIN_EQUAL},
    {"!=", LEVEL_COMPARE, PLAIN_UNEQUAL},
    {"<", LEVEL_COMPARE, PLAIN_LESS},
    {"<=", LEVEL_COMPARE, PLAIN_LESS_OR_EQUAL},
    {">", LEVEL_COMPARE, PLAIN_GREATER},
    {">=", LEVEL_COMPARE, PLAIN_GREATER_OR_EQUAL},
    {"+", 5, PLAIN_ADD},
    {"-", 5, PLAIN_SUBTRACT},
    {"*", LEVEL_MULTIPLY, PLAIN_MULTIPLY},
    {"/", LEVEL_MULTIPLY, PLAIN_DIVIDE},
};

bool plain_literal(const struct plain_node *node)
{
    return node->early && node->kind != PLAIN_INPUT;
}

/* `.` is nothing to jq's compiler: `3 | .` is as good as 3. */
static bool early(enum plain_kind kind, const struct plain_node *a, const struct plain_node *b)
{
    switch (kind) {
    case PLAIN_INPUT:
    case PLAIN_CONSTANT:
    case PLAIN_LIST:
    case PLAIN_MAP:
        return true;
    case PLAIN_PIPE:
        return a->early && b->early;
    case PLAIN_VARIABLE:
    case PLAIN_INDEX:
    case PLAIN_ALTERNATIVE:
    case PLAIN_OR:
    case PLAIN_AND:
    case PLAIN_NEGATE:
    case PLAIN_IF:
    case PLAIN_TEXT:
    case PLAIN_PAIR:
    case PLAIN_NOT:
    case PLAIN_LENGTH:
    case PLAIN_TYPE:
        return false;
    default:
        return plain_literal(a) && plain_literal(b);
    }
}

struct plain_node *plain_node(struct plain_parser *parser, enum plain_kind kind,
                              struct plain_node *a, struct plain_node *b)
{
    struct plain_node *node = arena_alloc(parser->arena, sizeof *node);

    node->kind = kind;
    node->a = a;
    node->b = b;
    node->early = early(kind, a, b);
    return node;
}

bool plain_at(const struct plain_parser *parser, const char *word)
{
    return token_is(parser->text, parser->at, word);
}

bool plain_take(struct plain_parser *parser, const char *word)
{
    bool here = plain_at(parser, word);

    parser->at += here ? 1 : 0;
    return here;
}

bool plain_enter(struct plain_parser *parser)
{
    return ++parser->depth <= PLAIN_DEPTH_MAX;
}

void plain_leave(struct plain_parser *parser)
{
    parser->depth--;
}

static const struct infix *infix_at(const struct plain_parser *parser)
{
    for (size_t i = 0; i < sizeof OPERATORS / sizeof *OPERATORS; i++) {
        if (plain_at(parser, OPERATORS[i].word)) {
            return &OPERATORS[i];
        }
    }
    return NULL;
}

/* Behind the `if` or `elif`, up to and with its `end`. */
static struct plain_node *parse_if(struct plain_parser *parser)
{
    struct plain_node *node = plain_node(parser, PLAIN_IF, NULL, NULL);

    if (!plain_enter(parser)) {
        return NULL;
    }
    node->a = plain_parse_pipe(parser);
    if (node->a == NULL || !plain_take(parser, "then")) {
        return NULL;
    }
    node->b = plain_parse_pipe(parser);
    if (node->b == NULL) {
        return NULL;
    }
    if (plain_take(parser, "elif")) {
        node->c = parse_if(parser);
    } else if (plain_take(parser, "else")) {
        node->c = plain_parse_pipe(parser);
        if (!plain_take(parser, "end")) {
            return NULL;
        }
    }
    plain_leave(parser);
    return node->c != NULL ? node : NULL;
}

static struct plain_node *parse_binary(struct plain_parser *parser, int level);

static struct plain_node *parse_operand(struct plain_parser *parser)
{
    if (parser->at->kind == TOKEN_NAME && plain_take(parser, "if")) {
        return parse_if(parser);
    }
    if (plain_take(parser, "-")) {
        struct plain_node *value =
            plain_enter(parser) ? parse_binary(parser, LEVEL_MULTIPLY) : NULL;
        plain_leave(parser);
        return value != NULL ? plain_node(parser, PLAIN_NEGATE, value, NULL) : NULL;
    }
    return plain_parse_term(parser);
}

static struct plain_node *parse_binary(struct plain_parser *parser, int level)
{
    struct plain_node *left = parse_operand(parser);

    while (left != NULL) {
        const struct infix *op = infix_at(parser);
        if (op == NULL || op->level < level) {
            return left;
        }
        parser->at++;
        bool right_first = op->level == LEVEL_ALTERNATIVE;
        struct plain_node *right =
            plain_enter(parser) ? parse_binary(parser, op->level + (right_first ? 0 : 1)) : NULL;
        plain_leave(parser);
        if (right == NULL ||
            (op->kind == PLAIN_DIVIDE && plain_literal(left) && plain_literal(right))) {
            return NULL; /* jq divides literals when it compiles, and may refuse the program */
        }
        left = plain_node(parser, op->kind, left, right);
        parser->builds = parser->builds || op->kind == PLAIN_ADD;
        const struct infix *next = infix_at(parser);
        if (op->level == LEVEL_COMPARE && next != NULL && next->level == LEVEL_COMPARE) {
            return NULL; /* a < b < c: jq knows no such thing */
        }
    }
    return NULL;
}

struct plain_node *plain_parse_item(struct plain_parser *parser)
{
    return parse_binary(parser, LEVEL_ALTERNATIVE);
}

struct plain_node *plain_parse_pipe(struct plain_parser *parser)
{
    struct plain_node *node = plain_enter(parser) ? plain_parse_item(parser) : NULL;

    if (node != NULL && plain_take(parser, "|")) {
        struct plain_node *right = plain_parse_pipe(parser);
        node = right != NULL ? plain_node(parser, PLAIN_PIPE, node, right) : NULL;
    }
    plain_leave(parser);
    return node;
}

bool plain_parse(const char *text, const char *const *variables, struct arena *arena,
                 json_t *constants, struct plain_tree *ret_tree)
{
    struct token_row row;
    size_t offset = 0;
    struct plain_node *root = NULL;

    *ret_tree = (struct plain_tree){0};
    if (token_row_read(text, &row, &offset, NULL)) {
        struct plain_parser parser = {.text = text,
                                      .at = row.items,
                                      .variables = variables,
                                      .arena = arena,
                                      .constants = constants};
        root = plain_parse_pipe(&parser);
        if (root != NULL && parser.at->kind == TOKEN_END) {
            *ret_tree = (struct plain_tree){root, parser.builds};
        }
    }
    token_row_fini(&row);
    return ret_tree->root != NULL;
}
