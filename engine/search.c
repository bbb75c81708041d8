/* search.c - one box that finds everything
 *
 * Owns:    the groups of the answer, and how many of each are looked at.
 * In:      queries.c; the gateway.
 * Always:  bounded: of instances so many are read, and "more" says that there were others. What has
 *          the words as they are comes before what has only words that begin so.
 * See:     docs/protocol.md §3.6
 */
#include "engine/search_part.h"

#include "base/limits.h"
#include "engine/core/peek.h"
#include "engine/rows.h"
#include "engine/snapshot.h"

#include <stdlib.h>
#include <string.h>

#define LIMIT_NORMAL 10
#define LIMIT_MOST   50
#define READS_MAX    300u /* instances read for one answer: 30 us each */

struct search {
    const struct view *v;
    struct query query; /* exact in the first pass, beginnings in the second */
    struct bytes text;  /* the query as it was written */
    unsigned reads;     /* of instances by words, in both passes */
    size_t limit;
    json_t *assignments;
    json_t *instances;
    json_t *bodies;
    json_t *definitions;
    json_t *items;
    bool more;
};

static bool has_room(const struct search *s, const json_t *group)
{
    return json_array_size(group) < s->limit;
}

static bool has_all(const struct query *q, const struct bytes *texts, size_t count)
{
    uint32_t seen = 0;

    for (size_t i = 0; i < count; i++) {
        if (search_text_has(q, texts[i], &seen)) {
            return true;
        }
    }
    return false;
}

/* In the second pass what fitted in the first is left out. */
static bool fits(const struct search *s, const struct bytes *texts, size_t count)
{
    struct query exact = s->query;

    exact.exact = true;
    return has_all(&s->query, texts, count) && (s->query.exact || !has_all(&exact, texts, count));
}

/* --- instances ----------------------------------------------------------------------------- */

static void add_instance(struct search *s, const struct instance *i)
{
    size_t n;
    json_t *row;

    json_array_foreach(s->instances, n, row)
    {
        if ((uint64_t)json_integer_value(json_object_get(row, "instance")) == i->id) {
            return;
        }
    }
    if (has_room(s, s->instances)) {
        json_array_append_new(s->instances, rows_instance(s->v->catalog, i));
    } else {
        s->more = true;
    }
}

static void look_at_tasks(struct search *s, const struct instance *i)
{
    for (uint32_t n = i->task_count; n-- > 0;) {
        const struct task *t = &i->tasks[n];
        if (t->assignment == NULL) {
            continue;
        }
        struct bytes input = task_input(i, t);
        struct bytes texts[] = {peek_text(s->v->arena, input, "title"),
                                peek_text(s->v->arena, input, "no")};
        bool fit = fits(s, texts, 2);
        if (fit && has_room(s, s->assignments)) {
            json_array_append_new(s->assignments, rows_assignment(s->v->catalog, i, t));
        } else if (fit) {
            s->more = true;
        }
    }
}

static void look_at_person(struct search *s, const struct instance *i)
{
    const struct definition *d = catalog_find_number(s->v->catalog, i->definition);

    if (d != NULL && d->kind == DEFINITION_WORKFLOW && d->workflow.cycle != NULL) {
        struct bytes name = peek_text(s->v->arena, i->data, d->workflow.cycle->person);
        if (fits(s, &name, 1)) {
            add_instance(s, i);
        }
    }
}

static struct instance *read_instance(const struct search *s, uint64_t id)
{
    struct instance *i;

    return snapshot_instance(s->v->txn, s->v->catalog, s->v->arena, id, &i, NULL) ? i : NULL;
}

static void find_by_words(struct search *s)
{
    struct candidates c;
    unsigned most = s->query.exact ? READS_MAX / 2 : READS_MAX; /* some are left to beginnings */

    search_candidates(s->v, &s->query, &c);
    s->more = s->more || c.more;
    for (size_t n = c.count; n-- > 0;) { /* the newest first */
        bool full = !has_room(s, s->assignments) && !has_room(s, s->instances);
        if (s->reads == most || (full && s->more)) {
            s->more = true;
            break;
        }
        s->reads++;
        const struct instance *i = read_instance(s, c.ids[n]);
        if (i != NULL) {
            look_at_person(s, i);
            look_at_tasks(s, i);
        }
        arena_reset(s->v->arena);
    }
    free(c.ids);
}

/* Under this name, the key that was asked for; in the second pass, those that begin with it. */
static void find_by_key(struct search *s, const char *name)
{
    struct buffer from = BUFFER_INIT;
    struct store_cursor *c = store_cursor_open(s->v->txn, TABLE_KEY);
    struct bytes key;
    struct bytes value;

    pack_u8(&from, TENANT);
    buffer_append(&from, name, strlen(name) + 1);
    buffer_append(&from, s->text.data, s->text.size);
    bool found = store_seek(c, buffer_bytes(&from), &key, &value);
    while (found && has_room(s, s->instances) &&
           (s->query.exact ? key.size == from.size : key.size >= from.size) &&
           memcmp(key.data, from.data, from.size) == 0) {
        struct cursor id = cursor_of(value);
        const struct instance *i = read_instance(s, unpack_key64(&id));
        if (i != NULL) {
            add_instance(s, i);
        }
        arena_reset(s->v->arena);
        found = store_next(c, &key, &value);
    }
    store_cursor_close(&c);
    buffer_fini(&from);
}

