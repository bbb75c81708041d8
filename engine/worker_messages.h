/* worker_messages.h - inside the engine: what greeting.c and worker_messages.c share */
#ifndef ENGINE_WORKER_MESSAGES_H
#define ENGINE_WORKER_MESSAGES_H

#include "engine/engine.h"

/* A HELLO (protocol §2.2). */
void engine_hello(struct engine *engine, const struct message *message,
                  const struct worker_message *header);

/* Log and answer ERROR; session may be NULL. */
void engine_refuse_worker(struct engine *engine, const struct peer *peer,
                          const struct session *session, const struct error *err);

/* Send a message without payload. */
void engine_send_plain(struct engine *engine, struct session *session,
                       struct worker_message message);

/* Is this the open attempt of that task, as far as it is decided? Then also what a lease of it is
 * like, for dispatch_adopt(). */
bool engine_is_open(struct engine *engine, struct task_id id, uint32_t attempt,
                    struct lease *ret_terms);

/* End its session; its attempts are given up first. false: no room to write that down, so it stays
 * (engine->room_error says so). */
bool engine_forget_worker(struct engine *engine, struct session *session, const char *detail);

#endif
