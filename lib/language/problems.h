/* problems.h - everything that is wrong with a document, in the order of its places
 *
 * Owns the list. A reader goes on after a problem where it can, so that an author sees all of them
 * at once. Errors refuse the document, warnings do not.
 */
#ifndef LANGUAGE_PROBLEMS_H
#define LANGUAGE_PROBLEMS_H

#include "base/error.h"

#include <stdint.h>

#define LIMIT_PROBLEMS 200u /* of one document: who has more should begin with these */

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

struct problem {
    enum severity severity;
    struct error error; /* code, sentence, place */
};

struct problems {
    struct problem *items;
    uint32_t count;
    uint32_t room;
    uint32_t error_count; /* all of them, those left out too */
    uint32_t left_out;    /* beyond LIMIT_PROBLEMS */
};

void problems_add(struct problems *problems, enum severity severity, const struct error *error);
/* Was an error told at this place? */
bool problems_at(const struct problems *problems, int line, int column);
void problems_sort(struct problems *problems); /* by line and column; stable */
void problems_fini(struct problems *problems);

#endif
