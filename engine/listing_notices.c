/* listing_notices.c - who was told what, newest first
 *
 * Owns:    the filters of NOTICES, and what is read of an entry that has some.
 * In:      queries.c; search.c.
 * Always:  only entries that have a notice of this body, or about this instance, are read: the
 *          table `notice` names them. A page ends with its time, so one may be short. A later entry
 *          may have an earlier time, where the clock was set back: places go by the time first.
 * See:     docs/protocol.md §3.6, docs/storage.md §2.8
 */
#include "engine/listing_part.h"

#include "base/clock.h"
#include "base/must.h"
#include "calendar/zone.h"
#include "engine/filter.h"
#include "engine/journal.h"
#include "engine/rows.h"
#include "engine/told_letter.h"

#include <stdlib.h>
#include <string.h>

#define LIMIT_NORMAL 100
#define PLACE_BYTES  16u /* of a key: when, and which entry */

struct notices_page {
    const struct view *v;
    const char *body;  /* NULL: everybody */
    uint64_t instance; /* 0: all */
    int64_t from_ms;   /* both inclusive */
    int64_t to_ms;
    uint64_t before; /* records from this one on, of its entry, were on pages before */
    uint64_t entry;  /* that has the last of those; 0: this is the first page */
    size_t limit;
    struct stint stint; /* when it is over the page is full */
    bool begun;         /* an entry was read: each page gets on */
    json_t *rows;
    uint64_t next; /* the record to go on below; 0 = none */
};

/* A notice of the entry that is read, and the text of its letter when it left in one of its own. */
struct notice {
    struct record record;
    struct bytes alone;
};

/* --- one entry ----------------------------------------------------------------------------- */

static bool is_wanted(const struct notices_page *p, const struct record *r)
{
    return r->kind == RECORD_ASSIGNMENT_NOTICED &&
           (p->instance == 0 || r->instance == p->instance) &&
           (p->body == NULL || bytes_equal(r->text, bytes_of(p->body)));
}

static void add_row(struct notices_page *p, const struct notice *n)
{
    const struct view *v = p->v;
    struct instance *instance = NULL;

    snapshot_instance(v->txn, v->catalog, v->arena, n->record.instance, &instance, NULL);
    json_t *row = rows_record(v->catalog, instance, &n->record);
    if (instance != NULL) {
        told_letter_set(row, v, instance, &n->record, n->alone);
    }
    json_array_append_new(p->rows, row);
    arena_reset(v->arena);
}

/* A morning's entry may have thousands: only those that are shown are made rows, newest first. */
static void add_rows(struct notices_page *p, const struct notice *newest, size_t count, size_t room)
{
    size_t kept = count < room ? count : room;

    for (size_t i = 0; i < kept; i++) {
        const struct notice *n = &newest[(count - 1 - i) % room];
        add_row(p, n);
        bool last = i + 1 == kept && count == kept;
        if (!last && (i + 1 == kept || stint_is_over(&p->stint))) {
            p->next = n->record.seq;
            return;
        }
    }
}

/* What is wanted of one entry, the newest in a ring. */
static size_t collect(const struct notices_page *p, struct journal_reader *reader, uint64_t before,
                      struct notice *ring, size_t room)
{
    struct record letter = {.instance = 0}; /* of its own: stands before the record of its notice */
    struct record r;
    size_t count = 0;

    while (journal_next(reader, &r)) {
        if (r.kind == RECORD_TASK_OPENED && r.other == TASK_NOTICE) {
            letter = r;
        } else if (is_wanted(p, &r) && r.seq < before) {
            bool own = letter.instance == r.instance;
            ring[count++ % room] = (struct notice){r, own ? letter.data : (struct bytes){NULL, 0}};
        }
    }
    return count;
}

/* The rows of one entry, or, when the page is full, where to go on. */
static void take_entry(struct notices_page *p, uint64_t entry)
{
    size_t room = p->limit - json_array_size(p->rows);
    struct journal_reader reader;

    if (!journal_open(p->v->txn, entry, &reader, NULL)) {
        return;
    }
    if (room == 0 || (p->begun && stint_is_over(&p->stint))) {
        p->next = reader.seq + reader.left;
        return;
    }
    p->begun = true;
    struct notice *ring = xmalloc(room * sizeof *ring);
    uint64_t before = entry == p->entry ? p->before : UINT64_MAX;
    add_rows(p, ring, collect(p, &reader, before, ring, room), room);
    free(ring);
}

