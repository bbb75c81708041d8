/* report.c - what comes out: a JSON line per measure, and a table for people
 *
 * Owns:    the targets, and the form of both.
 * Always:  a line stands for itself: the settings and the machine are in it.
 * See:     docs/performance.md §1
 */
#include "tests/bench/report.h"

#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct report {
    json_t *machine;
    json_t *lines;
    bool json_only;
};

/* First targets, for a machine with two cores that client, engine and worker share. */
static const struct target {
    const char *measure;
    const char *field;
    const char *label;
    const char *unit;
    double target; /* 0 = none */
    bool at_least;
} targets[] = {
    {"throughput", "tasks_per_s", "tasks", "/s", 30000.0, true},
    {"throughput", "instances_per_s", "instances of five tasks", "/s", 6000.0, true},
    {"expressions", "none", "tasks without expressions", "/s", 0.0, true},
    {"expressions", "plain", "with a condition and a mapping", "/s", 0.0, true},
    {"expressions", "plain_ratio", "of it is left", "", 0.8, true},
    {"expressions", "jq", "with those that jq is asked for", "/s", 0.0, true},
    {"latency", "p50_ms", "an instance alone, p50", "ms", 1.5, false},
    {"latency", "p99_ms", "an instance alone, p99", "ms", 4.0, false},
    {"waiting", "instances", "instances that wait", "", 0.0, true},
    {"waiting", "disk_bytes_per_instance", "disk for each", "bytes", 1024.0, false},
    {"waiting", "private_bytes_per_instance", "private memory for each", "bytes", 100.0, false},
    {"restart", "instances", "instances that wait", "", 0.0, true},
    {"restart", "first_answer_ms", "kill -9 to the first answer", "ms", 1000.0, false},
    {"timers", "timers", "timers due at one moment", "", 0.0, true},
    {"timers", "late_p50_ms", "lateness, p50", "ms", 0.0, false},
    {"timers", "late_p99_ms", "lateness, p99", "ms", 250.0, false},
    {"notices", "notices", "notices of one morning", "", 0.0, true},
    {"notices", "decided_s", "decided in", "s", 10.0, false},
    {"notices", "answer_p99_ms", "commands meanwhile, p99", "ms", 200.0, false},
    {"letters", "notices", "a letter for each of them", "", 0.0, true},
    {"letters", "decided_s", "decided in", "s", 10.0, false},
    {"letters", "answer_p99_ms", "commands meanwhile, p99", "ms", 200.0, false},
    {"terms", "open", "open deadlines", "", 0.0, true},
    {"terms", "cpu_us_per_move", "a term is moved", "us", 0.0, false},
    {"terms", "answer_p99_ms", "answered, p99", "ms", 0.0, false},
    {"overview", "assignments", "assignments to look through", "", 0.0, true},
    {"overview", "overview_p99_ms", "overview, p99", "ms", 50.0, false},
    {"overview", "discipline_p99_ms", "discipline by body, p99", "ms", 50.0, false},
    {"overview", "list_of_body_p99_ms", "a page of a body's, p99", "ms", 50.0, false},
    {"overview", "search_p99_ms", "a search, p99", "ms", 20.0, false},
    {"http_cost", "cpu_ms", "processor time of a page", "ms", 0.0, false},
    {"http", "requests_per_s", "pages asked for", "/s", 0.0, true},
    {"http", "p50_ms", "all pages, p50", "ms", 0.0, false},
    {"http", "p99_ms", "all pages, p99", "ms", 50.0, false},
    {"http", "worst_p99_ms", "the slowest page, p99", "ms", 50.0, false},
    {"http", "tasks_per_s", "tasks meanwhile", "/s", 990.0, true},
    {"http_full", "tasks_per_s_without", "tasks without pages", "/s", 0.0, true},
    {"http_full", "tasks_per_s", "tasks with 50 pages/s", "/s", 0.0, true},
    {"http_full", "share_left", "of it is left", "", 0.0, true},
    {"http_full", "worst_p99_ms", "the slowest page, p99", "ms", 0.0, false},
    {"due", "phrases_per_s", "due phrases read, on one core", "/s", 50000.0, true},
};

static void print_machine(json_t *machine)
{
    const char *cpu;
    const char *kernel;
    const char *fs;
    int cores;
    json_int_t memory_mib;
    json_int_t sync_us;
    double load;

    must(json_unpack(machine, "{ss si sI ss ss sI sf}", "cpu", &cpu, "cores", &cores, "memory_mib",
                     &memory_mib, "kernel", &kernel, "disk_fs", &fs, "disk_sync_us", &sync_us,
                     "load", &load) == 0);
    printf("machine   %s, %d cores, %lld MiB, Linux %s\n", cpu, cores, (long long)memory_mib,
           kernel);
    printf("disk      %s, a synced append of 4 KiB takes %lld us\n", fs, (long long)sync_us);
    printf("load      %.2f before the start%s\n\n", load,
           load > 0.5 ? ": something else runs, the figures will be worse than they could be" : "");
    fflush(stdout);
}

struct report *report_create(json_t *machine, bool json_only)
{
    struct report *report = xcalloc(1, sizeof *report);

    report->machine = machine;
    report->lines = json_array();
    report->json_only = json_only;
    if (!json_only) {
        print_machine(machine);
    }
    return report;
}

void report_destroy(struct report **report)
{
    if (*report != NULL) {
        json_decref((*report)->machine);
        json_decref((*report)->lines);
        free(*report);
        *report = NULL;
    }
}

void report_add(struct report *report, const char *measure, json_t *figures, json_t *settings)
{
    json_t *line = json_pack("{ss}", "measure", measure);

    must(line != NULL && json_is_object(figures) && json_is_object(settings));
    json_object_update(line, figures);
    json_decref(figures);
    json_object_set_new(line, "settings", settings);
    json_object_set(line, "machine", report->machine);
    char *text = json_dumps(line, JSON_COMPACT | JSON_REAL_PRECISION(6));
    puts(text);
    fflush(stdout);
    free(text);
    json_array_append_new(report->lines, line);
}

static const char *verdict(const struct target *target, double value)
{
    if (target->target <= 0.0) {
        return "";
    }
    bool met = target->at_least ? value >= target->target : value <= target->target;
    return met ? "met" : "MISSED";
}

static void print_line(const json_t *line)
{
    const char *measure = json_string_value(json_object_get(line, "measure"));

    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        const struct target *t = &targets[i];
        double value = json_number_value(json_object_get(line, t->field));
        char goal[64] = "";
        if (strcmp(t->measure, measure) != 0) {
            continue;
        }
        if (t->target > 0.0) {
            snprintf(goal, sizeof goal, "%s %.*f", t->at_least ? "at least" : "at most",
                     t->target < 10.0 ? 1 : 0, t->target);
        }
        printf("%-11s %-28s %11.*f %-6s %-15s %s\n", measure, t->label, value < 100.0 ? 2 : 0,
               value, t->unit, goal, verdict(t, value));
    }
}

void report_table(const struct report *report)
{
    if (report->json_only || json_array_size(report->lines) == 0) {
        return;
    }
    printf("\n%-11s %-28s %11s %-6s %s\n", "measure", "", "measured", "", "target");
    for (size_t i = 0; i < json_array_size(report->lines); i++) {
        print_line(json_array_get(report->lines, i));
    }
}
