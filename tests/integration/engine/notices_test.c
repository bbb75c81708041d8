/* notices_test.c - pages of notices are what a walk over the journal finds */
#include "tests/integration/engine/index_world.h"

#include "engine/journal.h"

#include <criterion/criterion.h>
#include <stdlib.h>

TestSuite(notices, .init = index_world_init, .fini = index_world_fini);

#define NOTICES_MAX 500

/* What is asked for; NULL and 0: not narrowed. */
struct wanted {
    const char *body;
    uint64_t instance;
    const char *from;
    const char *to;
};

struct seqs {
    uint64_t all[NOTICES_MAX];
    size_t count;
};

/* --- the year ------------------------------------------------------------------------------ */

/* Openings, reminders and escalations over months, and work between that tells nobody. */
static void a_year(void)
{
    static const char *const bodies[] = {"school", "lyceum"};
    char to[] = "2023-01-20";
    char day[] = "2023-01-10";

    for (int month = 1; month <= 8; month++) {
        to[6] = (char)('0' + month);
        for (int n = 0; n < 4; n++) {
            uint64_t id = index_start("item", NULL, index_item("1", "Дело", bodies[n % 2], to));
            index_act(id, ACTION_COMMENT, "lyceum");
            if (n == 0) {
                index_act(id, ACTION_REPORT, bodies[n % 2]);
            }
        }
        day[6] = (char)('0' + month + 1);
        index_go(day);
    }
}

/* --- two ways ------------------------------------------------------------------------------ */

static int64_t midnight_ms(const char *day, int after)
{
    civil_day at;

    cr_assert(civil_parse(bytes_of(day), &at));
    return zone_utc_ms(iw.zone, at + after, 0);
}

static bool is_wanted(const struct wanted *w, const struct record *r)
{
    return r->kind == RECORD_ASSIGNMENT_NOTICED &&
           (w->body == NULL || bytes_equal(r->text, bytes_of(w->body))) &&
           (w->instance == 0 || r->instance == w->instance) &&
           (w->from == NULL || r->time_ms >= midnight_ms(w->from, 0)) &&
           (w->to == NULL || r->time_ms < midnight_ms(w->to, 1));
}

/* The newest first. */
static struct seqs walked(const struct wanted *w)
{
    struct seqs found = {.count = 0};
    struct journal_reader reader;
    struct store_txn *txn;
    struct record r;
    struct error err;

    cr_assert(store_begin_read(iw.base.store, &txn, &err));
    for (uint64_t entry = journal_last(txn); entry > 0; entry--) {
        size_t before = found.count;
        cr_assert(journal_open(txn, entry, &reader, NULL));
        while (journal_next(&reader, &r)) {
            if (is_wanted(w, &r)) {
                cr_assert_lt(found.count, NOTICES_MAX);
                found.all[found.count++] = r.seq;
            }
        }
        for (size_t a = before, b = found.count; b > a + 1; a++) { /* in an entry too */
            uint64_t first = found.all[a];
            found.all[a] = found.all[--b];
            found.all[b] = first;
        }
    }
    store_abort(&txn);
    return found;
}

static void put(json_t *request, const char *field, const char *text)
{
    if (text != NULL) {
        json_object_set_new(request, field, json_string(text));
    }
}

static struct seqs paged(const struct wanted *w, int limit)
{
    struct seqs found = {.count = 0};
    json_t *request = json_pack("{si}", "limit", limit);
    const json_t *row;
    size_t n;

    put(request, "body", w->body);
    put(request, "from", w->from);
    put(request, "to", w->to);
    json_object_set_new(request, "instance", json_integer((json_int_t)w->instance));
    for (bool more = true; more;) {
        char *text = json_dumps(request, 0);
        json_t *answer = index_query(CLIENT_NOTICES, text);
        free(text);
        json_t *next = json_object_get(answer, "next");
        more = json_is_integer(next);
        cr_expect(!more || index_rows(answer) == (size_t)limit, "a page is not short");
        json_array_foreach(json_object_get(answer, "rows"), n, row)
        {
            found.all[found.count++] = (uint64_t)json_integer_value(json_object_get(row, "seq"));
        }
        json_object_set(request, "after", next);
        json_decref(answer);
    }
    json_decref(request);
    return found;
}

static size_t assert_same(const struct wanted *w)
{
    static const int limits[] = {1, 3, 1000};
    struct seqs expected = walked(w);

    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct seqs found = paged(w, limits[i]);
        cr_assert_eq(found.count, expected.count, "%s %u %s %s by %d: %zu of %zu",
                     w->body ? w->body : "", (unsigned)w->instance, w->from ? w->from : "",
                     w->to ? w->to : "", limits[i], found.count, expected.count);
        for (size_t n = 0; n < found.count; n++) {
            cr_assert_eq(found.all[n], expected.all[n]);
        }
    }
    return expected.count;
}

Test(notices, pages_of_any_filter_are_what_a_walk_over_the_journal_finds)
{
    static const char *const bodies[] = {NULL, "region", "school", "lyceum", "nobody"};
    static const char *const days[][2] = {{NULL, NULL},
                                          {"2023-03-01", NULL},
                                          {NULL, "2023-03-31"},
                                          {"2023-02-10", "2023-05-20"},
                                          {"2024-01-01", NULL}};
    size_t count = 0;

    a_year();
    index_assert_whole();
    for (size_t b = 0; b < sizeof bodies / sizeof bodies[0]; b++) {
        for (size_t d = 0; d < sizeof days / sizeof days[0]; d++) {
            for (uint64_t instance = 0; instance <= 24; instance += 4) {
                count += assert_same(&(struct wanted){bodies[b], instance, days[d][0], days[d][1]});
            }
        }
    }
    cr_expect_gt(count, 100);
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

Test(notices, are_all_on_some_page_when_the_clock_was_set_back)
{
    struct wanted all = {NULL, 0, NULL, NULL};

    index_go("2023-03-01");
    index_start("item", NULL, index_item("1", "Дело", "school", "2023-05-20"));
    index_start("item", NULL, index_item("2", "Дело", "lyceum", "2023-05-20"));
    index_start("item", NULL, index_item("3", "Дело", "school", "2023-05-20"));
    index_go("2023-02-01");
    index_start("item", NULL, index_item("4", "Дело", "lyceum", "2023-05-20"));
    index_start("item", NULL, index_item("5", "Дело", "school", "2023-05-20"));
    struct seqs expected = walked(&all);
    qsort(expected.all, expected.count, sizeof *expected.all, by_number);
    cr_expect_geq(expected.count, 5);
    for (int limit = 1; limit <= 8; limit++) {
        struct seqs found = paged(&all, limit);
        qsort(found.all, found.count, sizeof *found.all, by_number);
        cr_assert_eq(found.count, expected.count, "by %d: %zu", limit, found.count);
        cr_expect_arr_eq(found.all, expected.all, found.count * sizeof *found.all);
    }
}

Test(notices, what_is_no_filter_is_refused)
{
    index_refused(CLIENT_NOTICES, "{'from':'31.01.2023'}", ERROR_INVALID);
    index_refused(CLIENT_NOTICES, "{'body':1}", ERROR_INVALID);
    index_refused(CLIENT_NOTICES, "{'instance':'x'}", ERROR_INVALID);
    index_refused(CLIENT_NOTICES, "{'after':-1}", ERROR_INVALID);
}
