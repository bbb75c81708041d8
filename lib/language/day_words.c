/* day_words.c - numbers of days, as policies write them
 *
 * Owns:    the words "days", "working days", "before", "after", "on the day".
 * In:      readers of policies; outline_plan.c prints them again.
 * Out:     struct days.
 * Always:  what is printed is read as the same.
 */
#include "language/day_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Working days are at least as many calendar days, and at most so many: weeks of five days, and
 * the longest holidays of a year, those of January. */
#define HOLIDAYS_MAX 14

/* What follows the word, when the text begins with it; else NULL. */
static const char *past(const char *text, const char *word)
{
    size_t size = strlen(word);

    return strncmp(text, word, size) == 0 ? text + size : NULL;
}

/* "N days" or "N working days" at the beginning: what follows. */
static const char *counted(const char *text, struct days *ret_days)
{
    size_t digits = strspn(text, "0123456789");
    const char *rest = text + digits;

    if (digits == 0 || digits > 3 || *rest != ' ') {
        return NULL;
    }
    const char *working = past(rest, " working");
    rest = past(working != NULL ? working : rest, " day");
    ret_days->count = (int32_t)strtol(text, NULL, 10);
    ret_days->working = working != NULL;
    if (rest == NULL || ret_days->count < 1 || ret_days->count > DAY_WORDS_DAYS_MAX) {
        return NULL;
    }
    return *rest == 's' ? rest + 1 : rest;
}

bool day_words_span(const char *text, struct days *ret_days)
{
    const char *rest = counted(text, ret_days);

    return rest != NULL && *rest == '\0';
}

bool day_words_offset(const char *text, struct days *ret_days)
{
    if (strcmp(text, "on the day") == 0) {
        *ret_days = (struct days){0, false};
        return true;
    }
    const char *rest = counted(text, ret_days);
    if (rest != NULL && strcmp(rest, " before") == 0) {
        ret_days->count = -ret_days->count;
        return true;
    }
    return rest != NULL && strcmp(rest, " after") == 0;
}

void day_words_print_span(struct days days, char buf[DAY_WORDS_TEXT_MAX])
{
    int count = abs((int)days.count);

    snprintf(buf, DAY_WORDS_TEXT_MAX, "%d %s%s", count, days.working ? "working day" : "day",
             count == 1 ? "" : "s");
}

void day_words_print_offset(struct days days, char buf[DAY_WORDS_TEXT_MAX])
{
    char span[DAY_WORDS_TEXT_MAX];

    day_words_print_span(days, span);
    snprintf(buf, DAY_WORDS_TEXT_MAX, "%.32s %s", span, days.count < 0 ? "before" : "after");
    if (days.count == 0) {
        snprintf(buf, DAY_WORDS_TEXT_MAX, "on the day");
    }
}

/* The farthest calendar day from the due one that it may be, on its side. */
static int32_t farthest(struct days days)
{
    int32_t more = abs(days.count) + HOLIDAYS_MAX;

    if (!days.working || days.count == 0) {
        return days.count;
    }
    return days.count < 0 ? days.count - more : days.count + more;
}

bool day_words_is_earlier(struct days a, struct days b)
{
    if (a.working == b.working) {
        return a.count < b.count;
    }
    int32_t a_latest = a.count < 0 ? a.count : farthest(a);
    int32_t b_earliest = b.count < 0 ? farthest(b) : b.count;
    return a_latest < b_earliest;
}
