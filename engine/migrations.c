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

struct migration_page {
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

static bool find_target(struct migration_page *p, struct error *err)
{
    p->to = find_version(p->e->catalog, p->m->name, p->m->to);
    if (p->to == NULL && p->m->to != 0) {
        return error_set(err, ERROR_NOT_FOUND, "there is no version %u of a workflow \"%s\"",
                         p->m->to, p->m->name);
    }
    if (p->to == NULL) {
        return error_set(err, ERROR_NOT_FOUND, "there is no workflow \"%s\"", p->m->name);
    }
    if (p->to->removed) {
        return error_set(err, ERROR_CONFLICT, "version %u of \"%s\" is removed", p->to->version,
                         p->to->name);
    }
    return p->m->from == 0 || find_version(p->e->catalog, p->m->name, p->m->from) != NULL ||
           error_set(err, ERROR_NOT_FOUND, "there is no version %u of a workflow \"%s\"",
                     p->m->from, p->m->name);
}

/* --- one instance ---------------------------------------------------------------------------- */

static void move(struct migration_page *p, uint64_t id)
{
    struct world *world = turn_world(&p->e->turn);
    const struct instance *i = world->get(world, id);
    const struct definition *was =
        i != NULL ? catalog_find_number(p->e->catalog, i->definition) : NULL;
    json_t *row = json_pack("{sI}", "instance", (json_int_t)id);
    struct error err = ERROR_INIT;

    if (was != NULL) { /* before it is moved */
        json_object_set_new(row, "version", json_integer(was->version));
    }
    bool moved = p->m->preview ? decide_migration_check(world, id, p->to, &err)
                               : decide_migrate(world, id, p->to, &err);
    json_object_set_new(row, "moved", json_boolean(moved));
    if (!moved) {
        json_object_set_new(row, "code", json_string(error_name(err.code)));
        refusal_put(row, &err);
    }
    p->moved += moved;
    p->left += !moved;
    json_array_append_new(p->rows, row);
}

static bool move_listed(struct migration_page *p, struct error *err)
{
    for (size_t i = 0; i < json_array_size(p->m->instances); i++) {
        const json_t *id = json_array_get(p->m->instances, i);
        if (!json_is_integer(id) || json_integer_value(id) < 1) {
            return error_set(err, ERROR_INVALID, "\"instances\" must be numbers of instances");
        }
    }
    for (size_t i = 0; i < json_array_size(p->m->instances); i++) {
        move(p, (uint64_t)json_integer_value(json_array_get(p->m->instances, i)));
    }
    return true;
}

/* --- all that are open ----------------------------------------------------------------------- */

/* Is it one that is to be moved? Only the beginning of its record is read. */
static bool is_chosen(const struct migration_page *p, uint64_t id)
{
    unsigned char key[SNAPSHOT_KEY_BYTES];
    struct instance_head head;
    struct bytes record;

    if (!store_get(p->e->turn.txn, TABLE_INSTANCE, snapshot_instance_key(id, key), &record) ||
        !instance_head(record, &head) || head.definition == p->to->number) {
        return false;
    }
    const struct definition *d = catalog_find_number(p->e->catalog, head.definition);
    return d != NULL && d->kind == DEFINITION_WORKFLOW && strcmp(d->name, p->m->name) == 0 &&
           (p->m->from == 0 || d->version == p->m->from);
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
static size_t collect(const struct migration_page *p, unsigned state, uint64_t id, uint64_t *ids,
                      char *ret_next, size_t next_size)
{
    struct store_cursor *c = store_cursor_open(p->e->turn.txn, TABLE_STATE);
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
        if (is_chosen(p, id)) {
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

static bool move_open(struct migration_page *p, char *ret_next, size_t next_size, struct error *err)
{
    static uint64_t ids[LIMIT_PAGE];
    unsigned state;
    uint64_t id;

    if (!read_cursor(p->m->after, &state, &id)) {
        return error_set(err, ERROR_INVALID, "\"after\" must be the \"next\" of a page before");
    }
    size_t count = collect(p, state, id, ids, ret_next, next_size);
    for (size_t i = 0; i < count; i++) {
        move(p, ids[i]);
    }
    return true;
}

bool migrations_run(struct engine *e, const struct migration *m, json_t **ret_answer,
                    struct error *err)
{
    struct migration_page p = {.e = e, .m = m};
    char next[32] = "";

    if (!find_target(&p, err)) {
        return false;
    }
    p.rows = json_array();
    bool ok = m->instances != NULL ? move_listed(&p, err) : move_open(&p, next, sizeof next, err);
    if (!ok) {
        json_decref(p.rows);
        return false;
    }
    *ret_answer = json_pack("{ss si si sb si si so so}", "definition", p.to->name, "version",
                            (int)p.to->version, "number", (int)p.to->number, "preview", m->preview,
                            "moved", (int)p.moved, "left", (int)p.left, "rows", p.rows, "next",
                            next[0] != '\0' ? json_string(next) : json_null());
    return true;
}
