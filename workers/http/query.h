/* query.h - names and values as a query or a form */
#ifndef HTTP_QUERY_H
#define HTTP_QUERY_H

#include "base/buffer.h"
#include "workers/http/problem.h"

#include <jansson.h>

/* Append name=value&…; a list gives a pair for each of its values, null gives none. False: a value
 * is an object, or a list in a list; what was appended is then worthless. */
bool query_append(struct buffer *query, const json_t *object);

/* Add the query of a call (NULL and null: none) to the one that the URI may have. */
bool query_add(struct buffer *uri, const json_t *given, struct problem *problem);

#endif
