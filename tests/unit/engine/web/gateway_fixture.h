/* gateway_fixture.h - the inside of a gateway without sockets: a store in memory, and exchanges
 *
 * One a test (Criterion forks). Nobody runs the loop: a test calls what the loop would.
 */
#ifndef TESTS_WEB_GATEWAY_FIXTURE_H
#define TESTS_WEB_GATEWAY_FIXTURE_H

#include "engine/web/web_part.h"

struct gateway_fixture {
    struct store *store;
    struct reader_options reading;
    struct web web;
    struct connection connection; /* of all exchanges */
};

extern struct gateway_fixture fx;

/* For .init and .fini. */
void gateway_fixture_init(void);
void gateway_fixture_fini(void);

/* A request that this handler has run for. */
struct exchange *gateway_ask(api_fn *run);
/* Assert that it is answered so. */
void gateway_answered(const struct exchange *x, unsigned status);

#endif
