/* mirror.c - a copy of the table `assignment` that is unpacked
 *
 * Owns:    the copy, the version it shows, and the numbers of its texts.
 * In:      entries.c, which walks over it.
 * Always:  row for row what the snapshot has; rows that can't be read are left out, as in a walk
 *          over the store.
 * See:     docs/storage.md §1.9, docs/performance.md §3.1
 */
#include "engine/mirror.h"

#include "base/must.h"
#include "engine/core/tables.h"

#include <stdlib.h>

struct item {
    uint32_t plan;
    uint32_t no;
};

struct mirror {
    uint64_t rows_max;
    uint32_t texts_spare;
    bool made;
    uint64_t version;
    uint64_t times; /* made */
    struct mirror_rows rows;
    struct texts texts;
    struct texts items;     /* each a struct item */
    struct mirror_row last; /* that was taken */
    struct buffer changes;
};

struct mirror *mirror_create(uint64_t rows_max, uint32_t texts_spare)
{
    struct mirror *m = xcalloc(1, sizeof *m);

    m->rows_max = rows_max;
    m->texts_spare = texts_spare;
    return m;
}

static void forget(struct mirror *m)
{
    mirror_rows_fini(&m->rows);
    texts_fini(&m->texts);
    texts_fini(&m->items);
    m->last = (struct mirror_row){0};
    m->made = false;
}

void mirror_destroy(struct mirror *m)
{
    if (m != NULL) {
        forget(m);
        buffer_fini(&m->changes);
        free(m);
    }
}

uint64_t mirror_made(const struct mirror *m)
{
    return m->times;
}

/* --- rows and entries ---------------------------------------------------------------------- */

static unsigned flags_of(const struct assignment_entry *e)
{
    return (e->closed ? MIRROR_CLOSED : 0u) | (e->asked ? MIRROR_ASKED : 0u) |
           (e->extended ? MIRROR_EXTENDED : 0u) | (e->paused ? MIRROR_PAUSED : 0u) |
           (e->delegated ? MIRROR_DELEGATED : 0u) | (e->child ? MIRROR_CHILD : 0u);
}

/* Rows that follow one another often name the same: then it is not looked for. */
static uint32_t number_of(struct texts *texts, struct bytes text, uint32_t last)
{
    return last != 0 && bytes_equal(texts_get(texts, last), text) ? last
                                                                  : texts_number(texts, text);
}

static uint32_t item_number(struct mirror *m, const struct assignment_entry *e, uint32_t last)
{
    static const struct item none = {0, 0};
    const struct item *before = last != 0 ? texts_get(&m->items, last).data : &none;
    struct item item = {number_of(&m->texts, e->plan, before->plan),
                        number_of(&m->texts, e->no, before->no)};

    return number_of(&m->items, (struct bytes){&item, sizeof item}, last);
}

static struct mirror_row row_of(struct mirror *m, const struct assignment_entry *e)
{
    const struct mirror_row *last = &m->last;

    m->last = (struct mirror_row){
        .instance = e->instance,
        .since_ms = e->since_ms,
        .task = e->task,
        .to = e->to,
        .from = e->from,
        .first_to = e->first_to,
        .reported = e->reported,
        .responsible = number_of(&m->texts, e->responsible, last->responsible),
        .controller = number_of(&m->texts, e->controller, last->controller),
        .item = item_number(m, e, last->item),
        .co = number_of(&m->texts, e->co, last->co),
        .acting = number_of(&m->texts, e->acting, last->acting),
        .state = (uint8_t)e->state,
        .phase = (uint8_t)e->phase,
        .outcomes = (uint8_t)(e->outcome * 16 + e->outcome_original),
        .flags = (uint8_t)flags_of(e),
    };
    return m->last;
}

static void read_flags(unsigned flags, struct assignment_entry *e)
{
    e->closed = (flags & MIRROR_CLOSED) != 0;
    e->asked = (flags & MIRROR_ASKED) != 0;
    e->extended = (flags & MIRROR_EXTENDED) != 0;
    e->paused = (flags & MIRROR_PAUSED) != 0;
    e->delegated = (flags & MIRROR_DELEGATED) != 0;
    e->child = (flags & MIRROR_CHILD) != 0;
}

