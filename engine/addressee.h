/* addressee.h - an event for one instance: start it under a key if it is not there, and tell it
 *
 * {"event":{…},"start":{"definition","key","input"?,"priority"?}} or
 * {"event":{…},"signal":{"definition","key"}}: protocol §3.5.
 */
#ifndef ENGINE_ADDRESSEE_H
#define ENGINE_ADDRESSEE_H

#include "engine/events.h"

struct addressee {
    const json_t *event;                 /* borrowed from the request */
    const struct definition *definition; /* NULL: the event is for whoever listens */
    struct bytes key;
    bool starts;        /* the instance, when there is none */
    struct bytes input; /* of that */
    unsigned priority;
    uint64_t instance; /* filled by addressee_decide() */
    bool created;
};

/* Read the request of EVENT, a plain event too. */
bool addressee_read(struct turn *turn, const json_t *request, struct addressee *ret_to,
                    struct error *err);

/* Refused: there is no such instance and it is not to be started; it is over. */
bool addressee_decide(struct events *events, struct addressee *to, const struct event *event,
                      struct telling *ret_telling, struct error *err);

/* Put the instance into the answer, whether it was told now or the last time. */
void addressee_tell(struct turn *turn, const struct addressee *to, json_t *answer);

#endif
