/* reader.h - what a thread that answers looks at: its own snapshot, its own catalog
 *
 * The gateway's thread has one, and the walker's (walker.h). The catalog is read from the table
 * `definition` and brought up to date when that has changed; it shares nothing with the engine's. A
 * snapshot is begun when a handler first asks for one and is gone when the handler, or one step of
 * its work, returns: nothing borrowed from it outlives that.
 */
#ifndef WEB_READER_H
#define WEB_READER_H

#include "base/clock.h"
#include "engine/view.h"
#include "wire/client.h"

struct reader_options {
    struct store *store;
    struct clock clock; /* as the engine has it */
    bool stands;        /* it moves only with the journal */
    const char *zone;
    int64_t page_ms;         /* how long one page may take: view.page_ms */
    struct counted *counted; /* view.counted; may be NULL */
    struct mirror *mirror;   /* view.mirror, this reader's alone; may be NULL */
};

struct exchange;
struct web_reader;

bool reader_open(const struct reader_options *options, struct web_reader **ret_reader,
                 struct error *err);
void reader_close(struct web_reader **reader); /* NULL is fine */

/* The snapshot of this handler, for query_answer() and all that looks. NULL: answered 500. */
const struct view *reader_view(struct exchange *x);
/* The whole of a handler that looks: where the request is in order, what query_answer() says to
 * the query, as 200 or problem details. The query is gone afterwards. */
void reader_answer(struct exchange *x, enum client_verb verb, json_t *query);
/* Without an exchange: for jobs and the watch of changes. NULL and *err when the store refuses. */
const struct view *reader_begin(struct web_reader *reader, struct error *err);
/* Forget the snapshot. The loop does so after each handler and step. */
void reader_end(struct web_reader *reader);

/* The quarter of an hour of a moment: while it is the same, so is the day, since in every zone a
 * day begins with one. */
int64_t reader_quarter(int64_t now_ms);

/* The number of the newest journal entry of the snapshot; 0 = none yet. */
uint64_t reader_entry(const struct web_reader *reader);

#endif