/* --- the walk ------------------------------------------------------------------------------ */

/* The beginning of the keys of those that are asked for. */
static void put_whose(const struct notices_page *p, struct buffer *key)
{
    pack_u8(key, TENANT);
    if (p->instance != 0) {
        pack_u8(key, NOTICE_OF_INSTANCE);
        pack_key64(key, p->instance);
    } else if (p->body != NULL) {
        pack_u8(key, NOTICE_OF_BODY);
        buffer_append(key, p->body, strlen(p->body) + 1);
    } else {
        pack_u8(key, NOTICE_OF_ALL);
    }
}

/* The newest place that may be on this page. */
static void put_place(const struct notices_page *p, struct buffer *key)
{
    struct journal_reader reader;

    if (p->entry != 0 && journal_open(p->v->txn, p->entry, &reader, NULL) &&
        reader.time_ms <= p->to_ms) {
        pack_key64(key, UINT64_MAX - (uint64_t)reader.time_ms);
        pack_key64(key, UINT64_MAX - p->entry);
    } else {
        pack_key64(key, UINT64_MAX - (uint64_t)p->to_ms);
    }
}

static void walk(struct notices_page *p)
{
    struct store_cursor *c = store_cursor_open(p->v->txn, TABLE_NOTICE);
    struct buffer from = BUFFER_INIT;
    struct bytes key;

    put_whose(p, &from);
    size_t whose = from.size;
    put_place(p, &from);
    bool found = store_seek(c, buffer_bytes(&from), &key, NULL);
    while (found && p->next == 0 && key.size == whose + PLACE_BYTES &&
           memcmp(key.data, from.data, whose) == 0) {
        struct cursor place =
            cursor_of((struct bytes){(const unsigned char *)key.data + whose, PLACE_BYTES});
        if ((int64_t)(UINT64_MAX - unpack_key64(&place)) < p->from_ms) {
            break;
        }
        take_entry(p, UINT64_MAX - unpack_key64(&place));
        found = store_next(c, &key, NULL);
    }
    store_cursor_close(&c);
    buffer_fini(&from);
}

/* --- the request --------------------------------------------------------------------------- */

static int64_t midnight_ms(const struct view *v, civil_day day)
{
    return v->world->zone != NULL ? zone_utc_ms(v->world->zone, day, 0) : (int64_t)day * 86400000;
}

static bool read_days(struct notices_page *p, const json_t *request, struct error *err)
{
    civil_day from = CIVIL_DAY_NONE;
    civil_day to = CIVIL_DAY_NONE;

    if (!filter_day(request, "from", &from, err) || !filter_day(request, "to", &to, err)) {
        return false;
    }
    p->from_ms = from == CIVIL_DAY_NONE ? INT64_MIN : midnight_ms(p->v, from);
    p->to_ms = to == CIVIL_DAY_NONE ? INT64_MAX : midnight_ms(p->v, to + 1) - 1;
    return true;
}

static bool read_request(struct notices_page *p, const json_t *request, struct error *err)
{
    uint64_t limit;

    if (!filter_text(request, "body", &p->body, err) ||
        !listing_number(request, "instance", 0, &p->instance, err) ||
        !listing_number(request, "after", 0, &p->before, err) ||
        !listing_number(request, "limit", LIMIT_NORMAL, &limit, err) ||
        !read_days(p, request, err)) {
        return false;
    }
    p->entry = p->before > 1 ? journal_entry_of(p->v->txn, p->before - 1) : 0;
    p->limit = limit == 0 || limit > LIMIT_PAGE ? LIMIT_PAGE : (size_t)limit;
    return true;
}

json_t *listing_notices(const struct view *v, const json_t *request, struct error *err)
{
    struct notices_page p = {.v = v};

    if (!read_request(&p, request, err)) {
        return NULL;
    }
    p.stint = stint_begin(v->page_ms);
    p.rows = json_array();
    walk(&p);
    return json_pack("{so so}", "rows", p.rows, "next",
                     p.next != 0 ? json_integer((json_int_t)p.next) : json_null());
}
