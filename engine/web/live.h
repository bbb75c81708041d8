/* live.h - server-sent events: what has changed, as it changes (docs/http.md §1.10)
 *
 * While somebody listens the newest journal entry is looked at four times a second; what came since
 * is told to all in one event. A listener that does not take its events is closed, and comes back
 * with the id of the last one it has.
 */
#ifndef WEB_LIVE_H
#define WEB_LIVE_H

#include <stdbool.h>

struct live;
struct web;
struct exchange;

struct live *live_create(struct web *web);
void live_destroy(struct live *live); /* after the HTTP library has ended; NULL is fine */
unsigned live_count(const struct live *live);
/* End all streams: their clients ask again. */
void live_stop(struct live *live);

/* GET /api/v1/events */
void live_answer(struct exchange *x);

#endif
