/* refusal_words.h - what the sentence of a refusal was made of, as JSON (protocol §3.1) */
#ifndef CORE_REFUSAL_WORDS_H
#define CORE_REFUSAL_WORDS_H

#include "base/error.h"

#include <jansson.h>

/* Put "format" and "args" into object, where they are known. */
void refusal_words_put(json_t *object, const struct error *err);

#endif
