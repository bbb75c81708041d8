/* guard.c - Host, Origin and Sec-Fetch-Site
 *
 * Owns:    who is let in (docs/http.md §1.1).
 * Always:  a header that is missing where browsers always send it is as good as a wrong one;
 * programs that send neither Origin nor Sec-Fetch-Site are no browsers, and are let in.
 */
#include "engine/web/guard.h"

#include "base/loopback.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The host without its port: *ret_port is what follows the colon, NULL when there is none. */
static bool split_host(const char *host, char name[static 64], const char **ret_port)
{
    bool bracket = host[0] == '[';
    size_t size = bracket ? strcspn(host, "]") : strcspn(host, ":");
    const char *rest = host + size + (bracket && host[size] == ']' ? 1 : 0);

    if (size - (bracket ? 1 : 0) >= 64 || (bracket && host[size] != ']') ||
        (rest[0] != '\0' && rest[0] != ':')) {
        return false;
    }
    snprintf(name, 64, "%.*s", (int)(size - (bracket ? 1 : 0)), host + (bracket ? 1 : 0));
    *ret_port = rest[0] == ':' ? rest + 1 : NULL;
    return true;
}

bool guard_host(const char *host, unsigned port)
{
    char name[64];
    char wanted[8];
    const char *given;

    if (!split_host(host, name, &given)) {
        return false;
    }
    snprintf(wanted, sizeof wanted, "%u", port);
    bool right_port = given != NULL ? strcmp(given, wanted) == 0 : port == 80;
    bool six = host[0] == '[';
    bool ours = strcasecmp(name, "localhost") == 0
                    ? !six
                    : address_is_loopback(name) && six == (strchr(name, ':') != NULL);
    return right_port && ours;
}

bool guard_origin(const char *origin, unsigned port)
{
    static const char scheme[] = "http://";

    return strncasecmp(origin, scheme, sizeof scheme - 1) == 0 &&
           guard_host(origin + sizeof scheme - 1, port);
}

/* Requests that another page caused are refused but for one: a link that opens ours. It is shown to
 * the person, never to that page. "none" is an address that somebody typed. */
static bool is_foreign(const struct guard_headers *h)
{
    bool looks = strcmp(h->method, "GET") == 0 || strcmp(h->method, "HEAD") == 0;
    bool opens = h->fetch_mode != NULL && strcmp(h->fetch_mode, "navigate") == 0;

    return h->fetch_site != NULL && strcmp(h->fetch_site, "same-origin") != 0 &&
           !(looks && (opens || strcmp(h->fetch_site, "none") == 0));
}

unsigned guard_request(const struct guard_headers *h, unsigned port, struct error *err)
{
    if (h->host == NULL || h->host_twice || !guard_host(h->host, port)) {
        error_set(err, ERROR_REFUSED,
                  "this host is not served here: use localhost or a loopback address");
        return 421;
    }
    if (h->origin != NULL && !guard_origin(h->origin, port)) {
        error_set(err, ERROR_REFUSED, "requests of pages from other addresses are refused");
        return 403;
    }
    if (is_foreign(h)) {
        error_set(err, ERROR_REFUSED, "requests of pages from other addresses are refused");
        return 403;
    }
    return 0;
}
