/* listing_page.c - the walk over an index table that makes a page
 *
 * Owns:    ranges of keys; the cursor: the key of the last row that was looked at, in hexadecimal,
 *          so that a client can hand it back as it is; when a page is full.
 * In:      listing*.c with their filters.
 * Always:  a page ends: when it is full, when enough was looked at, when its time is over.
 */
#include "engine/listing_part.h"

#include "base/clock.h"
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOKS_NORMAL 20000u /* where each row reads its instance */
#define LIMIT_NORMAL 100

/* --- fields -------------------------------------------------------------------------------- */

bool page_wants(const struct page *page, const char *field, const char *value)
{
    const char *filter = json_string_value(json_object_get(page->request, field));

    return filter == NULL || strcmp(filter, value) == 0;
}

bool listing_number(const json_t *request, const char *field, uint64_t normal, uint64_t *ret_number,
                    struct error *err)
{
    const json_t *value = json_object_get(request, field);

    if (value == NULL || json_is_null(value)) {
        *ret_number = normal;
        return true;
    }
    if (!json_is_integer(value) || json_integer_value(value) < 0) {
        return error_set(err, ERROR_INVALID, "\"%s\" must be a number", field);
    }
    *ret_number = (uint64_t)json_integer_value(value);
    return true;
}

/* A filter that is not what it should be is refused: ignoring it would answer another question. */
static bool check_filters(const struct page *page, struct error *err)
{
    static const char *const texts[] = {"state", "phase", "definition", "body", "after"};
    const json_t *open = json_object_get(page->request, "open");
    const json_t *letters = json_object_get(page->request, "letters");
    const json_t *parent = json_object_get(page->request, "parent");
    const char *body = json_string_value(json_object_get(page->request, "body"));
    const char *text;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (!filter_text(page->request, texts[i], &text, err)) {
            return false;
        }
    }
    if (open != NULL && !json_is_boolean(open)) {
        return error_set(err, ERROR_INVALID, "\"open\" must be true or false");
    }
    if (letters != NULL && !json_is_boolean(letters)) {
        return error_set(err, ERROR_INVALID, "\"letters\" must be true or false");
    }
    if (parent != NULL && !json_is_integer(parent)) {
        return error_set(err, ERROR_INVALID, "\"parent\" must be the number of an instance");
    }
    return body == NULL || catalog_find_body(page->v->catalog, body) != NULL ||
           error_set(err, ERROR_NOT_FOUND, "there is no body \"%.100s\"", body);
}

bool page_begin(struct page *page, struct error *err)
{
    const json_t *limit = json_object_get(page->request, "limit");
    json_int_t n = json_is_integer(limit) ? json_integer_value(limit) : LIMIT_NORMAL;

    if (limit != NULL && (!json_is_integer(limit) || n < 1)) {
        return error_set(err, ERROR_INVALID, "\"limit\" must be a number from 1");
    }
    page->limit = n > (json_int_t)LIMIT_PAGE ? LIMIT_PAGE : (size_t)n;
    page->looks_max = LOOKS_NORMAL;
    if (!check_filters(page, err)) {
        return false;
    }
    page->rows = json_array();
    return true;
}

/* --- ranges -------------------------------------------------------------------------------- */

void page_add_range(struct page *page, struct bytes from, struct bytes to)
{
    if (page->range_count == page->range_room) {
        page->range_room = page->range_room ? page->range_room * 2 : 4;
        page->ranges = xrealloc(page->ranges, page->range_room * sizeof *page->ranges);
    }
    struct range *range = &page->ranges[page->range_count++];
    *range = (struct range){BUFFER_INIT, BUFFER_INIT};
    buffer_append(&range->from, from.data, from.size);
    buffer_append(&range->to, to.data, to.size);
}

static int compare_ranges(const void *a, const void *b)
{
    const struct range *x = a;
    const struct range *y = b;

    return bytes_compare(buffer_bytes(&x->from), buffer_bytes(&y->from));
}

void page_order_ranges(struct page *page)
{
    if (page->range_count > 1) {
        qsort(page->ranges, page->range_count, sizeof *page->ranges, compare_ranges);
    }
}

/* Its end is the prefix with its last byte one greater. Every key begins with a tenant, so there is
 * always a byte that can be. */
void page_add_prefix(struct page *page, struct bytes prefix)
{
    page_add_range(page, prefix, prefix);
    struct buffer *to = &page->ranges[page->range_count - 1].to;
    while (to->size > 0 && to->data[to->size - 1] == 0xFF) {
        to->size--;
    }
    must(to->size > 0);
    to->data[to->size - 1]++;
}