static void read_texts(const struct mirror *m, const struct mirror_row *row,
                       struct assignment_entry *e)
{
    const struct item *item = texts_get(&m->items, row->item).data;

    e->responsible = texts_get(&m->texts, row->responsible);
    e->controller = texts_get(&m->texts, row->controller);
    e->plan = texts_get(&m->texts, item->plan);
    e->no = texts_get(&m->texts, item->no);
    e->co = texts_get(&m->texts, row->co);
    e->acting = texts_get(&m->texts, row->acting);
    e->responsible_number = row->responsible;
    e->plan_number = item->plan;
    e->item_number = row->item;
}

bool mirror_next(const struct mirror *m, struct mirror_place *place, struct assignment_entry *ret)
{
    const struct mirror_row *row = mirror_rows_next(&m->rows, place);

    if (row == NULL) {
        return false;
    }
    ret->instance = row->instance;
    ret->task = row->task;
    ret->to = row->to;
    ret->from = row->from;
    ret->first_to = row->first_to;
    ret->reported = row->reported;
    ret->since_ms = row->since_ms;
    ret->state = (enum assignment_state)row->state;
    ret->phase = (enum phase)row->phase;
    ret->outcome = (enum outcome)(row->outcomes / 16);
    ret->outcome_original = (enum outcome)(row->outcomes % 16);
    read_flags(row->flags, ret);
    read_texts(m, row, ret);
    return true;
}

struct mirror_place mirror_seek(const struct mirror *m, bool closed, civil_day day)
{
    struct mirror_row key = {.flags = closed ? MIRROR_CLOSED : 0u, .to = day};

    return mirror_rows_seek(&m->rows, &key);
}

/* --- following ----------------------------------------------------------------------------- */

static void take(struct mirror *m, struct bytes key, struct bytes value)
{
    struct assignment_entry e;

    if (value.data != NULL && entry_read(key, value, &e)) {
        struct mirror_row row = row_of(m, &e);
        mirror_rows_put(&m->rows, &row);
    } else if (entry_read_key(key, &e)) {
        struct mirror_row row = {.flags = e.closed ? MIRROR_CLOSED : 0u,
                                 .to = e.to,
                                 .instance = e.instance,
                                 .task = e.task};
        mirror_rows_delete(&m->rows, &row);
    }
}

static void take_changes(struct mirror *m)
{
    struct cursor changes = cursor_of(buffer_bytes(&m->changes));
    struct bytes key;
    struct bytes value;

    while (store_change_next(&changes, &key, &value)) {
        take(m, key, value);
    }
}

static void make(struct mirror *m, struct store_txn *txn)
{
    struct store_cursor *c = store_cursor_open(txn, TABLE_ASSIGNMENT);
    struct bytes key;
    struct bytes value;

    forget(m);
    while (store_next(c, &key, &value)) {
        take(m, key, value);
    }
    store_cursor_close(&c);
    m->made = !store_failed(txn, NULL);
    m->times++;
}

static bool is_crowded(const struct mirror *m, uint64_t rows)
{
    return m->texts.count > rows + m->texts_spare || m->items.count > rows + m->texts_spare;
}

bool mirror_follow(struct mirror *m, struct store_txn *txn)
{
    uint64_t version = store_version(txn);
    uint64_t rows = store_count(txn, TABLE_ASSIGNMENT);

    must(!m->made || version >= m->version);
    if (m->made && version == m->version) {
        return true;
    }
    if (rows > m->rows_max) {
        forget(m);
        return false;
    }
    if (m->made && !is_crowded(m, rows) && store_changes(txn, m->version, &m->changes)) {
        take_changes(m);
    } else {
        make(m, txn);
    }
    buffer_fini(&m->changes);
    m->version = version;
    return m->made;
}
