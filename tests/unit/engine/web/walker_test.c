/* walker_test.c - walks in a thread of their own */
#include "engine/web/walker.h"

#include "base/must.h"
#include "gateway_fixture.h"
#include "resting.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <string.h>

static struct walker *walker;

static void setup(void)
{
    struct error err = ERROR_INIT;

    gateway_fixture_init();
    resting_init();
    cr_assert(walker_open(&fx.reading, &walker, &err), "%s", err.text);
}

static void teardown(void)
{
    walker_close(&walker);
    resting_fini();
    gateway_fixture_fini();
}

TestSuite(walker, .init = setup, .fini = teardown, .timeout = 60);

/* --- walks --------------------------------------------------------------------------------- */

static json_t *echo(const struct view *view, const json_t *request, struct error *err)
{
    (void)err;
    return view->txn != NULL ? json_pack("{sO}", "asked", (json_t *)(uintptr_t)request) : NULL;
}

static json_t *refuse(const struct view *view, const json_t *request, struct error *err)
{
    (void)view;
    (void)request;
    error_set(err, ERROR_INVALID, "\"%s\" can't be \"%.100s\"", "by", "x");
    return NULL;
}

static struct walk *give(const char *question, walk_fn *fn, int number)
{
    struct walk *walk = walk_create(xstrdup(question), fn, json_pack("{si}", "n", number));

    cr_assert(walker_give(walker, walk));
    return walk;
}

static struct walk *wait_for_walk(void)
{
    struct pollfd over = {.fd = walker_fd(walker), .events = POLLIN};
    struct walk *walk = walker_take(walker);

    while (walk == NULL) {
        cr_assert_eq(poll(&over, 1, -1), 1);
        walk = walker_take(walker);
    }
    return walk;
}

/* --- what must hold ------------------------------------------------------------------------ */

Test(walker, what_it_hands_back_is_the_answer_as_it_will_be_sent)
{
    give("a {}", echo, 7);
    struct walk *walk = wait_for_walk();

    cr_assert(walk->good, "%s", walk->err.text);
    cr_expect_eq(walk->text.size, strlen("{\"asked\":{\"n\":7}}"));
    cr_expect_eq(memcmp(walk->text.data, "{\"asked\":{\"n\":7}}", walk->text.size), 0);
    cr_expect_eq(walk->packed.size, 0, "packing so little would make it larger");
    walk_destroy(walk);
}

Test(walker, a_refusal_comes_back_with_its_sentence)
{
    give("a {}", refuse, 1);
    struct walk *walk = wait_for_walk();

    cr_expect_not(walk->good);
    cr_expect_eq(walk->err.code, ERROR_INVALID);
    cr_expect_str_eq(walk->err.text, "\"by\" can't be \"x\"");
    walk_destroy(walk);
}

/* So that the next ones wait. */
static void occupy_all_threads(void)
{
    for (int i = 0; i < WALKER_THREADS; i++) {
        give("long", rest, i);
        resting_wait();
    }
}

Test(walker, walks_that_wait_are_begun_in_the_order_they_were_given)
{
    struct walk *given[20];

    occupy_all_threads();
    for (int i = 0; i < 20; i++) {
        given[i] = give("next", echo, i);
    }
    resting_let_go(1); /* one thread makes them all */
    walk_destroy(wait_for_walk());
    for (int i = 0; i < 20; i++) {
        struct walk *walk = wait_for_walk();
        cr_expect_eq(walk, given[i], "walk %d", i);
        walk_destroy(walk);
    }
    cr_expect_null(walker_take(walker));
    resting_let_go(WALKER_THREADS - 1);
}

Test(walker, a_walk_need_not_wait_for_a_longer_one)
{
    give("long", rest, 0);
    resting_wait();
    struct walk *shorter = give("short", echo, 1);
    struct walk *walk = wait_for_walk();

    cr_expect_eq(walk, shorter);
    walk_destroy(walk);
    resting_let_go(1);
}

Test(walker, who_asks_may_join_a_walk_that_waits_but_not_one_that_has_begun)
{
    occupy_all_threads();
    struct walk *waiting = give("second", echo, 1);

    cr_expect_null(walker_find(walker, "long"));
    cr_expect_eq(walker_find(walker, "second"), waiting);
    cr_expect_null(walker_find(walker, "third"));
    resting_let_go(WALKER_THREADS);
    for (int i = 0; i <= WALKER_THREADS; i++) {
        walk_destroy(wait_for_walk());
    }
    cr_expect_null(walker_find(walker, "second"), "it is over");
}

Test(walker, who_gave_a_walk_need_not_wait_for_it)
{
    give("first", rest, 0);
    resting_wait();
    struct pollfd over = {.fd = walker_fd(walker), .events = POLLIN};

    cr_expect_null(walker_take(walker));
    cr_expect_eq(poll(&over, 1, 0), 0, "nothing is over");
    resting_let_go(1);
    walk_destroy(wait_for_walk());
}

Test(walker, so_many_wait_and_no_more)
{
    occupy_all_threads();
    for (size_t i = WALKER_THREADS; i < WALKS_MAX; i++) {
        give("waits", echo, 1);
    }
    cr_expect_eq(walker_count(walker), WALKS_MAX);
    struct walk *further = walk_create(xstrdup("waits"), echo, json_object());

    cr_expect_not(walker_give(walker, further));
    resting_let_go(WALKER_THREADS);
    for (size_t i = 0; i < WALKS_MAX; i++) {
        walk_destroy(wait_for_walk());
    }
    cr_expect_eq(walker_count(walker), 0);
    cr_assert(walker_give(walker, further), "there is room again");
    walk_destroy(wait_for_walk());
}

Test(walker, closing_it_loses_no_memory_whatever_waits_or_is_over)
{
    give("first", echo, 0);
    walk_destroy(wait_for_walk());
    give("second", echo, 1);
    occupy_all_threads();
    give("third", echo, 3);
    resting_let_go(WALKER_THREADS);
}
