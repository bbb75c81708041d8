/* ladder_property_test.c - what holds for the ladder of any assignment and policy */
#include "ladder_fixture.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(ladder_property, .init = ladder_fixture_init, .fini = ladder_fixture_fini);

/* --- properties ------------------------------------------------------------------------------- */

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static int below(uint64_t *seed, int n)
{
    return (int)(next(seed) % (uint64_t)n);
}

static void any_policy(uint64_t *seed, struct policy *p, struct rung many[32])
{
    int days = -40;

    *p = (struct policy){.minute = below(seed, 1440),
                         .soon = {below(seed, 30), below(seed, 2) == 0},
                         .any_day = below(seed, 4) == 0,
                         .rungs = many,
                         .rung_count = (uint32_t)below(seed, 33)};
    for (uint32_t i = 0; i < p->rung_count; i++) {
        days += below(seed, 6);
        many[i] = (struct rung){.kind = (enum ladder_kind)below(seed, days > 0 ? 3 : 2),
                                .offset = {days, below(seed, 2) == 0},
                                .levels = (uint32_t)below(seed, 3),
                                .critical = below(seed, 8) == 0};
        if (many[i].kind != LADDER_REASSIGN && below(seed, 3) == 0) {
            many[i].every = (struct days){1 + below(seed, 9), below(seed, 2) == 0};
            many[i].until = (struct days){days + below(seed, 60), below(seed, 2) == 0};
        }
    }
}

static void any_assignment(uint64_t *seed, struct assignment *a)
{
    static const char *const bodies[] = {"moscow", "kld", "kam", "omsk", "berlin", "away"};

    *a = (struct assignment){.people = people, .parts = parts};
    a->from = day("2023-01-01") + below(seed, 300);
    a->to = a->from + below(seed, 90);
    a->people_count = 1 + (uint32_t)below(seed, below(seed, 4) == 0 ? 65 : 4);
    for (uint32_t i = 0; i < a->people_count; i++) {
        people[i] = bytes_of(bodies[below(seed, 6)]);
        parts[i] = (struct part){.state = (enum part_state)below(seed, 3),
                                 .to = a->to - below(seed, a->to - a->from + 1)};
    }
    a->controller = below(seed, 2) == 0 ? bytes_of("away") : bytes_of("kld");
    world.now_ms = (int64_t)(a->from + below(seed, 60) - 40) * DAY_MS + below(seed, DAY_MS);
}

static void assert_letters(const struct assignment *a, const struct policy *p)
{
    const struct workdays *workdays = catalog_workdays(catalog, NULL);
    const struct zone *zone = zone_of(arena_text(&arena, a->people[0]));
    int64_t end_ms = zone_utc_ms(zone, a->to + 1, 0);
    uint32_t opened = 0;

    for (uint32_t i = 0; i < a->step_count; i++) {
        const struct ladder_step *s = &a->steps[i];
        civil_day d;
        int minute;
        if (s->letter == LETTER_NONE) {
            continue;
        }
        zone_civil(zone, s->at_ms, &d, &minute);
        cr_assert(minute == p->minute || d == day("2023-03-26"), "%d", minute);
        cr_assert(p->any_day || workdays_is_worked(workdays, d), "%d on a day off", s->letter);
        cr_assert(s->letter != LETTER_OVERDUE || s->person != 0 || s->at_ms >= end_ms);
        cr_assert(s->letter != LETTER_TODAY || s->person != 0 || d == a->to);
        cr_assert(s->letter != LETTER_OVERDUE || s->person == 0 || d > a->parts[s->person - 1].to);
        opened += s->letter == LETTER_OPENED;
        cr_assert(i == 0 || s->at_ms > a->steps[i - 1].at_ms ||
                  s->letter != a->steps[i - 1].letter || s->person != a->steps[i - 1].person ||
                  s->levels != a->steps[i - 1].levels);
    }
    cr_assert_eq(opened, 1);
}

/* What is handed over comes back, and after it. */
static void assert_hands(const struct assignment *a)
{
    for (uint32_t i = 0; i < a->step_count; i++) {
        bool back = false;
        if (a->steps[i].deed != DEED_HAND_OVER) {
            continue;
        }
        for (uint32_t j = i + 1; j < a->step_count && !back; j++) {
            cr_assert(a->steps[j].deed != DEED_HAND_OVER ||
                      a->steps[j].person != a->steps[i].person);
            back = a->steps[j].deed == DEED_HAND_BACK && a->steps[j].person == a->steps[i].person;
        }
        cr_assert(back);
    }
}

Test(ladder_property, any_assignment_and_policy_keep_the_rules)
{
    uint64_t seed = 5;

    for (int n = 0; n < 3000; n++) {
        struct rung many[32];
        struct policy p;
        struct assignment a;
        any_policy(&seed, &p, many);
        any_assignment(&seed, &a);
        ladder_build(&world, &a, &p);
        assert_in_order(&a);
        assert_letters(&a, &p);
        assert_hands(&a);
        const struct ladder_step *overdue = find_phase(&a, PHASE_OVERDUE);
        const struct zone *zone = zone_of(arena_text(&arena, a.people[0]));
        cr_assert(overdue == NULL || overdue->at_ms == zone_utc_ms(zone, a.to + 1, 0));
        cr_assert(overdue != NULL || find_phase(&a, PHASE_CRITICAL) != NULL);
        ladder_after(&world, &a, &working, NULL);
        assert_in_order(&a);
        for (uint32_t i = 0; i < a.step_count; i++) {
            cr_assert(a.steps[i].at_ms > world.now_ms || a.steps[i].letter == LETTER_NONE);
        }
        arena_reset(&arena);
    }
}

Test(ladder_property, a_full_ladder_keeps_its_phases_and_first_rungs)
{
    struct rung many[32];
    struct policy p = {.minute = 540, .soon = {5, true}, .rungs = many, .rung_count = 32};
    struct assignment a = {.from = day("2023-02-01"),
                           .to = day("2023-05-31"),
                           .people = people,
                           .people_count = 65,
                           .parts = parts};

    for (int i = 0; i < 32; i++) {
        many[i] =
            (struct rung){.offset = {i - 16, true}, .every = {1, true}, .until = {i + 40, true}};
    }
    for (uint32_t i = 0; i < a.people_count; i++) {
        people[i] = bytes_of(i % 2 ? "away" : "moscow");
        parts[i] = (struct part){.state = PART_OPEN, .to = a.to - 20};
    }
    ladder_build(&world, &a, &p);
    assert_in_order(&a);
    assert_hands(&a);
    cr_assert_geq(a.step_count, LIMIT_LADDER_STEPS - 1);
    cr_assert_not_null(find_letter(&a, LETTER_OPENED, 0, 0));
    for (int phase = PHASE_OPEN; phase <= PHASE_OVERDUE; phase++) {
        cr_assert_not_null(find_phase(&a, (enum phase)phase));
    }
    cr_assert_not_null(find_letter(&a, LETTER_OVERDUE, 64, 0));
}
