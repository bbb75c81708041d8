/* main.c - marshrutd: options, signals, and the loop
 *
 * Owns:    the process: its signals, its exit status. Exit 0 after SIGINT or SIGTERM, 1 when it
 *          could not start or the store failed, 2 for wrong options.
 */
#include "base/log.h"
#include "base/wake.h"
#include "engine/planned_starts.h"
#include "engine/supervise.h"
#include "engine/upkeep.h"
#include "engine/web/web.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct wake wake; /* a signal rings it, so the loop wakes */
static volatile sig_atomic_t stop;

static void on_signal(int number)
{
    stop = stop || number != SIGCHLD;
    wake_ring(&wake);
}

static bool catch_signals(struct error *err)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};

    if (!wake_open(&wake, err)) {
        return false;
    }
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGCHLD, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    return true;
}

static bool prepare(struct engine *engine, const struct config *config, struct error *err)
{
    for (uint32_t i = 0; i < config->deploy_count; i++) {
        if (!engine_deploy_file(engine, config->deploy[i], err)) {
            return false;
        }
    }
    return planned_starts_look(engine, err);
}

/* One that fails when its day comes is said, and the engine goes on: others work with it. */
static void start_planned(struct engine *engine)
{
    struct error err = ERROR_INIT;
    char text[ERROR_TEXT_MAX + ERROR_FILE_MAX + 32];

    if (!planned_starts_look(engine, &err)) {
        error_print(&err, text, sizeof text);
        log_error("MR-START-FAILED", "%s", text);
    }
}

static bool loop(struct engine *engine, struct supervisor *supervisor, struct error *err)
{
    while (!stop) {
        if (!engine_round(engine, supervisor_look(supervisor), wake_fd(&wake), err)) {
            return false;
        }
        start_planned(engine);
        wake_clear(&wake);
    }
    return true;
}

/* The folder and those above it; if it can't be made, the store says so. */
static void make_folder(const char *folder)
{
    char path[4096];

    for (size_t i = 0; i < sizeof path - 1 && folder[i] != '\0'; i++) {
        path[i] = folder[i];
        path[i + 1] = '\0';
        if (folder[i + 1] == '/' || folder[i + 1] == '\0') {
            mkdir(path, 0750);
        }
    }
}

static bool start_web(const struct engine *engine, struct web **ret_web, struct error *err)
{
    struct web_options options = {.config = engine->config,
                                  .store = engine->store,
                                  .zmq_context = server_context(engine->server),
                                  .clock = engine->clock};

    web_forget(engine->config->folder);
    return engine->config->http_address == NULL || web_start(&options, ret_web, err);
}

static bool run(const struct config *config, struct error *err)
{
    struct engine *engine;
    struct web *web = NULL;

    make_folder(config->folder);
    if (!engine_open(config, &engine, err)) {
        return false;
    }
    if (!prepare(engine, config, err) || !start_web(engine, &web, err)) {
        engine_close(&engine);
        return false;
    }
    log_info("MR-STARTED", "folder=%s clock=%s clients=%s", config->folder,
             config->demo ? "demo" : "real", server_endpoint(engine->server, SERVER_CLIENTS));
    struct supervisor *supervisor = supervisor_start(config, engine->server);
    bool ok = loop(engine, supervisor, err);
    supervisor_stop(supervisor);
    web_stop(&web);
    engine_close(&engine);
    supervisor_destroy(supervisor);
    log_info("MR-STOPPED", "folder=%s", config->folder);
    return ok;
}

static int usage(void)
{
    fputs("usage: marshrutd --config FILE\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    struct config *config;
    struct error err = ERROR_INIT;
    char text[ERROR_TEXT_MAX + ERROR_FILE_MAX + 32];

    if (argc == 5 && strcmp(argv[1], "--upkeep") == 0) {
        return upkeep_main(argv[2], argv[3], argv[4]);
    }
    if (argc != 3 || strcmp(argv[1], "--config") != 0) {
        return usage();
    }
    bool ok = config_read(argv[2], &config, &err);
    if (ok) {
        log_set_level((enum log_level)config->log_level);
        ok = catch_signals(&err) && run(config, &err);
        config_destroy(config);
    }
    if (!ok) {
        error_print(&err, text, sizeof text);
        log_error("MR-FAILED", "%s", text);
    }
    return ok ? 0 : 1;
}
