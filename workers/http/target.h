/* target.h - where requests may go */
#ifndef HTTP_TARGET_H
#define HTTP_TARGET_H

#include "workers/http/problem.h"

#include <stddef.h>

#define TARGET_HOSTS_MAX 256

/* Hosts that are allowed, as the administrator wrote them: "host", "host:port", "*.domain" (what is
 * below it, not the domain itself), "*.domain:port", "[::1]:8080". No hosts: anywhere. */
struct targets {
    const char *hosts[TARGET_HOSTS_MAX];
    size_t count;
};

/* Is the URI one that this worker may send to? PROBLEM_VALIDATION: not http or https, no host, or a
 * user name in it (that belongs into authentication); PROBLEM_AUTHORIZATION: its host is not
 * allowed. A host without a port allows the usual port of either scheme, 80 or 443. */
bool target_check(const struct targets *targets, const char *uri, struct problem *problem);

/* The URI without its query and fragment, for problems: those may hold keys. Yours. */
char *target_shown(const char *uri);

/* A reference that may be relative, made whole; NULL when that cannot be. Yours. */
char *target_resolve(const char *base, const char *reference);

#endif
