/* answer.h - what people did, as sentences: the part of word_news() that is not time's */
#ifndef NOTIFY_ANSWER_H
#define NOTIFY_ANSWER_H

#include "workers/notify/facts.h"

void word_answer(const struct facts *facts, struct buffer *out);

#endif
