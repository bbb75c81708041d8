/* interpreter.h - jq, for marshrut-jq: compiles a text, runs it once. Private to lib/expression. */
#ifndef EXPRESSION_INTERPRETER_H
#define EXPRESSION_INTERPRETER_H

#include "base/buffer.h"

struct interpreter;

/* NULL when the text does not compile: then out holds ANSWER_COMPLAINTS, else it is untouched.
 * no_memory is called when memory ends, then or later, and must not return. */
struct interpreter *interpreter_create(const char *text, void (*no_memory)(void *),
                                       struct buffer *out);
void interpreter_destroy(struct interpreter *interpreter); /* NULL is fine */

/* Runs with [index, value, value, …]; values are JSON texts. Appends ANSWER_VALUE, ANSWER_FAILED or
 * ANSWER_TOO_LARGE to out. */
void interpreter_run(struct interpreter *interpreter, uint64_t index, const struct bytes *values,
                     size_t count, struct buffer *out);

#endif
