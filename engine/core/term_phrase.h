/* term_phrase.h - inside term.c: the term that words of a document give */
#ifndef CORE_TERM_PHRASE_H
#define CORE_TERM_PHRASE_H

#include "engine/core/term.h"

/* `phrase` of `due`, with `year` and `signed`; since is known. Fills from (or leaves it) and
 * literal. Refused: it is not understood, or gives no day. */
bool term_phrase(const struct term_rules *rules, const json_t *due, civil_day since,
                 struct term_reading *term, struct error *err);

/* So many days after this one, at most within the calendar. */
civil_day term_counted(const struct term_rules *rules, civil_day since, struct days days);
/* A date under this field. Leaves *ret_day when it is not there, or null: an expression found
 * nothing. */
bool term_date(const json_t *map, const char *what, const char *field, civil_day *ret_day,
               struct error *err);

#endif
