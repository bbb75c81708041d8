/* session.c - the list of connected workers, by connection and by name */
#include "engine/session.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

/* Two different FNV-1a hashes. Routing ids that ZeroMQ gives have five bytes; longer ones are
 * chosen by a worker, which can only hurt itself with a collision. */
static uint64_t hash_a(const struct peer *peer)
{
    return bytes_hash(BYTES_HASH_SEED, (struct bytes){peer->id, peer->size});
}

static uint64_t hash_b(const struct peer *peer)
{
    return bytes_hash(UINT64_C(0x84222325cbf29ce4), (struct bytes){peer->id, peer->size});
}

void sessions_fini(struct sessions *sessions)
{
    for (uint32_t i = 0; i < sessions->count; i++) {
        free(sessions->all[i]);
    }
    free(sessions->all);
    map_fini(&sessions->by_peer);
    *sessions = (struct sessions){0};
}

struct session *session_find(const struct sessions *sessions, const struct peer *peer)
{
    return map_find(&sessions->by_peer, hash_a(peer), hash_b(peer));
}

struct session *session_find_name(const struct sessions *sessions, const char *name)
{
    for (uint32_t i = 0; i < sessions->count; i++) {
        if (strcmp(sessions->all[i]->name, name) == 0) {
            return sessions->all[i];
        }
    }
    return NULL;
}

static struct session *add(struct sessions *sessions, const char *name, int64_t mono_ms)
{
    if (sessions->count == LIMIT_WORKERS) {
        return NULL;
    }
    if (sessions->count == sessions->room) {
        sessions->room = sessions->room ? sessions->room * 2 : 8;
        sessions->all = xrealloc(sessions->all, sessions->room * sizeof *sessions->all);
    }
    struct session *session = xcalloc(1, sizeof *session);
    memcpy(session->name, name, strlen(name) + 1);
    session->since_ms = mono_ms;
    sessions->all[sessions->count++] = session;
    return session;
}

struct session *session_greet(struct sessions *sessions, const struct peer *peer, const char *name,
                              int64_t mono_ms)
{
    struct session *session = session_find_name(sessions, name);

    if (session == NULL) {
        session = add(sessions, name, mono_ms);
    } else {
        map_take(&sessions->by_peer, session->peer_a, session->peer_b);
    }
    if (session == NULL) {
        return NULL;
    }
    session->peer = *peer;
    session->peer_a = hash_a(peer);
    session->peer_b = hash_b(peer);
    session->serial_taken = 0;
    session->serial_acked = 0;
    session->held = false;
    session->heard_ms = mono_ms;
    map_put(&sessions->by_peer, session->peer_a, session->peer_b, session);
    return session;
}

void session_forget(struct sessions *sessions, struct session *session)
{
    map_take(&sessions->by_peer, session->peer_a, session->peer_b);
    for (uint32_t i = 0; i < sessions->count; i++) {
        if (sessions->all[i] == session) {
            sessions->all[i] = sessions->all[--sessions->count];
            free(session);
            return;
        }
    }
    must(!"a session that is in the list");
}
