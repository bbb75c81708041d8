/* guard.h - which jq may stand in a document, and what is refused
 *
 * Pure. Splits the text into jq's tokens and refuses what reads the outside (env, $ENV, input,
 * inputs, input_filename, debug, stderr, import, include, modulemeta, get_search_list, …), what
 * depends on the machine (localtime, strflocaltime), what ends the process (halt, halt_error), jq's
 * own names (_…), names of modules (a::b), unbalanced brackets, a comment that could swallow what
 * is put after the text, definitions that call themselves, and more than EXPRESSION_BYTES_MAX.
 * `now` is allowed where $runtime is: it is the number $runtime.now, in seconds. Words after a dot
 * and keys of maps are free. What the guard lets pass may still run long or build much: the
 * evaluator bounds that.
 */
#ifndef EXPRESSION_GUARD_H
#define EXPRESSION_GUARD_H

#include "base/error.h"

#include <stddef.h>

#define EXPRESSION_BYTES_MAX 16384u
#define EXPRESSION_DEPTH_MAX 100u /* brackets in brackets */

enum token_kind {
    TOKEN_END,
    TOKEN_NAME,     /* map, if, and */
    TOKEN_VARIABLE, /* $name, without the '$' in text */
    TOKEN_FIELD,    /* .name */
    TOKEN_FORMAT,   /* @base64 */
    TOKEN_NUMBER,
    TOKEN_STRING, /* whole, with the quotes and what is interpolated */
    TOKEN_SIGN,   /* operators and brackets */
};

struct token {
    enum token_kind kind;
    size_t offset;
    size_t size;
};

/* The next token at *at; moves *at behind it. ERROR_SYNTAX for what is no jq at all. */
bool guard_next(const char *text, size_t *at, struct token *ret_token, struct error *err);

/* variables: NULL-terminated; bindings made in the text itself (as $x, reduce, foreach, def f($x))
 * are known too. *ret_offset: where the trouble is. */
bool guard_check(const char *text, const char *const *variables, size_t *ret_offset,
                 struct error *err);

#endif
