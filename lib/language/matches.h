/* matches.h - which part of one outline is which part of another. Private to lib/language. */
#ifndef LANGUAGE_MATCHES_H
#define LANGUAGE_MATCHES_H

#include "language/outline.h"

enum move {
    MOVE_NONE,
    MOVE_IN_LIST,   /* of its list the fewest parts that had to change their place */
    MOVE_ELSEWHERE, /* another name, or a list of another part */
};

struct matches {
    const struct outline *before;
    const struct outline *after;
    uint32_t *of_before; /* a part before -> after; PART_NONE: gone */
    uint32_t *of_after;  /* a part after -> before; PART_NONE: new */
    enum move *moved;    /* of parts after */
};

/* Borrows both while it lives. The documents themselves match. */
void matches_make(const struct outline *before, const struct outline *after,
                  struct matches *ret_matches);
void matches_fini(struct matches *matches);

/* The name of what stands before a part in its list, or JSON null; yours. */
json_t *matches_behind(const struct outline *outline, const struct part *part);

#endif
