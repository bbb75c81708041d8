/* guard.h - who may talk to us at all: rules over the headers of a request, before anything is read
 *
 * There are no accounts, so the loopback address is the wall, and a page of somebody else in the
 * same browser must not get over it: neither by a name that it points at us (DNS rebinding: Host),
 * nor by a request across sites (Origin, Sec-Fetch-Site). Pure. docs/http.md §1.1
 */
#ifndef WEB_GUARD_H
#define WEB_GUARD_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* Is it "localhost", 127.x.x.x or [::1], with this port, or without one where it is 80? */
bool guard_host(const char *host, unsigned port);
/* "http://" and such a host. */
bool guard_origin(const char *origin, unsigned port);

/* Headers of a request; each may be NULL. */
struct guard_headers {
    const char *host;
    const char *origin;
    const char *fetch_site; /* Sec-Fetch-Site */
    const char *fetch_mode; /* Sec-Fetch-Mode */
    const char *method;
    bool host_twice;
};

/* May it be answered? Otherwise the HTTP status of the refusal, and *err. */
unsigned guard_request(const struct guard_headers *headers, unsigned port, struct error *err);

#endif
