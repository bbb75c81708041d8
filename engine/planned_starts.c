/* planned_starts.c - the list `start` of the configuration
 *
 * Owns:    which of it is due.
 * In:      main.c, before the first round and after each.
 * Out:     START commands of the engine's own (definitions.c), each a turn.
 * Always:  nothing is started twice: a key names one instance.
 * See:     docs/configuration.md
 */
#include "engine/planned_starts.h"

bool planned_starts_look(struct engine *e, struct error *err)
{
    civil_day today;
    int minute;

    zone_civil(e->zone, e->now_ms, &today, &minute);
    if (today == e->starts_day) {
        return true;
    }
    e->starts_day = today;
    for (uint32_t i = 0; i < e->config->start_count; i++) {
        const struct config_start *start = &e->config->starts[i];
        if (start->on <= today && !engine_start(e, start->definition, start->key, err)) {
            return false;
        }
    }
    return true;
}
