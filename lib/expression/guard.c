/* guard.c - which jq may stand in a document
 *
 * Owns:    the list of refused words; the rules for brackets, comments and definitions.
 * In:      guard_check() from program.c, before anything else looks at a text.
 * Out:     yes, or the byte and the reason.
 * Always:  what passes can be put between brackets and stays inside them: its own are balanced, its
 *          strings and comments are closed.
 * See:     guard.h; bindings.h for the variables
 */
#include "expression/guard.h"

#include "expression/bindings.h"
#include "expression/tokens.h"

#include <stdlib.h>
#include <string.h>

#define SHOWN_BYTES_MAX 40 /* of a word in a sentence */

struct refused_word {
    const char *word;
    const char *why;
};

static const struct refused_word REFUSED[] = {
    {"env", N_("an expression sees only what it is given")},
    {"input", N_("an expression sees only what it is given")},
    {"inputs", N_("an expression sees only what it is given")},
    {"input_filename", N_("an expression sees only what it is given")},
    {"input_line_number", N_("an expression sees only what it is given")},
    {"get_search_list", N_("an expression sees only what it is given")},
    {"get_prog_origin", N_("an expression sees only what it is given")},
    {"get_jq_origin", N_("an expression sees only what it is given")},
    {"modulemeta", N_("modules can't be loaded")},
    {"import", N_("modules can't be loaded")},
    {"include", N_("modules can't be loaded")},
    {"module", N_("modules can't be loaded")},
    {"debug", N_("an expression writes nowhere")},
    {"stderr", N_("an expression writes nowhere")},
    {"halt", N_("an expression can't end the program")},
    {"halt_error", N_("an expression can't end the program")},
    {"localtime", N_("its answer depends on the machine")},
    {"strflocaltime", N_("its answer depends on the machine")},
};

/* A definition whose `;` has not come yet. */
struct open_definition {
    const struct token *name;
    unsigned depth; /* brackets around it */
};

struct check {
    const char *text;
    const struct token_row *row;
    const char *const *variables;
    char brackets[EXPRESSION_DEPTH_MAX];
    unsigned depth;
    struct open_definition definitions[EXPRESSION_DEPTH_MAX];
    unsigned definition_count;
};

static bool is(const struct check *check, size_t i, const char *word)
{
    return token_is(check->text, &check->row->items[i], word);
}

static int shown(const struct token *token)
{
    return (int)(token->size < SHOWN_BYTES_MAX ? token->size : SHOWN_BYTES_MAX);
}

/* `{a: 1}`, `{a}`, and the same in patterns: the a is a key, whatever it means elsewhere. */
static bool is_key(const struct check *check, size_t i)
{
    return i > 0 && check->depth > 0 && check->brackets[check->depth - 1] == '{' &&
           (is(check, i - 1, "{") || is(check, i - 1, ","));
}

static bool open_bracket(struct check *check, char bracket, struct error *err)
{
    if (check->depth == EXPRESSION_DEPTH_MAX) {
        return error_set(err, ERROR_TOO_LARGE, "brackets nest deeper than %u levels",
                         EXPRESSION_DEPTH_MAX);
    }
    check->brackets[check->depth++] = bracket;
    return true;
}

static bool close_bracket(struct check *check, char bracket, struct error *err)
{
    char wanted = bracket == ')' ? '(' : bracket == ']' ? '[' : '{';
    char open = check->depth > 0 ? check->brackets[check->depth - 1] : '\0';

    if (open == '\0') {
        return error_set(err, ERROR_SYNTAX, "this `%c` closes nothing", bracket);
    }
    if (open != wanted) {
        return error_set(err, ERROR_SYNTAX, "this `%c` can't close a `%c`", bracket, open);
    }
    check->depth--;
    while (check->definition_count > 0 &&
           check->definitions[check->definition_count - 1].depth > check->depth) {
        check->definition_count--; /* it wants a `;`: jq says so */
    }
    return true;
}

static bool sign(struct check *check, size_t i, struct error *err)
{
    const struct token *token = &check->row->items[i];
    char first = check->text[token->offset];

    if (is(check, i, "\\(")) {
        return open_bracket(check, '(', err);
    }
    if (token->size == 1 && strchr("([{", first) != NULL) {
        return open_bracket(check, first, err);
    }
    if (token->size == 1 && strchr(")]}", first) != NULL) {
        return close_bracket(check, first, err);
    }
    if (first == ';' && check->definition_count > 0 &&
        check->definitions[check->definition_count - 1].depth == check->depth) {
        check->definition_count--;
    }
    if (first == ':' && i > 0 && is(check, i - 1, ":")) {
        return error_set(err, ERROR_UNSUPPORTED, "names of modules (`::`) are not supported");
    }
    return true;
}

