/* expected.h - what must be told of a conduct, and lists of what is told
 *
 * It is worked out from the table, the policy, the calendar and what the people do, day by day, by
 * another way than the engine's.
 */
#ifndef TESTS_SIMULATION_EXPECTED_H
#define TESTS_SIMULATION_EXPECTED_H

#include "tests/simulation/conduct.h"

/* Lines: "2023-02-27 reminder -1w 17.1 body". */
struct letters {
    char **texts;
    size_t count;
};

void letters_add(struct letters *list, const char *kind, int days, bool working, uint64_t instance,
                 const char *to, civil_day day);
void letters_sort(struct letters *list);
void letters_fini(struct letters *list);

/* Add what must be told of an occurrence that was given on a day, until the end. Reports come at
 * noon, after the letters of the day. */
void expected_letters(const struct conduct *c, const struct policy *p, civil_day given,
                      civil_day end, struct letters *list);

#endif