/* "17", or "17.2". */
static void find_by_number(struct search *s)
{
    uint64_t id = 0;
    size_t n = 0;
    const char *text = s->text.data;

    while (n < s->text.size && n < 18 && text[n] >= '0' && text[n] <= '9') {
        id = id * 10 + (uint64_t)(text[n++] - '0');
    }
    if (n > 0 && (n == s->text.size || text[n] == '.')) {
        const struct instance *i = read_instance(s, id);
        if (i != NULL) {
            add_instance(s, i);
        }
        arena_reset(s->v->arena);
    }
}

/* --- the catalog --------------------------------------------------------------------------- */

static bool any_has(const struct search *s, const char *a, const char *b, const char *c)
{
    struct bytes texts[] = {bytes_of(a), bytes_of(b), bytes_of(c)};

    return fits(s, texts, 3);
}

static void add(struct search *s, json_t *group, json_t *row)
{
    if (has_room(s, group)) {
        json_array_append_new(group, row);
    } else {
        s->more = true;
        json_decref(row);
    }
}

static void find_bodies(struct search *s, const struct bodies *bodies)
{
    for (uint32_t i = 0; i < bodies->body_count; i++) {
        const struct body *body = &bodies->bodies[i];
        if (any_has(s, body->id, body->name, body->short_name)) {
            add(s, s->bodies, rows_body(s->v->catalog, bytes_of(body->id)));
        }
    }
}

static void find_items(struct search *s, const struct definition *d)
{
    for (uint32_t i = 0; i < d->roadmap.item_count; i++) {
        const struct roadmap_item *item = &d->roadmap.items[i];
        if (any_has(s, item->title, item->no, NULL)) {
            add(s, s->items,
                json_pack("{ss ss ss ss}", "plan", d->name, "plan_title", d->title, "no", item->no,
                          "title", item->title));
        }
    }
}

static void find_definition(struct search *s, const struct definition *d)
{
    if (any_has(s, d->name, d->title, NULL)) {
        add(s, s->definitions,
            json_pack("{si ss ss ss}", "number", (int)d->number, "kind",
                      definition_kind_name(d->kind), "name", d->name, "title", d->title));
    }
    if (d->kind == DEFINITION_BODIES) {
        find_bodies(s, &d->bodies);
    } else if (d->kind == DEFINITION_ROADMAP) {
        find_items(s, d);
    }
    if (d->kind == DEFINITION_WORKFLOW || d->kind == DEFINITION_ROADMAP) {
        find_by_key(s, d->name);
    }
}

static void find_in_catalog(struct search *s)
{
    const struct definition *d;

    for (uint32_t i = 0; (d = catalog_at(s->v->catalog, i)) != NULL; i++) {
        if (!d->removed && catalog_find(s->v->catalog, d->kind, d->name) == d) {
            find_definition(s, d);
        }
    }
}

/* --- the answer ---------------------------------------------------------------------------- */

static bool read_request(struct search *s, const json_t *request, struct error *err)
{
    const char *q = json_string_value(json_object_get(request, "q"));
    const json_t *limit = json_object_get(request, "limit");
    json_int_t n = limit != NULL ? json_integer_value(limit) : LIMIT_NORMAL;

    if (q == NULL) {
        return error_set(err, ERROR_INVALID, "\"q\" must be text");
    }
    if (n < 1) {
        return error_set(err, ERROR_INVALID, "\"limit\" must be a number from 1");
    }
    s->limit = n > LIMIT_MOST ? LIMIT_MOST : (size_t)n;
    s->text = bytes_of(q);
    return search_read(q, &s->query, err);
}

json_t *search_answer(const struct view *v, const json_t *request, struct error *err)
{
    struct search s = {.v = v};

    if (!read_request(&s, request, err)) {
        return NULL;
    }
    s.assignments = json_array();
    s.instances = json_array();
    s.bodies = json_array();
    s.definitions = json_array();
    s.items = json_array();
    find_by_number(&s);
    s.query.exact = true;
    find_in_catalog(&s);
    find_by_words(&s);
    s.query.exact = false;
    find_in_catalog(&s);
    find_by_words(&s);
    return json_pack("{so so so so so sb}", "assignments", s.assignments, "instances", s.instances,
                     "bodies", s.bodies, "definitions", s.definitions, "items", s.items, "more",
                     s.more);
}

bool search_row_fits(const char *query, const json_t *row)
{
    struct query q;
    uint32_t seen = 0;

    if (!search_read(query, &q, NULL)) {
        return false;
    }
    return search_text_has(&q, bytes_of(json_string_value(json_object_get(row, "title"))), &seen) ||
           search_text_has(&q, bytes_of(json_string_value(json_object_get(row, "no"))), &seen);
}
