/* day_words.h - days and spans of days as words of the command line
 *
 * 2023-02-20 or 20.02.2023; a month, 2023-02; a year, 2023; two of them with ".." between.
 */
#ifndef CLI_DAY_WORDS_H
#define CLI_DAY_WORDS_H

#include "base/error.h"
#include "calendar/civil.h"

/* ERROR_INVALID: it is none, or there is no such day. */
bool day_word(const char *word, civil_day *ret_day, struct error *err);

/* Both inclusive. ERROR_INVALID also: it ends before it starts. */
bool day_word_span(const char *word, civil_day *ret_from, civil_day *ret_to, struct error *err);

/* "+5", "-5", "5": ERROR_INVALID when it is no number; as large as it is written, within int32. */
bool day_word_count(const char *word, int32_t *ret_count, struct error *err);

#endif
