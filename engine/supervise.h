/* supervise.h - the programs that marshrutd runs beside itself: bundled workers
 *
 * Started with the engine, started again when they die (with growing pauses), stopped with it.
 */
#ifndef ENGINE_SUPERVISE_H
#define ENGINE_SUPERVISE_H

#include "engine/engine.h"

struct supervisor;

/* Start all programs of the configuration. They get MARSHRUT_FOLDER, MARSHRUT_WORKERS,
 * MARSHRUT_CLIENTS and MARSHRUT_EVENTS in their environment. A name without a slash is looked for
 * beside marshrutd first, then along PATH. */
struct supervisor *supervisor_start(const struct config *config, const struct server *server);

/* Start again what died and whose pause is over; returns milliseconds until it wants to be called
 * again, -1 when nothing died. */
int supervisor_look(struct supervisor *supervisor);

/* Ask all to stop (SIGTERM). */
void supervisor_stop(struct supervisor *supervisor);
/* Wait for the end of all, at most a few seconds, then kill. NULL is fine. */
void supervisor_destroy(struct supervisor *supervisor);

#endif
