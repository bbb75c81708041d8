/* notice.h - inside core: a notice as data, for whoever words it (docs/letters.md §1) */
#ifndef CORE_NOTICE_H
#define CORE_NOTICE_H

#include "engine/core/news.h"

#define NOTICE_OF_DAY "digest" /* the kind of a notice that has several items */

/* Of one thing, to one body. id: of the task that carries it, "17.3". The reference is yours. */
json_t *notice_of_news(struct world *world, const char *id, const struct body *to,
                       const struct instance *instance, const struct task *task,
                       const struct news *news);

/* One of several in the letter of the day: the same without recipient, texts cut to what a list
 * needs. */
json_t *notice_item(struct world *world, const struct instance *instance, const struct task *task,
                    const struct news *news);
/* "left" and "left_working": how far the last day is from `today`; < 0 it is over. */
void notice_set_left(const struct world *world, json_t *into, const struct assignment *a,
                     civil_day today, civil_day last);
/* Takes the items. more: how many there were no room for. */
json_t *notice_of_day(struct world *world, const char *id, const struct body *to, civil_day day,
                      json_t *items, uint32_t more);

#endif
