/* session.h - workers that are connected: who they are, what they offer, when they last spoke
 *
 * A session lives between HELLO and silence or BYE (protocol §2.1). It is named by the routing id
 * of its connection; a HELLO under a name that has a session takes that session over, with its
 * leases.
 */
#ifndef ENGINE_SESSION_H
#define ENGINE_SESSION_H

#include "base/limits.h"
#include "base/map.h"
#include "engine/server.h"

struct service;

struct session {
    struct peer peer;
    uint64_t peer_a; /* the peer, hashed: its place in the map */
    uint64_t peer_b;
    char name[LIMIT_NAME_BYTES + 1];
    struct service *services[LIMIT_SERVICES];
    uint32_t service_count;
    uint32_t credit;
    uint32_t running;      /* leases */
    uint64_t serial_taken; /* results in order: the last one taken */
    uint64_t serial_acked;
    bool held;        /* a result was refused for want of room: WELCOME asks again */
    int64_t heard_ms; /* monotonic */
    int64_t sent_ms;
    int64_t since_ms;
};

struct sessions {
    struct map by_peer;
    struct session **all;
    uint32_t count;
    uint32_t room;
};

void sessions_fini(struct sessions *sessions);
struct session *session_find(const struct sessions *sessions, const struct peer *peer);
struct session *session_find_name(const struct sessions *sessions, const char *name);

/* A new session, or that of this name moved to this connection. NULL: LIMIT_WORKERS are connected.
 */
struct session *session_greet(struct sessions *sessions, const struct peer *peer, const char *name,
                              int64_t mono_ms);
void session_forget(struct sessions *sessions, struct session *session);

#endif
