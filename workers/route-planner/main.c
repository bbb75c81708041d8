/* main.c - marshrut-route-planner: deficits and registries -> a route
 *
 * Owns:    the process: command line, signals, the service `route-planner`.
 * In:      the command line, the environment, tasks.
 * Out:     exit status 0 after SIGTERM or SIGINT, 1 when it cannot begin, 2 for a wrong command
 *          line.
 * Always:  a task is done or failed before the next one is looked at; the registries are read for
 *          each, so that a changed file is in force at once.
 * See:     docs/workers.md §6
 */
#include "base/log.h"
#include "wire/worker.h"
#include "workers/process/process.h"
#include "workers/route-planner/route.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CAPACITY 100u /* planning takes milliseconds: more only waits here, not there */
#define ERRORS   "https://serverlessworkflow.io/spec/1.0.0/errors/"

static const char help[] =
    "marshrut-route-planner: по дефицитам и реестрам составляет индивидуальный маршрут / deficits "
    "and registries to a route\n"
    "\n"
    "  --registries FOLDER  programmes.csv mentors.csv sites.csv masterclasses.csv; needed\n"
    "  --workers ENDPOINT   engine; default $MARSHRUT_WORKERS\n"
    "  --name NAME          name of this worker; default route-planner\n";

struct options {
    const char *registries;
    const char *workers;
    const char *name;
    bool help;
};

/* An operator mends the files and repeats the task, so it is an incident, not a loss. */
static void refuse_registries(struct mr_task *task, const struct error *err)
{
    char place[ERROR_TEXT_MAX + ERROR_FILE_MAX];

    error_print(err, place, sizeof place);
    log_error("MR-ROUTE-REGISTRIES", "task=%s: %s", mr_task_id(task), place);
    mr_task_problem(task, false, ERRORS "configuration", 400, "Реестры записаны с ошибкой", place);
}

static void plan(struct mr_task *task, const struct registry *registry)
{
    struct error err = ERROR_INIT;
    struct inquiry inquiry;
    struct bytes input;

    input.data = mr_task_input(task, &input.size);
    if (inquiry_read(input, &inquiry, &err)) {
        json_t *output = route_plan(registry, &inquiry);
        char *text = json_dumps(output, JSON_COMPACT);
        log_debug("MR-ROUTE-DONE", "task=%s elements=%zu unmet=%zu", mr_task_id(task),
                  json_array_size(json_object_get(output, "elements")),
                  json_array_size(json_object_get(output, "unmet")));
        mr_task_done(task, text, strlen(text));
        free(text);
        json_decref(output);
    } else {
        log_warn("MR-ROUTE-REFUSED", "task=%s: %s", mr_task_id(task), err.text);
        mr_task_problem(task, false, ERRORS "validation", 400,
                        "Данные для маршрута записаны с ошибкой", err.text);
    }
    inquiry_fini(&inquiry);
}

static void on_task(struct mr_task *task, void *arg)
{
    const struct options *options = arg;
    struct error err = ERROR_INIT;
    struct registry registry;

    if (registry_read(options->registries, &registry, &err)) {
        plan(task, &registry);
    } else {
        refuse_registries(task, &err);
    }
    registry_fini(&registry);
}

static bool read_options(int argc, char **argv, struct options *o, struct error *err)
{
    static const struct option list[] = {{"registries", required_argument, NULL, 'r'},
                                         {"workers", required_argument, NULL, 'w'},
                                         {"name", required_argument, NULL, 'n'},
                                         {"help", no_argument, NULL, 'h'},
                                         {NULL, 0, NULL, 0}};

    *o = (struct options){.workers = getenv("MARSHRUT_WORKERS"), .name = "route-planner"};
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, "", list, NULL)) != -1;) {
        if (c == '?') {
            return error_set(err, ERROR_INVALID, "%s: no such option, or its value is missing",
                             argv[optind - 1]);
        }
        o->registries = c == 'r' ? optarg : o->registries;
        o->workers = c == 'w' ? optarg : o->workers;
        o->name = c == 'n' ? optarg : o->name;
        o->help = o->help || c == 'h';
    }
    if (o->help) {
        return true;
    }
    if (o->registries == NULL || o->workers == NULL || optind < argc) {
        return error_set(err, ERROR_INVALID,
                         "give --registries FOLDER, and --workers ENDPOINT or MARSHRUT_WORKERS; "
                         "--help tells more");
    }
    return wire_name_valid(bytes_of(o->name)) ||
           error_set(err, ERROR_INVALID, "--name has a character that names have not");
}

/* Said at once, not by the first task. */
static bool check_registries(const char *folder, struct error *err)
{
    struct registry registry;
    bool good = registry_read(folder, &registry, err);

    registry_fini(&registry);
    return good;
}

static bool run(struct options *options, struct error *err)
{
    struct mr_error refusal;

    if (!check_registries(options->registries, err)) {
        return false;
    }
    struct mr_worker *worker =
        mr_worker_create(options->workers, options->name, CAPACITY, &refusal);
    bool good =
        worker != NULL && mr_worker_offer(worker, "route-planner", on_task, options, &refusal);
    if (good) {
        log_info("MR-ROUTE-START", "engine=%s registries=%s", options->workers,
                 options->registries);
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
    char place[ERROR_TEXT_MAX + ERROR_FILE_MAX];

    process_take_signals();
    if (!read_options(argc, argv, &options, &err)) {
        fprintf(stderr, "marshrut-route-planner: %s\n", err.text);
        return 2;
    }
    if (options.help) {
        fputs(help, stdout);
        return 0;
    }
    if (!run(&options, &err)) {
        error_print(&err, place, sizeof place);
        log_error("MR-ROUTE-FAILED", "%s", place);
        return 1;
    }
    return 0;
}
