/* target.h - the request target: path and query of the first line, taken apart
 *
 * Strict, so that two readers of one address can't disagree: a path begins with one slash, has no
 * empty segments, no "." or "..", no slash, backslash or zero that was written as %2F, %5C or %00,
 * and its decoded text is UTF-8 without control characters. Pure. docs/http.md §1.2
 */
#ifndef WEB_TARGET_H
#define WEB_TARGET_H

#include "base/error.h"

#define TARGET_SEGMENTS_MAX   12
#define TARGET_PARAMETERS_MAX 32

struct target_parameter {
    const char *name;
    const char *value; /* "" when there is no "=" */
};

struct request_target {
    char *text; /* the decoded parts, one after another; ours */
    char *path; /* as it was written, without the query: for messages and "instance" */
    const char *segments[TARGET_SEGMENTS_MAX]; /* "/" has none */
    size_t segment_count;
    struct target_parameter parameters[TARGET_PARAMETERS_MAX];
    size_t parameter_count;
};

/* ERROR_SYNTAX or ERROR_TOO_LARGE; then *ret_target has the path, as far as it can be shown. fini
 * it in either case. */
bool target_parse(const char *raw, struct request_target *ret_target, struct error *err);
void target_fini(struct request_target *target);

/* Decode %XX in place (and "+" as a blank where plus); false when it is not well-formed, not UTF-8
 * or has control characters. */
bool target_decode(char *text, bool plus);

#endif
