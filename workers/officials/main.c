/* main.c - marshrut-officials: the simulated people of the demonstration
 *
 * They report, accept and return what nobody real is asked for. On the real clock the program
 * refuses to work.
 *
 * Owns:    the process: command line, signals, the loop.
 * In:      the command line, the environment; the event of a new day.
 * Out:     exit status 0 after SIGTERM or SIGINT, 1 on the real clock, 2 for a wrong command line.
 * Always:  every report says that it was simulated.
 * See:     docs/workers.md §3
 */
#include "base/error.h"
#include "base/log.h"
#include "base/must.h"
#include "workers/officials/sweep.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char help[] =
    "marshrut-officials: имитатор исполнителей для показа; не люди\n"
    "                    the simulated officials of the demonstration; no people\n"
    "\n"
    "  --clients ENDPOINT   engine; default $MARSHRUT_CLIENTS\n"
    "  --events ENDPOINT    engine; default $MARSHRUT_EVENTS\n"
    "  --seed NUMBER        another seed, other habits; default 2023\n"
    "  --late PERCENT       report 1 to 20 days late; default 20\n"
    "  --never PERCENT      never report; default 10\n"
    "  --return PERCENT     of first reports that are returned; default 10\n"
    "  --slow PERCENT       of reports that wait a week longer for a decision; default 20\n";

enum { CLIENTS, EVENTS, SEED, LATE, NEVER, RETURN, SLOW, HELP, OPTION_COUNT };

static const struct option option_list[OPTION_COUNT + 1] = {
    [CLIENTS] = {"clients", required_argument, NULL, 0},
    [EVENTS] = {"events", required_argument, NULL, 0},
    [SEED] = {"seed", required_argument, NULL, 0},
    [LATE] = {"late", required_argument, NULL, 0},
    [NEVER] = {"never", required_argument, NULL, 0},
    [RETURN] = {"return", required_argument, NULL, 0},
    [SLOW] = {"slow", required_argument, NULL, 0},
    [HELP] = {"help", no_argument, NULL, 0}};

struct options {
    const char *clients;
    const char *events;
    struct habits habits;
    bool help;
};

static int stop_pipe[2] = {-1, -1}; /* the signal handler writes, the loop polls */

static void on_signal(int number)
{
    int saved = errno;
    ssize_t written = write(stop_pipe[1], "", 1);

    (void)number;
    (void)written;
    errno = saved;
}

static void take_signals(void)
{
    struct sigaction stop = {.sa_handler = on_signal};

    must(pipe(stop_pipe) == 0 && fcntl(stop_pipe[1], F_SETFL, O_NONBLOCK) == 0);
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
}

/* --- command line --------------------------------------------------------------------------- */

static bool read_number(const char *text, const char *name, uint64_t max, uint64_t *ret_number,
                        struct error *err)
{
    char *end = NULL;

    if (text == NULL) {
        return true;
    }
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (errno != 0 || text[0] < '0' || text[0] > '9' || *end != '\0' || number > max) {
        return error_set(err, ERROR_INVALID, "--%s is a number from 0 to %llu", name,
                         (unsigned long long)max);
    }
    *ret_number = number;
    return true;
}

static bool read_habits(const char *const *given, struct habits *habits, struct error *err)
{
    struct habits usual = HABITS_DEFAULT;
    uint64_t seed = 2023;
    uint64_t late = usual.late_percent;
    uint64_t never = usual.never_percent;
    uint64_t returned = usual.return_percent;
    uint64_t slow = usual.slow_percent;

    if (!read_number(given[SEED], "seed", UINT64_MAX, &seed, err) ||
        !read_number(given[LATE], "late", 100, &late, err) ||
        !read_number(given[NEVER], "never", 100, &never, err) ||
        !read_number(given[RETURN], "return", 100, &returned, err) ||
        !read_number(given[SLOW], "slow", 100, &slow, err)) {
        return false;
    }
    if (late + never > 100) {
        return error_set(err, ERROR_INVALID, "--late and --never are more than 100 together");
    }
    *habits =
        (struct habits){seed, (unsigned)late, (unsigned)never, (unsigned)returned, (unsigned)slow};
    return true;
}

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
    o->clients = given[CLIENTS] ? given[CLIENTS] : getenv("MARSHRUT_CLIENTS");
    o->events = given[EVENTS] ? given[EVENTS] : getenv("MARSHRUT_EVENTS");
    if (!o->help && (o->clients == NULL || o->events == NULL || optind < argc)) {
        return error_set(err, ERROR_INVALID,
                         "where is the engine? Give --clients and --events, or "
                         "MARSHRUT_CLIENTS and MARSHRUT_EVENTS");
    }
    return read_habits(given, &o->habits, err);
}

/* --- the loop ------------------------------------------------------------------------------- */

static bool loop(struct sweep *sweep, struct mr_client *client, struct mr_subscriber *subscriber)
{
    struct pollfd fds[] = {{stop_pipe[0], POLLIN, 0},
                           {mr_client_fd(client), POLLIN, 0},
                           {mr_subscriber_fd(subscriber), POLLIN, 0}};
    struct mr_event event;

    sweep_begin(sweep);
    while (fds[0].revents == 0) {
        if (!sweep_turn(sweep)) {
            log_error("MR-OFFICIALS-REAL", "the engine runs on the real clock: simulated officials "
                                           "have no business there");
            return false;
        }
        bool day = false;
        while (mr_subscriber_receive(subscriber, 0, &event, NULL)) {
            day = true;
        }
        if (day) {
            sweep_begin(sweep);
            continue; /* what was sent is looked after before waiting */
        }
        must(poll(fds, 3, sweep_wait_ms(sweep)) >= 0 || errno == EINTR);
    }
    return true;
}

static bool run(const struct options *options, struct mr_error *err)
{
    struct mr_client *client = mr_client_create(options->clients, err);
    struct mr_subscriber *subscriber =
        client ? mr_subscriber_create(options->events, "ru.marshrut.clock.day.v1", err) : NULL;
    bool good = false;

    if (subscriber != NULL) {
        struct sweep *sweep = sweep_create(client, &options->habits);
        log_info(
            "MR-OFFICIALS-START",
            "seed=%llu late=%u%% never=%u%% returned=%u%% slow=%u%%: имитатор исполнителей, показ; "
            "simulated officials of the demonstration, no people",
            (unsigned long long)options->habits.seed, options->habits.late_percent,
            options->habits.never_percent, options->habits.return_percent,
            options->habits.slow_percent);
        good = loop(sweep, client, subscriber);
        sweep_destroy(&sweep);
    } else {
        log_error("MR-OFFICIALS-FAILED", "%s", err->text);
    }
    mr_subscriber_destroy(subscriber);
    mr_client_destroy(client);
    return good;
}

int main(int argc, char **argv)
{
    struct options options = {0};
    struct error err = ERROR_INIT;
    struct mr_error refusal;

    take_signals();
    if (!read_options(argc, argv, &options, &err)) {
        fprintf(stderr, "marshrut-officials: %s\n", err.text);
        return 2;
    }
    if (options.help) {
        fputs(help, stdout);
        return 0;
    }
    return run(&options, &refusal) ? 0 : 1;
}
