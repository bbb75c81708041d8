/* program.h - the expressions of one definition: checked, numbered, immutable once closed
 *
 * A definition collects its expressions here while it is read, and refers to them by number from
 * then on. An *entry* is a whole jq expression; a *piece* is a part of an entry as the author wrote
 * it, with its place, so that what jq says of an entry can be shown under the author's word. An
 * entry that was written as one expression has one piece; a template (a map with `${ … }` in it)
 * is one entry with a piece for each `${ … }`.
 *
 * Language: jq 1.6 without what reads the outside (guard.h). `now` is $runtime.now: seconds since
 * 1970, as a number.
 * See: docs/language.md §2, docs/decisions/0009-expressions-in-a-process.md
 */
#ifndef EXPRESSION_PROGRAM_H
#define EXPRESSION_PROGRAM_H

#include "base/buffer.h"
#include "base/error.h"

#include <jansson.h>

#define EXPRESSION_NONE 0u /* number of no expression; entries are numbered from 1 */

struct program;

/* Where a piece stands in its document: of its first character. */
struct piece_place {
    int line;
    int column;      /* 1-based, in characters */
    bool continuous; /* the text stands in one line as written: columns can be counted on */
};

struct program *program_create(void);
void program_destroy(struct program *program); /* NULL is fine */

/* Checks a piece with the guard and remembers it for the next entry. variables: NULL-terminated
 * names (without '$') that may stand in it. text is what is between `${` and `}`, or the whole of a
 * loose expression. Refused: ERROR_SYNTAX, ERROR_UNSUPPORTED, ERROR_INVALID (a variable that is not
 * there, with "did you mean"), ERROR_TOO_LARGE; *ret_offset is the byte of the word in text. */
bool program_add_piece(struct program *program, const char *text, struct piece_place place,
                       const char *const *variables, size_t *ret_offset, struct error *err);

/* Makes an entry of the pieces added since the last entry. text is the jq text of the whole, NULL
 * when the entry is its one piece. Equal texts get one number. Returns the number. */
uint32_t program_add_entry(struct program *program, const char *text);

/* For templates: text of a JSON value as jq text goes to out. Strings that are wholly `${ … }`
 * become `( … )`; the caller added a piece for each. */
void program_print_template(const json_t *value, struct buffer *out);
/* The text between `${` and `}` when the whole text is an expression (blanks around are fine), as a
 * new string; else NULL. *ret_offset: where it begins in text, in bytes. */
char *program_strict_text(const char *text, size_t *ret_offset);

uint32_t program_count(const struct program *program); /* entries */
const char *program_text(const struct program *program, uint32_t number);
/* Does this entry read this variable ("context", "item", …)? */
bool program_uses(const struct program *program, uint32_t number, const char *variable);
/* Does any? */
bool program_uses_any(const struct program *program, const char *variable);

/* The identity of a program in this process; never reused. */
uint64_t program_id(const struct program *program);

/* How an entry gets its variables: a new reference, or NULL for null. Asked only for those it uses.
 */
typedef json_t *variable_fn(void *context, const char *name);

/* Run an entry that is *plain*: literals, paths, variables, texts with `\(…)`, lists and maps of
 * these, if, `|`, `//`, and/or/not, comparisons, `+ - * /` of numbers, `+` of texts, lists and
 * maps, length, type. Returns a new reference, or NULL when it is not plain or when the quick way
 * can't be sure of jq's answer (an error, a type it does not handle): then ask an evaluator. Never
 * refuses, never wrong: same value as jq or NULL. (Numbers that are only passed on keep what they
 * were: 1.0 stays 1.0, and whole numbers over 2^53 stay exact, which jq's doubles would not.) Parts
 * of input and variables are shared with the value: change none of them afterwards. */
json_t *program_run_plain(const struct program *program, uint32_t number, json_t *input,
                          variable_fn *variable, void *context);

#endif
