/* pages.h - the pages that are asked for, and the public load tool that asks */
#ifndef BENCH_PAGES_H
#define BENCH_PAGES_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

#define PAGES_PER_S 50 /* of all together */

/* Begin to ask: each page by a process of `hey`, all of them spread evenly over a period. url:
 * where the engine serves ("http://127.0.0.1:8080"). */
bool pages_start(const char *url, int seconds, struct error *err);
/* Ask for one page once, and wait for the answer. */
bool pages_ask(const char *url, size_t page, struct error *err);
size_t pages_count(void);
const char *pages_name(size_t page);
/* Are they still at it? */
bool pages_run(void);
/* SIGKILL to those that are. */
void pages_stop(void);
/* What came out: {"requests","requests_per_s","failed","p50_ms","p99_ms","worst_p99_ms","worst",
 * "pages":{NAME:{"p50_ms","p99_ms"}}}, yours. The files of `hey` are in the current folder. */
bool pages_read(int seconds, json_t **ret_figures, struct error *err);

#endif
