/* read_absences.h - `deputy` and `absences` of a body. Private to lib/language. */
#ifndef LANGUAGE_READ_ABSENCES_H
#define LANGUAGE_READ_ABSENCES_H

#include "language/fields.h"

/* Into a body whose id was read; whether the deputies are known is not looked at (check.c). */
bool read_absences(const struct reader *reader, const struct node *map, struct body *body);

#endif
