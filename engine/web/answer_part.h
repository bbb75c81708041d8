/* answer_part.h - inside answers: what problem.c and answer.c share */
#ifndef WEB_ANSWER_PART_H
#define WEB_ANSWER_PART_H

#include "engine/web/answer.h"

/* JSON of another type than application/json; the value is the answer's now. */
void answer_json_as(struct exchange *x, unsigned status, const char *type, json_t *value);

struct MHD_Response;

/* An answer without an end; for live.c. */
void answer_stream(struct exchange *x, const char *type, struct MHD_Response *made);

#endif
