/* opening.h - inside core, between the files that open steps: a step on its way to being opened */
#ifndef CORE_OPENING_H
#define CORE_OPENING_H

#include "engine/core/flow.h"

/* What all steps have in common when they are opened. */
struct opening {
    struct site site;     /* input = what the step was given, after `input.from` */
    struct bytes given;   /* the same as text; empty = the data of the scope as it is */
    struct record record; /* of the task, begun */
};

/* open.c */
struct world *opening_world(const struct opening *o);
struct instance *opening_instance(const struct opening *o);
uint32_t opening_index(const struct opening *o); /* of the step */
/* It can't be opened: an error of the step. */
void opening_refuse(struct opening *o, const struct error *err);
/* The filled `with`, as text. Empty when the step has none: the task gets what the step was given.
 */
bool opening_fill(struct opening *o, struct bytes *ret_text, struct error *err);
/* Opens the task; its seq. */
uint32_t opening_task(struct opening *o, enum task_kind kind, struct bytes input);

/* open_waiting.c */
void open_call(struct opening *o);
void open_wait(struct opening *o);
void open_listen(struct opening *o);

/* open_scope.c */
void open_set(struct opening *o);
void open_switch(struct opening *o);
void open_raise(struct opening *o);
void open_list(struct opening *o);
void open_for(struct opening *o);
void open_fork(struct opening *o);

/* open_outside.c */
void open_emit(struct opening *o);
void open_run(struct opening *o);

#endif
