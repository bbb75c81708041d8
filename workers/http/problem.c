/* problem.c - the table of problem types, and filling a struct problem
 *
 * Owns:    the standard error types of the DSL as this worker raises them, and their statuses.
 * In:      all that may refuse a call.
 * Out:     calls.c tells the engine.
 * Always:  texts end in zero; what was cut inside a character is mended by the SDK.
 * See:     docs/workers.md §4
 */
#include "workers/http/problem.h"

#include <stdarg.h>
#include <stdio.h>

#define ERRORS "https://serverlessworkflow.io/spec/1.0.0/errors/"

static const struct {
    const char *uri;
    unsigned status;
    bool retry;
} types[PROBLEM_TYPE_COUNT] = {
    [PROBLEM_CONFIGURATION] = {ERRORS "configuration", 400, false},
    [PROBLEM_VALIDATION] = {ERRORS "validation", 400, false},
    [PROBLEM_EXPRESSION] = {ERRORS "expression", 400, false},
    [PROBLEM_AUTHORIZATION] = {ERRORS "authorization", 403, false},
    [PROBLEM_TIMEOUT] = {ERRORS "timeout", 408, true},
    [PROBLEM_COMMUNICATION] = {ERRORS "communication", 502, false},
};

const char *problem_uri(enum problem_type type)
{
    return types[type].uri;
}

bool problem_set(struct problem *problem, enum problem_type type, const char *fmt, ...)
{
    va_list args;

    problem->type = type;
    problem->status = types[type].status;
    problem->retry = types[type].retry;
    problem->detail[0] = '\0';
    va_start(args, fmt);
    vsnprintf(problem->title, sizeof problem->title, fmt, args);
    va_end(args);
    return false;
}
