/* refusal.h - a refusal as JSON: its sentence, and what it was made of (protocol §3.1) */
#ifndef ENGINE_REFUSAL_H
#define ENGINE_REFUSAL_H

#include "base/error.h"

#include <jansson.h>

/* Put "text" into object, and "format" and "args" where they are known. */
void refusal_put(json_t *object, const struct error *err);

#endif
