/* notice.h - what the engine wants to be told to somebody: docs/letters.md §1, read and checked
 *
 * A notice has one piece of news, or, as the letter of the day (`digest`), several. Texts are as
 * they came: only JSON and UTF-8 are checked, text.h makes them fit for a letter.
 */
#ifndef NOTIFY_NOTICE_H
#define NOTIFY_NOTICE_H

#include "workers/notify/news.h"

struct notice {
    json_t *root; /* all texts are borrowed from it */
    char id[TASK_ID_TEXT_MAX];
    struct task_id number; /* the same as a number */
    enum notice_kind kind; /* of its news, or NOTICE_DIGEST */
    int64_t made_ms;
    int utc_offset; /* minutes that clocks at the recipient's are ahead of UTC */
    struct party to;
    struct news *news; /* >= 1; in the order in which they are to be told */
    size_t news_count;
    civil_day day; /* DIGEST: of the letter, where the recipient is */
    unsigned more; /* DIGEST: for how many there was no room */
};

/* ERROR_SYNTAX for what is not JSON, ERROR_INVALID for a missing or wrong field (named). */
bool notice_parse(struct bytes json, struct notice *ret_notice, struct error *err);
void notice_fini(struct notice *notice);

#endif
