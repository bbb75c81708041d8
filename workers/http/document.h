/* document.h - where an OpenAPI document is: a file of the administrator, or an address */
#ifndef HTTP_DOCUMENT_H
#define HTTP_DOCUMENT_H

#include "workers/http/request.h"

/* Is this `document` of a call fetched, or a file? False: *problem. When it is fetched, *ret_with
 * is the `with` of `call: http` that does so (yours), else NULL. */
bool document_source(const json_t *document, const json_t *data, json_t **ret_with,
                     struct problem *problem);

/* Read the file below `folder` that `document` names, as a name or as file:///name: no "..", no
 * other leading slash; at most LIMIT_DOCUMENT_BYTES of JSON. NULL: PROBLEM_CONFIGURATION. */
json_t *document_read(const char *folder, const json_t *document, struct problem *problem);

/* The JSON of a document that was fetched or read. NULL: PROBLEM_CONFIGURATION. */
json_t *document_parse(struct bytes text, struct problem *problem);

#endif
