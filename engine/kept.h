/* kept.h - events that nobody took yet: kept until somebody does, or their time is over
 *
 * In the open turn, as everything that is written. A kept event is for anybody who listens, or for
 * one instance (start-or-signal, a rule that signals). At most LIMIT_KEPT_EVENTS and
 * LIMIT_KEPT_BYTES of them: the oldest make room for the newest, and the log says so.
 */
#ifndef ENGINE_KEPT_H
#define ENGINE_KEPT_H

#include "engine/event_check.h"
#include "engine/turn.h"

#define KEPT_ANYBODY 0

struct kept {
    uint64_t number; /* 1, 2, … in the order of arrival */
    int64_t until_ms;
    uint64_t instance; /* KEPT_ANYBODY, or the only one that may take it */
    const char *type;
    const char *subject; /* "" = none */
    struct bytes json;
};

/* Keep an event for so long. json is its text. */
void kept_put(struct turn *turn, const struct event *event, struct bytes json, int64_t ttl_ms,
              uint64_t instance);

/* The first with this number or a greater one. Its texts are in the arena of the turn. */
bool kept_next(struct turn *turn, uint64_t number, struct kept *ret_kept);
bool kept_get(struct turn *turn, uint64_t number, struct kept *ret_kept);

/* Somebody took it, or its time is over. */
void kept_remove(struct turn *turn, const struct kept *kept);
bool kept_is_over(const struct turn *turn, const struct kept *kept);

/* Forget a few of those whose time is over. */
void kept_forget(struct turn *turn);

/* Append the numbers (as uint64_t) of those for this instance or KEPT_ANYBODY that are greater than
 * `after`. type "": of any type; subject "": of any subject. In no order. Returns how many rows it
 * read. */
size_t kept_find(struct turn *turn, uint64_t instance, const char *type, const char *subject,
                 uint64_t after, struct buffer *numbers);

#endif
