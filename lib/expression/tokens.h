/* tokens.h - a jq text as one row of tokens, what is interpolated in strings among them. Private to
 * lib/expression.
 *
 * A string with `\(…)` in it stands as TOKEN_STRING (the whole of it), followed by a TOKEN_SIGN
 * `\(`, the tokens inside and the TOKEN_SIGN `)` for each interpolation. A row always ends with
 * TOKEN_END at the end of the text.
 */
#ifndef EXPRESSION_TOKENS_H
#define EXPRESSION_TOKENS_H

#include "expression/guard.h"

struct token_row {
    struct token *items;
    size_t count; /* with the TOKEN_END */
    size_t capacity;
};

#define TOKEN_ROW_INIT ((struct token_row){0})

/* *ret_offset (on failure): where the text stops being jq. The row is to be given back either way.
 */
bool token_row_read(const char *text, struct token_row *ret_row, size_t *ret_offset,
                    struct error *err);
void token_row_fini(struct token_row *row);

/* Is this token spelled like that? */
bool token_is(const char *text, const struct token *token, const char *word);
/* A string that interpolates: the token after it is `\(` and lies in it. */
bool token_interpolates(const char *text, const struct token *token);

#endif
