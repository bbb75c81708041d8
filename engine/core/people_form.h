/* people_form.h - inside core: what a report is to be filled into
 *
 * `form` of an assignment, as its step has it when it runs. docs/language.md §3.4
 */
#ifndef CORE_PEOPLE_FORM_H
#define CORE_PEOPLE_FORM_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/* Is it one that people can fill in, by the rules for a form that is written out? NULL and null:
 * there is none. ERROR_INVALID. */
bool form_check(const json_t *form, struct error *err);

/* Is a field of a form, or a column, of this kind ("text", "table", …)? */
bool form_field_is(const json_t *field, const char *kind);
/* Borrowed; NULL: it has none that can be used, as form_check() would have said. */
const char *form_field_name(const json_t *field);

#endif