static bool has_name(const char *const *names, const char *name)
{
    while (*names != NULL && strcmp(*names, name) != 0) {
        names++;
    }
    return *names != NULL;
}

static bool check_word(const struct check *check, const struct token *token, struct error *err)
{
    const char *word = check->text + token->offset;

    for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++) {
        if (token_is(check->text, token, REFUSED[i].word)) {
            return error_set(err, ERROR_UNSUPPORTED, "`%s` is not supported: %s", REFUSED[i].word,
                             error_word(REFUSED[i].why));
        }
    }
    if (word[0] == '_') {
        return error_set(err, ERROR_UNSUPPORTED, "names that begin with `_` are jq's own");
    }
    if (token_is(check->text, token, "now") && !has_name(check->variables, "runtime")) {
        return error_set(err, ERROR_UNSUPPORTED, "`now` is not known here");
    }
    return true;
}

static bool name(struct check *check, size_t i, struct error *err)
{
    const struct token *token = &check->row->items[i];
    const char *word = check->text + token->offset;

    if (is_key(check, i)) {
        return true;
    }
    if (!check_word(check, token, err)) {
        return false;
    }
    if (i > 0 && is(check, i - 1, "def") && !is_key(check, i - 1)) {
        if (check->definition_count == EXPRESSION_DEPTH_MAX) {
            return error_set(err, ERROR_TOO_LARGE, "definitions nest deeper than %u levels",
                             EXPRESSION_DEPTH_MAX);
        }
        check->definitions[check->definition_count++] =
            (struct open_definition){token, check->depth};
        return true;
    }
    for (unsigned d = 0; d < check->definition_count; d++) {
        const struct token *open = check->definitions[d].name;
        if (open->size == token->size &&
            memcmp(check->text + open->offset, word, token->size) == 0) {
            return error_set(err, ERROR_UNSUPPORTED,
                             "`%.*s` calls itself: recursion is not supported", shown(token), word);
        }
    }
    return true;
}

static bool check_tokens(struct check *check, size_t *ret_offset, struct error *err)
{
    size_t last = check->row->count - 1;

    for (size_t i = 0; i < last; i++) {
        const struct token *token = &check->row->items[i];
        bool good = true;
        if (token->kind == TOKEN_SIGN) {
            good = sign(check, i, err);
        } else if (token->kind == TOKEN_NAME) {
            good = name(check, i, err);
        }
        if (!good) {
            *ret_offset = token->offset;
            return false;
        }
    }
    if (check->depth > 0) {
        *ret_offset = check->row->items[last].offset;
        return error_set(err, ERROR_SYNTAX, "a `%c` is not closed",
                         check->brackets[check->depth - 1]);
    }
    return true;
}

/* A comment that goes on to the end would take what is put behind the text. */
static bool check_end(const char *text, const struct token_row *row, size_t *ret_offset,
                      struct error *err)
{
    size_t at =
        row->count > 1 ? row->items[row->count - 2].offset + row->items[row->count - 2].size : 0;
    const char *line = strrchr(text + at, '\n');
    const char *comment = strchr(line != NULL ? line : text + at, '#');

    if (row->count == 1) {
        *ret_offset = 0;
        return error_set(err, ERROR_SYNTAX, "the expression is empty");
    }
    if (comment != NULL) {
        *ret_offset = (size_t)(comment - text);
        return error_set(err, ERROR_SYNTAX, "a comment can't be the last of an expression");
    }
    return true;
}

bool guard_check(const char *text, const char *const *variables, size_t *ret_offset,
                 struct error *err)
{
    struct token_row row = TOKEN_ROW_INIT;
    struct check check = {.text = text, .row = &row, .variables = variables};
    size_t offset = 0;

    if (strlen(text) > EXPRESSION_BYTES_MAX) {
        *ret_offset = 0;
        return error_set(err, ERROR_TOO_LARGE, "the expression is longer than %u bytes",
                         EXPRESSION_BYTES_MAX);
    }
    bool good = token_row_read(text, &row, &offset, err) && check_end(text, &row, &offset, err) &&
                check_tokens(&check, &offset, err) &&
                bindings_check(text, &row, variables, &offset, err);
    token_row_fini(&row);
    if (!good) {
        *ret_offset = offset;
    }
    return good;
}
