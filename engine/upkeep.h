/* upkeep.h - backup and verify, beside the running engine
 *
 * Both read the whole store and may take minutes, so each runs in a process of its own on a
 * snapshot (LMDB lets several processes read); the engine's turns go on. The client is answered
 * when the process ends.
 */
#ifndef ENGINE_UPKEEP_H
#define ENGINE_UPKEEP_H

#include "engine/engine.h"

#define UPKEEP_MAX 4 /* at a time; one more is ERROR_BUSY */

struct upkeep *upkeep_create(const char *folder);
void upkeep_destroy(struct upkeep *upkeep); /* ends what runs; NULL is fine */

/* Start BACKUP or VERIFY for this client. */
bool upkeep_start(struct upkeep *upkeep, struct engine *engine, const struct peer *peer,
                  const struct client_message *header, const json_t *request, struct error *err);

/* Answer what has ended. Cheap when nothing has. */
void upkeep_look(struct upkeep *upkeep, struct engine *engine);

/* What such a process runs: `marshrutd --upkeep backup|verify STORE [FOLDER]`. Prints one line, the
 * answer as JSON or {"text":…}; returns the exit status. */
int upkeep_main(const char *job, const char *store, const char *folder);

#endif
