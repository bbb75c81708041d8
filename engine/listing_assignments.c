/* listing_assignments.c - pages of assignments, decided from their index rows
 *
 * Owns:    the filters of assignments, for ASSIGNMENTS and for whoever lists them by other names.
 * In:      queries.c, the pages of the gateway, the lists behind the numbers of overviews.
 * Always:  only what is shown is read; days are sought by key.
 * See:     docs/protocol.md §3.6
 */
#include "engine/listing_part.h"

#include "engine/filter.h"
#include "engine/rows.h"
#include "engine/search.h"

#include <string.h>

#define LOOKS_OF_ROWS 400000u /* a row of the index costs a fifth of a microsecond */
#define SOUGHT_MAX    500u    /* instances that words find: so few are read, 5 µs each */

const struct task *listing_find_task(const struct page *page, struct bytes key,
                                     struct instance **ret_instance)
{
    struct cursor c =
        cursor_of((struct bytes){(const unsigned char *)key.data + key.size - 12, 12});
    uint64_t id = unpack_key64(&c);
    uint32_t seq = unpack_key32(&c);

    return snapshot_instance(page->v->txn, page->v->catalog, page->v->arena, id, ret_instance, NULL)
               ? instance_find_task(*ret_instance, seq)
               : NULL;
}

bool listing_concerns(const struct page *page, const struct assignment *a)
{
    const char *body = json_string_value(json_object_get(page->request, "body"));
    bool any = body == NULL || bytes_equal(a->controller, bytes_of(body)) ||
               assignment_find_person(a, bytes_of(body)) >= 0;

    for (uint32_t i = 0; i < a->acting_count && !any; i++) {
        any = bytes_equal(a->acting[i].deputy, bytes_of(body));
    }
    return any;
}

static void assignment_row(struct page *page, struct bytes key, struct bytes value)
{
    struct assignment_entry e;
    struct instance *i;

    if (!filter_entry(page->filter, key, value, &e) || !filter_fits(page->filter, &e)) {
        return;
    }
    const struct task *t = listing_find_task(page, key, &i);
    if (t == NULL || t->assignment == NULL) {
        return;
    }
    const struct filter *filter = page->filter;
    json_t *line = rows_assignment(page->v->catalog, i, t);
    if (filter->found == NULL || search_row_fits(page->v, filter->found, i->id, t->seq, line)) {
        json_array_append_new(page->rows, line);
    } else {
        json_decref(line);
    }
}

/* Of the open or of the closed ones. */
static void add_days(struct page *page, bool closed, const struct filter *filter)
{
    struct buffer from = filter_key(filter, closed, filter->from);
    struct buffer to = filter_key(filter, closed, filter->to);

    pack_key64(&to, UINT64_MAX);
    pack_key32(&to, UINT32_MAX);
    page_add_range(page, buffer_bytes(&from), buffer_bytes(&to));
    buffer_fini(&from);
    buffer_fini(&to);
}

/* The row of this assignment alone. */
static void add_row(struct page *page, const struct filter *filter, uint64_t instance,
                    const struct task *task)
{
    struct buffer from = filter_key(filter, task->state == TASK_CLOSED, task->assignment->to);
    struct buffer to = BUFFER_INIT;

    pack_key64(&from, instance);
    pack_key32(&from, task->seq);
    buffer_append(&to, from.data, from.size);
    pack_u8(&to, 0);
    page_add_range(page, buffer_bytes(&from), buffer_bytes(&to));
    buffer_fini(&from);
    buffer_fini(&to);
}

static bool is_meant(const struct filter *filter, const struct task *task)
{
    return task->assignment != NULL &&
           (task->state == TASK_CLOSED ? filter->closed : filter->open) &&
           task->assignment->to >= filter->from && task->assignment->to <= filter->to;
}

/* Rather than look for their rows among all. */
static void add_rows_of(struct page *page, const struct filter *filter, const uint64_t *ids,
                        size_t count)
{
    const struct view *v = page->v;
    struct instance *instance;

    for (size_t n = 0; n < count; n++) {
        bool known = snapshot_instance(v->txn, v->catalog, v->arena, ids[n], &instance, NULL);
        for (uint32_t i = 0; known && i < instance->task_count; i++) {
            if (is_meant(filter, &instance->tasks[i])) {
                add_row(page, filter, ids[n], &instance->tasks[i]);
            }
        }
        arena_reset(v->arena);
    }
    page_order_ranges(page);
}

void page_add_assignments(struct page *page, const struct filter *filter)
{
    size_t count = SIZE_MAX;
    const uint64_t *ids = filter->found != NULL ? search_instances(filter->found, &count) : NULL;

    page->filter = filter;
    if (count <= SOUGHT_MAX) {
        add_rows_of(page, filter, ids, count);
        return;
    }
    if (filter->open) {
        add_days(page, false, filter);
    }
    if (filter->closed) {
        add_days(page, true, filter);
    }
}

json_t *listing_assignments(const struct view *v, const json_t *request, struct error *err)
{
    struct page page = {.v = v, .request = request};
    struct filter filter;

    if (!page_begin(&page, err)) {
        return NULL;
    }
    if (!filter_read(v, request, &filter, err)) {
        return page_drop(&page);
    }
    page_add_assignments(&page, &filter);
    page.looks_max = LOOKS_OF_ROWS;
    json_t *answer = page_walk(&page, filter_table(&filter), assignment_row, err);
    filter_fini(&filter);
    return answer;
}
