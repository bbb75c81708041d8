/* lease_test.c - which worker has which attempt */
#include "engine/core/lease.h"

#include "base/must.h"

#include <criterion/criterion.h>

static struct leases leases;
static int worker_a;
static int worker_b;

static void set_up(void)
{
    leases = (struct leases){.map = MAP_INIT};
}

static void tear_down(void)
{
    leases_fini(&leases);
}

TestSuite(lease, .init = set_up, .fini = tear_down);

static struct lease *give(uint64_t instance, uint32_t task, uint32_t attempt, void *worker)
{
    struct lease terms = {
        .instance = instance, .task = task, .attempt = attempt, .worker = worker, .limit_ms = 1000};

    return lease_give(&leases, &terms);
}

Test(lease, what_was_given_is_found_until_it_ends)
{
    cr_assert_null(lease_find(&leases, 17, 2));
    struct lease *lease = give(17, 2, 1, &worker_a);
    cr_assert_eq(lease_find(&leases, 17, 2), lease);
    cr_assert_null(lease_find(&leases, 2, 17));
    cr_assert_eq(leases_count(&leases), 1);
    cr_assert(lease_end(&leases, 17, 2));
    cr_assert_not(lease_end(&leases, 17, 2), "only once");
    cr_assert_null(lease_find(&leases, 17, 2));
    cr_assert_eq(leases_count(&leases), 0);
}

Test(lease, a_new_attempt_takes_the_place_of_the_old)
{
    give(17, 2, 1, &worker_a);
    give(17, 2, 2, &worker_b);
    cr_assert_eq(leases_count(&leases), 1);
    cr_assert_eq(lease_find(&leases, 17, 2)->attempt, 2);
    cr_assert_eq(lease_find(&leases, 17, 2)->worker, &worker_b);
}

Test(lease, progress_goes_with_its_lease)
{
    /* each is freed by the table: the search for leaks looks at this test */
    give(1, 1, 1, &worker_a)->progress = xstrdup("{\"percent\":10}");
    cr_assert_null(give(1, 1, 2, &worker_a)->progress, "a new attempt begins at nothing");
    lease_find(&leases, 1, 1)->progress = xstrdup("{\"percent\":20}");
    cr_assert(lease_end(&leases, 1, 1));
    give(1, 2, 1, &worker_a)->progress = xstrdup("{\"percent\":30}");
}

Test(lease, holds_until_its_limit)
{
    struct lease *lease = give(1, 1, 1, &worker_a);

    cr_assert_eq(lease_check(lease, 999), LEASE_HOLDS);
    cr_assert_eq(lease_check(lease, 1000), LEASE_OVER_LIMIT);
    lease->limit_ms = 0;
    cr_assert_eq(lease_check(lease, INT64_MAX), LEASE_HOLDS, "no limit");
}

Test(lease, a_worker_that_greets_again_must_claim_what_it_has)
{
    struct lease *claimed = give(1, 1, 1, &worker_a);
    struct lease *silent = give(1, 2, 1, &worker_a);
    struct lease *other = give(1, 3, 1, &worker_b);

    lease_doubt_all(&leases, &worker_a, 500);
    lease_claim(claimed);
    cr_assert_eq(lease_check(silent, 499), LEASE_HOLDS);
    cr_assert_eq(lease_check(silent, 500), LEASE_FORGOTTEN);
    cr_assert_eq(lease_check(claimed, 500), LEASE_HOLDS);
    cr_assert_eq(lease_check(other, 500), LEASE_HOLDS, "the other worker said nothing");
}

Test(lease, over_its_limit_is_said_before_forgotten)
{
    struct lease *lease = give(1, 1, 1, &worker_a);

    lease_doubt_all(&leases, &worker_a, 500);
    cr_assert_eq(lease_check(lease, 2000), LEASE_OVER_LIMIT);
}

Test(lease, a_walk_meets_each_once)
{
    unsigned sum = 0;
    size_t at = 0;

    for (uint32_t task = 1; task <= 100; task++) {
        give(5, task, 1, &worker_a);
    }
    for (struct lease *l = lease_next(&leases, &at); l != NULL; l = lease_next(&leases, &at)) {
        sum += l->task;
    }
    cr_assert_eq(sum, 5050);
}
