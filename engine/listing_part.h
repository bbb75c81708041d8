/* listing_part.h - inside listing: a page of rows while it is made
 *
 * Only listing*.c include this.
 */
#ifndef ENGINE_LISTING_PART_H
#define ENGINE_LISTING_PART_H

#include "engine/filter.h"
#include "engine/listing.h"
#include "engine/snapshot.h"

/* Keys from `from` on that are less than `to`. */
struct range {
    struct buffer from;
    struct buffer to;
};

struct page {
    const struct view *v;
    const json_t *request;
    const void *filter; /* of the list; of assignments: struct filter */
    void *context;      /* what it adds up */
    json_t *rows;
    size_t limit;
    size_t looks_max; /* rows of the table looked at for one page: one that finds nothing ends */
    struct range *ranges; /* in their order; walked one after another */
    uint32_t range_count;
    uint32_t range_room;
};

/* Append rows for this key and value, or none; the walk goes on until the page is full. */
typedef void row_fn(struct page *page, struct bytes key, struct bytes value);

/* limit, after, and filters of all lists; the page has no ranges yet. */
bool page_begin(struct page *page, struct error *err);

/* One more range: all keys that begin so; or from this key to that one, which is not in it. */
void page_add_prefix(struct page *page, struct bytes prefix);
void page_add_range(struct page *page, struct bytes from, struct bytes to);
/* After ranges were added in any order. */
void page_order_ranges(struct page *page);

/* Keys of the table `of`: instances of all versions of this name. */
void page_add_versions(struct page *page, const char *name);

/* Keys of filter_table(): what may be between the days of the filter. */
void page_add_assignments(struct page *page, const struct filter *filter);

/* The answer: {"rows", "next"}. The page has nothing to be freed afterwards. */
json_t *page_walk(struct page *page, enum table table, row_fn *row, struct error *err);
/* Give it up before it is walked: NULL. */
json_t *page_drop(struct page *page);

/* Is the field absent, or this? */
bool page_wants(const struct page *page, const char *field, const char *value);

/* A field that must be a number from 0 on, or absent. */
bool listing_number(const json_t *request, const char *field, uint64_t normal, uint64_t *ret_number,
                    struct error *err);

/* Has this body something to do with it: takes part, decides, or acts for one that does? */
bool listing_concerns(const struct page *page, const struct assignment *assignment);
/* The task that the last 12 bytes of the key name; NULL: it can't be read. */
const struct task *listing_find_task(const struct page *page, struct bytes key,
                                     struct instance **ret_instance);

#endif
