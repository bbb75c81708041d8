/* response.h - what a server answered */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include "base/buffer.h"

#include <jansson.h>

struct response {
    unsigned status; /* 100..599 */
    json_t *headers; /* name, as the server wrote it first, -> string; repeated ones by ", " */
    struct buffer content;
};

void response_fini(struct response *response);

/* A line of the headers, as it came; a status line begins them anew. headers must be there. */
void response_line(struct response *response, const char *line, size_t size);

/* The value of a header, whatever its case; NULL when there is none. */
const char *header_find(const json_t *headers, const char *name);

#endif
