/* roadmap_due.c - the words of a due date, as they are read in a roadmap
 *
 * Owns:    the context of a phrase in a plan.
 * In:      read_term.c; who asks again what else a phrase may mean.
 * Out:     struct due.
 * Always:  the same words in the same roadmap give the same days: nothing else is asked.
 * See:     roadmap_due.h; docs/time.md §3
 */
#include "language/roadmap_due.h"

#include "language/calendar_table.h"

#include <string.h>

/* A table is made for phrases that may need it: it takes longer than all others together. */
static bool may_count_work(const char *phrase)
{
    return strstr(phrase, "рабоч") != NULL || strstr(phrase, "Рабоч") != NULL ||
           strstr(phrase, "РАБОЧ") != NULL || strstr(phrase, "удн") != NULL;
}

bool roadmap_due(const struct roadmap *roadmap, const char *phrase, struct arena *arena,
                 struct due *ret_due, struct error *err)
{
    struct civil first = civil_of_day(roadmap->period.from);
    struct civil last = civil_of_day(roadmap->period.to);
    struct workdays *by_law = may_count_work(phrase) ? calendar_table(NULL, 0, true) : NULL;
    struct due_context context = {.period = roadmap->period,
                                  .year = first.year == last.year ? first.year : 0,
                                  .signed_day = roadmap->signed_day,
                                  .workdays = by_law};

    bool read = due_parse(bytes_of(phrase), &context, arena, ret_due, err);
    workdays_destroy(&by_law);
    return read;
}
