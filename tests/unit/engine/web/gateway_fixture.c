/* gateway_fixture.c - the inside of a gateway without sockets */
#include "gateway_fixture.h"

#include "engine/core/tables.h"

#include <criterion/criterion.h>

struct gateway_fixture fx;

void gateway_fixture_init(void)
{
    struct store_options tables = {.tables = table_names, .table_count = TABLE_COUNT, .format = 1};
    struct error err = ERROR_INIT;

    cr_assert(store_open_memory(&tables, &fx.store, &err), "%s", err.text);
    fx.reading = (struct reader_options){
        .store = fx.store, .clock = clock_real(), .zone = "Europe/Moscow", .page_ms = 10};
    fx.web.loop = loop_create();
    cr_assert(reader_open(&fx.reading, &fx.web.reader, &err), "%s", err.text);
}

void gateway_fixture_fini(void)
{
    while (fx.web.exchanges != NULL) {
        exchange_destroy(fx.web.exchanges);
    }
    reader_close(&fx.web.reader);
    loop_destroy(fx.web.loop);
    store_close(&fx.store);
}

struct exchange *gateway_ask(api_fn *run)
{
    struct api_route route = {"GET", "/", "test", run, 0};
    struct exchange *x = exchange_create(&fx.web, &fx.connection, "/");

    x->route = &route;
    exchange_run(x);
    x->route = NULL; /* ours */
    return x;
}

void gateway_answered(const struct exchange *x, unsigned status)
{
    cr_assert_eq(x->state, EXCHANGE_ANSWERED);
    cr_assert_eq(x->status, status, "%u", x->status);
}
