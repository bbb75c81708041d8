/* main.c - marshrut-bench: the command line, and the measures one after another
 *
 * Owns:    the process: options, Ctrl-C, exit status. 0 measured, whatever the figures are; 1 could
 *          not measure; 2 wrong command line.
 * Out:     JSON lines on standard output, with a table unless --json; progress on standard error.
 * See:     docs/performance.md
 */
#include "base/must.h"
#include "tests/bench/bench.h"
#include "tests/bench/machine.h"
#include "tests/bench/rig.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: marshrut-bench [MEASURE] [options]\n"
    "\n"
    "measures: throughput expressions latency waiting restart timers notices terms overview due\n"
    "          http\n"
    "\n"
    "  --n N              instances (timers); each measure has its own number otherwise\n"
    "  --in-flight N      throughput: so many under way, instead of trying several numbers\n"
    "  --folder DIR       where the data is written; default: beside this program's bin/\n"
    "  --engine PROGRAM   the engine; default: marshrutd beside this program\n"
    "  --store DIR        http: keep the filled store there, and take it from there the next time\n"
    "  --json             only the JSON lines, no table\n";

/* In this order: restart takes over what waiting has filled. */
static const struct {
    const char *name;
    measure_fn *run;
} measures[] = {
    {"throughput", measure_throughput},
    {"expressions", measure_expressions},
    {"latency", measure_latency},
    {"waiting", measure_waiting},
    {"restart", measure_restart},
    {"timers", measure_timers},
    {"notices", measure_notices},
    {"terms", measure_terms},
    {"overview", measure_overview},
    {"due", measure_due},
    {"http", measure_http},
};

#define MEASURE_COUNT (sizeof measures / sizeof measures[0])

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
    (void)number;
    interrupted = 1;
}

bool bench_interrupted(struct error *err)
{
    if (interrupted) {
        error_set(err, ERROR_REFUSED, "interrupted");
    }
    return interrupted != 0;
}

void bench_progress(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    fputs("bench: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
}

/* --- options -------------------------------------------------------------------------------- */

static bool read_number(const char *text, uint64_t most, uint64_t *ret_number)
{
    char *end;

    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (errno != 0 || *end != '\0' || text[0] < '0' || text[0] > '9' || number < 1 ||
        number > most) {
        return false;
    }
    *ret_number = number;
    return true;
}

static bool read_option(int option, struct bench_options *o)
{
    uint64_t number = 0;

    switch (option) {
    case 'n':
        return read_number(optarg, 100000000, &o->n);
    case 'i':
        if (!read_number(optarg, 100000, &number)) {
            return false;
        }
        o->in_flight = (uint32_t)number;
        return true;
    case 'f':
        free(o->folder);
        o->folder = realpath(optarg, NULL);
        return o->folder != NULL;
    case 'e':
        free(o->engine);
        o->engine = realpath(optarg, NULL);
        return o->engine != NULL;
    case 's':
        free(o->store);
        o->store = xstrdup(optarg);
        return true;
    case 'j':
        o->json = true;
        return true;
    default:
        return false;
    }
}

/* build/release/bin/marshrut-bench: the engine is in bin/, the data goes into build/release/. */
static void set_defaults(struct bench_options *o)
{
    char path[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);

    must(size > 0);
    path[size] = '\0';
    char *name = strrchr(path, '/');
    must(name != NULL);
    snprintf(name, sizeof path - (size_t)(name - path), "/marshrutd");
    o->engine = xstrdup(path);
    *name = '\0';
    name = strrchr(path, '/');
    o->folder = name != NULL && name != path ? xstrndup(path, (size_t)(name - path)) : xstrdup("/");
}

/* which: index of the measure, MEASURE_COUNT = all. */
static bool read_options(int argc, char **argv, struct bench_options *o, size_t *ret_which)
{
    static const struct option list[] = {
        {"n", required_argument, NULL, 'n'},
        {"in-flight", required_argument, NULL, 'i'},
        {"folder", required_argument, NULL, 'f'},
        {"engine", required_argument, NULL, 'e'},
        {"store", required_argument, NULL, 's'},
        {"json", no_argument, NULL, 'j'},
        {NULL, 0, NULL, 0},
    };

    for (int c; (c = getopt_long(argc, argv, "", list, NULL)) != -1;) {
        if (!read_option(c, o)) {
            return false;
        }
    }
    *ret_which = MEASURE_COUNT;
    if (optind == argc) {
        return true;
    }
    for (size_t i = 0; i < MEASURE_COUNT && optind == argc - 1; i++) {
        if (strcmp(argv[optind], measures[i].name) == 0) {
            *ret_which = i;
            return true;
        }
    }
    return false;
}

/* --- the run -------------------------------------------------------------------------------- */

static bool run(struct bench *bench, size_t which, struct error *err)
{
    json_t *machine;
    bool ok = true;

    if (!machine_look(bench->options.folder, &machine, err)) {
        return false;
    }
    bench->report = report_create(machine, bench->options.json);
    for (size_t i = 0; i < MEASURE_COUNT && ok; i++) {
        if (which == MEASURE_COUNT || which == i) {
            ok = measures[i].run(bench, err);
        }
    }
    rig_close(&bench->standing);
    report_table(bench->report);
    report_destroy(&bench->report);
    return ok;
}

int main(int argc, char **argv)
{
    struct bench bench = {0};
    struct sigaction action = {.sa_handler = on_signal};
    struct error err = ERROR_INIT;
    size_t which;

    set_defaults(&bench.options);
    if (!read_options(argc, argv, &bench.options, &which)) {
        fputs(help, stderr);
        return 2;
    }
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    bool ok = run(&bench, which, &err);
    free(bench.options.folder);
    free(bench.options.engine);
    free(bench.options.store);
    if (!ok) {
        fprintf(stderr, "bench: %s\n", err.text);
    }
    return ok ? 0 : 1;
}
