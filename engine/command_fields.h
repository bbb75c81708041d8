/* command_fields.h - the fields of a command, from its JSON (docs/protocol.md §3.5)
 *
 * What is read is borrowed from the request, or copied into the arena.
 */
#ifndef ENGINE_COMMAND_FIELDS_H
#define ENGINE_COMMAND_FIELDS_H

#include "engine/core/decide.h"
#include "wire/client.h"
#include "wire/worker.h"

#include <jansson.h>

bool command_read_instance(const json_t *request, uint64_t *ret_id, struct error *err);
bool command_read_task(const json_t *request, struct task_id *ret_id, struct error *err);
/* Must it say why? Of CANCEL, SUSPEND, RESUME, RETRY and SKIP. */
bool command_needs_reason(enum client_verb verb);
/* Empty where it lacks and is not needed. */
bool command_read_reason(const json_t *request, bool needed, struct bytes *ret_reason,
                         struct error *err);
/* A field as JSON text; empty when it is absent. */
struct bytes command_read_json(struct arena *arena, const json_t *request, const char *field);
/* But for its task. may_lack: what the action needs beside who acts may not be known yet. */
bool command_read_assignment(struct arena *arena, const json_t *request, bool may_lack,
                             struct assignment_command *ret_command, struct error *err);

/* JSON as text. */
struct bytes command_text(struct arena *arena, const json_t *value, size_t flags);

#endif
