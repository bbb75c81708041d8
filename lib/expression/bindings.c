/* bindings.c - does every variable of a text come from somewhere?
 *
 * Owns:    where jq binds a variable: patterns behind `as`, parameters, labels.
 * In:      bindings_check() from guard.c.
 * Out:     yes, or the variable that nobody gives, with the one that was meant.
 * Always:  scopes are not followed: a variable that is bound anywhere passes, and jq refuses it
 *          where it is out of scope. What matters here is that nothing of jq's own is reached.
 * See:     bindings.h
 */
#include "expression/bindings.h"

#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KNOWN_BYTES_MAX 200 /* of the list of variables in a sentence */
#define SHOWN_BYTES_MAX 40

struct bindings {
    const char *text;
    const struct token_row *row;
    bool *binds;   /* for each token: it is a variable being bound */
    size_t *bound; /* the same as a list */
    size_t count;
};

static bool is(const struct bindings *bindings, size_t i, const char *word)
{
    return token_is(bindings->text, &bindings->row->items[i], word);
}

static void bind(struct bindings *bindings, size_t i)
{
    /* it can be part of several patterns, when one stands in the other */
    if (bindings->row->items[i].kind == TOKEN_VARIABLE && !bindings->binds[i]) {
        bindings->binds[i] = true;
        bindings->bound[bindings->count++] = i;
    }
}

/* From an opening bracket (or `\(`) to its closing one; or to the end of the row. */
static size_t skip_brackets(const struct bindings *bindings, size_t i)
{
    unsigned open = 0;

    for (; bindings->row->items[i].kind != TOKEN_END; i++) {
        open += is(bindings, i, "(") || is(bindings, i, "\\(") ? 1 : 0;
        open -= is(bindings, i, ")") ? 1 : 0;
        if (open == 0) {
            return i;
        }
    }
    return i - 1;
}

/* The pattern behind `as`: `$a`, `[$a, $b]`, `{a: $b, $c, (expression): $d}`, and others behind
 * `?//`. Expressions in it use variables and bind none. */
static void bind_pattern(struct bindings *bindings, size_t i)
{
    unsigned depth = 0;

    for (; bindings->row->items[i].kind != TOKEN_END; i++) {
        if (is(bindings, i, "[") || is(bindings, i, "{")) {
            depth++;
        } else if (depth > 0 && (is(bindings, i, "(") || is(bindings, i, "\\("))) {
            i = skip_brackets(bindings, i);
        } else if (is(bindings, i, "]") || is(bindings, i, "}")) {
            depth -= depth > 0 ? 1 : 0;
        } else if (bindings->row->items[i].kind == TOKEN_VARIABLE) {
            bind(bindings, i);
        } else if (depth == 0 && !is(bindings, i, "?//")) {
            return;
        }
    }
}

/* `def f($a; g; $b):` */
static void bind_parameters(struct bindings *bindings, size_t i)
{
    if (bindings->row->items[i].kind != TOKEN_NAME || !is(bindings, i + 1, "(")) {
        return;
    }
    for (i += 2; bindings->row->items[i].kind != TOKEN_END && !is(bindings, i, ")"); i++) {
        bind(bindings, i);
    }
}

static void find_bindings(struct bindings *bindings)
{
    for (size_t i = 0; bindings->row->items[i].kind != TOKEN_END; i++) {
        if (bindings->row->items[i].kind != TOKEN_NAME) {
            continue;
        }
        if (is(bindings, i, "as")) {
            bind_pattern(bindings, i + 1);
        } else if (is(bindings, i, "label")) {
            bind(bindings, i + 1);
        } else if (is(bindings, i, "def")) {
            bind_parameters(bindings, i + 1);
        }
    }
}

static bool is_bound(const struct bindings *bindings, const struct token *token)
{
    for (size_t b = 0; b < bindings->count; b++) {
        const struct token *bound = &bindings->row->items[bindings->bound[b]];
        if (bound->size == token->size &&
            memcmp(bindings->text + bound->offset, bindings->text + token->offset, token->size) ==
                0) {
            return true;
        }
    }
    return false;
}

/* Does one letter more, less, changed, or swapped with its neighbour make the one the other? */
static bool one_slip(const char *a, const char *b)
{
    while (*a == *b && *a != '\0') {
        a++;
        b++;
    }
    return (*a != '\0' && strcmp(a + 1, b) == 0) || (*b != '\0' && strcmp(a, b + 1) == 0) ||
           (*a != '\0' && *b != '\0' &&
            (strcmp(a + 1, b + 1) == 0 ||
             (a[0] == b[1] && a[1] == b[0] && a[1] != '\0' && strcmp(a + 2, b + 2) == 0)));
}

static bool unknown(const char *name, const char *const *variables, struct error *err)
{
    char known[KNOWN_BYTES_MAX] = "";

    for (size_t i = 0; variables[i] != NULL; i++) {
        if (one_slip(name, variables[i])) {
            return error_set(err, ERROR_INVALID, "there is no $%s here: did you mean $%s?", name,
                             variables[i]);
        }
        size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s$%s", used > 0 ? ", " : "", variables[i]);
    }
    if (known[0] == '\0') {
        return error_set(err, ERROR_INVALID, "there is no $%s here", name);
    }
    return error_set(err, ERROR_INVALID, "there is no $%s here, but %s", name, known);
}

static bool check_variable(const struct bindings *bindings, const struct token *token,
                           const char *const *variables, struct error *err)
{
    const char *word = bindings->text + token->offset + 1;
    size_t size = token->size - 1 < SHOWN_BYTES_MAX ? token->size - 1 : SHOWN_BYTES_MAX;

    if (token_is(bindings->text, token, "$ENV")) {
        return error_set(err, ERROR_UNSUPPORTED, "`%s` is not supported: %s", "$ENV",
                         error_word("an expression sees only what it is given"));
    }
    if (strncmp(word, "__", 2) == 0) {
        return error_set(err, ERROR_UNSUPPORTED, "names that begin with `_` are jq's own");
    }
    for (size_t i = 0; variables[i] != NULL; i++) {
        if (strlen(variables[i]) == token->size - 1 &&
            memcmp(word, variables[i], token->size - 1) == 0) {
            return true;
        }
    }
    if (is_bound(bindings, token)) {
        return true;
    }
    char *name = xstrndup(word, size);
    unknown(name, variables, err);
    free(name);
    return false;
}

bool bindings_check(const char *text, const struct token_row *row, const char *const *variables,
                    size_t *ret_offset, struct error *err)
{
    struct bindings bindings = {.text = text, .row = row};
    bool good = true;

    bindings.binds = xcalloc(row->count, sizeof *bindings.binds);
    bindings.bound = xcalloc(row->count, sizeof *bindings.bound);
    find_bindings(&bindings);
    for (size_t i = 0; good && row->items[i].kind != TOKEN_END; i++) {
        if (row->items[i].kind == TOKEN_VARIABLE) {
            *ret_offset = row->items[i].offset;
            good = check_variable(&bindings, &row->items[i], variables, err);
        }
    }
    free(bindings.bound);
    free(bindings.binds);
    return good;
}
