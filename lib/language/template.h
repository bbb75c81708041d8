/* template.h - filling `with:` values from data
 *
 * A template is JSON in which a string that is wholly `${ .a.b }` stands for the value at that path
 * of the task's input (jq's path syntax; `.` is the input itself; a missing path gives null, as jq
 * does). Everything else of jq is refused when the document is checked, until expressions arrive.
 */
#ifndef LANGUAGE_TEMPLATE_H
#define LANGUAGE_TEMPLATE_H

#include "base/error.h"

#include <jansson.h>

/* Is every `${ … }` in the template a plain path? ERROR_UNSUPPORTED with the text otherwise. */
bool template_check(const json_t *template, struct error *err);

/* A value, yours (json_decref). The template must have passed the check. Values from template and
 * input are shared, not copied: change none of the three afterwards. NULL and ERROR_TOO_LARGE when
 * it would be larger than LIMIT_PAYLOAD_BYTES as text; NULL and ERROR_INVALID when a path goes into
 * a value that has no such parts (a name in a number), as jq refuses it. */
json_t *template_fill(const json_t *template, const json_t *input, struct error *err);

#endif
