/* watch_lines.h - rows of the journal become lines of `watch`
 *
 * Letters of one occasion to several bodies are rows one after the other; they become one line that
 * lists the recipients. Pure: rows in, lines out through a callback.
 */
#ifndef CLI_WATCH_LINES_H
#define CLI_WATCH_LINES_H

#include "calendar/zone.h"
#include "cli/watch_line.h"
#include "cli/watch_names.h"

#include <jansson.h>

struct watch_lines;

/* The line and its texts are borrowed until the callback returns. */
typedef void watch_line_fn(const struct watch_line *line, void *arg);

struct watch_lines *watch_lines_create(const struct zone *zone, watch_line_fn *fn, void *arg);
void watch_lines_destroy(struct watch_lines *lines); /* NULL is fine; what waits is dropped */

/* Of assignments in no plan, of which there may be many, only what moves something is said: not
 * that one is open, is nearly due or overdue, or is reported. */
void watch_lines_be_brief(struct watch_lines *lines, bool brief);

/* The next row of JOURNAL, in order. */
void watch_lines_row(struct watch_lines *lines, const json_t *row);
/* There are no more rows for now: say what was waiting to be joined. */
void watch_lines_flush(struct watch_lines *lines);

/* Only the names in a row that was said before: of bodies, by their ids. */
void watch_lines_learn(struct watch_lines *lines, const json_t *row);
/* Titles of plans, and which instances are plans: what earlier rows would have told. */
struct watch_names *watch_lines_names(struct watch_lines *lines);

#endif
