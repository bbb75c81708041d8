/* computed.h - the progress of an item of a roadmap that is counted (docs/language.md §4)
 *
 * Counting looks at every instance or assignment that may count: at the documents of each when the
 * count has a condition. So it goes in steps, each no longer than a page may take, and whoever
 * shows the number keeps it, and goes on with it later, as the snapshot is then.
 */
#ifndef ENGINE_COMPUTED_H
#define ENGINE_COMPUTED_H

#include "engine/view.h"

/* One count, as far as it is. */
struct counting {
    uint64_t count;
    uint64_t unsure; /* conditions that only jq can answer: not counted */
    char *after;     /* where it goes on; NULL: at the beginning, or it is done */
    bool done;
};

struct computed {
    const struct definition *plan; /* borrowed from the catalog */
    const struct roadmap_item *item;
    struct counting numerator;
    struct counting denominator;
};

/* Begin with the item of the newest version of a plan. ERROR_NOT_FOUND: no such plan or item, or it
 * is not counted. */
bool computed_begin(const struct catalog *catalog, const char *plan, const char *no,
                    struct computed *ret_computed, struct error *err);
/* Go on for view->page_ms. True: all is counted. */
bool computed_step(const struct view *view, struct computed *computed);
/* {"plan","no","title","done","of","value","unit","target","reached","unsure","more"} */
json_t *computed_json(const struct computed *computed);
void computed_fini(struct computed *computed);

/* COMPUTED {"plan","no"}: one step and what it gave. With "rows": "done" or "of", a page of what is
 * counted there. */
json_t *computed_answer(const struct view *view, const json_t *request, struct error *err);

#endif
