/* listing.c - pages of instances, assignments, incidents
 *
 * Owns:    the walk over an index table with filters, and its cursor: the key of the last row that
 *          was looked at, in hexadecimal, so that a client can hand it back as it is.
 */
#include "engine/listing.h"

#include "base/clock.h"

#include "base/must.h"
#include "engine/rows.h"
#include "engine/snapshot.h"

#include <stdio.h>
#include <string.h>

#define SCAN_MAX     20000 /* rows looked at for one page: a filter that fits nothing still ends */
#define LIMIT_NORMAL 100
/* Bytes of an input that a list still shows: a page of them must stay a message. */
#define INPUT_SHOWN 8192

struct page {
    const struct view *v;
    const json_t *request;
    json_t *rows;
    size_t limit;
};

/* Append rows for this key and value; the walk goes on until the page is full. */
typedef void row_fn(struct page *page, struct bytes key, struct bytes value);

static bool wants(const struct page *page, const char *field, const char *value)
{
    const char *filter = json_string_value(json_object_get(page->request, field));

    return filter == NULL || strcmp(filter, value) == 0;
}

/* A filter that is not what it should be is refused: ignoring it would answer another question. */
static bool check_filters(const struct page *page, struct error *err)
{
    static const char *const texts[] = {"state", "phase", "definition", "body", "after"};
    const json_t *open = json_object_get(page->request, "open");
    const json_t *letters = json_object_get(page->request, "letters");
    const json_t *parent = json_object_get(page->request, "parent");
    const char *body = json_string_value(json_object_get(page->request, "body"));

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const json_t *value = json_object_get(page->request, texts[i]);
        if (value != NULL && !json_is_null(value) && !json_is_string(value)) {
            return error_set(err, ERROR_INVALID, "\"%s\" must be text", texts[i]);
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

static bool begin(struct page *page, struct error *err)
{
    const json_t *limit = json_object_get(page->request, "limit");
    json_int_t n = json_is_integer(limit) ? json_integer_value(limit) : LIMIT_NORMAL;

    if (limit != NULL && (!json_is_integer(limit) || n < 1)) {
        return error_set(err, ERROR_INVALID, "\"limit\" must be a number from 1");
    }
    page->limit = n > (json_int_t)LIMIT_PAGE ? LIMIT_PAGE : (size_t)n;
    if (!check_filters(page, err)) {
        return false;
    }
    page->rows = json_array();
    return true;
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
    size_t size = strlen(text);

    if (size % 2 != 0 || size > 2 * STORE_KEY_BYTES_MAX) {
        return error_set(err, ERROR_INVALID, "\"after\" is not a cursor of this list");
    }
    for (size_t i = 0; i < size; i += 2) {
        if (hex(text[i]) < 0 || hex(text[i + 1]) < 0) {
            return error_set(err, ERROR_INVALID, "\"after\" is not a cursor of this list");
        }
        pack_u8(ret_key, (unsigned)(hex(text[i]) * 16 + hex(text[i + 1])));
    }
    pack_u8(ret_key, 0); /* the key just after it */
    return true;
}

/* Walk the keys of a table that begin with prefix. */
static json_t *walk(struct page *page, enum table table, struct bytes prefix, row_fn *row,
                    struct error *err)
{
    const char *after = json_string_value(json_object_get(page->request, "after"));
    struct buffer from = BUFFER_INIT;
    struct bytes key;
    struct bytes value;
    json_t *next = NULL;
    int64_t end_ms = monotonic_ms() + page->v->page_ms;
    size_t seen = 0;

    if (after != NULL ? !cursor_parse(after, &from, err) : false) {
        buffer_fini(&from);
        json_decref(page->rows);
        return NULL;
    }
    struct store_cursor *c = store_cursor_open(page->v->txn, (int)table);
    bool found = store_seek(c, after ? buffer_bytes(&from) : prefix, &key, &value);
    while (found && key.size >= prefix.size && memcmp(key.data, prefix.data, prefix.size) == 0) {
        row(page, key, value);
        arena_reset(page->v->arena); /* the row is made: the instance is not needed any more */
        bool late = (++seen & 63) == 0 && monotonic_ms() >= end_ms;
        bool full = json_array_size(page->rows) >= page->limit || seen >= SCAN_MAX || late;
        json_t *here = full ? cursor_print(key) : NULL;
        found = store_next(c, &key, &value);
        if (full) {
            bool more =
                found && key.size >= prefix.size && memcmp(key.data, prefix.data, prefix.size) == 0;
            next = more ? here : NULL;
            if (!more) {
                json_decref(here);
            }
            break;
        }
    }
    store_cursor_close(&c);
    buffer_fini(&from);
    return json_pack("{so so}", "rows", page->rows, "next", next ? next : json_null());
}

/* --- instances ----------------------------------------------------------------------------- */

static bool concerns(const struct page *page, const struct assignment *a);

/* With a filter by body: has the instance an open assignment of it? */
static bool concerns_instance(const struct page *page, const struct instance *i)
{
    bool any = json_object_get(page->request, "body") == NULL;

    for (uint32_t n = 0; n < i->task_count && !any; n++) {
        const struct task *t = &i->tasks[n];
        any = t->assignment != NULL && t->state != TASK_CLOSED && concerns(page, t->assignment);
    }
    return any;
}

/* Letters of the day are instances too: they are shown to who asks for them. */
static bool is_wanted(const struct page *page, const struct definition *d)
{
    return d == NULL || d->kind != DEFINITION_BODIES ||
           json_is_true(json_object_get(page->request, "letters")) ||
           json_object_get(page->request, "definition") != NULL;
}

static void instance_row(struct page *page, uint64_t id)
{
    struct instance *i;

    if (!snapshot_instance(page->v->txn, page->v->catalog, page->v->arena, id, &i, NULL)) {
        return;
    }
    const struct definition *d = catalog_find_number(page->v->catalog, i->definition);
    if (is_wanted(page, d) && wants(page, "state", instance_state_name(i->state)) &&
        wants(page, "definition", d ? d->name : "?") && concerns_instance(page, i)) {
        json_array_append_new(page->rows, rows_instance(page->v->catalog, i));
    }
}

static uint64_t last_id(struct bytes key)
{
    struct cursor c = cursor_of((struct bytes){(const unsigned char *)key.data + key.size - 8, 8});

    return unpack_key64(&c);
}

static void row_of_id(struct page *page, struct bytes key, struct bytes value)
{
    (void)value;
    instance_row(page, last_id(key));
}

json_t *listing_instances(const struct view *v, const json_t *request, struct error *err)
{
    struct page page = {.v = v, .request = request};
    const char *state = json_string_value(json_object_get(request, "state"));
    const json_t *parent = json_object_get(request, "parent");
    struct buffer prefix = BUFFER_INIT;
    enum table table = TABLE_INSTANCE;

    if (!begin(&page, err)) {
        return NULL;
    }
    pack_u8(&prefix, TENANT);
    if (json_is_integer(parent)) {
        table = TABLE_CHILD;
        pack_key64(&prefix, (uint64_t)json_integer_value(parent));
    } else if (state != NULL &&
               (strcmp(state, "running") == 0 || strcmp(state, "suspended") == 0)) {
        table = TABLE_STATE;
        pack_u8(&prefix, strcmp(state, "running") == 0 ? INSTANCE_RUNNING : INSTANCE_SUSPENDED);
    }
    json_t *answer = walk(&page, table, buffer_bytes(&prefix), row_of_id, err);
    buffer_fini(&prefix);
    return answer;
}

/* --- assignments and incidents ------------------------------------------------------------- */

static struct task *find_task(struct page *page, struct bytes key, struct instance **ret_instance)
{
    struct cursor c =
        cursor_of((struct bytes){(const unsigned char *)key.data + key.size - 12, 12});
    uint64_t id = unpack_key64(&c);
    uint32_t seq = unpack_key32(&c);

    return snapshot_instance(page->v->txn, page->v->catalog, page->v->arena, id, ret_instance, NULL)
               ? instance_find_task(*ret_instance, seq)
               : NULL;
}

/* Has this body something to do with it: takes part, decides, or acts for one that does? */
static bool concerns(const struct page *page, const struct assignment *a)
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
    struct instance *i;
    struct cursor c = cursor_of(value);

    if (!wants(page, "state", assignment_state_name((enum assignment_state)unpack_u8(&c))) ||
        !wants(page, "phase", phase_name((enum phase)unpack_u8(&c)))) {
        return;
    }
    const struct task *t = find_task(page, key, &i);
    if (t != NULL && t->assignment != NULL && concerns(page, t->assignment)) {
        json_array_append_new(page->rows, rows_assignment(page->v->catalog, i, t));
    }
}

json_t *listing_assignments(const struct view *v, const json_t *request, struct error *err)
{
    struct page page = {.v = v, .request = request};
    const json_t *open = json_object_get(request, "open");
    unsigned char prefix[2] = {TENANT, json_is_false(open)};
    size_t size = json_is_boolean(open) ? 2 : 1;

    return begin(&page, err)
               ? walk(&page, TABLE_ASSIGNMENT, (struct bytes){prefix, size}, assignment_row, err)
               : NULL;
}

static void incident_row(struct page *page, struct bytes key, struct bytes value)
{
    struct instance *i;
    const struct task *t = find_task(page, key, &i);

    (void)value;
    if (t == NULL) {
        return;
    }
    json_t *row = rows_task(page->v, i, t);
    if (t->input.size > INPUT_SHOWN) {
        json_object_del(row, "input"); /* SHOW has it whole */
    }
    const struct definition *d = catalog_find_number(page->v->catalog, i->definition);
    json_object_set_new(row, "instance", json_integer((json_int_t)i->id));
    json_object_set_new(row, "definition", json_string(d ? d->name : "?"));
    json_array_append_new(page->rows, row);
}

json_t *listing_incidents(const struct view *v, const json_t *request, struct error *err)
{
    struct page page = {.v = v, .request = request};
    unsigned char prefix = TENANT;

    return begin(&page, err)
               ? walk(&page, TABLE_INCIDENT, (struct bytes){&prefix, 1}, incident_row, err)
               : NULL;
}
