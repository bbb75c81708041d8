/* request.h - what is to be sent, from the `with` of a call */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "workers/http/credentials.h"
#include "workers/http/target.h"

#include <jansson.h>

#define REQUEST_METHOD_MAX 32

enum request_output {
    OUTPUT_CONTENT,  /* what the answer holds, read as its type says */
    OUTPUT_RESPONSE, /* status, headers and content, beside the request */
    OUTPUT_RAW,      /* what the answer holds, in base64 */
};

struct request {
    char method[REQUEST_METHOD_MAX]; /* upper case */
    char *uri;                       /* whole: variables filled, query added */
    json_t *headers;                 /* name -> string; never those of authentication */
    struct buffer body;
    bool has_body;
    enum request_output output;
    bool redirect; /* 3xx is no error */
    struct credentials credentials;
};

#define REQUEST_INIT ((struct request){.uri = NULL})

/* What a call needs of the program's settings; borrowed. */
struct surroundings {
    const char *secrets;   /* folder, or NULL */
    const char *documents; /* folder of OpenAPI documents, or NULL */
    struct targets targets;
};

/* Read the input of the service `http` (docs/workers.md §4). request_fini() it in any case. */
bool request_read(const json_t *with, const struct surroundings *surroundings,
                  struct request *ret_request, struct problem *problem);
void request_fini(struct request *request);

#endif
