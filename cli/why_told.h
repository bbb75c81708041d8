/* why_told.h - under the sentence of `why`: who was told what, and who will be told next */
#ifndef CLI_WHY_TOLD_H
#define CLI_WHY_TOLD_H

#include "cli/session.h"

/* What a row of *told* or of NOTICES tells: «напоминание, за 3 рабочих дня до срока»; of what is
 * overdue only by how much. */
void why_told_put(const json_t *row, struct buffer *out);

/* The last notices and the next ones of this answer of WHY; nothing where there are none. */
void why_told_print(const struct session *session, const json_t *answer);

#endif
