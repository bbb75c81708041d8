/* rehearse_people.h - people of a rehearsal: nobody is asked, they do what --people says */
#ifndef CLI_REHEARSE_PEOPLE_H
#define CLI_REHEARSE_PEOPLE_H

#include "cli/rehearsal.h"

/* How a rehearsal asks its engine: the answer, yours; NULL with *err. */
typedef json_t *rehearse_ask_fn(void *arg, const char *verb, json_t *request, struct error *err);

/* When the next of them acts; INT64_MAX: nobody does any more. */
int64_t rehearse_people_next(struct rehearsal *rehearsal);

/* Let act who acts now. true: somebody did. What the engine refuses them is kept. */
bool rehearse_people_act(struct rehearsal *rehearsal, int64_t now_ms, rehearse_ask_fn *ask,
                         void *arg);

#endif
