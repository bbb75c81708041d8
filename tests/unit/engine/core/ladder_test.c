/* ladder_test.c - moments of an assignment, in the clocks of its body */
#include "engine/core/ladder.h"

#include <criterion/criterion.h>

static struct rung rungs[] = {
    {LADDER_REMIND, -10, 0, false}, {LADDER_REMIND, -3, 0, false},  {LADDER_REMIND, 0, 0, false},
    {LADDER_REMIND, 1, 0, false},   {LADDER_ESCALATE, 1, 1, false}, {LADDER_ESCALATE, 5, 2, false},
    {LADDER_ESCALATE, 14, 0, true},
};

static const struct policy policy = {
    .minute = 540, .soon = {10, false}, .rungs = rungs, .rung_count = sizeof rungs / sizeof rungs[0]};

static struct arena arena;
static struct zone *zone;

static void tear_down(void)
{
    zone_close(&zone);
    arena_fini(&arena);
}

TestSuite(ladder, .fini = tear_down);

static civil_day day(const char *text)
{
    civil_day d;

    cr_assert(civil_parse(bytes_of(text), &d));
    return d;
}

static struct assignment build(const char *zone_text, const char *from, const char *to,
                               const struct policy *p)
{
    struct assignment a = {.from = day(from), .to = day(to)};

    zone_close(&zone);
    cr_assert(zone_open(zone_text, &zone, NULL));
    ladder_build(&a, p, zone, &arena);
    return a;
}

static const struct ladder_step *find_phase(const struct assignment *a, enum phase phase)
{
    for (uint32_t i = 0; i < a->step_count; i++) {
        if (a->steps[i].phase == phase) {
            return &a->steps[i];
        }
    }
    return NULL;
}

static uint32_t letters(const struct assignment *a)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < a->step_count; i++) {
        count += a->steps[i].letter != LETTER_NONE;
    }
    return count;
}

static void assert_in_order(const struct assignment *a)
{
    enum phase reached = 0;

    for (uint32_t i = 0; i < a->step_count; i++) {
        cr_assert(i == 0 || a->steps[i].at_ms >= a->steps[i - 1].at_ms);
        if (a->steps[i].phase != 0) {
            cr_assert_gt(a->steps[i].phase, reached, "a phase only grows");
            reached = a->steps[i].phase;
        }
    }
}

static void assert_step(const struct ladder_step *s, const char *at_day, int minute)
{
    civil_day d;
    int m;

    cr_assert_not_null(s);
    zone_civil(zone, s->at_ms, &d, &m);
    cr_assert(d == day(at_day) && m == minute, "%s: %d.%d", at_day, (int)(d - day(at_day)), m);
}

Test(ladder, phases_come_in_order_at_their_moments)
{
    struct assignment a = build("Europe/Moscow", "2023-01-15", "2023-03-31", &policy);

    assert_in_order(&a);
    assert_step(find_phase(&a, PHASE_OPEN), "2023-01-15", 540);
    assert_step(find_phase(&a, PHASE_SOON), "2023-03-21", 0);
    assert_step(find_phase(&a, PHASE_TODAY), "2023-03-31", 0);
    assert_step(find_phase(&a, PHASE_OVERDUE), "2023-04-01", 0);
    assert_step(find_phase(&a, PHASE_CRITICAL), "2023-04-14", 540);
    cr_assert_eq(a.step_count, 4 + policy.rung_count);
    cr_assert_eq(letters(&a), 1 + policy.rung_count);
}

Test(ladder, letters_say_which_rung_they_are)
{
    struct assignment a = build("Europe/Moscow", "2023-01-15", "2023-03-31", &policy);
    static const struct {
        enum letter letter;
        int days;
        unsigned levels;
    } expected[] = {{LETTER_OPENED, -75, 0},  {LETTER_REMINDER, -10, 0}, {LETTER_REMINDER, -3, 0},
                    {LETTER_TODAY, 0, 0},     {LETTER_OVERDUE, 1, 0},    {LETTER_ESCALATED, 1, 1},
                    {LETTER_ESCALATED, 5, 2}, {LETTER_ESCALATED, 14, 0}};
    uint32_t next = 0;

    for (uint32_t i = 0; i < a.step_count; i++) {
        const struct ladder_step *s = &a.steps[i];
        if (s->letter != LETTER_NONE) {
            cr_assert(s->letter == expected[next].letter && s->levels == expected[next].levels);
            cr_assert_eq(s->offset_days, expected[next].days);
            next++;
        }
    }
    cr_assert_eq(next, 8);
}

