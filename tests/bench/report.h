/* report.h - what comes out: a JSON line per measure, and a table for people */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include <jansson.h>
#include <stdbool.h>

struct report;

/* Takes machine. json_only: lines and nothing else on standard output. */
struct report *report_create(json_t *machine, bool json_only);
void report_destroy(struct report **report);

/* Print the line {"measure":…, figures…, "settings":…, "machine":…}, and keep it for the table.
 * Takes both objects. */
void report_add(struct report *report, const char *measure, json_t *figures, json_t *settings);

/* The table with the targets beside, unless json_only. */
void report_table(const struct report *report);

#endif
