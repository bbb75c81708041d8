/* read_form.h - what a report is to be filled into, as far as it is written out. Private to
 * lib/language
 */
#ifndef LANGUAGE_READ_FORM_H
#define LANGUAGE_READ_FORM_H

#include "language/fields.h"

/* The form under this key, if there is one. An expression is left for the moment when the step
 * runs. */
bool check_form(const struct reader *reader, const struct node *map, const char *key);

#endif
