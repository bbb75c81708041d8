/* ics_words.h - the words that stand in a calendar of assignments, in two languages
 *
 * Not gettext: a calendar is read in the language that was asked for it, which is not the one of
 * the process that prints it. A word begins a text, unless a blank says that it goes on.
 */
#ifndef CALENDAR_ICS_WORDS_H
#define CALENDAR_ICS_WORDS_H

#include "calendar/civil.h"

struct ics_words {
    const char *terms; /* the name of the calendar */
    /* of the title */
    const char *done;
    const char *control;
    const char *instead; /* and the short name of who is absent */
    const char *item;
    const char *co_executor;
    /* of the lines below */
    const char *assignment;
    const char *plan;
    const char *item_no;
    const char *responsible;
    const char *deputy;
    const char *for_whom;
    const char *until;
    const char *term;
    const char *expected;
    const char *state;
    const char *moved;
    const char *states[8][2]; /* the word of ASSIGNMENTS, and ours */
    void (*print_day)(civil_day day, char buf[CIVIL_TEXT_MAX]);
};

extern const struct ics_words ics_words_russian;
extern const struct ics_words ics_words_english;

#endif
