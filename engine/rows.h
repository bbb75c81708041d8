/* rows.h - records, instances and assignments as the JSON that clients see (protocol §3.6) */
#ifndef ENGINE_ROWS_H
#define ENGINE_ROWS_H

#include "engine/engine.h"

/* A moment as "2023-01-09T06:00:00.000Z". */
#define ROWS_TIME_MAX 32
void rows_time(int64_t ms, char buf[ROWS_TIME_MAX]);
json_t *rows_time_json(int64_t ms);

json_t *rows_body(const struct catalog *catalog,
                  struct bytes id); /* {"id","name","short"} or null */
json_t *rows_instance(const struct catalog *catalog, const struct instance *instance);
json_t *rows_task(struct engine *engine, const struct instance *instance, const struct task *task);
json_t *rows_assignment(const struct catalog *catalog, const struct instance *instance,
                        const struct task *task);
/* instance: the record's, as it is now; NULL when it has none. */
json_t *rows_record(const struct catalog *catalog, const struct instance *instance,
                    const struct record *record);

#endif
