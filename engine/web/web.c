/* web.c - the gateway: its parts are opened, its thread runs, its parts are closed
 *
 * Owns:    their order, the listening socket, the file with the address.
 * In:      main.c.
 * Always:  what was opened is closed, also when the start fails in the middle. When the thread
 *          ends, every exchange has been answered.
 * See:     docs/http.md, docs/architecture.md
 */
#include "engine/web/web.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/thread.h"
#include "engine/web/answer.h"
#include "engine/web/assets.h"
#include "engine/web/catalogue.h"
#include "engine/web/export.h"
#include "engine/web/gateway.h"
#include "engine/web/jobs.h"
#include "engine/web/listen.h"
#include "engine/web/live.h"
#include "engine/web/memo.h"
#include "engine/web/tool.h"
#include "engine/web/web_part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define PAGE_MS   10   /* how long one look into the tables may take */
#define SWEEP_MS  1000 /* between two looks at connections that rest */
#define OTHER_FDS 300u /* store, sockets, programs: what the process needs beside connections */

struct web *web_of(const struct exchange *x)
{
    return x->web;
}

const char *web_folder(const struct web *web)
{
    return web->config->folder;
}

const char *web_token(const struct web *web)
{
    return web->token;
}

/* --- the start ----------------------------------------------------------------------------- */

/* Descriptors for all connections, or else as many connections as there are descriptors. */
static void fit_connections(struct web *web)
{
    rlim_t wanted = LIMIT_HTTP_CONNECTIONS + OTHER_FDS;
    struct rlimit limit;

    web->connections_most = LIMIT_HTTP_CONNECTIONS;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) {
        return;
    }
    limit.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < wanted) {
        rlim_t left = limit.rlim_cur > 2 * OTHER_FDS ? limit.rlim_cur - OTHER_FDS : 100;
        web->connections_most = (unsigned)left;
        log_warn("MR-HTTP-FEW", "connections=%u: raise the limit of open files to %u",
                 web->connections_most, (unsigned)wanted);
    }
}

static char *url_path(const char *folder)
{
    size_t size = strlen(folder) + sizeof "/http.url";
    char *path = xmalloc(size);

    snprintf(path, size, "%s/http.url", folder);
    return path;
}

void web_forget(const char *folder)
{
    char *path = url_path(folder);

    unlink(path);
    free(path);
}

/* Tests and `./dev run` find the address here. */
static bool write_url(struct web *web, struct error *err)
{
    char *path = url_path(web->config->folder);
    FILE *file = fopen(path, "w");
    bool ok = file != NULL && fprintf(file, "%s\n", web->url) > 0;
    ok = (file == NULL || fclose(file) == 0) && ok;
    if (!ok) {
        error_set(err, ERROR_IO, "can't write \"%s\"", path);
        free(path);
        return false;
    }
    web->url_file = path;
    return true;
}

static bool open_parts(struct web *web, const struct web_options *options, struct error *err)
{
    const struct config *c = options->config;
    struct reader_options reading = {.store = options->store,
                                     .clock = options->clock,
                                     .stands = c->stands,
                                     .zone = c->zone,
                                     .page_ms = PAGE_MS};
    int listen_fd;

    web->loop = loop_create();
    web->live = live_create(web);
    web->russian = catalogue_open();
    fit_connections(web);
    if (!wake_open(&web->wake, err) || !storetoken_get(options->store, web->token, err) ||
        !assets_open(c->http_web, &web->assets, err) || !reader_open(&reading, &web->reader, err) ||
        !memo_open(web, &reading, &web->memo, err) ||
        !link_open(options->zmq_context, &web->link, err) ||
        !listen_open(c->http_address, c->http_port, &listen_fd, &web->port, err)) {
        return false;
    }
    listen_url(c->http_address, web->port, web->url);
    if (!serve_start(web, listen_fd, err)) {
        close(listen_fd);
        return false;
    }
    export_sweep(web);
    return jobs_open(web, &web->jobs, err) && write_url(web, err);
}

static bool sweep(void *context)
{
    serve_sweep(context, monotonic_ms());
    return true;
}

/* --- the thread ---------------------------------------------------------------------------- */

/* Everything under way is answered; what can leave in a moment leaves. */
static void answer_all(struct web *web)
{
    web->stopping = true;
    live_stop(web->live);
    jobs_stop(web->jobs);
    link_stop(web->link);
    memo_stop(web->memo);
    tools_stop(web);
    for (struct exchange *x = web->exchanges; x != NULL; x = x->next) {
        if (x->step != NULL) {
            exchange_step(x);
        }
        export_stop(x);
    }
    serve_stop(web);
}

static void *run(void *context)
{
    struct web *web = context;

    loop_at(web, monotonic_ms() + SWEEP_MS, SWEEP_MS, sweep, web);
    loop_run(web);
    answer_all(web);
    return NULL;
}

bool web_start(const struct web_options *options, struct web **ret_web, struct error *err)
{
    struct web *web = xcalloc(1, sizeof *web);

    web->config = options->config;
    if (!open_parts(web, options, err) || !thread_start(&web->thread, run, web, err)) {
        web_stop(&web);
        return false;
    }
    web->started = true;
    log_info("MR-HTTP", "url=%s files=%zu", web->url, assets_count(web->assets));
    *ret_web = web;
    return true;
}

void web_stop(struct web **web)
{
    struct web *w = *web;

    if (w == NULL) {
        return;
    }
    if (w->started) {
        wake_ring(&w->wake);
        pthread_join(w->thread, NULL);
    }
    serve_stop(w);
    if (w->url_file != NULL) {
        unlink(w->url_file);
        free(w->url_file);
    }
    jobs_close(&w->jobs);
    link_close(&w->link);
    memo_close(&w->memo);
    reader_close(&w->reader);
    assets_close(&w->assets);
    catalogue_close(w->russian);
    live_destroy(w->live);
    loop_destroy(w->loop);
    wake_close(&w->wake);
    free(w);
    *web = NULL;
}
