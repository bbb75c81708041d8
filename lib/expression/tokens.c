/* tokens.c - jq text into tokens, as jq 1.6 splits it
 *
 * Owns:    what a name, a number, a string, a comment and an operator are.
 * In:      guard_next() for one token, token_row_read() for all of them.
 * Out:     kinds and places; no text is copied.
 * Always:  a token ends where jq's own would: what one of them takes for a string or a comment, the
 *          other does too. Strings in strings nest to EXPRESSION_DEPTH_MAX at most.
 * See:     guard.h, tokens.h; the jq 1.6 manual
 */
#include "expression/tokens.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t skip_name(const char *text, size_t at)
{
    while (letter(text[at]) || digit(text[at])) {
        at++;
    }
    return at;
}

/* Blanks and comments. A comment ends before a line feed or a carriage return; jq knows the latter
 * as no blank, so that it is refused outside comments and strings. */
static size_t skip_blanks(const char *text, size_t at)
{
    for (;;) {
        at += strspn(text + at, " \t\n");
        if (text[at] != '#') {
            return at;
        }
        at += strcspn(text + at, "\r\n");
    }
}

/* Digits and points as they come, then an exponent if it is whole: what of it is a number, jq says
 * itself. */
static size_t skip_number(const char *text, size_t at)
{
    at += strspn(text + at, "0123456789.");
    if (text[at] == 'e' || text[at] == 'E') {
        size_t exponent = at + 1;
        exponent += text[exponent] == '+' || text[exponent] == '-' ? 1 : 0;
        if (digit(text[exponent])) {
            at = exponent + strspn(text + exponent, "0123456789");
        }
    }
    return at;
}

static size_t sign_size(const char *text)
{
    static const char *const SIGNS[] = {
        "?//", "//=", "!=", "==", "//", "|=", "+=", "-=", "*=", "/=", "%=", "<=", ">=", ".."};

    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        if (strncmp(text, SIGNS[i], strlen(SIGNS[i])) == 0) {
            return strlen(SIGNS[i]);
        }
    }
    return text[0] != '\0' && strchr(".?=;,:|+-*/%<>[]{}()", text[0]) != NULL ? 1 : 0;
}

/* A dot begins a field, a number, a sign, or is one. The longest reading wins, as in jq. */
static enum token_kind dot_kind(const char *text, size_t at)
{
    size_t number = skip_number(text, at) - at;

    if (letter(text[at + 1])) {
        return TOKEN_FIELD;
    }
    return number > sign_size(text + at) ? TOKEN_NUMBER : TOKEN_SIGN;
}

static enum token_kind kind_at(const char *text, size_t at)
{
    char c = text[at];

    if (c == '\0') {
        return TOKEN_END;
    }
    if (c == '.') {
        return dot_kind(text, at);
    }
    if (letter(c)) {
        return TOKEN_NAME;
    }
    if (digit(c)) {
        return TOKEN_NUMBER;
    }
    return c == '$'   ? TOKEN_VARIABLE
           : c == '@' ? TOKEN_FORMAT
           : c == '"' ? TOKEN_STRING
                      : TOKEN_SIGN;
}

static bool string_end(const char *text, size_t at, unsigned depth, size_t *ret_end,
                       struct error *err);

/* From the `(` of an interpolation to behind the `)` that ends it. */
static bool interpolation_end(const char *text, size_t at, unsigned depth, size_t *ret_end,
                              struct error *err)
{
    unsigned open = 0;

    if (depth >= EXPRESSION_DEPTH_MAX) {
        return error_set(err, ERROR_TOO_LARGE, "expressions in texts nest deeper than %u levels",
                         EXPRESSION_DEPTH_MAX);
    }
    for (;;) {
        at = skip_blanks(text, at);
        if (text[at] == '\0') {
            return error_set(err, ERROR_SYNTAX, "a `\\(` in a text is not closed");
        }
        if (text[at] == '"') {
            if (!string_end(text, at, depth + 1, &at, err)) {
                return false;
            }
            continue;
        }
        open += text[at] == '(' ? 1 : 0;
        open -= text[at] == ')' ? 1 : 0;
        at++;
        if (open == 0) {
            *ret_end = at;
            return true;
        }
    }
}

/* From the opening quote to behind the closing one. */
static bool string_end(const char *text, size_t at, unsigned depth, size_t *ret_end,
                       struct error *err)
{
    for (at++; text[at] != '"';) {
        if (text[at] == '\0' || (text[at] == '\\' && text[at + 1] == '\0')) {
            return error_set(err, ERROR_SYNTAX, "a text in quotes is not closed");
        }
        if (text[at] != '\\') {
            at++;
        } else if (text[at + 1] != '(') {
            at += 2;
        } else if (!interpolation_end(text, at + 1, depth, &at, err)) {
            return false;
        }
    }
    *ret_end = at + 1;
    return true;
}

