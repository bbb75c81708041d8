/* watch_part.h - inside `watch`: the state that watch_lines.c, watch_people.c and
 * watch_lives.c share
 *
 * Only these include it.
 */
#ifndef CLI_WATCH_PART_H
#define CLI_WATCH_PART_H

#include "cli/dates.h"
#include "cli/watch_group.h"
#include "cli/watch_lines.h"

struct watch_lines {
    const struct zone *zone;
    watch_line_fn *fn;
    void *arg;
    struct watch_group group;
    struct watch_names names;
    json_t *cancelled; /* plans, by the number of their instance */
    bool brief;
};

/* A line about an assignment. */
void watch_say(const struct watch_lines *w, const char *day, enum watch_word word,
               const json_t *assignment, const char *fact, const char *who);
/* The day of the row, as lines show it. */
void watch_row_day(const struct watch_lines *w, const json_t *row, char day[DATES_TEXT_MAX]);

/* What people do with an assignment; other rows say nothing. */
void watch_people(struct watch_lines *w, const json_t *row);

/* What is said of these kinds of rows. */
void watch_incident(struct watch_lines *w, const json_t *row);
void watch_started(struct watch_lines *w, const json_t *row);
void watch_completed(struct watch_lines *w, const json_t *row);
void watch_cancelled(struct watch_lines *w, const json_t *row);
void watch_suspended(struct watch_lines *w, const json_t *row);
void watch_resumed(struct watch_lines *w, const json_t *row);
void watch_faulted(struct watch_lines *w, const json_t *row);

#endif
