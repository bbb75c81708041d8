/* entries.h - walking the rows of assignments, and adding them up by group
 *
 * For overviews: without reading an instance, and where the view has a mirror, without reading the
 * store.
 */
#ifndef ENGINE_ENTRIES_H
#define ENGINE_ENTRIES_H

#include "base/map.h"
#include "engine/core/entry.h"
#include "engine/filter.h"

/* Rows of one walk: what is beyond is not counted, and said so. */
#define ENTRIES_MAX 2000000u

typedef void entry_fn(void *context, const struct assignment_entry *entry);

/* All rows that the filter wants, the open ones first, each in the order of its last day. false:
 * there are more than ENTRIES_MAX. */
bool entries_walk(const struct filter *filter, entry_fn *fn, void *context);

/* --- groups -------------------------------------------------------------------------------- */

/* Something that is counted for: a body, a plan. */
struct group {
    struct bytes id; /* copied */
    struct bytes more;
    uint64_t *counts;
};

struct groups {
    struct map map; /* of the texts -> group */
    struct arena arena;
    struct group **all; /* in the order of their first row */
    uint32_t count;
    uint32_t room;
    uint32_t width;          /* counts of each */
    struct group **numbered; /* by numbers that the walk has for texts */
    uint32_t numbers;
};

void groups_init(struct groups *groups, uint32_t width);
void groups_fini(struct groups *groups);
/* The group of these texts; a new one has zeros. */
struct group *groups_get(struct groups *groups, struct bytes id, struct bytes more);
/* The same, and from now on found by this number as well; 0: by none. */
struct group *groups_get_numbered(struct groups *groups, uint32_t number, struct bytes id,
                                  struct bytes more);
/* NULL: no group has the number. */
static inline struct group *groups_find(const struct groups *groups, uint32_t number)
{
    return number < groups->numbers ? groups->numbered[number] : NULL;
}

#endif
