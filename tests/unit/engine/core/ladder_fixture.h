/* ladder_fixture.h - assignments and their moments, in the clocks and the calendar of their bodies
 */
#ifndef TESTS_CORE_LADDER_FIXTURE_H
#define TESTS_CORE_LADDER_FIXTURE_H

#include "engine/core/ladder.h"

#define PEOPLE_MAX 70
#define DAY_MS     86400000

/* Calendar days, and letters on any of them; working days, and letters on those. */
extern const struct policy plain;
extern const struct policy working;

extern struct world world;
extern struct catalog *catalog;
extern struct arena arena;
extern struct bytes people[PEOPLE_MAX];
extern struct part parts[PEOPLE_MAX];

/* For .init and .fini: bodies of every zone, named by it, and `away`, who often is; the days of
 * 2023 as they were. */
void ladder_fixture_init(void);
void ladder_fixture_fini(void);

civil_day day(const char *text);
const struct zone *zone_of(const char *body);
void now_is(const char *body, const char *text, int minute);

/* An assignment of this body: given long before. */
struct assignment build(const char *body, const char *from, const char *to, const struct policy *p);

/* NULL: there is none. skip: so many of them. */
const struct ladder_step *find_phase(const struct assignment *a, enum phase phase);
const struct ladder_step *find_letter(const struct assignment *a, enum letter letter,
                                      uint32_t person, uint32_t skip);
const struct ladder_step *find_deed(const struct assignment *a, enum deed deed, uint32_t skip);
uint32_t letters(const struct assignment *a);

void assert_in_order(const struct assignment *a);
void assert_at(const char *body, const struct ladder_step *s, const char *at_day, int minute);

#endif
