/* main.c - marshrut-diagnostics: results of a diagnosis -> deficits
 *
 * Owns:    the process: command line, signals, the service `diagnostics`.
 * In:      the command line, the environment, tasks.
 * Out:     exit status 0 after SIGTERM or SIGINT, 1 when it cannot begin, 2 for a wrong command
 *          line.
 * Always:  a task is done or failed before the next one is looked at.
 * See:     docs/workers.md §5
 */
#include "base/log.h"
#include "wire/worker.h"
#include "workers/diagnostics/scoring.h"
#include "workers/process/process.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CAPACITY   100u /* scoring takes less than a millisecond: more only waits here, not there */
#define VALIDATION "https://serverlessworkflow.io/spec/1.0.0/errors/validation"

static const char help[] =
    "marshrut-diagnostics: по результатам и порогам называет дефициты / results and thresholds to "
    "deficits\n"
    "\n"
    "  --workers ENDPOINT   engine; default $MARSHRUT_WORKERS\n"
    "  --name NAME          name of this worker; default diagnostics\n";

struct options {
    const char *workers;
    const char *name;
    bool help;
};

static void on_task(struct mr_task *task, void *arg)
{
    struct error err = ERROR_INIT;
    struct bytes input;

    (void)arg;
    input.data = mr_task_input(task, &input.size);
    json_t *output = scoring_score(input, &err);
    char *text = output != NULL ? json_dumps(output, JSON_COMPACT | JSON_REAL_PRECISION(15)) : NULL;
    if (text != NULL) {
        log_debug("MR-DIAGNOSTICS-DONE", "task=%s deficits=%zu", mr_task_id(task),
                  json_array_size(json_object_get(output, "deficits")));
        mr_task_done(task, text, strlen(text));
    } else {
        log_warn("MR-DIAGNOSTICS-REFUSED", "task=%s: %s", mr_task_id(task), err.text);
        mr_task_problem(task, false, VALIDATION, 400, "Данные диагностики записаны с ошибкой",
                        err.text);
    }
    free(text);
    json_decref(output);
}

static bool read_options(int argc, char **argv, struct options *o, struct error *err)
{
    static const struct option list[] = {{"workers", required_argument, NULL, 'w'},
                                         {"name", required_argument, NULL, 'n'},
                                         {"help", no_argument, NULL, 'h'},
                                         {NULL, 0, NULL, 0}};

    *o = (struct options){.workers = getenv("MARSHRUT_WORKERS"), .name = "diagnostics"};
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, "", list, NULL)) != -1;) {
        if (c == '?') {
            return error_set(err, ERROR_INVALID, "%s: no such option, or its value is missing",
                             argv[optind - 1]);
        }
        o->workers = c == 'w' ? optarg : o->workers;
        o->name = c == 'n' ? optarg : o->name;
        o->help = o->help || c == 'h';
    }
    if (o->help) {
        return true;
    }
    if (o->workers == NULL || optind < argc) {
        return error_set(err, ERROR_INVALID,
                         "give --workers ENDPOINT or MARSHRUT_WORKERS; --help tells more");
    }
    return wire_name_valid(bytes_of(o->name)) ||
           error_set(err, ERROR_INVALID, "--name has a character that names have not");
}

static bool run(const struct options *options, struct error *err)
{
    struct mr_error refusal;
    struct mr_worker *worker =
        mr_worker_create(options->workers, options->name, CAPACITY, &refusal);
    bool good = worker != NULL && mr_worker_offer(worker, "diagnostics", on_task, NULL, &refusal);

    if (good) {
        log_info("MR-DIAGNOSTICS-START", "engine=%s", options->workers);
        process_run(worker);
    } else {
        error_set(err, ERROR_INVALID, "%s", refusal.text);
    }
    mr_worker_destroy(worker);
    return good;
}

int main(int argc, char **argv)
{
    struct options options;
    struct error err = ERROR_INIT;

    process_take_signals();
    if (!read_options(argc, argv, &options, &err)) {
        fprintf(stderr, "marshrut-diagnostics: %s\n", err.text);
        return 2;
    }
    if (options.help) {
        fputs(help, stdout);
        return 0;
    }
    if (!run(&options, &err)) {
        log_error("MR-DIAGNOSTICS-FAILED", "%s", err.text);
        return 1;
    }
    return 0;
}
