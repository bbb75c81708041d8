/* check_after.c - do the items of a plan wait for items that are there, and not for themselves?
 *
 * Owns:    what `after` may say.
 * In:      check_document(), after the form is known to be right; numbers may still repeat.
 * Out:     problems; places are found by walking the tree, which has the order of the definition.
 * Always:  one walk along each `after`: a way that comes back to an item it has not left yet is a
 *          circle, and is told where it closes.
 * See:     docs/language.md §4
 */
#include "base/must.h"
#include "language/outer_checks.h"

#include <stdlib.h>
#include <string.h>

/* An item, found by its number. */
struct entry {
    const char *no;
    uint32_t index;
};

enum mark { UNSEEN, ON_THE_WAY, LEFT };

/* An item whose `after` is being followed. */
struct station {
    uint32_t item;
    uint32_t next; /* of its `after` */
};

struct walk {
    const struct reader *reader;
    const struct roadmap *roadmap;
    const struct node *list; /* the items as nodes */
    struct entry *sorted;
    enum mark *marks;
    struct station *way; /* from where it began to where it is */
    uint32_t length;
};

static int order_entries(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->no, ((const struct entry *)b)->no);
}

static int order_by_no(const void *no, const void *entry)
{
    return strcmp(no, ((const struct entry *)entry)->no);
}

/* UINT32_MAX: there is none. */
static uint32_t find_item(const struct walk *w, const char *no)
{
    const struct entry *found =
        bsearch(no, w->sorted, w->roadmap->item_count, sizeof *w->sorted, order_by_no);

    return found != NULL ? found->index : UINT32_MAX;
}

static void enter(struct walk *w, uint32_t item)
{
    w->marks[item] = ON_THE_WAY;
    w->way[w->length++] = (struct station){item, 0};
}

/* One name of the `after` of the item at the end of the way. */
static bool follow(struct walk *w)
{
    struct station *last = &w->way[w->length - 1];
    const struct roadmap_item *item = &w->roadmap->items[last->item];
    uint32_t at = last->next++;
    const struct node *place = node_find(w->list->items[last->item], "after")->items[at];
    uint32_t other = find_item(w, item->after[at]);

    if (other == UINT32_MAX) {
        return refuse(w->reader, place, ERROR_INVALID, "there is no item \"%s\" in this roadmap",
                      show(item->after[at]).text);
    }
    if (w->marks[other] == ON_THE_WAY) {
        return refuse(w->reader, place, ERROR_INVALID,
                      "item \"%s\" would come after itself, by way of \"%s\"", show(item->no).text,
                      show(item->after[at]).text);
    }
    if (w->marks[other] == UNSEEN) {
        enter(w, other);
    }
    return true;
}

static bool walk_all(struct walk *w)
{
    bool good = true;

    for (uint32_t i = 0; i < w->roadmap->item_count; i++) {
        if (w->marks[i] == UNSEEN) {
            enter(w, i);
        }
        while (w->length > 0) {
            const struct station *last = &w->way[w->length - 1];
            if (last->next < w->roadmap->items[last->item].after_count) {
                good &= follow(w);
            } else {
                w->marks[last->item] = LEFT;
                w->length--;
            }
        }
    }
    return good;
}

bool check_after(const struct reader *reader, const struct node *list,
                 const struct roadmap *roadmap)
{
    uint32_t count = roadmap->item_count;
    struct walk w = {reader, roadmap, list, NULL, NULL, NULL, 0};

    w.sorted = xcalloc(count, sizeof *w.sorted);
    w.marks = xcalloc(count, sizeof *w.marks);
    w.way = xcalloc(count, sizeof *w.way);
    for (uint32_t i = 0; i < count; i++) {
        w.sorted[i] = (struct entry){roadmap->items[i].no, i};
    }
    qsort(w.sorted, count, sizeof *w.sorted, order_entries);
    bool good = walk_all(&w);
    free(w.sorted);
    free(w.marks);
    free(w.way);
    return good;
}
