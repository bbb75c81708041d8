/* quiet.c - stretches of the journal that have nothing of a kind in them
 *
 * Owns:    the list of stretches, and which is forgotten when there are too many.
 * In:      api_people.c, for notices.
 * Always:  stretches that touch or overlap are one. Entries of the journal are never written again,
 *          so nothing here grows stale.
 * See:     quiet.h
 */
#include "engine/web/quiet.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

void quiet_fini(struct quiet *q)
{
    free(q->all);
    *q = (struct quiet){NULL, 0};
}

/* The first stretch that ends at or above this entry; count when there is none. */
static size_t find(const struct quiet *q, uint64_t entry)
{
    size_t low = 0;
    size_t high = q->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (q->all[middle].last < entry) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void drop(struct quiet *q, size_t at, size_t count)
{
    if (count == 0) {
        return;
    }
    memmove(&q->all[at], &q->all[at + count], (q->count - at - count) * sizeof *q->all);
    q->count -= count;
}

/* The one that is read again most quickly. */
static void forget_shortest(struct quiet *q)
{
    size_t at = 0;

    for (size_t i = 1; i < q->count; i++) {
        uint64_t length = q->all[i].last - q->all[i].first;
        at = length < q->all[at].last - q->all[at].first ? i : at;
    }
    drop(q, at, 1);
}

void quiet_add(struct quiet *q, uint64_t first, uint64_t last)
{
    must(first > 0 && first <= last);
    size_t at = find(q, first - 1);
    size_t end = at;

    while (end < q->count && q->all[end].first <= last + 1) {
        first = q->all[end].first < first ? q->all[end].first : first;
        last = q->all[end].last > last ? q->all[end].last : last;
        end++;
    }
    if (q->all == NULL) {
        q->all = xcalloc(QUIET_MAX, sizeof *q->all);
    }
    drop(q, at, end - at);
    if (q->count == QUIET_MAX) {
        forget_shortest(q);
        at = find(q, first);
    }
    memmove(&q->all[at + 1], &q->all[at], (q->count - at) * sizeof *q->all);
    q->all[at] = (struct stretch){first, last};
    q->count++;
}

uint64_t quiet_below(const struct quiet *q, uint64_t entry)
{
    size_t at = find(q, entry);

    return at < q->count && q->all[at].first <= entry ? q->all[at].first - 1 : entry;
}
