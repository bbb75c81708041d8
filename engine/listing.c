/* listing.c - pages of instances and incidents
 *
 * Owns:    which table a list of instances is walked by, and its filters.
 * In:      queries.c and the pages of the gateway.
 * Always:  a row is looked up in the narrowest table that its filters know.
 */
#include "engine/listing_part.h"

#include "engine/rows.h"

#include <string.h>

/* Bytes of an input that a list still shows: a page of them must stay a message. */
#define INPUT_SHOWN 8192

/* --- instances ----------------------------------------------------------------------------- */

/* Letters of the day are instances too: they are shown to who asks for them. */
static bool is_wanted(const struct page *page, const struct definition *d)
{
    return d == NULL || d->kind != DEFINITION_BODIES ||
           json_is_true(json_object_get(page->request, "letters")) ||
           json_object_get(page->request, "definition") != NULL;
}

static void add_instance(struct page *page, const struct instance *i)
{
    const struct definition *d = catalog_find_number(page->v->catalog, i->definition);
    if (is_wanted(page, d) && page_wants(page, "state", instance_state_name(i->state)) &&
        page_wants(page, "definition", d ? d->name : "?")) {
        json_array_append_new(page->rows, rows_instance(page->v->catalog, i));
    }
}

static void instance_row(struct page *page, uint64_t id)
{
    struct instance *i;

    if (snapshot_instance(page->v->txn, page->v->catalog, page->v->arena, id, &i, NULL)) {
        add_instance(page, i);
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

/* The head of a record has the state: of those in another the rest is not read. */
static void row_of_definition(struct page *page, struct bytes key, struct bytes value)
{
    uint64_t id = last_id(key);

    (void)value;
    if (json_object_get(page->request, "state") == NULL ||
        page_wants(page, "state", instance_state_name(snapshot_state(page->v->txn, id)))) {
        instance_row(page, id);
    }
}

/* Of the open assignments of a body: has the instance no other whose term is over before this one?
 * Else it was shown with that. */
static bool is_first(const struct page *page, const struct instance *i, const struct task *t)
{
    bool first = true;

    for (uint32_t n = 0; n < i->task_count && first; n++) {
        const struct task *other = &i->tasks[n];
        first = other->assignment == NULL || other->state == TASK_CLOSED ||
                !listing_concerns(page, other->assignment) ||
                other->assignment->to > t->assignment->to ||
                (other->assignment->to == t->assignment->to && other->seq >= t->seq);
    }
    return first;
}

static void row_of_concern(struct page *page, struct bytes key, struct bytes value)
{
    struct instance *i;
    const struct task *t = listing_find_task(page, key, &i);
    const json_t *parent = json_object_get(page->request, "parent");
    bool child = t != NULL &&
                 (!json_is_integer(parent) || (uint64_t)json_integer_value(parent) == i->parent);

    (void)value;
    if (child && t->assignment != NULL && is_first(page, i, t)) {
        add_instance(page, i);
    }
}

/* Those with an open assignment of a body. */
static json_t *instances_of_body(struct page *page, const char *body, struct error *err)
{
    struct filter filter = filter_of_all(page->v);

    filter.body = bytes_of(body);
    filter.closed = false;
    page_add_assignments(page, &filter);
    return page_walk(page, filter_table(&filter), row_of_concern, err);
}

void page_add_versions(struct page *page, const char *name)
{
    const struct definition *d;

    for (uint32_t i = 0; (d = catalog_at(page->v->catalog, i)) != NULL; i++) {
        if (strcmp(d->name, name) == 0) {
            struct buffer prefix = BUFFER_INIT;
            pack_u8(&prefix, TENANT);
            pack_key32(&prefix, d->number);
            page_add_prefix(page, buffer_bytes(&prefix));
            buffer_fini(&prefix);
        }
    }
}

static bool is_open_state(const char *state)
{
    return state != NULL && (strcmp(state, "running") == 0 || strcmp(state, "suspended") == 0);
}

json_t *listing_instances(const struct view *v, const json_t *request, struct error *err)
{
    struct page page = {.v = v, .request = request};
    const char *state = json_string_value(json_object_get(request, "state"));
    const char *definition = json_string_value(json_object_get(request, "definition"));
    const char *body = json_string_value(json_object_get(request, "body"));
    const json_t *parent = json_object_get(request, "parent");
    struct buffer prefix = BUFFER_INIT;
    enum table table = TABLE_INSTANCE;

    if (!page_begin(&page, err)) {
        return NULL;
    }
    if (body != NULL) {
        return instances_of_body(&page, body, err);
    }
    if (definition != NULL && !json_is_integer(parent)) {
        page_add_versions(&page, definition);
        page.looks_max *= 10; /* where the state is another, none is read */
        return page_walk(&page, TABLE_OF, row_of_definition, err);
    }
    pack_u8(&prefix, TENANT);
    if (json_is_integer(parent)) {
        table = TABLE_CHILD;
        pack_key64(&prefix, (uint64_t)json_integer_value(parent));
    } else if (is_open_state(state)) {
        table = TABLE_STATE;
        pack_u8(&prefix, strcmp(state, "running") == 0 ? INSTANCE_RUNNING : INSTANCE_SUSPENDED);
    }
    page_add_prefix(&page, buffer_bytes(&prefix));
    buffer_fini(&prefix);
    return page_walk(&page, table, row_of_id, err);
}

/* --- incidents ----------------------------------------------------------------------------- */

/* Whose task it is. */
static void set_instance(json_t *row, const struct catalog *catalog, const struct instance *i)
{
    static const char *const fields[] = {"instance", "definition", "definition_title", "title",
                                         "key"};
    json_t *instance = rows_instance(catalog, i);

    for (size_t n = 0; n < sizeof fields / sizeof *fields; n++) {
        json_object_set(row, fields[n], json_object_get(instance, fields[n]));
    }
    json_decref(instance);
}

json_t *listing_incident(const struct view *v, const struct instance *i, const struct task *t)
{
    json_t *row = rows_task(v, i, t);

    if (t->input.size > INPUT_SHOWN) {
        json_object_del(row, "input"); /* SHOW has it whole */
    }
    set_instance(row, v->catalog, i);
    rows_set_person(row, v, i);
    return row;
}

static void incident_row(struct page *page, struct bytes key, struct bytes value)
{
    struct instance *i;
    const struct task *t = listing_find_task(page, key, &i);

    (void)value;
    if (t == NULL) {
        return;
    }
    const struct definition *d = catalog_find_number(page->v->catalog, i->definition);
    if (!page_wants(page, "definition", d ? d->name : "?")) {
        return;
    }
    json_t *row = listing_incident(page->v, i, t);
    if (page_wants(page, "service",
                   json_string_value(json_object_get(row, "service")) != NULL
                       ? json_string_value(json_object_get(row, "service"))
                       : "")) {
        json_array_append_new(page->rows, row);
    } else {
        json_decref(row);
    }
}

json_t *listing_incidents(const struct view *v, const json_t *request, struct error *err)
{
    struct page page = {.v = v, .request = request};
    const unsigned char prefix = TENANT;
    const char *service;

    if (!filter_text(page.request, "service", &service, err) || !page_begin(&page, err)) {
        return NULL;
    }
    page_add_prefix(&page, (struct bytes){&prefix, 1});
    return page_walk(&page, TABLE_INCIDENT, incident_row, err);
}

bool listing_is_incident(const struct view *v, uint64_t instance, uint32_t task)
{
    struct buffer key = BUFFER_INIT;
    struct bytes value;

    pack_u8(&key, TENANT);
    pack_key64(&key, instance);
    pack_key32(&key, task);
    bool is = store_get(v->txn, TABLE_INCIDENT, buffer_bytes(&key), &value);
    buffer_fini(&key);
    return is;
}
