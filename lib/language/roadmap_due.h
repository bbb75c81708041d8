/* roadmap_due.h - the words of a due date, as they are read in a roadmap */
#ifndef LANGUAGE_ROADMAP_DUE_H
#define LANGUAGE_ROADMAP_DUE_H

#include "language/definition.h"

/* due_parse() with what the roadmap says: its period, its year, the day of its act. A roadmap is
 * the same at each start of the engine, whatever calendars come and go: so working days are those
 * of the week and of the holidays by law, without transfers, and that is told as an ambiguity. */
bool roadmap_due(const struct roadmap *roadmap, const char *phrase, struct arena *arena,
                 struct due *ret_due, struct error *err);

#endif
