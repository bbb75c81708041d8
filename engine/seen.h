/* seen.h - which events were taken already: source + id name an event (CloudEvents 1.0.2 §3.1)
 *
 * In the open turn: what is remembered is there when the turn is committed, and not before.
 */
#ifndef ENGINE_SEEN_H
#define ENGINE_SEEN_H

#include "engine/event_check.h"
#include "engine/turn.h"

bool seen_before(struct turn *turn, const struct event *event);
void seen_remember(struct turn *turn, const struct event *event);

/* Forget a few of those that came longer ago than this, so that the table shrinks again. */
void seen_forget(struct turn *turn, int64_t seen_ms);

#endif
