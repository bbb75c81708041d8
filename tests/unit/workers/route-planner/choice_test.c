/* choice_test.c - the best offer for a deficit */
#include "workers/route-planner/choice.h"

#include "sample.h"

#include <criterion/criterion.h>

#define BASE "{'teacher':{'municipality':'Р'},'deficits':[{'competence':'c','level':'базовый'}]"

static struct choice best(const char *programmes, const char *inquiry, int hours_left)
{
    static struct registry registry; /* the choice points into it */
    static struct inquiry q;

    registry_fini(&registry);
    inquiry_fini(&q);
    sample_registry(&registry, programmes, NULL, NULL, NULL);
    sample_inquiry(&q, inquiry);
    return choice_best(&registry, &q, &q.needs[0], KIND_PROGRAMME, hours_left);
}

static void chooses(const char *programmes, const char *id)
{
    struct choice choice = best(programmes, BASE "}", INQUIRY_HOURS_NO_MAX);

    cr_assert(choice.offer != NULL, "%s", programmes);
    cr_expect_str_eq(choice.offer->id, id, "%s: %s", programmes, choice.offer->id);
}

static void fails(const char *programmes, const char *inquiry, int hours_left,
                  enum obstacle obstacle)
{
    struct choice choice = best(programmes, inquiry, hours_left);

    cr_expect(choice.offer == NULL, "%s", programmes);
    cr_expect_eq(choice.obstacle, obstacle, "%s: %d", programmes, choice.obstacle);
}

Test(choice, the_very_level_comes_first)
{
    chooses("a,A,c,любой,1,99,,Р,\nb,B,c,базовый,99,1,2030-01-01,Другой,\n", "b");
}

Test(choice, then_the_own_municipality_then_a_distance)
{
    chooses("a,A,c,любой,1,99,,Другой,\nb,B,c,любой,99,1,2030-01-01,Р,\nd,D,c,любой,1,99,,,\n",
            "b");
    chooses("a,A,c,любой,1,99,,Другой,\nd,D,c,любой,99,1,2030-01-01,,\n", "d");
}

Test(choice, then_what_begins_earlier)
{
    chooses("a,A,c,любой,1,99,2023-03-01,,\nb,B,c,любой,99,1,2023-02-01,,\n", "b");
    chooses("a,A,c,любой,1,99,2023-03-01,,\nb,B,c,любой,99,1,,,\n", "b");
}

Test(choice, then_more_places_then_fewer_hours_then_the_id)
{
    chooses("a,A,c,любой,1,5,,,\nb,B,c,любой,99,6,,,\n", "b");
    chooses("a,A,c,любой,9,5,,,\nb,B,c,любой,8,5,,,\n", "b");
    chooses("b,B,c,любой,9,5,,,\na,A,c,любой,9,5,,,\n", "a");
}

Test(choice, places_that_are_taken_do_not_count)
{
    struct choice choice =
        best("a,A,c,любой,1,5,,,\nb,B,c,любой,1,4,,,\n", BASE ",'taken':{'a':2}}", 100);

    cr_expect_str_eq(choice.offer->id, "b");
    cr_expect_eq(choice.places, 4);
}

Test(choice, what_stood_in_the_way_is_told)
{
    fails("a,A,other,любой,1,5,,,\n", BASE "}", 100, OBSTACLE_NO_OFFER);
    fails("a,A,c,высокий,1,5,,,\n", BASE "}", 100, OBSTACLE_LEVEL);
    fails("a,A,c,любой,1,5,2023-01-31,,\n", BASE ",'start':'2023-02-01'}", 100, OBSTACLE_BEGUN);
    fails("a,A,c,любой,1,5,,,\n",
          BASE ",'previous':{'elements':[{'kind':'programme','id':'a','competence':'c'}]}}", 100,
          OBSTACLE_TRIED);
    fails("a,A,c,любой,1,0,,,\n", BASE "}", 100, OBSTACLE_PLACES);
    fails("a,A,c,любой,1,5,,,\n", BASE ",'taken':{'a':5}}", 100, OBSTACLE_PLACES);
    fails("a,A,c,любой,11,5,,,\n", BASE "}", 10, OBSTACLE_HOURS);
}

Test(choice, the_obstacle_is_that_of_the_candidate_that_came_nearest)
{
    fails("a,A,c,любой,11,5,,,\nb,B,c,высокий,1,5,,,\nd,D,c,любой,1,0,,,\n", BASE "}", 10,
          OBSTACLE_HOURS);
}

Test(choice, what_just_fits_is_chosen)
{
    cr_expect_str_eq(
        best("a,A,c,любой,10,1,2023-02-01,,\n", BASE ",'start':'2023-02-01'}", 10).offer->id, "a");
}
