/* ics_rows.h - assignments as clients see them, as a calendar: for the command line and for a feed
 *
 *   ics_rows_init(&rows, &wish) → ics_rows_add(&rows, row) for each row of ASSIGNMENTS →
 *   ics_rows_print(&rows, now_ms, &text) → ics_rows_fini(&rows)
 *
 * Pure: who asks the engine, and for which rows, is the caller's. Ask for what is open and for what
 * was withdrawn; with `all` for everything. The filter *body* of ASSIGNMENTS gives all that a
 * calendar of this body has, and more.
 */
#ifndef CALENDAR_ICS_ROWS_H
#define CALENDAR_ICS_ROWS_H

#include "base/arena.h"
#include "base/error.h"
#include "calendar/ics.h"
#include "calendar/ics_words.h"

#include <jansson.h>
#include <stdbool.h>

#define ICS_ROWS_MAX 20000 /* entries; no program shows more, and a feed is fetched every hour */

/* Borrowed; outlives the rows. */
struct ics_wish {
    const char *body;   /* id: whose calendar it is; NULL: everybody's */
    const char *plan;   /* only of this one; NULL: of all and of none */
    const char *token;  /* of the store: STATS */
    const char *domain; /* the end of each uid; NULL: made of the token */
    int alarm_days;     /* or ICS_NO_ALARM */
    bool all;           /* what is done too */
    const struct ics_words *words;
};

struct ics_rows {
    struct ics_wish wish;
    struct ics_entry *entries;
    size_t count;
    size_t room;
    struct arena arena;    /* of their texts */
    const char *body_name; /* of wish.body, once a row has it */
};

void ics_rows_init(struct ics_rows *rows, const struct ics_wish *wish);
void ics_rows_fini(struct ics_rows *rows);

/* A row that this calendar does not have is passed over. ERROR_TOO_LARGE past ICS_ROWS_MAX. */
bool ics_rows_add(struct ics_rows *rows, const json_t *row, struct error *err);

/* Appends the calendar, as of this moment of the engine's clock. */
void ics_rows_print(const struct ics_rows *rows, int64_t now_ms, struct buffer *out);

/* --- one row --------------------------------------------------------------------------------- */

/* The entry is on the last day of the term, for a co-executor on that of its part. false: the body
 * has nothing to do with it any more, or the row has no day. The texts are in the arena. */
bool ics_row_entry(const json_t *row, const struct ics_wish *wish, struct arena *arena,
                   struct ics_entry *ret_entry);

#endif
