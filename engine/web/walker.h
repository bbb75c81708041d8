/* walker.h - threads for answers that look at very many rows
 *
 * What takes tens of milliseconds would hold up every other request of the gateway's thread. So it
 * is handed over: the walker has two threads, each with a reader of its own, begins walks in the
 * order in which they came, and hands back bytes that are ready to be sent.
 *
 * The threads share the store, kept numbers (engine/counted.h), and a lock over two lists. A walk
 * is the walker's from walker_give() until walker_take() gives it back.
 */
#ifndef WEB_WALKER_H
#define WEB_WALKER_H

#include "base/buffer.h"
#include "base/error.h"
#include "engine/view.h"
#include "engine/web/reader.h"

#include <jansson.h>

/* NULL and *err: refused. */
typedef json_t *walk_fn(const struct view *view, const json_t *request, struct error *err);

/* What is still to be said in the words of who asks, once the walk is over: see memo.h. */
struct exchange;
typedef void say_fn(const struct exchange *x, json_t *answer);

struct walk {
    struct walk *next; /* in a list of the walker */
    char *question;    /* what is asked, so that others may join */
    bool passes;       /* each walk may change the answer: it is not kept. See memo.h */
    say_fn *say;       /* NULL: the bytes are sent as they are */
    walk_fn *fn;
    json_t *request; /* nobody else has it */
    /* what came of it */
    bool good;
    struct error err;     /* not good */
    struct buffer text;   /* JSON */
    struct buffer packed; /* its gzip form; empty: too small, or too large */
    uint64_t entry;       /* of the journal, the newest of its snapshot */
    int64_t now_ms;       /* of the engine's clock, in its snapshot */
    int64_t began_ms;     /* monotonic */
    int64_t took_ms;
};

/* Takes the question and the request. */
struct walk *walk_create(char *question, walk_fn *fn, json_t *request);
void walk_destroy(struct walk *walk); /* NULL is fine */

struct walker;

#define WALKER_THREADS 2 /* so that a month need not wait for Today */

bool walker_open(const struct reader_options *options, struct walker **ret_walker,
                 struct error *err);
/* Waits for walks under way; what was given and not taken back is gone. NULL is fine. */
void walker_close(struct walker **walker);

/* false: WALKS_MAX wait or are under way; the walk is still yours. */
#define WALKS_MAX 1000u
bool walker_give(struct walker *walker, struct walk *walk);
size_t walker_count(struct walker *walker); /* that wait, or are under way */
/* One with this question that waits and has not begun, so that whoever asks now may have its
 * answer too; NULL: none. */
struct walk *walker_find(struct walker *walker, const char *question);
/* One that is over; NULL: none is. */
struct walk *walker_take(struct walker *walker);
/* Can be read from when one is over. */
int walker_fd(const struct walker *walker);

#endif
