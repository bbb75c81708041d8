/* memo_test.c - who waits for a walk: how many, and what they hear when the engine stops */
#include "engine/web/memo.h"

#include "engine/web/answer.h"
#include "gateway_fixture.h"
#include "resting.h"

#include <criterion/criterion.h>

static size_t left; /* walks that are held up, or would be if they began */

static void set_up(void)
{
    struct error err = ERROR_INIT;

    gateway_fixture_init();
    resting_init();
    cr_assert(memo_open(&fx.web, &fx.reading, &fx.web.memo, &err), "%s", err.text);
}

static void tear_down(void)
{
    resting_let_go(left);
    memo_close(&fx.web.memo);
    resting_fini();
    gateway_fixture_fini();
}

TestSuite(memo, .init = set_up, .fini = tear_down, .timeout = 60);

/* --- handlers ------------------------------------------------------------------------------ */

static int number; /* of the question */

static void ask_for_walk(struct exchange *x)
{
    memo_answer(x, "rest", rest, json_pack("{si}", "n", number));
}

static struct exchange *ask_another(void)
{
    number++;
    left++;
    return gateway_ask(ask_for_walk);
}

static void ask_the_engine(struct exchange *x)
{
    x->ask = 7;
}

static void answer_at_once(struct exchange *x)
{
    answer_nothing(x);
}

static void assert_told_to_try_again(const struct exchange *x)
{
    gateway_answered(x, 503);
    cr_assert_gt(x->reply.retry_s, 0);
}

/* --- what must hold ------------------------------------------------------------------------ */

Test(memo, who_waits_for_a_walk_is_told_to_try_again_when_the_engine_stops)
{
    struct exchange *waiting[WALKER_THREADS + 2];

    for (int i = 0; i < WALKER_THREADS; i++) {
        waiting[i] = ask_another();
        resting_wait();
    }
    waiting[WALKER_THREADS] = ask_another();
    waiting[WALKER_THREADS + 1] = gateway_ask(ask_for_walk); /* the same: it joins */
    for (int i = 0; i < WALKER_THREADS + 2; i++) {
        cr_assert_eq(waiting[i]->state, EXCHANGE_RUNNING);
    }
    memo_stop(fx.web.memo);
    for (int i = 0; i < WALKER_THREADS + 2; i++) {
        assert_told_to_try_again(waiting[i]);
    }
}

Test(memo, who_waits_for_something_else_is_not_answered_when_walks_stop)
{
    struct exchange *answered = gateway_ask(answer_at_once);
    struct exchange *asking = gateway_ask(ask_the_engine);
    struct exchange *waiting = ask_another();

    memo_stop(fx.web.memo);
    gateway_answered(answered, 204);
    assert_told_to_try_again(waiting);
    cr_assert_eq(asking->state, EXCHANGE_RUNNING);
    asking->ask = 0;
}

Test(memo, so_many_walks_wait_and_who_asks_for_one_more_is_told_to_try_again)
{
    for (size_t i = 0; i < WALKS_MAX; i++) {
        cr_assert_eq(ask_another()->state, EXCHANGE_RUNNING);
    }
    cr_assert_eq(memo_waiting(fx.web.memo), WALKS_MAX);
    struct exchange *joins = gateway_ask(ask_for_walk);
    assert_told_to_try_again(ask_another());
    cr_assert_eq(joins->state, EXCHANGE_RUNNING, "it needs no walk of its own");
    cr_assert_eq(memo_waiting(fx.web.memo), WALKS_MAX);
    memo_stop(fx.web.memo);
}
