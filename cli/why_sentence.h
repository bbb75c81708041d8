/* why_sentence.h - the answer of WHY as one sentence: what it waits for, on whom, since when, and
 * what happens next and when
 *
 * Several waits are joined with «; ».
 */
#ifndef CLI_WHY_SENTENCE_H
#define CLI_WHY_SENTENCE_H

#include "calendar/zone.h"

#include <jansson.h>

#define WHY_WAITS_SHOWN 10 /* more are counted: an instance may have 2,000 letters on their way */

/* why: the answer of the verb WHY. Harmless, ends with a full stop; yours to free. */
char *why_sentence(const json_t *why, const struct zone *zone);

#endif
