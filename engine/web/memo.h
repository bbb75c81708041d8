/* memo.h - answers that many ask for and that look at very many rows: kept for a moment
 *
 * An answer is as good as new while the journal has not grown. After that it is given for at most
 * ten times as long as it took to make, and never longer than MEMO_MS: so looking takes at most a
 * tenth of this thread, and where it takes a millisecond, it is always of now.
 */
#ifndef WEB_MEMO_H
#define WEB_MEMO_H

#include "base/error.h"
#include "engine/view.h"

#include <jansson.h>

#define MEMO_MS    1000
#define MEMO_COUNT 64u /* answers kept: the oldest goes */

struct exchange;
typedef json_t *memo_fn(const struct view *view, const json_t *request, struct error *err);

/* The answer of fn to the request, as 200 or problem details; the request is gone afterwards. name
 * tells the functions apart. */
void memo_answer(struct exchange *x, const char *name, memo_fn *fn, json_t *request);

struct memo;
struct memo *memo_create(void);
void memo_destroy(struct memo *memo); /* NULL is fine */

#endif
