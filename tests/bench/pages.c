/* pages.c - asking for the operator's pages at a steady rate
 *
 * Owns:    the list of pages; the processes of `hey` (the public load tool) and their files.
 * Always:  a time is what the client waited: connection kept, the answer packed and read to its
 *          end. So it is more than the time at the server. The first second is not counted.
 * See:     docs/performance.md §2.11
 */
#include "tests/bench/pages.h"

#include "base/clock.h"
#include "tests/bench/assignments.h"
#include "tests/bench/bench.h"
#include "tests/bench/filled.h"
#include "tests/bench/samples.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define WARM_UP_S 1.0
#define MONTH     "{month}" /* this one */

static const struct page {
    const char *name;
    const char *path;
} pages[] = {
    {"today", "/today"},
    {"today_of_body", "/today?body=b-0500"},
    {"assignments_open", "/assignments?open=true"},
    {"assignments_overdue", "/assignments?overdue=true"},
    {"assignments_of_body", "/assignments?body=b-0500"},
    {"assignments_of_plan", "/assignments?plan=" FILLED_PLAN},
    {"assignments_of_words", "/assignments?q=%D0%BF%D0%BB%D0%B0%D0%BD%D0%B0%201234"},
    {"roadmaps", "/roadmaps"},
    {"roadmap", "/roadmaps/" FILLED_PLAN},
    {"roadmap_2021", "/roadmaps/lo-2021"},
    {"instances_of_definition", "/instances?definition=bench-ask"},
    {"instances_running", "/instances?state=running"},
    {"instances_of_body", "/instances?state=running&body=b-0500"},
    {"incidents", "/incidents"},
    {"discipline", "/discipline?by=body"},
    {"discipline_by_section", "/discipline?by=section"},
    {"cycles", "/cycles"},
    {"cycle", "/cycles/" FILLED_CYCLE},
    {"cycle_people",
     "/cycles/" FILLED_CYCLE "/people?municipality=%D0%A3%D1%81%D0%BB%D0%BE%D0%B2%D0"
     "%BD%D1%8B%D0%B9%20%D1%80%D0%B0%D0%B9%D0%BE%D0%BD%20%E2%84%96%207"},
    {"calendar", "/calendar?month=" MONTH},
    {"calendar_of_body", "/calendar?body=b-0500&month=" MONTH},
    {"search", "/search?q=%D0%BC%D0%B5%D1%82%D0%BE%D0%B4%D0%B8%D1%87%201234"},
    {"search_of_all", "/search?q=%D0%BF%D0%BB%D0%B0%D0%BD"},
    {"notices", "/notices"},
    {"notices_of_body", "/notices?body=b-0500"},
    {"journal", "/journal?after=100000"},
    {"definitions", "/definitions"},
    {"bodies", "/bodies"},
    {"assignment", "/assignments/150000.1?for=b-0500"},
    {"why", "/instances/150000/why"},
};
#define PAGE_COUNT (sizeof pages / sizeof pages[0])

static pid_t asking[PAGE_COUNT];

/* --- asking -------------------------------------------------------------------------------- */

static void print_url(const char *base, const struct page *page, char *ret_url, size_t room)
{
    const char *month = strstr(page->path, MONTH);
    struct clock clock = clock_real();
    char day[CIVIL_TEXT_MAX];
    int minute;

    assignments_moment(clock_now_ms(&clock), day, &minute);
    snprintf(ret_url, room, "%s/api/v1%.*s%.*s", base,
             month != NULL ? (int)(month - page->path) : (int)strlen(page->path), page->path,
             month != NULL ? 7 : 0, day);
}

/* seconds: 0 = once. */
static _Noreturn void become_hey(const char *url, int seconds, const char *file, pid_t parent)
{
    char many[16];
    char rate[16];
    int out = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    snprintf(many, sizeof many, seconds > 0 ? "%ds" : "1", seconds);
    snprintf(rate, sizeof rate, "%.6f",
             seconds > 0 ? (double)PAGES_PER_S / (double)PAGE_COUNT : 1000.0);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent && out >= 0 &&
        dup2(out, STDOUT_FILENO) >= 0) {
        execlp("hey", "hey", seconds > 0 ? "-z" : "-n", many, "-q", rate, "-c", "1", "-cpus", "1",
               "-o", "csv", url, (char *)NULL);
        fprintf(stderr, "bench: hey: %s (./dev deps bench)\n", strerror(errno));
    }
    _exit(127);
}

static void print_file(size_t page, char name[32])
{
    snprintf(name, 32, "hey-%zu.csv", page);
}

