/* memo.h - answers that look at very many rows: made elsewhere, and kept for a moment
 *
 * Threads of the walker make them (walker.h); the exchange waits. An answer is as good as new while
 * the journal has not grown, on the same day. After that it is given for at most ten times as long
 * as it took to make, and never longer than MEMO_MS since its snapshot: so a question takes at most
 * a tenth of one thread, and where it takes a millisecond, its answer is always of now. Who asks
 * what others wait for already, waits with them.
 */
#ifndef WEB_MEMO_H
#define WEB_MEMO_H

#include "engine/web/walker.h"

#define MEMO_MS    1000
#define MEMO_COUNT 64u /* answers kept: the oldest goes */

struct exchange;

/* The answer of fn to the request, as 200 or problem details; the request is gone afterwards. name
 * tells the functions apart. */
void memo_answer(struct exchange *x, const char *name, walk_fn *fn, json_t *request);
/* The same, of an answer that each walk may change, as one that counts on: it is not kept. */
void memo_pass(struct exchange *x, const char *name, walk_fn *fn, json_t *request);
/* The same, of an answer that the walk can't finish: say() puts it in the words of who asked, on
 * the gateway's thread. It is not kept. */
void memo_say(struct exchange *x, const char *name, walk_fn *fn, say_fn *say, json_t *request);

/* --- for the gateway -------------------------------------------------------------------------- */
struct web;
struct memo;
bool memo_open(struct web *web, const struct reader_options *options, struct memo **ret_memo,
               struct error *err);
/* Walks that somebody waits for. */
size_t memo_waiting(const struct memo *memo);
/* Whoever waits is answered 503. */
void memo_stop(struct memo *memo);
void memo_close(struct memo **memo); /* NULL is fine */

#endif
