/* facts.h - what sentences about one piece of news need, found once
 *
 * A letter says what is true on the day it was made: kind and distance are those of that day,
 * whatever the rule meant to say.
 */
#ifndef NOTIFY_FACTS_H
#define NOTIFY_FACTS_H

#include "workers/notify/notice.h"
#include "workers/notify/words.h"

/* Whose part in the assignment the letter speaks to: the recipient's, or of whom it is deputy. */
enum role {
    ROLE_RESPONSIBLE,
    ROLE_CO_EXECUTOR,
    ROLE_CONTROLLER,
    ROLE_ABOVE,  /* of the responsible body */
    ROLE_FORMER, /* was responsible until now */
    ROLE_COUNT
};

struct facts {
    const struct notice *n;
    const struct news *w;
    enum role role;
    enum notice_kind kind; /* what is true on the day of the letter */
    bool part;             /* it is about a part: the recipient's own, */
    bool part_of_other;    /* or one that the responsible body waits for */
    civil_day last;        /* of the part, or of the whole */
    int days;              /* from the last day to the letter: < 0 before */
    char due[CIVIL_TEXT_MAX];
    char distance[WORDS_MAX]; /* "10 дней", "3 рабочих дня" before; "3 дня" after */
};

void facts_find(const struct notice *notice, const struct news *news, struct facts *ret_facts);

/* "п. 1.1", or noun «title»; the noun in the case that the sentence needs, or "". */
void facts_say_point(const struct facts *facts, const char *noun, struct buffer *out);

bool party_is(const struct party *a, const struct party *b);

#endif
