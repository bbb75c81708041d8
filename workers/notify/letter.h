/* letter.h - the words of a letter: from a notice to subject, reason and body, in Russian
 *
 * Pure: the same notice always gives the same letter. Lines of the body end in '\n'.
 */
#ifndef NOTIFY_LETTER_H
#define NOTIFY_LETTER_H

#include "workers/notify/notice.h"

struct letter {
    struct buffer subject; /* one line */
    struct buffer why;     /* one line: why the recipient gets it */
    struct buffer body;
};

#define LETTER_INIT ((struct letter){0})

/* letter must be empty; letter_fini() it afterwards. */
void letter_word(const struct notice *notice, struct letter *letter);
void letter_fini(struct letter *letter);

#endif
