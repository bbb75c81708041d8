/* rows.h - records, instances and assignments as the JSON that clients see (protocol §3.6) */
#ifndef ENGINE_ROWS_H
#define ENGINE_ROWS_H

#include "engine/view.h"

/* A moment as "2023-01-09T06:00:00.000Z". */
#define ROWS_TIME_MAX 32
void rows_time(int64_t ms, char buf[ROWS_TIME_MAX]);
json_t *rows_time_json(int64_t ms);

json_t *rows_body(const struct catalog *catalog,
                  struct bytes id); /* {"id","name","short"} or null */
json_t *rows_instance(const struct catalog *catalog, const struct instance *instance);
json_t *rows_task(const struct view *view, const struct instance *instance,
                  const struct task *task);
/* What a reader wants to know first: "accepted" and the like where it is over, "reported" or
 * "asked" where it waits for a decision, "paused", else its phase. */
const char *rows_standing(const struct assignment *assignment);
json_t *rows_assignment(const struct catalog *catalog, const struct instance *instance,
                        const struct task *task);

/* --- parts of rows: fields that are absent where they do not apply --------------------------- */

const char *rows_task_name(uint64_t instance, uint32_t task, char buf[TASK_ID_TEXT_MAX]);
json_t *rows_parsed(struct bytes json); /* null for none */
/* An object of these members at least, where it has them (NULL ends the names): lists need a few of
 * an input that may have very many. */
json_t *rows_members(struct bytes json, const char *const *names);
void rows_set_text(json_t *row, const char *field, struct bytes text);
void rows_set_json(json_t *row, const char *field, struct bytes json);
void rows_set_day(json_t *row, const char *field, civil_day day); /* "2023-01-09" */
/* "step", "step_title" and "path": its name, what people call it, and its place in the document (a
 * JSON pointer). */
void rows_set_step(json_t *row, const struct catalog *catalog, const struct instance *instance,
                   uint32_t step);
/* "person": whom the instance follows, where its definition is a cycle. */
void rows_set_person(json_t *row, const struct view *view, const struct instance *instance);
/* What a step that others run in, or that gathers, has so far. */
void rows_set_scope(json_t *row, const struct catalog *catalog, const struct instance *instance,
                    const struct task *task);

/* The title that an input has, cut at TITLE_BYTES; NULL: none. Yours. */
json_t *rows_cut_title(const json_t *input);

/* --- rows_record.c -------------------------------------------------------------------------------
 */

/* instance: the record's, as it is now; NULL when it has none. */
json_t *rows_record(const struct catalog *catalog, const struct instance *instance,
                    const struct record *record);

/* rows_acts.c: "by" and, where the documents have such a body, "by_name". */
void rows_set_by(json_t *row, const struct catalog *catalog, struct bytes by);
/* rows_acts.c: what a record of an assignment says beside that. assignment: as it is now, or NULL.
 */
void rows_set_act(json_t *row, const struct catalog *catalog, const struct assignment *assignment,
                  const struct record *record);

#endif
