/* events.h - the intake of events: seen before? which rules? who listens? else kept
 *
 *   event ─▶ seen before? ─▶ record ─▶ rules (routes.c) ─▶ who listens ─▶ nobody? keep (kept.c)
 *                                                              ▲              │
 *                            who begins to listen later ───────┴── offers.c ◀─┘
 *
 * One event is decided in one turn, whatever it sets going. docs/language.md §10 tells authors,
 * docs/protocol.md §3.5 clients.
 */
#ifndef ENGINE_EVENTS_H
#define ENGINE_EVENTS_H

#include "engine/event_check.h"
#include "engine/offers.h"

struct events {
    struct turn *turn;
    int64_t ttl_ms;  /* how long an event is kept that does not say so itself; 0 = not at all */
    int64_t seen_ms; /* how long the name of an event is remembered */
    struct offers offers;
    struct listeners found;  /* of the event that is being taken */
    struct listeners told;   /* of an instance that is told an event */
    struct buffer signalled; /* ids of instances that rules told the event that is being taken */
};

/* From now on what instances of this turn emit comes here. */
void events_init(struct events *events, struct turn *turn, int64_t ttl_ms, int64_t seen_ms);
void events_fini(struct events *events);

/* The verb EVENT (protocol §3.5) in the open turn. Answer {"matched":n,"seen":false, …}. */
bool events_take(struct events *events, const json_t *request, json_t **ret_answer,
                 struct error *err);

/* What became of an event that one instance was told. */
struct telling {
    size_t matched; /* its tasks that took it */
    bool kept;      /* for it: none did */
};

/* Tell an instance, and nobody else, an event that is recorded. text: of the event. */
struct telling events_tell(struct events *events, uint64_t instance, const struct event *event,
                           struct bytes text, bool emitted);

/* The text of an event, in the arena of the turn. */
struct bytes events_text(struct events *events, const struct event *event);

#endif
