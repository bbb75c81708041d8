/* api_people.c - bodies and officials, and what they were told
 *
 * Owns:    GET /bodies: who there is; GET /notices: which letter said what to whom, newest first.
 * In:      requests that change nothing.
 * Out:     the answer of engine/bodies.h; lines of notices from the journal, read backwards.
 * Always:  a page of notices reads a bounded part of the journal: it may be empty and have a next.
 *          Entries that were found to have none are not read again (quiet.h).
 * See:     docs/http.md §2
 */
#include "base/clock.h"
#include "base/must.h"
#include "engine/bodies.h"
#include "engine/journal.h"
#include "engine/rows.h"
#include "engine/snapshot.h"
#include "engine/told_letter.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/change.h"
#include "engine/web/reader.h"
#include "engine/web/request.h"
#include "engine/web/web_part.h"

#include <stdlib.h>
#include <string.h>

/* --- bodies -------------------------------------------------------------------------------- */

static void list_bodies(struct exchange *x)
{
    const struct view *view = request_end(x) ? reader_view(x) : NULL;

    if (view != NULL) {
        answer_json(x, 200,
                    bodies_answer(view, NULL, NULL)); /* all of them: nothing can be wrong */
    }
}

/* --- notices ------------------------------------------------------------------------------- */

#define WALK_ENTRIES 5000 /* of the journal, for one page */

/* A notice of the entry that is read, and the text of its letter when it left in one of its own. */
struct notice {
    struct record record;
    struct bytes alone;
};

struct walk {
    const struct view *view;
    const char *body;  /* NULL: everybody */
    uint64_t instance; /* 0: all */
    int64_t from_ms;   /* both inclusive */
    int64_t to_ms;
    uint64_t before; /* records from this one on were on pages before */
    int64_t end_ms;  /* monotonic: the page is full then */
    size_t limit;
    json_t *rows;
    uint64_t next; /* the record to go on below; 0 = none */
};

static bool is_wanted(const struct walk *w, const struct record *r)
{
    return r->kind == RECORD_ASSIGNMENT_NOTICED && r->seq < w->before &&
           (w->instance == 0 || r->instance == w->instance) &&
           (w->body == NULL || bytes_equal(r->text, bytes_of(w->body)));
}

static void add_row(struct walk *w, const struct notice *n)
{
    const struct view *v = w->view;
    struct instance *instance = NULL;
    struct record copy = n->record;

    snapshot_instance(v->txn, v->catalog, v->arena, copy.instance, &instance, NULL);
    json_t *row = rows_record(v->catalog, instance, &copy);
    if (instance != NULL) {
        told_letter_set(row, v, instance, &n->record, n->alone);
    }
    json_object_set_new(row, "to", rows_body(v->catalog, n->record.text));
    json_array_append_new(w->rows, row);
    arena_reset(v->arena);
}

/* A morning's entry may have thousands: only those that are shown are made rows, newest first. */
static void add_rows(struct walk *w, const struct notice *newest, size_t count, size_t room)
{
    size_t kept = count < room ? count : room;

    for (size_t i = 0; i < kept; i++) {
        const struct notice *n = &newest[(count - 1 - i) % room];
        add_row(w, n);
        bool last = i + 1 == kept && count == kept;
        if (!last && (i + 1 == kept || monotonic_ms() >= w->end_ms)) {
            w->next = n->record.seq;
            return;
        }
    }
}

/* What is wanted of one entry, the newest in a ring. *ret_quiet: it has no notice to anybody. */
static size_t collect(const struct walk *w, struct journal_reader *reader, struct notice *ring,
                      size_t room, bool *ret_quiet)
{
    struct record letter = {.instance = 0}; /* of its own: stands before the record of its notice */
    struct record r;
    size_t count = 0;

    *ret_quiet = true;
    while (journal_next(reader, &r)) {
        *ret_quiet = *ret_quiet && r.kind != RECORD_ASSIGNMENT_NOTICED;
        if (r.kind == RECORD_TASK_OPENED && r.other == TASK_NOTICE) {
            letter = r;
        } else if (is_wanted(w, &r)) {
            bool own = letter.instance == r.instance;
            ring[count++ % room] = (struct notice){r, own ? letter.data : (struct bytes){NULL, 0}};
        }
    }
    return count;
}

/* One entry. false: it is older than what is asked for, or there is none. */
static bool take_entry(struct walk *w, struct quiet *quiet, uint64_t entry)
{
    struct journal_reader reader;
    size_t room = w->limit - json_array_size(w->rows);
    bool is_quiet;

    if (!journal_open(w->view->txn, entry, &reader, NULL) || reader.time_ms < w->from_ms) {
        return false;
    }
    if (reader.time_ms > w->to_ms) {
        return true;
    }
    struct notice *ring = xmalloc(room * sizeof *ring);
    size_t count = collect(w, &reader, ring, room, &is_quiet);
    add_rows(w, ring, count, room);
    free(ring);
    if (is_quiet) {
        quiet_add(quiet, entry, entry);
    }
    return true;
}

/* From this entry back, until the page is full, enough was read, or its time is over. */
static void walk_back(struct walk *w, struct quiet *quiet, uint64_t newest)
{
    uint64_t entry = quiet_below(quiet, newest);
    struct journal_reader reader;

    w->rows = json_array();
    for (int n = 0; entry > 0 && w->next == 0; n++) {
        bool full = json_array_size(w->rows) >= w->limit || n == WALK_ENTRIES ||
                    (n > 0 && monotonic_ms() >= w->end_ms);
        if (full) {
            w->next =
                journal_open(w->view->txn, entry, &reader, NULL) ? reader.seq + reader.left : 0;
        } else if (!take_entry(w, quiet, entry)) {
            return;
        }
        entry = quiet_below(quiet, entry - 1);
    }
}

static int64_t midnight_ms(const struct view *view, civil_day day)
{
    return view->world->zone != NULL ? zone_utc_ms(view->world->zone, day, 0)
                                     : (int64_t)day * 86400000;
}

static void list_notices(struct exchange *x)
{
    struct walk w = {.body = request_text(x, "body", LIMIT_NAME_BYTES),
                     .instance = (uint64_t)request_integer(x, "instance", 1, INT64_MAX, 0),
                     .limit = (size_t)request_integer(x, "limit", 1, LIMIT_PAGE, 100)};
    uint64_t before = (uint64_t)request_integer(x, "after", 1, INT64_MAX, 0);
    civil_day from = request_day(x, "from");
    civil_day to = request_day(x, "to");

    w.view = request_end(x) ? reader_view(x) : NULL;
    if (w.view == NULL) {
        return;
    }
    w.from_ms = from == CIVIL_DAY_NONE ? INT64_MIN : midnight_ms(w.view, from);
    w.to_ms = to == CIVIL_DAY_NONE ? INT64_MAX : midnight_ms(w.view, to + 1) - 1;
    uint64_t last = journal_last(w.view->txn);
    w.end_ms = monotonic_ms() + w.view->page_ms;
    w.before = before != 0 ? before : UINT64_MAX;
    walk_back(&w, &x->web->quiet, before != 0 ? change_entry_of(w.view->txn, before, last) : last);
    answer_json(x, 200,
                json_pack("{so so}", "rows", w.rows, "next",
                          w.next != 0 ? json_integer((json_int_t)w.next) : json_null()));
}

const struct api_route api_people_routes[] = {
    {"GET", "/api/v1/bodies", "listBodies", list_bodies, ROUTE_FORMATS},
    {"GET", "/api/v1/notices", "listNotices", list_notices, ROUTE_FORMATS},
    {NULL, NULL, NULL, NULL, 0},
};
