/* name.h - what a name is in documents: of a definition, a body, a field (docs/language.md §1) */
#ifndef LANGUAGE_NAME_H
#define LANGUAGE_NAME_H

#include "base/buffer.h"

#include <stdbool.h>

/* 1 to LIMIT_NAME_BYTES Latin letters, digits, '.', '_' and '-'. */
bool name_valid(struct bytes name);

#endif
