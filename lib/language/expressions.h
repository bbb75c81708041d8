/* expressions.h - the expressions of a document: from nodes into a program. Private to
 * lib/language.
 *
 * A *loose* position (if, when, in, from, …) holds jq with or without `${ }` around it. Elsewhere a
 * value is a *template*: a text that is wholly `${ … }` is an expression, other texts are
 * themselves, and a text that has `${` in its midst is refused.
 */
#ifndef LANGUAGE_EXPRESSIONS_H
#define LANGUAGE_EXPRESSIONS_H

#include "expression/program.h"
#include "language/fields.h"

struct expressions {
    const struct reader *reader;
    struct program *program; /* where they go */
    bool loose;              /* evaluate.mode: texts of templates that look like jq are jq */
};

/* The same for all: variables is a NULL-terminated list of names that may stand in the expression;
 * *ret_number is a new entry's. On failure the reader was told, and the program is as it was. */

/* A loose position. */
bool expression_read(const struct expressions *e, const struct node *node,
                     const char *const *variables, uint32_t *ret_number);
/* A value of any kind with `${ … }` inside; one expression is a value too. */
bool expression_read_template(const struct expressions *e, const struct node *node,
                              const char *const *variables, uint32_t *ret_number);

/* A template in two steps, for a reader that puts something more into it: its JSON with `${ … }` as
 * texts (yours), the pieces remembered; then the entry, which takes the JSON. Nothing else may be
 * read meanwhile. A text "${ . }" put in is added with expression_add_piece(). */
bool expression_template_json(const struct expressions *e, const struct node *node,
                              const char *const *variables, json_t **ret_json);
void expression_add_piece(const struct expressions *e, const char *text, const struct node *at);
uint32_t expression_add_template(const struct expressions *e, json_t *json);

/* An entry for a constant: takes the JSON. */
uint32_t expression_add_constant(const struct expressions *e, json_t *json);

#endif
