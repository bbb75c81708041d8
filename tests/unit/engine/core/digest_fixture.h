/* digest_fixture.h - assignments of a policy with a letter of the day, and what was told */
#ifndef TESTS_CORE_DIGEST_FIXTURE_H
#define TESTS_CORE_DIGEST_FIXTURE_H

#include "base/limits.h"
#include "fixture.h"

#define GIVEN_MAX (LIMIT_DIGEST_ENTRIES + 10)

/* Instances of the assignments, by their numbers: from 1. */
extern uint64_t ids[GIVEN_MAX];

/* For .init: fixture_init(), the policy `daily` (a letter at 09:00), and the body `away`, for whom
 * school2 stands in from 20 March to 7 April. */
void digest_fixture_init(void);

/* An assignment from 9 January to this day, of the next number; its instance. */
uint64_t give(const char *responsible, const char *to);
/* The same, of another policy than `daily`. */
uint64_t give_by(const char *policy, const char *responsible, const char *to);
/* Two reminders of Friday that are found on Saturday, and wait for the letter of Monday. */
void gather(void);

/* The earliest timer that is due, as the engine finds it; false: none is. */
bool fire_next(void);

/* "school: overdue/1 reminder/2; …": the letters since the last look. */
const char *letters(void);
/* Of this hour, in Moscow, when all that is due has come. */
const char *letters_at(const char *day, int hour);
#define assert_letters(day, hour, expected) cr_assert_str_eq(letters_at(day, hour), expected)

/* The instance of the newest letter of the day. */
struct instance *newest_letter(void);

#endif
