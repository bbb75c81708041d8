/* routes.h - rules of routes documents: what an event sets going (docs/language.md §8) */
#ifndef ENGINE_ROUTES_H
#define ENGINE_ROUTES_H

#include "engine/events.h"

/* Apply the rules of the newest version of each routes document to an event that is recorded. The
 * ids of instances that were told the event go to events->signalled. Returns how many rules did
 * something; what each of them did, or why it could not, is a record of its own. */
size_t routes_apply(struct events *events, const struct event *event, struct bytes text,
                    bool emitted);

#endif
