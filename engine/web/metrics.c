/* metrics.c - counters, and their text for Prometheus
 *
 * Owns:    the names of the metrics (docs/http.md §1.9).
 * In:      exchanges as they are answered; STATS of the engine.
 * See:     the Prometheus text format 0.0.4
 */
#include "engine/web/metrics.h"

#include <stdio.h>
#include <string.h>

/* Upper ends in ms: most reads take one, a command a sync of the disk. */
static const int64_t bucket_ms[METRICS_BUCKETS] = {1, 2, 5, 10, 20, 50, 100, 500, 2000, 10000};

static struct metrics_row *row_of(struct metrics *m, const char *operation, unsigned status)
{
    for (size_t i = 0; i < m->row_count; i++) {
        if (m->rows[i].status == status && strcmp(m->rows[i].operation, operation) == 0) {
            return &m->rows[i];
        }
    }
    if (m->row_count == METRICS_ROWS_MAX) {
        return &m->rows[METRICS_ROWS_MAX - 1];
    }
    m->rows[m->row_count] = (struct metrics_row){operation, status, 0};
    return &m->rows[m->row_count++];
}

void metrics_count(struct metrics *m, const char *operation, unsigned status, int64_t ms,
                   uint64_t bytes)
{
    int bucket = 0;

    row_of(m, operation, status)->count++;
    while (bucket < METRICS_BUCKETS && ms > bucket_ms[bucket]) {
        bucket++;
    }
    m->buckets[bucket]++;
    m->sum_ms += (uint64_t)ms;
    m->count++;
    m->bytes += bytes;
}

/* --- text ---------------------------------------------------------------------------------- */

static void head(struct buffer *out, const char *name, const char *type, const char *help)
{
    char line[256];

    snprintf(line, sizeof line, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
    buffer_text(out, line);
}

static void value(struct buffer *out, const char *name, const char *labels, double number)
{
    char line[512];

    snprintf(line, sizeof line, "%s%s %.15g\n", name, labels, number);
    buffer_text(out, line);
}

static void single(struct buffer *out, const char *name, const char *type, const char *help,
                   double number)
{
    head(out, name, type, help);
    value(out, name, "", number);
}

static void put_requests(const struct metrics *m, struct buffer *out)
{
    char labels[256];

    head(out, "marshrut_http_requests_total", "counter", "answers by operation and status");
    for (size_t i = 0; i < m->row_count; i++) {
        snprintf(labels, sizeof labels, "{operation=\"%s\",status=\"%u\"}", m->rows[i].operation,
                 m->rows[i].status);
        value(out, "marshrut_http_requests_total", labels, (double)m->rows[i].count);
    }
}

static void put_times(const struct metrics *m, struct buffer *out)
{
    static const char name[] = "marshrut_http_request_seconds";
    uint64_t sum = 0;
    char labels[64];

    head(out, name, "histogram", "from the first line of a request to its answer");
    for (int i = 0; i < METRICS_BUCKETS; i++) {
        sum += m->buckets[i];
        snprintf(labels, sizeof labels, "_bucket{le=\"%g\"}", (double)bucket_ms[i] / 1000);
        value(out, name, labels, (double)sum);
    }
    value(out, name, "_bucket{le=\"+Inf\"}", (double)m->count);
    value(out, name, "_sum", (double)m->sum_ms / 1000);
    value(out, name, "_count", (double)m->count);
}

/* One object of STATS as a metric with a label: {"running": 3, …}. */
static void put_group(struct buffer *out, const json_t *stats, const char *field, const char *name,
                      const char *label, const char *help)
{
    json_t *group = json_object_get(stats, field);
    const char *key;
    json_t *number;
    char labels[128];

    head(out, name, "gauge", help);
    json_object_foreach(group, key, number)
    {
        snprintf(labels, sizeof labels, "{%s=\"%s\"}", label, key);
        value(out, name, labels, (double)json_integer_value(number));
    }
}

static void put_engine(const json_t *stats, struct buffer *out)
{
    static const struct {
        const char *field, *name, *type, *help;
    } numbers[] = {
        {"ready", "marshrut_ready_tasks", "gauge", "tasks that wait for a worker"},
        {"incidents", "marshrut_incidents", "gauge", "open incidents"},
        {"letters", "marshrut_letters", "gauge", "letters not delivered yet"},
        {"workers", "marshrut_workers", "gauge", "workers connected"},
        {"journal", "marshrut_journal_entries", "counter", "entries of the journal"},
        {"seq", "marshrut_records", "counter", "records of the journal"},
        {"turns", "marshrut_turns_total", "counter", "turns since the start"},
        {"commands", "marshrut_commands_total", "counter", "commands since the start"},
        {"results", "marshrut_results_total", "counter", "results of workers since the start"},
        {"refused", "marshrut_refused_total", "counter", "requests refused since the start"},
    };
    const json_t *store = json_object_get(stats, "store");

    put_group(out, stats, "instances", "marshrut_instances", "state", "instances by state");
    put_group(out, stats, "assignments", "marshrut_assignments", "state", "assignments by state");
    put_group(out, stats, "phases", "marshrut_open_assignments", "phase",
              "open assignments by phase, each once: overdue is without critical (long overdue)");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const json_t *number = json_object_get(stats, numbers[i].field);
        if (number != NULL) {
            single(out, numbers[i].name, numbers[i].type, numbers[i].help,
                   (double)json_integer_value(number));
        }
    }
    single(out, "marshrut_store_used_bytes", "gauge", "pages of the store in use",
           (double)json_integer_value(json_object_get(store, "used_bytes")));
    single(out, "marshrut_store_file_bytes", "gauge", "size of the store's file",
           (double)json_integer_value(json_object_get(store, "file_bytes")));
    single(out, "marshrut_free_disk_bytes", "gauge", "free disk below the store",
           (double)json_integer_value(json_object_get(store, "free_disk_bytes")));
    single(out, "marshrut_uptime_seconds", "gauge", "since the start",
           (double)json_integer_value(json_object_get(stats, "uptime_ms")) / 1000);
}

void metrics_print(const struct metrics *m, const struct metrics_now *now, const json_t *stats,
                   struct buffer *out)
{
    single(out, "marshrut_engine_up", "gauge", "1: the engine answered this question",
           stats != NULL);
    if (stats != NULL) {
        put_engine(stats, out);
    }
    put_requests(m, out);
    put_times(m, out);
    single(out, "marshrut_http_connections", "gauge", "open connections", now->connections);
    single(out, "marshrut_http_listeners", "gauge", "pages that follow what changes",
           now->listeners);
    single(out, "marshrut_http_waiting", "gauge",
           "what requests wait for: the engine, answers that are made", now->waiting);
    single(out, "marshrut_http_connections_total", "counter", "connections since the start",
           (double)m->connections);
    single(out, "marshrut_http_guarded_total", "counter", "requests that the guard turned away",
           (double)m->refused);
    single(out, "marshrut_http_sent_bytes_total", "counter", "bytes of bodies sent",
           (double)m->bytes);
}
