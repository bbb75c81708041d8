/* documents.c - what the engine that is measured is told
 *
 * Owns:    the texts. The engine has its usual limits, syncs every commit, and logs warnings only.
 * See:     docs/performance.md §2
 */
#include "tests/bench/documents.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define STRING_OF(x)  STRING_OF_(x)
#define STRING_OF_(x) #x

#define HEAD(name)                                                                                 \
    "document: {dsl: '1.0.3', namespace: bench, name: " name ", version: '1.0.0'}\n"               \
    "do:\n"
#define CALL(name, service) "  - " name ": {call: " service "}\n"
#define FOUR_CALLS                                                                                 \
    CALL("second", SERVICE_STEP)                                                                   \
    CALL("third", SERVICE_STEP) CALL("fourth", SERVICE_STEP) CALL("fifth", SERVICE_LAST)

/* The same five calls, each with a condition and a mapping. The condition and the mapping of
 * `plain` are answered in place; those of `jq` need the evaluator. */
#define ASKED(name, service, condition, text)                                                      \
    "  - " name ":\n"                                                                              \
    "      if: " condition "\n"                                                                    \
    "      call: " service "\n"                                                                    \
    "      with: {id: '${ .id }', teacher: '${ .teacher }', step: '${ .step + 1 }', passed: "      \
    "true,\n"                                                                                      \
    "             score: '${ .score }', text: '${ " text " }'}\n"
#define FIVE(condition, text)                                                                      \
    ASKED("first", SERVICE_STEP, condition, text)                                                  \
    ASKED("second", SERVICE_STEP, condition, text)                                                 \
    ASKED("third", SERVICE_STEP, condition, text)                                                  \
    ASKED("fourth", SERVICE_STEP, condition, text)                                                 \
    ASKED("fifth", SERVICE_LAST, condition, text)

static const struct {
    const char *file;
    const char *text;
} documents[] = {
    {"bench.yaml", "folder: data\n"
                   "endpoints:\n"
                   "  workers: ipc://workers.sock\n"
                   "  clients: ipc://clients.sock\n"
                   "  events: ipc://events.sock\n"
                   "deploy: [five.yaml, plain.yaml, jq.yaml, listen.yaml, wait.yaml, timer.yaml]\n"
                   "log: warn\n"},
    {"five.yaml", HEAD("bench-five") CALL("first", SERVICE_STEP) FOUR_CALLS},
    {"plain.yaml", HEAD("bench-plain") FIVE(".score > 50 and .passed", ".text")},
    {"jq.yaml", HEAD("bench-jq") FIVE("(.score | floor) > 50", ".text | ltrimstr(\"-\")")},
    {"listen.yaml", HEAD("bench-listen") "  - first:\n"
                                         "      listen:\n"
                                         "        to: {one: {with: {type: bench.signal, "
                                         "subject: '${ .id }'}}}\n" FOUR_CALLS},
    {"wait.yaml", HEAD("bench-wait") "  - first: {wait: {days: 365}}\n" FOUR_CALLS},
    {"timer.yaml",
     HEAD("bench-timer") "  - first: {listen: {to: {one: {with: {type: " EVENT_TIMER "}}}}}\n"
                         "  - second: {wait: {milliseconds: " STRING_OF(TIMER_WAIT_MS) "}}\n" CALL(
                             "third", SERVICE_DUE)},
};

static bool write_file(const char *folder, const char *name, const char *text, struct error *err)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    bool ok = file != NULL && fputs(text, file) >= 0;
    ok = file != NULL && fclose(file) == 0 && ok;
    return ok ? true : error_set(err, ERROR_IO, "can't write %s: %s", path, strerror(errno));
}

bool documents_write(const char *folder, struct error *err)
{
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        if (!write_file(folder, documents[i].file, documents[i].text, err)) {
            return false;
        }
    }
    return true;
}
