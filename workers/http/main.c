/* main.c - marshrut-http: requests to other systems
 *
 * Owns:    the process: signals, the worker and its parts, in the order they are made and undone.
 * In:      the command line and the environment.
 * Out:     exit status 0 after SIGTERM or SIGINT, 1 when it cannot begin, 2 for a wrong command
 *          line.
 * Always:  one thread; nothing blocks it.
 * See:     docs/workers.md §4
 */
#include "base/log.h"
#include "workers/http/calls.h"
#include "workers/http/options.h"
#include "workers/process/process.h"

#include <locale.h>
#include <stdio.h>

static void serve(const struct options *options, struct mr_worker *worker)
{
    log_info("MR-HTTP-START", "engine=%s parallel=%u allow=%zu secrets=%s openapi=%s",
             options->workers, options->parallel, options->surroundings.targets.count,
             options->surroundings.secrets ? options->surroundings.secrets : "-",
             options->surroundings.documents ? options->surroundings.documents : "-");
    process_run(worker);
}

static bool run(const struct options *options, struct error *err)
{
    struct mr_error refusal;
    struct mr_worker *worker =
        mr_worker_create(options->workers, options->name, options->parallel, &refusal);

    if (worker == NULL) {
        return error_set(err, ERROR_INVALID, "%s", refusal.text);
    }
    struct transfers *transfers = transfers_create(worker, &options->settings, err);
    struct calls *calls =
        transfers != NULL ? calls_create(worker, &options->surroundings, transfers, err) : NULL;
    bool good = calls != NULL;
    if (good) {
        serve(options, worker);
    }
    calls_destroy(&calls);
    transfers_destroy(&transfers);
    mr_worker_destroy(worker);
    return good;
}

int main(int argc, char **argv)
{
    static struct options options;
    struct error err = ERROR_INIT;

    process_take_signals();
    setlocale(LC_CTYPE, "C.UTF-8"); /* national host names reach libcurl in UTF-8 */
    if (!options_read(argc, argv, &options, &err)) {
        fprintf(stderr, "marshrut-http: %s\n", err.text);
        return 2;
    }
    if (options.help) {
        fputs(options_help, stdout);
        return 0;
    }
    if (!run(&options, &err)) {
        log_error("MR-HTTP-FAILED-START", "%s", err.text);
        return 1;
    }
    return 0;
}