Test(ladder, overdue_is_never_before_the_end_of_the_due_day)
{
    static const struct {
        const char *zone;
        int hours; /* what clocks there are ahead of UTC in 2023 */
    } zones[] = {{"Europe/Kaliningrad", 2}, {"Europe/Moscow", 3},  {"Europe/Samara", 4},
                 {"Asia/Yekaterinburg", 5}, {"Asia/Omsk", 6},      {"Asia/Krasnoyarsk", 7},
                 {"Asia/Irkutsk", 8},       {"Asia/Yakutsk", 9},   {"Asia/Vladivostok", 10},
                 {"Asia/Magadan", 11},      {"Asia/Kamchatka", 12}};

    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        struct assignment a = build(zones[i].zone, "2023-06-01", "2023-06-30", &policy);
        int64_t end_ms = (int64_t)(a.to + 1) * 86400000 - zones[i].hours * 3600000;
        cr_assert_eq(find_phase(&a, PHASE_OVERDUE)->at_ms, end_ms, "%s", zones[i].zone);
        cr_assert_eq(find_phase(&a, PHASE_TODAY)->at_ms, end_ms - 86400000, "%s", zones[i].zone);
        for (uint32_t s = 0; s < a.step_count; s++) {
            bool late =
                a.steps[s].letter == LETTER_OVERDUE || a.steps[s].letter == LETTER_ESCALATED;
            cr_assert(!late || a.steps[s].at_ms >= end_ms, "%s", zones[i].zone);
        }
    }
}

Test(ladder, a_day_with_a_change_of_clocks_has_its_own_length)
{
    /* the last Sunday of March 2023 has 23 hours in Berlin */
    struct assignment a = build("Europe/Berlin", "2023-03-01", "2023-03-26", &policy);
    int64_t hours =
        (find_phase(&a, PHASE_OVERDUE)->at_ms - find_phase(&a, PHASE_TODAY)->at_ms) / 3600000;

    cr_assert_eq(hours, 23);
}

Test(ladder, a_window_of_one_day_opens_on_its_last_day)
{
    struct assignment a = build("Europe/Moscow", "2023-05-09", "2023-05-09", &policy);

    assert_in_order(&a);
    cr_assert_eq(a.steps[0].phase, PHASE_TODAY);
    cr_assert_eq(a.steps[0].letter, LETTER_OPENED);
    assert_step(&a.steps[0], "2023-05-09", 540);
    assert_step(&a.steps[1], "2023-05-10", 0);
    cr_assert_eq(letters(&a), 1 + 4, "opened, then only what is after the day");
}

Test(ladder, a_window_shorter_than_soon_opens_as_soon)
{
    struct assignment a = build("Europe/Moscow", "2023-05-01", "2023-05-05", &policy);

    assert_in_order(&a);
    cr_assert_eq(a.steps[0].phase, PHASE_SOON);
    cr_assert_null(find_phase(&a, PHASE_OPEN));
    cr_assert_eq(letters(&a), 1 + policy.rung_count - 1, "10 days before is before the window");
}

Test(ladder, a_reminder_at_the_moment_of_the_opening_is_left_out)
{
    struct assignment a = build("Europe/Moscow", "2023-05-02", "2023-05-05", &policy);

    cr_assert_eq(letters(&a), 1 + policy.rung_count - 2);
    cr_assert_eq(a.steps[0].letter, LETTER_OPENED);
    cr_assert_eq(a.steps[1].phase, PHASE_TODAY);
}

Test(ladder, what_is_critical_before_the_due_day_stays_critical)
{
    struct rung early[] = {{LADDER_ESCALATE, -5, 1, true}, {LADDER_REMIND, 0, 0, false}};
    struct policy p = {.minute = 600, .soon = {3, false}, .rungs = early, .rung_count = 2};
    struct assignment a = build("Europe/Moscow", "2023-05-01", "2023-05-31", &p);

    assert_in_order(&a);
    assert_step(find_phase(&a, PHASE_CRITICAL), "2023-05-26", 600);
    cr_assert_null(find_phase(&a, PHASE_OVERDUE));
}

Test(ladder, a_policy_without_rungs_still_has_phases)
{
    struct policy p = {.minute = 0, .soon_days = 0};
    struct assignment a = build("Asia/Kamchatka", "2023-05-01", "2023-05-31", &p);

    assert_in_order(&a);
    cr_assert_eq(letters(&a), 1);
    cr_assert_not_null(find_phase(&a, PHASE_OVERDUE));
}

Test(ladder, any_window_and_policy_are_in_order)
{
    uint64_t seed = 5;

    zone_close(&zone);
    cr_assert(zone_open("Europe/Moscow", &zone, NULL));
    for (int n = 0; n < 2000; n++) {
        struct rung many[8];
        struct policy p = {.rungs = many};
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        p.minute = (int)(seed >> 33) % 1440;
        p.soon_days = (int)(seed >> 40) % 30;
        p.rung_count = (uint32_t)(seed >> 50) % 8;
        for (uint32_t i = 0; i < p.rung_count; i++) {
            many[i] = (struct rung){(seed >> i) & 1 ? LADDER_REMIND : LADDER_ESCALATE,
                                    (int)(i * 5) - (int)((seed >> 20) % 25), i % 3,
                                    (seed >> (i + 8)) % 4 == 0};
        }
        struct assignment a = {.from = day("2023-01-01"),
                               .to = day("2023-01-01") + (int)((seed >> 12) % 60)};
        ladder_build(&a, &p, zone, &arena);
        assert_in_order(&a);
        cr_assert_eq(a.steps[0].letter, LETTER_OPENED);
        cr_assert_gt(a.steps[0].phase, PHASE_PLANNED, "opening opens");
    }
}
