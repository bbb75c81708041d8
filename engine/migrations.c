/* migrations.c - which instances are to go on with another version, and what came of each
 *
 * Owns:    the walk over open instances, and its cursor: number and state of the last one.
 * In:      versions.c, in an open turn.
 * Out:     decide_migrate() for each, or only the check; a row for each.
 * Always:  a page moves at most LIMIT_PAGE instances and looks at SCAN_MAX: a turn stays short.
 */
#include "engine/migrations.h"

#include "base/must.h"
#include "engine/core/decide.h"
#include "engine/refusal.h"
#include "engine/snapshot.h"

#include <stdio.h>
#include <string.h>

#define SCAN_MAX 20000 /* open instances looked at for one page: only the head of each is read */

struct walk {
    struct engine *e;
    const struct migration *m;
    const struct definition *to;
    json_t *rows;
    uint32_t moved;
    uint32_t left;
};

static const struct definition *find_version(const struct catalog *catalog, const char *name,
                                             uint32_t version)
{
    const struct definition *d;

    if (version == 0) {
        return catalog_find(catalog, DEFINITION_WORKFLOW, name);
    }
    for (uint32_t i = 0; (d = catalog_at(catalog, i)) != NULL; i++) {
        if (d->kind == DEFINITION_WORKFLOW && d->version == version && strcmp(d->name, name) == 0) {
            return d;
        }
    }
    return NULL;
}

static bool find_target(struct walk *w, struct error *err)
{
    w->to = find_version(w->e->catalog, w->m->name, w->m->to);
    if (w->to == NULL && w->m->to != 0) {
        return error_set(err, ERROR_NOT_FOUND, "there is no version %u of a workflow \"%s\"",
                         w->m->to, w->m->name);
    }
    if (w->to == NULL) {
        return error_set(err, ERROR_NOT_FOUND, "there is no workflow \"%s\"", w->m->name);
    }
    if (w->to->removed) {
        return error_set(err, ERROR_CONFLICT, "version %u of \"%s\" is removed", w->to->version,
                         w->to->name);
    }
    return w->m->from == 0 || find_version(w->e->catalog, w->m->name, w->m->from) != NULL ||
           error_set(err, ERROR_NOT_FOUND, "there is no version %u of a workflow \"%s\"",
                     w->m->from, w->m->name);
}

/* --- one instance ---------------------------------------------------------------------------- */

static void move(struct walk *w, uint64_t id)
{
    struct world *world = turn_world(&w->e->turn);
    const struct instance *i = world->get(world, id);
    const struct definition *was =
        i != NULL ? catalog_find_number(w->e->catalog, i->definition) : NULL;
    json_t *row = json_pack("{sI}", "instance", (json_int_t)id);
    struct error err = ERROR_INIT;

    if (was != NULL) { /* before it is moved */
        json_object_set_new(row, "version", json_integer(was->version));
    }
    bool moved = w->m->preview ? decide_migration_check(world, id, w->to, &err)
                               : decide_migrate(world, id, w->to, &err);
    json_object_set_new(row, "moved", json_boolean(moved));
    if (!moved) {
        json_object_set_new(row, "code", json_string(error_name(err.code)));
        refusal_put(row, &err);
    }
    w->moved += moved;
    w->left += !moved;
    json_array_append_new(w->rows, row);
}

static bool move_listed(struct walk *w, struct error *err)
{
    for (size_t i = 0; i < json_array_size(w->m->instances); i++) {
        const json_t *id = json_array_get(w->m->instances, i);
        if (!json_is_integer(id) || json_integer_value(id) < 1) {
            return error_set(err, ERROR_INVALID, "\"instances\" must be numbers of instances");
        }
    }
    for (size_t i = 0; i < json_array_size(w->m->instances); i++) {
        move(w, (uint64_t)json_integer_value(json_array_get(w->m->instances, i)));
    }
    return true;
}

/* --- all that are open ----------------------------------------------------------------------- */

/* Is it one that is to be moved? Only the beginning of its record is read. */
static bool is_chosen(const struct walk *w, uint64_t id)
{
    unsigned char key[SNAPSHOT_KEY_BYTES];
    struct instance_head head;
    struct bytes record;

    if (!store_get(w->e->turn.txn, TABLE_INSTANCE, snapshot_instance_key(id, key), &record) ||
        !instance_head(record, &head) || head.definition == w->to->number) {
        return false;
    }
    const struct definition *d = catalog_find_number(w->e->catalog, head.definition);
    return d != NULL && d->kind == DEFINITION_WORKFLOW && strcmp(d->name, w->m->name) == 0 &&
           (w->m->from == 0 || d->version == w->m->from);
}

/* "4711.1": number and state of the last instance that was looked at, in the form of a task. */
static bool read_cursor(const char *text, unsigned *ret_state, uint64_t *ret_id)
{
    struct task_id last = {0, 0};

    if (text != NULL && !task_id_parse(bytes_of(text), &last)) {
        return false;
    }
    *ret_state = last.seq;
    *ret_id = last.instance;
    return true;
}

/* The numbers are read first and moved then: moving writes to the store, which the walk reads. */
static size_t collect(const struct walk *w, unsigned state, uint64_t id, uint64_t *ids,
                      char *ret_next, size_t next_size)
{
    struct store_cursor *c = store_cursor_open(w->e->turn.txn, TABLE_STATE);
    struct buffer from = BUFFER_INIT;
    struct bytes key;
    size_t seen = 0;
    size_t count = 0;

    pack_u8(&from, TENANT);
    pack_u8(&from, state);
    pack_key64(&from, id + 1);
    bool found = store_seek(c, buffer_bytes(&from), &key, NULL);
    ret_next[0] = '\0';
    while (found && count < LIMIT_PAGE && seen < SCAN_MAX) {
        struct cursor k = cursor_of(key);
        unpack_u8(&k);
        state = unpack_u8(&k);
        id = unpack_key64(&k);
        seen++;
        if (is_chosen(w, id)) {
            ids[count++] = id;
        }
        found = store_next(c, &key, NULL);
    }
    if (found) {
        snprintf(ret_next, next_size, "%llu.%u", (unsigned long long)id, state);
    }
    store_cursor_close(&c);
    buffer_fini(&from);
    return count;
}

static bool move_open(struct walk *w, char *ret_next, size_t next_size, struct error *err)
{
    static uint64_t ids[LIMIT_PAGE];
    unsigned state;
    uint64_t id;

    if (!read_cursor(w->m->after, &state, &id)) {
        return error_set(err, ERROR_INVALID, "\"after\" must be the \"next\" of a page before");
    }
    size_t count = collect(w, state, id, ids, ret_next, next_size);
    for (size_t i = 0; i < count; i++) {
        move(w, ids[i]);
    }
    return true;
}

bool migrations_run(struct engine *e, const struct migration *m, json_t **ret_answer,
                    struct error *err)
{
    struct walk w = {.e = e, .m = m};
    char next[32] = "";

    if (!find_target(&w, err)) {
        return false;
    }
    w.rows = json_array();
    bool ok = m->instances != NULL ? move_listed(&w, err) : move_open(&w, next, sizeof next, err);
    if (!ok) {
        json_decref(w.rows);
        return false;
    }
    *ret_answer = json_pack("{ss si si sb si si so so}", "definition", w.to->name, "version",
                            (int)w.to->version, "number", (int)w.to->number, "preview", m->preview,
                            "moved", (int)w.moved, "left", (int)w.left, "rows", w.rows, "next",
                            next[0] != '\0' ? json_string(next) : json_null());
    return true;
}
