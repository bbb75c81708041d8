/* papers_work_test.c - papers are written in steps, and others are answered between them
 *
 * Owns:    the monotonic clock: the linker's --wrap sends monotonic_ms() to __wrap_monotonic_ms()
 *          here, and the clock moves by look_ms whenever somebody looks at it.
 */
#include "engine/web/papers_work.h"

#include "engine/stored_definitions.h"
#include "engine/web/answer.h"
#include "gateway_fixture.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DOCUMENT(name)                                                                             \
    "document: {kind: bodies, name: " name ", version: '1'}\n"                                     \
    "timezone: Europe/Moscow\n"                                                                    \
    "bodies: [{id: " name ", name: Орган}]\n"

static int64_t time_ms = 1000;
static int64_t look_ms;

int64_t __wrap_monotonic_ms(void);
int64_t __wrap_monotonic_ms(void)
{
    int64_t now_ms = time_ms;

    time_ms += look_ms;
    return now_ms;
}

static char folder[] = "/tmp/papers-XXXXXX"; /* each work makes one of its own in it */
static char work[sizeof folder + 300];       /* the newest of those */

static void set_up(void)
{
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(setenv("TMPDIR", folder, 1), 0);
    gateway_fixture_init();
}

static void tear_down(void)
{
    gateway_fixture_fini();
    cr_assert_eq(rmdir(folder), 0, "what was made in it is gone");
}

TestSuite(papers_work, .init = set_up, .fini = tear_down);

/* --- the folder ---------------------------------------------------------------------------- */

/* How many there are of these in it; the name of one. */
static size_t count_in(const char *path, char ret_name[static 256])
{
    DIR *d = opendir(path);
    const struct dirent *entry;
    size_t count = 0;

    while (d != NULL && (entry = readdir(d)) != NULL) {
        if (entry->d_name[0] != '.') {
            snprintf(ret_name, 256, "%s", entry->d_name);
            count++;
        }
    }
    if (d != NULL) {
        closedir(d);
    }
    return count;
}

static bool find_work(void)
{
    char name[256];
    bool found = count_in(folder, name) > 0;

    snprintf(work, sizeof work, "%s/%s", folder, found ? name : "none");
    return found;
}

/* Papers so far: of the request, and beside them. */
static void assert_written(size_t given, size_t beside)
{
    char path[sizeof work + 16];
    char name[256];

    find_work();
    snprintf(path, sizeof path, "%s/" TOOL_GIVEN, work);
    cr_assert_eq(count_in(path, name), given, "%zu", count_in(path, name));
    snprintf(path, sizeof path, "%s/" TOOL_BESIDE, work);
    cr_assert_eq(count_in(path, name), beside, "%zu", count_in(path, name));
}

/* --- the work ------------------------------------------------------------------------------ */

static struct papers_order order;
static unsigned written; /* when all were */

static bool full(struct error *err)
{
    return error_set(err, ERROR_TOO_LARGE, "more than %u", order.most);
}

static void ready(struct exchange *x, struct papers *papers, void *context)
{
    (void)context;
    written = papers->count;
    tool_folder_remove(papers->folder);
    answer_nothing(x);
}

static void begin(struct exchange *x)
{
    papers_work(x, &order);
}

static void answer_at_once(struct exchange *x)
{
    answer_nothing(x);
}

/* Papers of a request, and those in force. */
static struct exchange *begin_work(size_t asked, unsigned most)
{
    order = (struct papers_order){.files = json_array(),
                                  .asked = asked,
                                  .kinds = 1u << DEFINITION_BODIES,
                                  .most = most,
                                  .full = full,
                                  .ready = ready};
    for (size_t i = 0; i < asked; i++) {
        json_array_append_new(order.files, json_pack("{ss}", "text", DOCUMENT("given")));
    }
    return gateway_ask(begin);
}

static void put_in_force(uint32_t count)
{
    static const char *const texts[] = {DOCUMENT("a"), DOCUMENT("b"), DOCUMENT("c")};
    struct store_txn *txn;
    struct error err = ERROR_INIT;

    cr_assert_leq(count, 3);
    cr_assert(store_begin_write(fx.store, &txn, &err));
    for (uint32_t i = 0; i < count; i++) {
        struct stored_definition d = {.version = 1, .text = bytes_of(texts[i])};
        stored_definition_put(txn, i + 1, &d);
    }
    cr_assert(store_commit(&txn, &err), "%s", err.text);
}

/* As the loop does; false: it has ended. */
static bool step(struct exchange *x)
{
    bool more = exchange_step(x);

    reader_end(fx.web.reader);
    return more;
}

/* --- what must hold ------------------------------------------------------------------------ */

Test(papers_work, nothing_is_written_before_the_first_step_and_all_in_it_if_there_is_time)
{
    put_in_force(3);
    struct exchange *x = begin_work(2, 3);

    cr_assert_not(find_work());
    cr_assert(!step(x));
    cr_assert_eq(written, 5);
    gateway_answered(x, 204);
}

Test(papers_work, a_step_whose_time_is_over_writes_no_more_and_the_next_goes_on)
{
    put_in_force(2);
    look_ms = WEB_STEP_MS / 2; /* it begins, looks and writes, looks and ends */
    struct exchange *x = begin_work(3, 2);

    for (size_t i = 1; i <= 5; i++) {
        cr_assert(step(x));
        assert_written(i < 3 ? i : 3, i < 3 ? 0 : i - 3);
    }
    cr_assert(!step(x));
    cr_assert_eq(written, 5);
    gateway_answered(x, 204);
}

Test(papers_work, who_asks_between_two_steps_is_answered_before_the_work_has_ended)
{
    look_ms = WEB_STEP_MS / 2;
    struct exchange *x = begin_work(2, 0);

    cr_assert(step(x));
    gateway_answered(gateway_ask(answer_at_once), 204);
    cr_assert_eq(x->state, EXCHANGE_RUNNING);
    cr_assert(step(x));
    cr_assert(!step(x));
    gateway_answered(x, 204);
}

Test(papers_work, when_the_engine_stops_between_two_steps_it_ends_and_its_papers_are_gone)
{
    look_ms = WEB_STEP_MS / 2;
    struct exchange *x = begin_work(2, 0);

    cr_assert(step(x));
    assert_written(1, 0);
    fx.web.stopping = true;
    cr_assert_not(step(x));
    gateway_answered(x, 503);
    cr_assert_eq(written, 0);
    cr_assert_not(find_work());
}

Test(papers_work, where_more_are_in_force_than_may_be_it_is_refused_and_its_papers_are_gone)
{
    put_in_force(3);
    struct exchange *x = begin_work(1, 2);

    cr_assert_not(step(x));
    gateway_answered(x, 413);
    cr_assert_eq(written, 0);
    cr_assert_not(find_work());
}