json_t *page_drop(struct page *page)
{
    for (uint32_t i = 0; i < page->range_count; i++) {
        buffer_fini(&page->ranges[i].from);
        buffer_fini(&page->ranges[i].to);
    }
    free(page->ranges);
    page->ranges = NULL;
    page->range_count = 0;
    json_decref(page->rows);
    page->rows = NULL;
    return NULL;
}

/* --- cursors ------------------------------------------------------------------------------- */

static json_t *cursor_print(struct bytes key)
{
    char text[2 * STORE_KEY_BYTES_MAX + 1];

    for (size_t i = 0; i < key.size; i++) {
        snprintf(text + 2 * i, 3, "%02x", ((const unsigned char *)key.data)[i]);
    }
    return json_string(text);
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool cursor_parse(const char *text, struct buffer *ret_key, struct error *err)
{
    size_t size = text != NULL ? strlen(text) : 0;

    if (size % 2 != 0 || size > 2 * STORE_KEY_BYTES_MAX) {
        return error_set(err, ERROR_INVALID, "\"after\" is not a cursor of this list");
    }
    for (size_t i = 0; i < size; i += 2) {
        if (hex(text[i]) < 0 || hex(text[i + 1]) < 0) {
            return error_set(err, ERROR_INVALID, "\"after\" is not a cursor of this list");
        }
        pack_u8(ret_key, (unsigned)(hex(text[i]) * 16 + hex(text[i + 1])));
    }
    if (size > 0) {
        pack_u8(ret_key, 0); /* the key just after it */
    }
    return true;
}

/* --- the walk ------------------------------------------------------------------------------ */

/* Where in its ranges a page is. */
struct page_place {
    struct page *page;
    struct store_cursor *cursor;
    uint32_t range;
    struct bytes key;
    struct bytes value;
    bool found;
};

/* Go on to the next range while the key is past the end of this one. */
static void settle(struct page_place *at)
{
    while (at->range < at->page->range_count &&
           (!at->found ||
            bytes_compare(at->key, buffer_bytes(&at->page->ranges[at->range].to)) >= 0)) {
        if (++at->range < at->page->range_count) {
            at->found = store_seek(at->cursor, buffer_bytes(&at->page->ranges[at->range].from),
                                   &at->key, &at->value);
        }
    }
    at->found = at->found && at->range < at->page->range_count;
}

static void start(struct page_place *at, struct bytes after)
{
    const struct page *page = at->page;

    while (at->range < page->range_count && after.size > 0 &&
           bytes_compare(after, buffer_bytes(&page->ranges[at->range].to)) >= 0) {
        at->range++;
    }
    if (at->range < page->range_count) {
        struct bytes from = buffer_bytes(&page->ranges[at->range].from);
        at->found = store_seek(at->cursor, bytes_compare(after, from) > 0 ? after : from, &at->key,
                               &at->value);
        settle(at);
    }
}

static json_t *walk_rows(struct page_place *at, row_fn *row)
{
    struct page *page = at->page;
    struct stint stint = stint_begin(page->v->page_ms);
    size_t looks = 0;

    while (at->found) {
        row(page, at->key, at->value);
        arena_reset(page->v->arena); /* the row is made: the instance is not needed any more */
        bool late = (++looks & 63) == 0 && stint_is_over(&stint);
        bool full = json_array_size(page->rows) >= page->limit || looks >= page->looks_max || late;
        json_t *here = full ? cursor_print(at->key) : NULL;
        at->found = store_next(at->cursor, &at->key, &at->value);
        settle(at);
        if (full && at->found) {
            return here;
        }
        json_decref(here);
        if (full) {
            break;
        }
    }
    return json_null();
}

json_t *page_walk(struct page *page, enum table table, row_fn *row, struct error *err)
{
    const char *after = json_string_value(json_object_get(page->request, "after"));
    struct page_place at = {.page = page};
    struct buffer from = BUFFER_INIT;

    if (!cursor_parse(after, &from, err)) {
        buffer_fini(&from);
        return page_drop(page);
    }
    at.cursor = store_cursor_open(page->v->txn, (int)table);
    start(&at, buffer_bytes(&from));
    json_t *next = walk_rows(&at, row);
    store_cursor_close(&at.cursor);
    buffer_fini(&from);
    json_t *answer = json_pack("{sO so}", "rows", page->rows, "next", next);
    page_drop(page);
    return answer;
}
