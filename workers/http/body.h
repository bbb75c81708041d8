/* body.h - the body of a request: JSON, a form, or text */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include "workers/http/request.h"

/* Fill body and has_body from the member `body`: none for null; a string as it is; an object for
 * the type application/x-www-form-urlencoded as a form; all else as JSON. Adds the header
 * Content-Type where the call gives none. headers must be there. */
bool body_read(const json_t *with, struct request *request, struct problem *problem);

#endif
