/* lifecycle_part.h - inside the life-cycle events: a task of this turn, and telling of it
 *
 * Only lifecycle*.c include this.
 */
#ifndef ENGINE_LIFECYCLE_PART_H
#define ENGINE_LIFECYCLE_PART_H

#include "engine/lifecycle.h"

/* A task of this turn: it may be gone from its instance by now. */
struct known_task {
    uint32_t seq; /* 0: a step that was passed has no task */
    uint32_t definition;
    uint32_t step;
    enum task_kind kind;
    bool begun; /* TRY: its first attempt was begun; ASSIGNMENT: its window */
    bool below; /* ASSIGNMENT: was delegated: the same step as the one that it is a part of */
    bool over;
    struct bytes keys; /* LISTEN: correlation */
};

/* Tell of a record: {"name" | "workflow"+"task", moment: …} and more, which is taken. topic without
 * prefix and version ("task.completed"); task: NULL when it is of the workflow. Nothing happens
 * when nobody subscribed, or it is no workflow. */
void lifecycle_tell(struct lifecycle *lifecycle, const struct record *record, const char *topic,
                    const char *moment, const struct known_task *task, json_t *more);
void lifecycle_tell_status(struct lifecycle *lifecycle, const struct record *record,
                           const struct known_task *task, enum status status);

/* The instance as it is after the turn, or NULL. */
const struct instance *lifecycle_look(const struct lifecycle *lifecycle, uint64_t id);
/* {field: value}, or NULL when the text is no JSON. */
json_t *lifecycle_one(const char *field, struct bytes json);

#endif
