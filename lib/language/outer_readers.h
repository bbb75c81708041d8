/* outer_readers.h - readers of calendars, routes and indicators. Private to lib/language.
 *
 * As readers.h: a reader fills its part of a zeroed definition, and on false the part may be half
 * filled and is given back with the definition: outer_fini.c.
 */
#ifndef LANGUAGE_OUTER_READERS_H
#define LANGUAGE_OUTER_READERS_H

#include "language/fields.h"

bool read_calendar(const struct reader *reader, const struct node *root, struct calendar *calendar);
bool read_routes(const struct reader *reader, const struct node *root, struct routes *routes);
bool read_indicators(const struct reader *reader, const struct node *root,
                     struct indicators *indicators);

void calendar_fini(struct calendar *calendar);
void policy_fini(struct policy *policy);
void routes_fini(struct routes *routes);
void indicators_fini(struct indicators *indicators);
void measure_fini(struct measure *measure);

#endif
