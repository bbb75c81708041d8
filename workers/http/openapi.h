/* openapi.h - an operation of an OpenAPI document as a request
 *
 * Documents are JSON: OpenAPI 3.0 and 3.1, and Swagger 2.0.
 */
#ifndef HTTP_OPENAPI_H
#define HTTP_OPENAPI_H

#include "workers/http/problem.h"

#include <jansson.h>

#define OPENAPI_REFERENCES_MAX 16 /* a $ref that leads to a $ref … */

/* The `with` of `call: http` for the `with` of `call: openapi`: {"method","endpoint","headers",
 * "query","body","output","redirect"}, yours. source: where the document was fetched, for servers
 * that it gives relative to itself; NULL: a file. NULL: PROBLEM_VALIDATION for a parameter that is
 * missing, unknown or of a wrong kind; PROBLEM_CONFIGURATION for a document that has no such
 * operation or that cannot be understood. */
json_t *openapi_request(const json_t *document, const char *source, const json_t *with,
                        struct problem *problem);

#endif
