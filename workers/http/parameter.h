/* parameter.h - the parameters of an OpenAPI operation, each to its place in the request */
#ifndef HTTP_PARAMETER_H
#define HTTP_PARAMETER_H

#include "base/buffer.h"
#include "workers/http/problem.h"

#include <jansson.h>

struct places {
    json_t *with; /* of `call: http`: headers, query, body are added to it */
    json_t *path; /* name -> text */
    json_t *headers;
    json_t *query;
    json_t *form; /* Swagger 2: formData; NULL: none */
};

void places_init(struct places *places, const char *method);
void places_fini(struct places *places);

/* What a $ref inside the document leads to; the value itself when it has none; NULL when it leads
 * nowhere, or round in a circle. */
const json_t *openapi_follow(const json_t *document, const json_t *value);

/* Put each of with->parameters where path item and operation say. `body` is the request body where
 * the operation has one; in OpenAPI 3 it has no other name. */
bool openapi_place(const json_t *document, const json_t *item, const json_t *operation,
                   const json_t *with, struct places *places, struct problem *problem);

/* Append the path with its {names} filled. */
bool openapi_path(const char *path, const json_t *values, struct buffer *out,
                  struct problem *problem);

#endif
