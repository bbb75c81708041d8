/* apply.h - between the files that apply records (record.h says what they do) */
#ifndef CORE_APPLY_H
#define CORE_APPLY_H

#include "engine/core/record.h"

/* apply.c */
struct task *apply_task_of(struct instance *instance, const struct record *record); /* never NULL */
void apply_move(struct task *task, enum task_state state, const struct record *record);
void apply_remove_task(struct instance *instance, struct task *task);
/* It stays for the lists, and runs in nothing any more. */
void apply_close_assignment(struct task *task, const struct record *record);
void apply_forget_oldest_closed(struct instance *instance);

/* apply_scope.c: its scope, made when it is new. */
struct scope *apply_scope_of(struct instance *instance, struct task *task,
                             const struct record *record);
/* What a step gave goes to the scope it ran in (0 = the instance). */
void apply_give(struct instance *instance, uint32_t parent, uint32_t index, struct bytes data);
void apply_scope(struct instance *instance, const struct record *record);

/* apply_people.c: a record of an assignment. */
void apply_assignment(struct instance *instance, const struct record *record);

/* apply_term.c: one that changes its term, its clock or who acts. */
void apply_term(struct instance *instance, struct assignment *assignment,
                const struct record *record);
/* The ladder that a record may bring. */
void apply_ladder(struct instance *instance, struct assignment *assignment,
                  const struct record *record);

#endif
