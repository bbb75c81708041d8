/* problem.h - why a call failed, as a workflow can catch it: problem details of RFC 7807
 *
 * Types are the standard ones of the Serverless Workflow DSL. Title and detail are Russian, for
 * operators, and never hold a secret.
 */
#ifndef HTTP_PROBLEM_H
#define HTTP_PROBLEM_H

#include "base/compiler.h"

#include <stdbool.h>

enum problem_type {
    PROBLEM_CONFIGURATION, /* 400: this worker is not set up for it */
    PROBLEM_VALIDATION,    /* 400: the call is not as docs/workers.md says */
    PROBLEM_EXPRESSION,    /* 400: a variable of a URI template has no text */
    PROBLEM_AUTHORIZATION, /* 403: no such secret, or a host that is not allowed */
    PROBLEM_TIMEOUT,       /* 408: over the time limit; may be tried again */
    PROBLEM_COMMUNICATION, /* the status of the answer; 502 and 503 where there is none */
    PROBLEM_TYPE_COUNT
};

#define PROBLEM_TITLE_MAX  512
#define PROBLEM_DETAIL_MAX 1024

struct problem {
    enum problem_type type;
    unsigned status;
    bool retry; /* trying again may help */
    char title[PROBLEM_TITLE_MAX];
    char detail[PROBLEM_DETAIL_MAX]; /* "" = none */
};

#define PROBLEM_INIT ((struct problem){.title = ""})

/* The URI of a type. */
const char *problem_uri(enum problem_type type);

/* Fill *problem with the usual status of the type and no detail, and return false, so that
 * `return problem_set(...)` reads well. */
bool problem_set(struct problem *problem, enum problem_type type, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

#endif
