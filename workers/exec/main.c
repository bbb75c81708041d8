/* main.c - marshrut-exec: a configured program per task
 *
 * Owns:    the process: command line, signals, the worker and its parts.
 * In:      the command line, the environment, the config file.
 * Out:     exit status 0 after SIGTERM or SIGINT, 1 when it cannot begin, 2 for a wrong command
 *          line.
 * Always:  the config is checked before the engine hears of us.
 * See:     docs/workers.md §2
 */
#include "base/log.h"
#include "wire/worker.h"
#include "workers/exec/config.h"
#include "workers/exec/run.h"
#include "workers/process/process.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char help[] = "marshrut-exec: запускает программу на каждую задачу / runs a program "
                           "per task\n"
                           "\n"
                           "  --config FILE        services and programs, JSON; needed\n"
                           "  --workers ENDPOINT   engine; default $MARSHRUT_WORKERS\n"
                           "  --name NAME          name of this worker; default exec-PID\n";

enum { CONFIG, WORKERS, NAME, HELP, OPTION_COUNT };

static const struct option option_list[OPTION_COUNT + 1] = {
    [CONFIG] = {"config", required_argument, NULL, 0},
    [WORKERS] = {"workers", required_argument, NULL, 0},
    [NAME] = {"name", required_argument, NULL, 0},
    [HELP] = {"help", no_argument, NULL, 0}};

struct options {
    const char *config;
    const char *workers;
    char name[LIMIT_NAME_BYTES + 1];
    bool help;
};

static bool read_options(int argc, char **argv, struct options *o, struct error *err)
{
    const char *given[OPTION_COUNT] = {NULL};
    int at = 0;

    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, "", option_list, &at)) != -1;) {
        if (c != 0) {
            return error_set(err, ERROR_INVALID, "%s: no such option, or its value is missing",
                             argv[optind - 1]);
        }
        given[at] = optarg ? optarg : "";
    }
    o->help = given[HELP] != NULL;
    o->config = given[CONFIG];
    o->workers = given[WORKERS] ? given[WORKERS] : getenv("MARSHRUT_WORKERS");
    if (!o->help && (o->config == NULL || o->workers == NULL || optind < argc)) {
        return error_set(err, ERROR_INVALID,
                         "give --config FILE, and --workers ENDPOINT or "
                         "MARSHRUT_WORKERS; --help tells more");
    }
    if (given[NAME] == NULL) {
        snprintf(o->name, sizeof o->name, "exec-%ld", (long)getpid());
    } else if (!wire_name_valid(bytes_of(given[NAME]))) {
        return error_set(err, ERROR_INVALID, "--name has a character that names have not");
    } else {
        snprintf(o->name, sizeof o->name, "%s", given[NAME]);
    }
    return true;
}

static bool run(const struct options *options, struct error *err)
{
    struct config *config = NULL;
    struct mr_error refusal;

    if (!config_read(options->config, &config, err)) {
        return false;
    }
    struct mr_worker *worker =
        mr_worker_create(options->workers, options->name, config->capacity, &refusal);
    struct runs *runs = NULL;
    if (worker == NULL) {
        error_set(err, ERROR_INVALID, "%s", refusal.text);
    } else {
        runs = runs_create(worker, config, err);
    }
    bool good = runs != NULL;
    if (good) {
        log_info("MR-EXEC-START", "engine=%s services=%u capacity=%u", options->workers,
                 config->count, config->capacity);
        process_run(worker);
    }
    mr_worker_destroy(worker);
    runs_destroy(&runs);
    config_destroy(&config);
    return good;
}

int main(int argc, char **argv)
{
    struct options options = {0};
    struct error err = ERROR_INIT;
    char place[ERROR_TEXT_MAX + ERROR_FILE_MAX];

    process_take_signals();
    if (!read_options(argc, argv, &options, &err)) {
        fprintf(stderr, "marshrut-exec: %s\n", err.text);
        return 2;
    }
    if (options.help) {
        fputs(help, stdout);
        return 0;
    }
    if (!run(&options, &err)) {
        error_print(&err, place, sizeof place);
        log_error("MR-EXEC-CONFIG", "%s: %s", options.config, place);
        return 1;
    }
    return 0;
}
