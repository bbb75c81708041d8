/* template.h - URI templates: RFC 6570, levels 1 to 3 */
#ifndef HTTP_TEMPLATE_H
#define HTTP_TEMPLATE_H

#include "base/buffer.h"
#include "workers/http/problem.h"

#include <jansson.h>

/* Append the template with its variables filled from the members of data (NULL: there are none).
 * A variable that is missing or null is left out, as the DSL and the RFC say. Names are taken
 * verbatim: {pet.id} is the member "pet.id". What is not in braces is kept, but a character that no
 * URI may hold is percent-encoded; not so in the host, which may have a national name.
 * PROBLEM_EXPRESSION: a variable is a list or an object; PROBLEM_VALIDATION: braces that don't
 * match, a name that is empty, a modifier of level 4. *out is then as it was. */
bool template_expand(struct buffer *out, const char *text, const json_t *data,
                     struct problem *problem);

#endif