static bool no_token(char c, struct error *err)
{
    if ((unsigned char)c < ' ') {
        return error_set(err, ERROR_SYNTAX, "a control character (%d) stands here", c);
    }
    if ((unsigned char)c >= 0x7F) {
        return error_set(err, ERROR_SYNTAX, "letters outside ASCII need quotes here");
    }
    return error_set(err, ERROR_SYNTAX, "`%c` is not understood here", c);
}

/* Where the token that begins at `start` ends; `start` itself when there is none. */
static bool token_end(const char *text, size_t start, enum token_kind kind, size_t *ret_end,
                      struct error *err)
{
    switch (kind) {
    case TOKEN_END:
        *ret_end = start;
        return true;
    case TOKEN_NAME:
        *ret_end = skip_name(text, start);
        return true;
    case TOKEN_VARIABLE:
        *ret_end = skip_name(text, start + 1);
        return letter(text[start + 1]) ||
               error_set(err, ERROR_SYNTAX, "`$` wants a name right behind it");
    case TOKEN_FORMAT:
        *ret_end = skip_name(text, start + 1);
        return *ret_end > start + 1 || no_token(text[start], err);
    case TOKEN_FIELD:
        *ret_end = skip_name(text, start + 1);
        return true;
    case TOKEN_NUMBER:
        *ret_end = skip_number(text, start);
        return true;
    case TOKEN_STRING:
        return string_end(text, start, 0, ret_end, err);
    case TOKEN_SIGN:
        break;
    }
    *ret_end = start + sign_size(text + start);
    return *ret_end > start || no_token(text[start], err);
}

bool guard_next(const char *text, size_t *at, struct token *ret_token, struct error *err)
{
    size_t start = skip_blanks(text, *at);
    enum token_kind kind = kind_at(text, start);
    size_t end;

    *at = start;
    if (!token_end(text, start, kind, &end, err)) {
        return false;
    }
    *at = end;
    *ret_token = (struct token){kind, start, end - start};
    return true;
}

static void push(struct token_row *row, struct token token)
{
    if (row->count == row->capacity) {
        row->capacity = row->capacity == 0 ? 16 : row->capacity * 2;
        row->items = xrealloc(row->items, row->capacity * sizeof *row->items);
    }
    row->items[row->count++] = token;
}

static bool read_interpolations(const char *text, const struct token *string, struct token_row *row,
                                size_t *ret_offset, struct error *err);

/* Tokens from *at until the bracket that was open closes, or the text ends. */
static bool read_until(const char *text, size_t *at, bool inside, struct token_row *row,
                       size_t *ret_offset, struct error *err)
{
    unsigned open = inside ? 1 : 0;

    for (;;) {
        struct token token;
        if (!guard_next(text, at, &token, err)) {
            *ret_offset = *at;
            return false;
        }
        push(row, token);
        if (token.kind == TOKEN_END) {
            return true;
        }
        if (token.kind == TOKEN_STRING &&
            !read_interpolations(text, &token, row, ret_offset, err)) {
            return false;
        }
        open += inside && token_is(text, &token, "(") ? 1 : 0;
        open -= inside && token_is(text, &token, ")") ? 1 : 0;
        if (inside && open == 0) {
            return true;
        }
    }
}

/* How deep this goes was bounded when the string was read. */
static bool read_interpolations(const char *text, const struct token *string, struct token_row *row,
                                size_t *ret_offset, struct error *err)
{
    size_t end = string->offset + string->size - 1;

    for (size_t at = string->offset + 1; at < end;) {
        if (text[at] != '\\') {
            at++;
        } else if (text[at + 1] != '(') {
            at += 2;
        } else {
            push(row, (struct token){TOKEN_SIGN, at, 2});
            at += 2;
            if (!read_until(text, &at, true, row, ret_offset, err)) {
                return false;
            }
        }
    }
    return true;
}

bool token_row_read(const char *text, struct token_row *ret_row, size_t *ret_offset,
                    struct error *err)
{
    size_t at = 0;

    *ret_row = TOKEN_ROW_INIT;
    return read_until(text, &at, false, ret_row, ret_offset, err);
}

void token_row_fini(struct token_row *row)
{
    free(row->items);
    *row = TOKEN_ROW_INIT;
}

bool token_is(const char *text, const struct token *token, const char *word)
{
    return token->size == strlen(word) && memcmp(text + token->offset, word, token->size) == 0;
}

bool token_interpolates(const char *text, const struct token *token)
{
    return token->kind == TOKEN_STRING && token_is(text, token + 1, "\\(") &&
           token[1].offset < token->offset + token->size;
}
