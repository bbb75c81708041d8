/* read_due.h - the terms of an assignment, as far as they are written out. Private to lib/language
 */
#ifndef LANGUAGE_READ_DUE_H
#define LANGUAGE_READ_DUE_H

#include "language/fields.h"

/* `due` of the words of an assignment. */
bool check_due(const struct reader *reader, const struct node *with);

/* An entry of co_executors with a term of its own: {body, to} or {body, days_before, working}. Its
 * body is looked at by who calls. */
bool check_part(const struct reader *reader, const struct node *with, const struct node *entry);

#endif
