/* try_engine.h - an engine of one's own for a moment: in memory, on a clock that stands
 *
 * A real marshrutd in a temporary folder: what is tried runs as it will run. It ends with this
 * process, however that ends.
 */
#ifndef CLI_TRY_ENGINE_H
#define CLI_TRY_ENGINE_H

#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

struct try_engine {
    char folder[64]; /* temporary; "" = not made */
    char clients[96];
    char workers[96];
    size_t program_count; /* bundled workers that it runs */
    pid_t process;        /* 0 = not started */
};

/* The bundled workers that it runs. */
struct try_workers {
    bool wanted;
    const char *registries; /* a folder for the route planner; NULL: it is left out */
};

/* start: "2026-09-01T09:00", where its clock stands. */
bool try_engine_start(struct try_engine *engine, const char *start,
                      const struct try_workers *workers, struct error *err);
/* The last line of its log, for when it does not answer; "" when there is none. */
void try_engine_last_words(const struct try_engine *engine, char buf[256]);

/* Ends it and removes the folder. Fine when it never started. */
void try_engine_stop(struct try_engine *engine);

#endif
