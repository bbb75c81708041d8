/* journal_text.h - one row of the journal as a short sentence, for `history` and `journal` */
#ifndef CLI_JOURNAL_TEXT_H
#define CLI_JOURNAL_TEXT_H

#include "calendar/zone.h"
#include "cli/watch_names.h"

#include <jansson.h>

/* What happened, without time and instance: "задача 17.2 выполнена (попытка 1)". A kind that is not
 * known is named as it is. names: what rows before
 * this one have told of bodies and tasks. Harmless; yours to free. */
char *journal_text(const json_t *row, const struct zone *zone, const struct watch_names *names);

#endif
