/* people_filled.h - inside core: what a report says in the fields of a form (people_form.h) */
#ifndef CORE_PEOPLE_FILLED_H
#define CORE_PEOPLE_FILLED_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/* Does a report hold to the form: what must be filled in is, and each value is one that its field
 * takes? In a demonstration a report of simulated people ("simulated": true) may leave out what
 * they can't invent. Of a form that form_check() would refuse only what can be understood counts.
 * ERROR_INVALID. */
bool form_holds(const json_t *form, const json_t *report, bool demonstration, struct error *err);

#endif
