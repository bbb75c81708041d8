/* refusal.h - an ERROR answer of the engine, as a sentence for people
 *
 * For documents: `file:line:col: sentence`, the line of the document and a caret under the place.
 */
#ifndef CLI_REFUSAL_H
#define CLI_REFUSAL_H

#include "base/buffer.h"

#include <jansson.h>

/* details: the payload of the answer, or NULL; source: the text of the document, or NULL. Ends
 * with a line end. columns: cut to fit, 0 = as wide as it gets. */
void refusal_print(const char *code, const json_t *details, const char *source, size_t columns,
                   struct buffer *out);

/* {"text","format","args"} of an answer or a row, or problem details with "detail" for the text, in
 * the language of the reader, harmless; the text as it is where that is not known; NULL when there
 * is none. Yours to free. */
char *refusal_sentence(const json_t *refusal);

/* What the code means: "нет такого" for "not-found". */
const char *refusal_code_text(const char *code);

#endif
