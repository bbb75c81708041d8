/* listeners.h - the tasks that may wait for an event of a type and subject */
#ifndef ENGINE_LISTENERS_H
#define ENGINE_LISTENERS_H

#include "engine/core/decide.h"
#include "engine/turn.h"

/* A list that is used again and again. {0} is an empty one. */
struct listeners {
    struct match *all; /* by instance and task, each once */
    size_t count;
    size_t room;
};

void listeners_fini(struct listeners *listeners);

/* Fill it with those in the table of subscriptions and those that began to listen in this turn;
 * some of them may have stopped in it. Not more than LIMIT_EVENT_MATCHES + 1 of each, so that a
 * count beyond the limit says that there are too many. subject: "" = none. */
void listeners_find(struct turn *turn, const char *type, const char *subject,
                    struct listeners *ret_listeners);

/* The same with the tasks of one instance that listen for anything; none when it is not there. */
void listeners_of(struct turn *turn, uint64_t instance, struct listeners *ret_listeners);

#endif
