/* bindings.h - the variables of a jq text: those it binds, those it must be given. Private to
 * lib/expression.
 */
#ifndef EXPRESSION_BINDINGS_H
#define EXPRESSION_BINDINGS_H

#include "expression/tokens.h"

/* Is every `$name` given, or bound somewhere in the text itself (`as`, `reduce`, `foreach`,
 * `def f($x)`, `label`)? Where it is bound, jq looks at itself. ERROR_INVALID, with "did you mean";
 * ERROR_UNSUPPORTED for $ENV and jq's own ($__loc__). */
bool bindings_check(const char *text, const struct token_row *row, const char *const *variables,
                    size_t *ret_offset, struct error *err);

#endif
