/* people.h - inside core: assignments, their deadlines and their letters */
#ifndef CORE_PEOPLE_H
#define CORE_PEOPLE_H

#include "engine/core/news.h"
#include "engine/core/world.h"

/* The task was just opened (or is tried again): read its input, set the assignment, and let happen
 * what is due already. Input that makes no sense becomes an incident of this task. */
void people_open(struct world *world, struct instance *instance, struct task *task);

/* Let happen what is due by now, if the instance is running. Of several letters to the same people
 * only the last is written: after down time nobody gets a heap. */
void people_timer(struct world *world, struct instance *instance, struct task *task);

/* This news could not be told, for the instance is suspended: it is told when that is resumed, if
 * it is true then. */
void people_hold(struct world *world, struct instance *instance, uint32_t task,
                 const struct news *news);

#endif
