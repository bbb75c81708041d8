/* config_http.c - the section `http` of the configuration
 *
 * Owns:    its words and defaults, and that only loopback addresses are listened on: there are no
 *          accounts yet, so whoever can connect may do everything.
 * In:      config.c.
 * See:     docs/configuration.md, docs/http.md §1.1
 */
#include "engine/config_part.h"

#include "base/loopback.h"
#include "base/must.h"

#include <stdlib.h>
#include <string.h>

#define ADDRESS "127.0.0.1"
#define PORT    8080

static bool read_address(const struct reader *r, const struct node *http, struct config *c)
{
    if (!fields_text(r, http, "address", OPTIONAL, 64, &c->http_address)) {
        return false;
    }
    if (c->http_address == NULL) {
        c->http_address = xstrdup(ADDRESS);
    }
    return address_is_loopback(c->http_address) ||
           refuse(r, node_find(http, "address"), ERROR_REFUSED,
                  "there are no accounts yet: the address must be of this machine alone, 127.0.0.1 "
                  "or ::1");
}

/* MARSHRUT_HTTP_PORT: the demonstration beside something else. */
static bool read_port(const struct reader *r, const struct node *http, struct config *c)
{
    int64_t port = PORT;

    if (!fields_integer(r, http, "port", OPTIONAL, 0, 65535, &port) ||
        !config_other(r, http, "MARSHRUT_HTTP_PORT", 0, 65535, &port)) {
        return false;
    }
    c->http_port = (unsigned)port;
    return true;
}

bool config_read_http(const struct reader *r, const struct node *root, struct config *c)
{
    static const char *const http_words[] = {"address", "port", "web", NULL};
    static const struct words words = {"http", http_words, NULL};
    const struct node *http = NULL;
    char *web = NULL;

    if (!fields_node(r, root, "http", OPTIONAL, NODE_MAP, &http)) {
        return false;
    }
    if (http == NULL) {
        return true;
    }
    if (!fields_check(r, http, &words) || !read_address(r, http, c) || !read_port(r, http, c) ||
        !fields_text(r, http, "web", OPTIONAL, CONFIG_TEXT_MAX, &web)) {
        return false;
    }
    c->http_web = web != NULL ? config_join(c->base, web) : NULL;
    free(web);
    return true;
}
