/* engine.h - the engine: its parts, and the loop that moves them
 *
 * One thread. Each round of the loop: wait → collect and decide → commit → act
 * (docs/architecture.md).
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "base/clock.h"
#include "engine/config.h"
#include "engine/dispatch.h"
#include "engine/events.h"
#include "engine/server.h"
#include "engine/storetoken.h"
#include "engine/turn.h"
#include "language/problems.h"
#include "wire/client.h"

/* An answer that waits for the commit. */
struct reply {
    struct peer peer;
    uint64_t request;
    enum error_code code; /* ERROR_NONE = OK */
    struct bytes payload; /* in the arena of the turn */
};

/* A query waits too: it must see what was answered before it. */
struct query {
    struct peer peer;
    struct client_message header;
    json_t *request; /* ours */
};

struct engine_stats {
    uint64_t turns;
    uint64_t commands;
    uint64_t results;
    uint64_t refused;
    uint64_t stale;
};

struct upkeep;
struct mirror;

struct engine {
    const struct config *config;
    struct store *store;
    char token[STORE_TOKEN_MAX]; /* of the store */
    struct catalog *catalog;
    struct turn turn;
    struct events events;
    struct server *server;
    struct dispatch dispatch;
    struct clock clock;
    json_t *secrets;   /* of the configuration's folder; NULL = none */
    struct zone *zone; /* the engine's own: for the day that `clock.day` announces */
    struct upkeep *upkeep;
    struct mirror *mirror; /* for queries that look at all assignments */
    int64_t mirror_ms;     /* monotonic: when it is brought up to date next */
    int64_t now_ms;        /* engine clock, read once a round */
    int64_t mono_ms;       /* monotonic, read with it */
    int64_t real_ms;       /* the machine's clock, whatever the engine's is: for keys of commands */
    bool in_turn;
    bool failed;      /* a commit failed: nothing is written any more */
    bool no_room;     /* the store refused a turn in this round */
    bool room_warned; /* the log has said so */
    bool held;        /* some worker was told to wait for room */
    struct error room_error;
    struct reply *replies;
    size_t reply_count;
    struct query *queries;
    size_t query_count;
    struct message message;  /* the one being received */
    int64_t sweep_ms;        /* monotonic: when sessions and leases are looked through next */
    int64_t timers_again_ms; /* monotonic: due timers that nothing came of are left until then */
    uint64_t quiet_record;   /* ADVANCE: nothing was decided since the record of this number */
    civil_day today;
    civil_day starts_day; /* the day whose planned starts were looked at */
    int64_t started_mono_ms;
    struct engine_stats stats;
};

/* Open store, catalog and sockets as the configuration says. ERROR_REFUSED when the store was made
 * on another kind of clock. */
bool engine_open(const struct config *config, struct engine **ret_engine, struct error *err);
void engine_close(struct engine **engine); /* says BYE to workers; NULL is fine */

/* One round: wait at most wait_ms (-1: until something is due), then a turn. wake_fd: readable when
 * the round should end early (-1 = none). false: the commit failed, the process must end. */
bool engine_round(struct engine *engine, int wait_ms, int wake_fd, struct error *err);

/* Deploy a file and start a definition as a client would: for the configuration's lists. */
bool engine_deploy_file(struct engine *engine, const char *path, struct error *err);
bool engine_start(struct engine *engine, const char *definition, const char *key,
                  struct error *err);

/* --- for the files of this folder ------------------------------------------------------------ */

/* Make sure a turn is open. false: no room on the disk (err says so). */
bool engine_in_turn(struct engine *engine, struct error *err);

/* Commit what is decided so far and act on it, so that what follows sees it in the tables. */
bool engine_settle(struct engine *engine, struct error *err);

/* Queue an answer; it leaves after the commit. payload is copied. */
void engine_reply(struct engine *engine, const struct peer *peer, uint64_t request,
                  enum error_code code, struct bytes payload);
void engine_reply_error(struct engine *engine, const struct peer *peer, uint64_t request,
                        const struct error *err);

/* worker_messages.c: a message from a worker. */
void engine_worker_message(struct engine *engine, const struct message *message);
/* worker_messages.c: silence, time limits, heartbeats; now and then. */
void engine_sweep(struct engine *engine);
/* worker_messages.c: after a commit, tell workers which results are durable. */
void engine_acknowledge(struct engine *engine);
/* worker_messages.c: there is room again: who was told to wait sends again. */
void engine_welcome_held(struct engine *engine);

/* client_messages.c: a message from a client. */
void engine_client_message(struct engine *engine, const struct message *message);

/* commands.c: run a command in the open turn; *ret_answer is JSON in the arena of the turn. With a
 * refusal it is more about it, or empty. */
bool engine_command(struct engine *engine, const struct client_message *header,
                    struct bytes payload, struct bytes *ret_answer, struct error *err);

/* stats.c: answer a query from a snapshot. JSON, yours. NULL and *err when refused. */
json_t *engine_query(struct engine *engine, struct store_txn *txn, enum client_verb verb,
                     const json_t *request, struct error *err);

/* engine.c: what time it is, for the round. */
void engine_read_clocks(struct engine *engine);
/* engine.c: when the next timer is due; INT64_MAX: none. */
int64_t engine_next_timer_ms(struct engine *engine);

/* advance.c: move a clock that stands to the next timer, once all is quiet. */
bool engine_advance(struct engine *engine, const json_t *request, json_t **ret_answer,
                    struct error *err);

/* publish.c: tell subscribers what the last turn decided, and that a day began. */
void engine_publish_turn(struct engine *engine, uint64_t first_entry);
void engine_publish_day(struct engine *engine);

/* What came of a document. Zeroed before; its problems are yours to fini. */
struct deployment {
    const struct definition *definition;
    bool changed;             /* a new version; false: this is the text of the newest one */
    struct problems problems; /* warnings; with a refusal all errors too, *err being the first */
};

/* definitions.c */
bool engine_load_definitions(struct engine *engine, struct error *err);
bool engine_deploy(struct engine *engine, const char *file, struct bytes text,
                   struct deployment *deployment, struct error *err);
/* In an open turn; whoever calls has checked that nobody needs it. */
void engine_mark_removed(struct engine *engine, const struct definition *definition);

/* versions.c: DEPLOY, MIGRATE, REMOVE. *ret_answer may be set with a refusal too: more about it. */
bool engine_version_command(struct engine *engine, enum client_verb verb, const json_t *request,
                            json_t **ret_answer, struct error *err);

#endif
