/* wording.h - the parts of a letter about one assignment; letter.c and digest.c put them together
 *
 * Each appends its sentences without a blank line after them.
 */
#ifndef NOTIFY_WORDING_H
#define NOTIFY_WORDING_H

#include "workers/notify/facts.h"

void word_subject(const struct facts *facts, struct buffer *out);
/* What happened: whole sentences. */
void word_news(const struct facts *facts, struct buffer *out);
/* What the recipient should do now: goes after «Что сделать: ». */
void word_duty(const struct facts *facts, struct buffer *out);
/* Goes after «Почему вы получили это письмо: », without a full stop. */
void word_why(const struct facts *facts, struct buffer *out);

#endif