static bool begin(const char *url, size_t page, int seconds, pid_t *ret_pid, struct error *err)
{
    pid_t parent = getpid();
    char address[512];
    char file[32];

    print_url(url, &pages[page], address, sizeof address);
    print_file(page, file);
    *ret_pid = fork();
    if (*ret_pid == 0) {
        become_hey(address, seconds, file, parent);
    }
    return *ret_pid > 0 || error_set(err, ERROR_IO, "can't fork: %s", strerror(errno));
}

bool pages_start(const char *url, int seconds, struct error *err)
{
    for (size_t i = 0; i < PAGE_COUNT; i++) {
        if (!begin(url, i, seconds, &asking[i], err)) {
            pages_stop();
            return false;
        }
        poll(NULL, 0, 1000 / PAGES_PER_S);
    }
    return true;
}

bool pages_ask(const char *url, size_t page, struct error *err)
{
    pid_t pid;
    int status = 0;

    if (!begin(url, page, 0, &pid, err)) {
        return false;
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status == 0 || error_set(err, ERROR_IO, "hey failed");
}

size_t pages_count(void)
{
    return PAGE_COUNT;
}

const char *pages_name(size_t page)
{
    return pages[page].name;
}

bool pages_run(void)
{
    bool any = false;

    for (size_t i = 0; i < PAGE_COUNT; i++) {
        if (asking[i] > 0 && waitpid(asking[i], NULL, WNOHANG) == asking[i]) {
            asking[i] = 0;
        }
        any = any || asking[i] > 0;
    }
    return any;
}

void pages_stop(void)
{
    for (size_t i = 0; i < PAGE_COUNT; i++) {
        if (asking[i] > 0) {
            kill(asking[i], SIGKILL);
            waitpid(asking[i], NULL, 0);
            asking[i] = 0;
        }
    }
}

/* --- what came out ------------------------------------------------------------------------- */

struct sum {
    struct samples all;
    size_t failed;
    double worst_ms;
    const char *worst;
};

static double ms_at(struct samples *samples, double share)
{
    return (double)samples_percentile(samples, share) / 1000.0;
}

/* Columns of hey: response-time, DNS+dialup, DNS, request-write, response-delay, response-read,
 * status-code, offset; seconds. */
static bool read_file(const char *name, struct samples *samples, struct sum *sum)
{
    char line[256];
    double time_s;
    double offset_s;
    int status;
    FILE *file = fopen(name, "r");

    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "%lf,%*f,%*f,%*f,%*f,%*f,%d,%lf", &time_s, &status, &offset_s) == 3 &&
            offset_s >= WARM_UP_S) {
            sum->failed += status != 200;
            samples_add(samples, (int64_t)(time_s * 1e6));
            samples_add(&sum->all, (int64_t)(time_s * 1e6));
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return samples->count > 0;
}

static bool read_page(size_t i, json_t *rows, struct sum *sum, struct error *err)
{
    struct samples samples = SAMPLES_INIT;
    char file[32];

    print_file(i, file);
    if (!read_file(file, &samples, sum)) {
        return error_set(err, ERROR_IO, "hey got no answer of %s", pages[i].path);
    }
    double p99_ms = ms_at(&samples, 0.99);
    json_object_set_new(rows, pages[i].name,
                        json_pack("{sf sf}", "p50_ms", ms_at(&samples, 0.5), "p99_ms", p99_ms));
    if (p99_ms > sum->worst_ms) {
        sum->worst_ms = p99_ms;
        sum->worst = pages[i].name;
    }
    samples_fini(&samples);
    return true;
}

bool pages_read(int seconds, json_t **ret_figures, struct error *err)
{
    struct sum sum = {.all = SAMPLES_INIT};
    json_t *rows = json_object();
    bool ok = true;

    for (size_t i = 0; i < PAGE_COUNT && ok; i++) {
        ok = read_page(i, rows, &sum, err);
    }
    if (ok) {
        *ret_figures = json_pack(
            "{sI sf sI sf sf sf ss sO}", "requests", (json_int_t)sum.all.count, "requests_per_s",
            (double)sum.all.count / ((double)seconds - WARM_UP_S), "failed", (json_int_t)sum.failed,
            "p50_ms", ms_at(&sum.all, 0.5), "p99_ms", ms_at(&sum.all, 0.99), "worst_p99_ms",
            sum.worst_ms, "worst", sum.worst, "pages", rows);
    }
    json_decref(rows);
    samples_fini(&sum.all);
    return ok;
}
