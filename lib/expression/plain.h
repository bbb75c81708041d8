/* plain.h - the part of jq that is answered in place: as a small tree. Private to lib/expression.
 *
 *   plain_parse.c   text -> tree, or not plain     plain_term.c   its terms: paths, lists, maps,
 * texts plain_run.c     tree + values -> a value       plain_value.c  what jq's operators do with
 * values
 *
 * Plain is: `.`, paths, `$name`, literals, texts with `\(…)`, lists, maps, `if … else … end`, `|`,
 * `//`, `and`, `or`, comparisons, `+ - * /`, and the functions `not`, `length`, `type`. Each gives
 * exactly one value. Whatever could give none, several or an error is left to jq.
 */
#ifndef EXPRESSION_PLAIN_H
#define EXPRESSION_PLAIN_H

#include "base/arena.h"
#include "expression/program.h"

/* Of brackets, pipes and the like in each other: recursion stays shallow. */
#define PLAIN_DEPTH_MAX     200
#define PLAIN_VARIABLES_MAX 32u /* that one entry may read; one with more is not plain */

enum plain_kind {
    PLAIN_INPUT,
    PLAIN_CONSTANT,
    PLAIN_VARIABLE,
    PLAIN_INDEX, /* a[b]; b sees the input, not a */
    PLAIN_PIPE,
    PLAIN_ALTERNATIVE,
    PLAIN_OR,
    PLAIN_AND,
    PLAIN_EQUAL,
    PLAIN_UNEQUAL,
    PLAIN_LESS,
    PLAIN_LESS_OR_EQUAL,
    PLAIN_GREATER,
    PLAIN_GREATER_OR_EQUAL,
    PLAIN_ADD,
    PLAIN_SUBTRACT,
    PLAIN_MULTIPLY,
    PLAIN_DIVIDE,
    PLAIN_NEGATE,
    PLAIN_IF,   /* a then b else c */
    PLAIN_TEXT, /* items in a */
    PLAIN_LIST, /* items in a */
    PLAIN_MAP,  /* items in a: PLAIN_PAIR */
    PLAIN_PAIR, /* a: b */
    PLAIN_NOT,
    PLAIN_LENGTH,
    PLAIN_TYPE,
};

struct plain_node {
    enum plain_kind kind;
    struct plain_node *a;
    struct plain_node *b;
    struct plain_node *c;
    struct plain_node *next; /* of items */
    json_t *value;           /* of a constant; borrowed from the program's constants */
    uint32_t variable;       /* index among the entry's variables */
    bool early;              /* jq may compute it when it compiles */
};

struct plain_tree {
    struct plain_node *root;
    bool builds; /* the value may be larger or deeper than what went in */
};

/* variables: NULL-terminated, at most PLAIN_VARIABLES_MAX; indexes into it are kept. Nodes come
 * from the arena, constants are appended to the list `constants`. false: not plain. */
bool plain_parse(const char *text, const char *const *variables, struct arena *arena,
                 json_t *constants, struct plain_tree *ret_tree);

/* What is read while the tree runs: values of variables are asked for once. */
struct plain_context {
    const char *const *variables;
    variable_fn *variable;
    void *context;
    json_t *values[PLAIN_VARIABLES_MAX];
};

/* A new reference, or NULL: ask jq. */
json_t *plain_run(const struct plain_tree *tree, struct plain_context *context, json_t *input);

/* jq's operators on values, each a new reference or NULL when it is not sure. */
json_t *plain_number(double number);
json_t *plain_add(const json_t *a, const json_t *b);
json_t *plain_arithmetic(enum plain_kind kind, const json_t *a, const json_t *b);
json_t *plain_compare(enum plain_kind kind, const json_t *a, const json_t *b);
json_t *plain_index(const json_t *value, const json_t *key);
json_t *plain_length(const json_t *value);
json_t *plain_type(const json_t *value);
bool plain_true(const json_t *value); /* neither false nor null */
/* What `"\(value)"` adds to out; false: not sure. */
bool plain_print(const json_t *value, struct buffer *out);
/* Not larger than LIMIT_PAYLOAD_BYTES as text, not deeper than LIMIT_JSON_DEPTH: for sure. */
bool plain_fits(const json_t *value);

#endif
