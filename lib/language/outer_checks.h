/* outer_checks.h - do calendars, routes, indicators and plans mean something? Private to the
 * library.
 *
 * For documents whose form is right. Names are looked up when the reader has a catalog.
 */
#ifndef LANGUAGE_OUTER_CHECKS_H
#define LANGUAGE_OUTER_CHECKS_H

#include "language/fields.h"

/* name: of the document, which must not extend itself. */
bool check_calendar(const struct reader *reader, const struct node *root,
                    const struct calendar *calendar, const char *name);
bool check_routes(const struct reader *reader, const struct node *root,
                  const struct routes *routes);

/* Is there every item that an item of this list names in `after`, and no circle? */
bool check_after(const struct reader *reader, const struct node *list,
                 const struct roadmap *roadmap);

/* Warnings only. computed: the map that has `done` and perhaps `of`. */
void check_computed(const struct reader *reader, const struct node *computed,
                    const struct measure *measure);
void check_indicators(const struct reader *reader, const struct node *root,
                      const struct indicators *indicators);

#endif
