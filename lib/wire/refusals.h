/* refusals.h - refusals of many commands, by what they say
 *
 * A library of its own, refusals: the SDK has the rest of wire, and knows no jansson.
 */
#ifndef WIRE_REFUSALS_H
#define WIRE_REFUSALS_H

#include <jansson.h>

/* Count this one, {"code","text","format","args",…}, in reasons: rows of {"code","text","format",
 * "args","count"}, one for each sentence; where the same one names different things, these are "…".
 */
void refusals_count(json_t *reasons, const json_t *refusal);

/* Of what was said of many, in any language, what they name differently is left out, in place:
 * "there is no task ….…" becomes "there is no task", and a clause after ";" that has it goes. */
void refusals_shorten(char *text);

#endif
