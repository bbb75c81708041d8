/* journal_part.h - the sentences of the journal: what they share
 *
 * Only journal_*.c include this.
 */
#ifndef CLI_JOURNAL_PART_H
#define CLI_JOURNAL_PART_H

#include "base/buffer.h"
#include "calendar/zone.h"
#include "cli/watch_names.h"

#include <jansson.h>

struct sentence {
    const json_t *row;
    const struct zone *zone;
    const struct watch_names *names;
    const char *task; /* its number */
    const char *step; /* the same as people call it: the title of its step in quotes, if any */
    struct buffer *out;
};

const char *journal_or_dash(const char *text);
/* «: нет связи: порт 25» */
void journal_problem(const struct sentence *sentence);

/* What people and time did to an assignment; false when it is of no such kind. */
bool journal_people(const struct sentence *sentence, const char *kind);
/* What happened in scopes, to versions and by rules; false when it is of no such kind. */
bool journal_flow(const struct sentence *sentence, const char *kind);

#endif
