/* rehearse_term.h - what a term of a rehearsal says. All text is borrowed. */
#ifndef CLI_REHEARSE_TERM_H
#define CLI_REHEARSE_TERM_H

#include "cli/rehearsal.h"

/* The id in {"id",…} or text; NULL: nobody. */
const char *rehearse_body_id(const json_t *row, const char *field);

/* Ids of bodies; NULL: nobody. The title as the document has it. */
const char *term_task(const struct rehearsed_term *term);
const char *term_responsible(const struct rehearsed_term *term);
const char *term_controller(const struct rehearsed_term *term);
const char *term_co_executor(const struct rehearsed_term *term, size_t index); /* NULL past them */
const char *term_title(const struct rehearsed_term *term);
const char *term_no(const struct rehearsed_term *term);
bool term_is_open(const struct rehearsed_term *term); /* nobody has reported and been accepted */
/* Of several: «1.4 (2 of 4)» is said. */
uint32_t term_occurrences(const struct rehearsed_term *term);

/* The short name of a body; its id when it is not known. */
const char *rehearsal_body(const struct rehearsal *rehearsal, const char *id);
/* The calendar of that body, as a table. */
const struct workdays *rehearsal_workdays(const struct rehearsal *rehearsal, const char *id);

#endif
