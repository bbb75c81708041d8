/* plain_parser.h - between plain_parse.c (operators) and plain_term.c (terms) */
#ifndef EXPRESSION_PLAIN_PARSER_H
#define EXPRESSION_PLAIN_PARSER_H

#include "expression/plain.h"
#include "expression/tokens.h"

struct plain_parser {
    const char *text;
    const struct token *at;
    const char *const *variables;
    struct arena *arena;
    json_t *constants;
    int depth;
    bool builds;
};

/* Each gives NULL when what stands at parser->at is not plain. */
struct plain_node *plain_parse_pipe(struct plain_parser *parser);
/* Without a `|` or `,` of its own: an item of a list. */
struct plain_node *plain_parse_item(struct plain_parser *parser);
struct plain_node *plain_parse_term(struct plain_parser *parser);

struct plain_node *plain_node(struct plain_parser *parser, enum plain_kind kind,
                              struct plain_node *a, struct plain_node *b);
/* What jq may take for a literal: it looks at some of these when it compiles, and may refuse the
 * whole program for a division by zero, or for a number as a key. */
bool plain_literal(const struct plain_node *node);
bool plain_at(const struct plain_parser *parser, const char *word);
/* Steps over the word when it stands here. */
bool plain_take(struct plain_parser *parser, const char *word);
bool plain_enter(struct plain_parser *parser); /* false: too deep */
void plain_leave(struct plain_parser *parser);

#endif
