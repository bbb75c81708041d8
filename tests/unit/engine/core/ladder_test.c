/* ladder_test.c - moments of an assignment, in the clocks and the calendar of its body */
#include "engine/core/ladder.h"

#include "base/limits.h"
#include "language/document.h"

#include <criterion/criterion.h>
#include <stdio.h>

#define DAY_MS     86400000
#define PEOPLE_MAX 70

/* Calendar days, and letters on any of them: what the moments are by themselves. */
static struct rung rungs[] = {
    {.offset = {-10, false}},
    {.offset = {-3, false}},
    {.offset = {0, false}},
    {.offset = {1, false}},
    {.kind = LADDER_ESCALATE, .offset = {1, false}, .levels = 1},
    {.kind = LADDER_ESCALATE, .offset = {5, false}, .levels = 2},
    {.kind = LADDER_ESCALATE, .offset = {14, false}, .critical = true},
};

static const struct policy plain = {.minute = 540,
                                    .soon = {10, false},
                                    .any_day = true,
                                    .rungs = rungs,
                                    .rung_count = sizeof rungs / sizeof rungs[0]};

static struct world world;
static struct catalog *catalog;
static struct arena arena;
static struct bytes people[PEOPLE_MAX];
static struct part parts[PEOPLE_MAX];

static void deploy(const char *yaml)
{
    struct error err = ERROR_INIT;
    struct definition *definition = NULL;

    cr_assert(document_parse("t.yaml", bytes_of(yaml), NULL, &definition, &err), "%d: %s", err.line,
              err.text);
    catalog_add(catalog, &definition, catalog_next_number(catalog), catalog_next_number(catalog));
}

/* The days of 2023 as they were: 1 and 8 January made 24 February and 8 May days off. */
#define CALENDAR                                                                                   \
    "document: {kind: calendar, name: ru, version: '1'}\nweek: five-day\nholidays:\n"              \
    "  - {day: 01-01, title: N}\n  - {day: 01-02, title: N}\n  - {day: 01-03, title: N}\n"         \
    "  - {day: 01-04, title: N}\n  - {day: 01-05, title: N}\n  - {day: 01-06, title: N}\n"         \
    "  - {day: 01-07, title: C}\n  - {day: 01-08, title: N}\n  - {day: 02-23, title: D}\n"         \
    "  - {day: 03-08, title: W}\n  - {day: 05-01, title: M}\n  - {day: 05-09, title: V}\n"         \
    "  - {day: 06-12, title: R}\n  - {day: 11-04, title: U}\nyears:\n"                             \
    "  - {year: 2023, source: d, transfers: [{from: 2023-01-01, to: 2023-02-24}, "                 \
    "{from: 2023-01-08, to: 2023-05-08}]}\n"

static void set_up(void)
{
    catalog = catalog_create();
    world = (struct world){.catalog = catalog, .arena = &arena};
    deploy(CALENDAR);
    deploy("document: {kind: bodies, name: b, version: '1'}\ntimezone: Europe/Moscow\nbodies:\n"
           "  - {id: moscow, name: M}\n"
           "  - {id: kld, name: K, timezone: Europe/Kaliningrad}\n"
           "  - {id: samara, name: S, timezone: Europe/Samara}\n"
           "  - {id: ekb, name: E, timezone: Asia/Yekaterinburg}\n"
           "  - {id: omsk, name: O, timezone: Asia/Omsk}\n"
           "  - {id: kras, name: K, timezone: Asia/Krasnoyarsk}\n"
           "  - {id: irk, name: I, timezone: Asia/Irkutsk}\n"
           "  - {id: yak, name: Y, timezone: Asia/Yakutsk}\n"
           "  - {id: vlad, name: V, timezone: Asia/Vladivostok}\n"
           "  - {id: magadan, name: M, timezone: Asia/Magadan}\n"
           "  - {id: kam, name: K, timezone: Asia/Kamchatka}\n"
           "  - {id: berlin, name: B, timezone: Europe/Berlin}\n"
           "  - id: away\n    name: A\n    deputy: moscow\n    absences:\n"
           "      - {from: 2023-04-03, to: 2023-04-16, reason: leave}\n"
           "      - {from: 2023-04-17, to: 2023-04-30, deputy: kam}\n"
           "      - {from: 2023-06-01, to: 2023-06-10}\n");
}

static void tear_down(void)
{
    catalog_destroy(catalog);
    arena_fini(&arena);
}

TestSuite(ladder, .init = set_up, .fini = tear_down);

static civil_day day(const char *text)
{
    civil_day d;

    cr_assert(civil_parse(bytes_of(text), &d));
    return d;
}

static const struct zone *zone_of(const char *body)
{
    return catalog_find_body(catalog, body)->zone;
}

static void now_is(const char *body, const char *text, int minute)
{
    world.now_ms = zone_utc_ms(zone_of(body), day(text), minute);
}

/* An assignment of this body: given long before. */
static struct assignment build(const char *body, const char *from, const char *to,
                               const struct policy *p)
{
    struct assignment a = {
        .from = day(from), .to = day(to), .people = people, .people_count = 1, .parts = parts};

    people[0] = bytes_of(body);
    ladder_build(&world, &a, p);
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

static const struct ladder_step *find_letter(const struct assignment *a, enum letter letter,
                                             uint32_t person, uint32_t skip)
{
    for (uint32_t i = 0; i < a->step_count; i++) {
        const struct ladder_step *s = &a->steps[i];
        if (s->letter == letter && s->person == person && skip-- == 0) {
            return s;
        }
    }
    return NULL;
}

static const struct ladder_step *find_deed(const struct assignment *a, enum deed deed,
                                           uint32_t skip)
{
    for (uint32_t i = 0; i < a->step_count; i++) {
        if (a->steps[i].deed == (int)deed && skip-- == 0) {
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

    cr_assert_leq(a->step_count, LIMIT_LADDER_STEPS);
    cr_assert_eq(a->next_step, 0);
    for (uint32_t i = 0; i < a->step_count; i++) {
        cr_assert(i == 0 || a->steps[i].at_ms >= a->steps[i - 1].at_ms);
        if (a->steps[i].phase != 0) {
            cr_assert_gt(a->steps[i].phase, reached, "a phase only grows");
            reached = a->steps[i].phase;
        }
    }
}

static void assert_at(const char *body, const struct ladder_step *s, const char *at_day, int minute)
{
    char text[CIVIL_TEXT_MAX];
    civil_day d;
    int m;

    cr_assert_not_null(s);
    zone_civil(zone_of(body), s->at_ms, &d, &m);
    civil_print(d, text);
    cr_assert(d == day(at_day) && m == minute, "expected %s, is %s %02d:%02d", at_day, text, m / 60,
              m % 60);
}

/* --- phases ----------------------------------------------------------------------------------- */

Test(ladder, phases_come_in_order_at_their_moments)
{
    struct assignment a = build("moscow", "2023-01-15", "2023-03-31", &plain);

    assert_in_order(&a);
    assert_at("moscow", find_phase(&a, PHASE_OPEN), "2023-01-15", 540);
    assert_at("moscow", find_phase(&a, PHASE_SOON), "2023-03-21", 0);
    assert_at("moscow", find_phase(&a, PHASE_TODAY), "2023-03-31", 0);
    assert_at("moscow", find_phase(&a, PHASE_OVERDUE), "2023-04-01", 0);
    assert_at("moscow", find_phase(&a, PHASE_CRITICAL), "2023-04-14", 540);
    cr_assert_eq(a.step_count, 4 + plain.rung_count);
    cr_assert_eq(letters(&a), 1 + plain.rung_count);
}

Test(ladder, letters_say_which_rung_they_are)
{
    struct assignment a = build("moscow", "2023-01-15", "2023-03-31", &plain);
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
        const char *body;
        int hours; /* what clocks there are ahead of UTC in 2023 */
    } bodies[] = {{"kld", 2},   {"moscow", 3},   {"samara", 4}, {"ekb", 5},
                  {"omsk", 6},  {"kras", 7},     {"irk", 8},    {"yak", 9},
                  {"vlad", 10}, {"magadan", 11}, {"kam", 12}};

    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct assignment a = build(bodies[i].body, "2023-06-01", "2023-06-30", &plain);
        int64_t end_ms = (int64_t)(a.to + 1) * DAY_MS - bodies[i].hours * 3600000;
        cr_assert_eq(find_phase(&a, PHASE_OVERDUE)->at_ms, end_ms, "%s", bodies[i].body);
        cr_assert_eq(find_phase(&a, PHASE_TODAY)->at_ms, end_ms - DAY_MS, "%s", bodies[i].body);
        for (uint32_t s = 0; s < a.step_count; s++) {
            bool late =
                a.steps[s].letter == LETTER_OVERDUE || a.steps[s].letter == LETTER_ESCALATED;
            cr_assert(!late || a.steps[s].at_ms >= end_ms, "%s", bodies[i].body);
        }
    }
}

Test(ladder, a_day_with_a_change_of_clocks_has_its_own_length)
{
    /* the last Sunday of March 2023 has 23 hours in Berlin */
    struct assignment a = build("berlin", "2023-03-01", "2023-03-26", &plain);
    int64_t hours =
        (find_phase(&a, PHASE_OVERDUE)->at_ms - find_phase(&a, PHASE_TODAY)->at_ms) / 3600000;

    cr_assert_eq(hours, 23);
}

Test(ladder, soon_counts_working_days)
{
    struct policy p = {.minute = 540, .soon = {5, true}};
    struct assignment a = build("moscow", "2023-04-01", "2023-05-11", &p);

    /* 10 and 5 May, 4, 3, 2 May: 8 and 9 May are off, and a weekend */
    assert_at("moscow", find_phase(&a, PHASE_SOON), "2023-05-02", 0);
}

Test(ladder, a_window_of_one_day_opens_on_its_last_day)
{
    struct assignment a = build("moscow", "2023-05-10", "2023-05-10", &plain);

    assert_in_order(&a);
    cr_assert_eq(a.steps[0].phase, PHASE_TODAY);
    cr_assert_eq(a.steps[0].letter, LETTER_OPENED);
    assert_at("moscow", &a.steps[0], "2023-05-10", 540);
    assert_at("moscow", &a.steps[1], "2023-05-11", 0);
    cr_assert_eq(letters(&a), 1 + 4, "opened, then only what is after the day");
}

Test(ladder, a_window_shorter_than_soon_opens_as_soon)
{
    struct assignment a = build("moscow", "2023-05-01", "2023-05-05", &plain);

    assert_in_order(&a);
    cr_assert_eq(a.steps[0].phase, PHASE_SOON);
    cr_assert_null(find_phase(&a, PHASE_OPEN));
    cr_assert_eq(letters(&a), 1 + plain.rung_count - 1, "10 days before is before the window");
}

Test(ladder, a_reminder_at_the_moment_of_the_opening_is_left_out)
{
    struct assignment a = build("moscow", "2023-05-02", "2023-05-05", &plain);

    cr_assert_eq(letters(&a), 1 + plain.rung_count - 2);
    cr_assert_eq(a.steps[0].letter, LETTER_OPENED);
    cr_assert_eq(a.steps[1].phase, PHASE_TODAY);
}

Test(ladder, what_is_critical_before_the_due_day_stays_critical)
{
    struct rung early[] = {
        {.kind = LADDER_ESCALATE, .offset = {-5, false}, .levels = 1, .critical = true},
        {.offset = {0, false}}};
    struct policy p = {.minute = 600, .soon = {3, false}, .rungs = early, .rung_count = 2};
    struct assignment a = build("moscow", "2023-05-02", "2023-05-31", &p);

    assert_in_order(&a);
    assert_at("moscow", find_phase(&a, PHASE_CRITICAL), "2023-05-26", 600);
    cr_assert_null(find_phase(&a, PHASE_OVERDUE));
}

Test(ladder, a_policy_without_rungs_still_has_phases)
{
    struct policy p = {.minute = 0};
    struct assignment a = build("kam", "2023-05-02", "2023-05-31", &p);

    assert_in_order(&a);
    cr_assert_eq(letters(&a), 1);
    cr_assert_not_null(find_phase(&a, PHASE_OVERDUE));
}

/* --- days off --------------------------------------------------------------------------------- */

static struct rung working_rungs[] = {
    {.offset = {-3, true}},
    {.offset = {-1, false}},
    {.offset = {0, false}},
    {.offset = {1, false}},
    {.kind = LADDER_ESCALATE, .offset = {2, false}, .levels = 1},
    {.kind = LADDER_ESCALATE, .offset = {5, true}, .levels = 2},
};

static const struct policy working = {.minute = 540,
                                      .soon = {3, true},
                                      .rungs = working_rungs,
                                      .rung_count = sizeof working_rungs / sizeof working_rungs[0]};

Test(ladder, letters_wait_for_a_working_day_and_reminders_go_before_one)
{
    /* the last day is Tuesday 9 May, off as are 6, 7 and 8 May: kept by the policy */
    struct assignment a = build("moscow", "2023-04-03", "2023-05-09", &working);

    assert_in_order(&a);
    assert_at("moscow", find_letter(&a, LETTER_REMINDER, 0, 0), "2023-05-03", 540);
    assert_at("moscow", find_letter(&a, LETTER_REMINDER, 0, 1), "2023-05-05", 540);
    cr_assert_null(find_letter(&a, LETTER_TODAY, 0, 0), "nobody works on the last day");
    cr_assert_null(find_letter(&a, LETTER_REMINDER, 0, 2), "two rungs came to one day");
    assert_at("moscow", find_phase(&a, PHASE_TODAY), "2023-05-09", 0);
    assert_at("moscow", find_phase(&a, PHASE_OVERDUE), "2023-05-10", 0);
    assert_at("moscow", find_letter(&a, LETTER_OVERDUE, 0, 0), "2023-05-10", 540);
    assert_at("moscow", find_letter(&a, LETTER_ESCALATED, 0, 0), "2023-05-11", 540);
    assert_at("moscow", find_letter(&a, LETTER_ESCALATED, 0, 1), "2023-05-16", 540);
    cr_assert(find_letter(&a, LETTER_ESCALATED, 0, 1)->working);
    cr_assert_not(find_letter(&a, LETTER_ESCALATED, 0, 0)->working);
}

Test(ladder, an_opening_on_a_day_off_is_told_on_the_next_working_day)
{
    struct assignment a = build("moscow", "2023-01-01", "2023-03-31", &working);

    assert_at("moscow", find_phase(&a, PHASE_OPEN), "2023-01-01", 540);
    assert_at("moscow", find_letter(&a, LETTER_OPENED, 0, 0), "2023-01-09", 540);
}

Test(ladder, a_reminder_with_an_opening_that_was_told_late_is_left_out)
{
    struct rung one = {.offset = {-4, true}};
    struct policy p = {.minute = 540, .rungs = &one, .rung_count = 1};
    struct assignment a = build("moscow", "2023-01-01", "2023-01-13", &p);

    cr_assert_eq(letters(&a), 1);
    one.offset.count = -3;
    a = build("moscow", "2023-01-01", "2023-01-13", &p);
    cr_assert_eq(letters(&a), 2);
}

Test(ladder, an_opening_is_told_before_a_window_without_a_working_day)
{
    struct assignment a = build("moscow", "2023-05-06", "2023-05-09", &working);

    assert_in_order(&a);
    assert_at("moscow", find_letter(&a, LETTER_OPENED, 0, 0), "2023-05-05", 540);
    assert_at("moscow", find_phase(&a, PHASE_SOON), "2023-05-06", 540);
    cr_assert_null(find_letter(&a, LETTER_REMINDER, 0, 0));
}

Test(ladder, what_is_given_on_a_day_off_is_told_on_the_next_working_day)
{
    now_is("moscow", "2023-04-22", 700);
    struct assignment a = build("moscow", "2023-04-21", "2023-05-05", &working);

    assert_at("moscow", find_letter(&a, LETTER_OPENED, 0, 0), "2023-04-24", 540);
    assert_at("moscow", find_phase(&a, PHASE_OPEN), "2023-04-21", 540);
}

Test(ladder, what_is_given_late_is_told_at_once)
{
    now_is("moscow", "2023-05-20", 700);
    struct assignment a = build("moscow", "2023-04-03", "2023-04-14", &working);

    cr_assert_lt(find_letter(&a, LETTER_OPENED, 0, 0)->at_ms, world.now_ms);
    assert_at("moscow", find_letter(&a, LETTER_OVERDUE, 0, 0), "2023-04-17", 540);
}

/* --- repeats and deeds of rungs --------------------------------------------------------------- */

Test(ladder, a_rung_repeats_until_its_last_day)
{
    struct rung weekly[] = {{.offset = {1, true}, .every = {5, true}, .until = {20, true}}};
    struct policy p = {.minute = 540, .rungs = weekly, .rung_count = 1};
    struct assignment a = build("moscow", "2023-03-01", "2023-03-31", &p);
    static const char *const days[] = {"2023-04-03", "2023-04-10", "2023-04-17", "2023-04-24"};

    for (uint32_t i = 0; i < 4; i++) {
        const struct ladder_step *s = find_letter(&a, LETTER_OVERDUE, 0, i);
        assert_at("moscow", s, days[i], 540);
        cr_assert(s->working && s->offset_days == 1 + 5 * (int)i);
    }
    cr_assert_null(find_letter(&a, LETTER_OVERDUE, 0, 4));
}

Test(ladder, repeats_that_come_to_one_working_day_are_one)
{
    struct rung daily[] = {{.offset = {-2, false}, .every = {1, false}, .until = {5, false}}};
    struct policy p = {.minute = 540, .rungs = daily, .rung_count = 1};
    struct assignment a = build("moscow", "2023-03-01", "2023-03-31", &p);

    assert_at("moscow", find_letter(&a, LETTER_REMINDER, 0, 0), "2023-03-29", 540);
    assert_at("moscow", find_letter(&a, LETTER_REMINDER, 0, 1), "2023-03-30", 540);
    assert_at("moscow", find_letter(&a, LETTER_TODAY, 0, 0), "2023-03-31", 540);
    assert_at("moscow", find_letter(&a, LETTER_OVERDUE, 0, 0), "2023-04-03", 540);
    assert_at("moscow", find_letter(&a, LETTER_OVERDUE, 0, 1), "2023-04-04", 540);
    assert_at("moscow", find_letter(&a, LETTER_OVERDUE, 0, 2), "2023-04-05", 540);
    cr_assert_null(find_letter(&a, LETTER_OVERDUE, 0, 3));
}

Test(ladder, a_rung_gives_late_work_to_another)
{
    struct rung deeds[] = {{.kind = LADDER_REASSIGN, .offset = {10, true}, .levels = 2}};
    struct policy p = {.minute = 540, .rungs = deeds, .rung_count = 1};
    struct assignment a = build("moscow", "2023-03-01", "2023-03-31", &p);
    const struct ladder_step *s = find_deed(&a, DEED_REASSIGN, 0);

    assert_at("moscow", s, "2023-04-14", 540);
    cr_assert(s->letter == LETTER_NONE && s->levels == 2 && s->offset_days == 10 && s->working);
}

/* --- parts ------------------------------------------------------------------------------------ */

static struct assignment with_parts(const char *to, enum part_state state)
{
    struct assignment a = {.from = day("2023-03-01"),
                           .to = day("2023-03-31"),
                           .people = people,
                           .people_count = 3,
                           .parts = parts};

    people[0] = bytes_of("moscow");
    people[1] = bytes_of("kam");
    people[2] = bytes_of("omsk");
    parts[0] = (struct part){.state = state, .to = day(to)};
    parts[1] = (struct part){.state = PART_OPEN, .to = a.to};
    ladder_build(&world, &a, &working);
    return a;
}

Test(ladder, a_part_with_an_earlier_term_has_reminders_of_its_own)
{
    struct assignment a = with_parts("2023-03-24", PART_OPEN);

    assert_in_order(&a);
    assert_at("moscow", find_letter(&a, LETTER_REMINDER, 1, 0), "2023-03-21", 540);
    assert_at("moscow", find_letter(&a, LETTER_REMINDER, 1, 1), "2023-03-23", 540);
    assert_at("moscow", find_letter(&a, LETTER_TODAY, 1, 0), "2023-03-24", 540);
    assert_at("moscow", find_letter(&a, LETTER_OVERDUE, 1, 0), "2023-03-27", 540);
    cr_assert_null(find_letter(&a, LETTER_OVERDUE, 1, 1), "told once");
    cr_assert_null(find_letter(&a, LETTER_REMINDER, 2, 0), "the term of the whole");
    cr_assert_not_null(find_letter(&a, LETTER_TODAY, 0, 0));
}

Test(ladder, a_part_that_is_answered_has_no_reminders)
{
    struct assignment a = with_parts("2023-03-24", PART_ANSWERED);

    for (uint32_t i = 0; i < a.step_count; i++) {
        cr_assert_eq(a.steps[i].person, 0);
    }
}

/* --- absences --------------------------------------------------------------------------------- */

Test(ladder, work_is_handed_over_with_an_absence_and_back_after_it)
{
    struct assignment a = build("away", "2023-03-01", "2023-05-31", &working);
    const struct ladder_step *over = find_deed(&a, DEED_HAND_OVER, 0);

    assert_in_order(&a);
    assert_at("moscow", over, "2023-04-03", 0);
    cr_assert_eq(over->person, 0);
    assert_at("moscow", find_deed(&a, DEED_HAND_BACK, 0), "2023-04-17", 0);
    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 1), "2023-04-17", 0);
    cr_assert_lt(find_deed(&a, DEED_HAND_BACK, 0), find_deed(&a, DEED_HAND_OVER, 1),
                 "back from the one before over to the other");
    assert_at("moscow", find_deed(&a, DEED_HAND_BACK, 1), "2023-05-01", 0);
    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 2), "2023-06-01", 0);
}

Test(ladder, an_absence_that_lasts_at_the_opening_comes_before_its_letter)
{
    struct assignment a = build("away", "2023-04-10", "2023-04-14", &working);

    cr_assert_eq(a.steps[0].deed, DEED_HAND_OVER);
    assert_at("moscow", &a.steps[0], "2023-04-10", 540);
    cr_assert_eq(a.steps[1].letter, LETTER_OPENED);
    cr_assert_eq(a.steps[1].at_ms, a.steps[0].at_ms);
}

Test(ladder, an_absence_that_is_over_is_left_out)
{
    now_is("moscow", "2023-05-02", 600);
    struct assignment a = build("away", "2023-04-03", "2023-05-31", &working);

    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 0), "2023-06-01", 0);
}

Test(ladder, the_controller_is_absent_where_it_is)
{
    struct assignment a = {.from = day("2023-03-01"),
                           .to = day("2023-03-31"),
                           .people = people,
                           .people_count = 1,
                           .parts = parts,
                           .controller = bytes_of("away")};
    struct deputy deputy;

    people[0] = bytes_of("kam");
    ladder_build(&world, &a, &working);
    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 0), "2023-04-03", 0);
    cr_assert_eq(find_deed(&a, DEED_HAND_OVER, 0)->person, PERSON_CONTROLLER);
    now_is("moscow", "2023-04-17", 600);
    cr_assert(ladder_deputy(&world, &working, &a, PERSON_CONTROLLER, &deputy));
    cr_assert_str_eq(deputy.body->id, "kam");
    cr_assert_not(ladder_deputy(&world, &working, &a, 0, &deputy));
    now_is("moscow", "2023-05-17", 600);
    cr_assert_not(ladder_deputy(&world, &working, &a, PERSON_CONTROLLER, &deputy));
}

/* --- an assignment that goes on --------------------------------------------------------------- */

Test(ladder, what_is_over_is_not_told_again_but_the_phase_is)
{
    struct assignment a = build("moscow", "2023-03-01", "2023-03-31", &working);

    now_is("moscow", "2023-03-30", 600);
    ladder_after(&world, &a, &working, NULL);
    assert_in_order(&a);
    cr_assert_eq(a.steps[0].phase, PHASE_SOON);
    cr_assert_eq(a.steps[0].letter, LETTER_NONE);
    cr_assert_eq(a.steps[1].phase, PHASE_TODAY);
    cr_assert_null(find_letter(&a, LETTER_OPENED, 0, 0));
    cr_assert_null(find_letter(&a, LETTER_REMINDER, 0, 0));
    assert_at("moscow", find_letter(&a, LETTER_TODAY, 0, 0), "2023-03-31", 540);
}

Test(ladder, what_is_due_at_this_moment_is_over)
{
    struct assignment a = build("moscow", "2023-03-01", "2023-03-31", &working);

    now_is("moscow", "2023-03-31", 540);
    ladder_after(&world, &a, &working, NULL);
    cr_assert_null(find_letter(&a, LETTER_TODAY, 0, 0));
    cr_assert_eq(a.steps[0].phase, PHASE_TODAY);
}

Test(ladder, nothing_is_lost_of_what_is_still_ahead)
{
    struct assignment before = build("moscow", "2023-03-01", "2023-03-31", &working);
    struct assignment after = build("moscow", "2023-03-01", "2023-03-31", &working);

    now_is("moscow", "2023-02-01", 600);
    ladder_after(&world, &after, &working, NULL);
    cr_assert_eq(after.step_count, before.step_count);
    cr_assert_eq(after.steps[0].letter, LETTER_OPENED);
}

Test(ladder, who_is_away_now_is_handed_over_once)
{
    struct acting acting = {bytes_of("away"), bytes_of("moscow"), day("2023-04-16")};

    now_is("moscow", "2023-04-10", 600);
    struct assignment a = build("away", "2023-03-01", "2023-05-31", &working);
    ladder_after(&world, &a, &working, NULL);
    assert_in_order(&a);
    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 0), "2023-04-03", 0);

    a = build("away", "2023-03-01", "2023-05-31", &working);
    a.acting = &acting;
    a.acting_count = 1;
    ladder_after(&world, &a, &working, NULL);
    assert_in_order(&a);
    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 0), "2023-04-17", 0);
    assert_at("moscow", find_deed(&a, DEED_HAND_BACK, 0), "2023-04-17", 0);

    acting.deputy = bytes_of("omsk"); /* the document names another deputy now */
    a = build("away", "2023-03-01", "2023-05-31", &working);
    a.acting = &acting;
    a.acting_count = 1;
    ladder_after(&world, &a, &working, NULL);
    assert_at("moscow", find_deed(&a, DEED_HAND_OVER, 0), "2023-04-03", 0);
}

Test(ladder, who_is_not_away_any_more_gets_its_work_back_at_once)
{
    struct acting acting = {bytes_of("omsk"), bytes_of("moscow"), day("2023-04-16")};

    now_is("moscow", "2023-03-10", 600);
    struct assignment a = build("omsk", "2023-03-01", "2023-03-31", &working);
    a.acting = &acting;
    a.acting_count = 1;
    ladder_after(&world, &a, &working, NULL);
    assert_in_order(&a);
    cr_assert_eq(find_deed(&a, DEED_HAND_BACK, 0)->at_ms, world.now_ms);
}

Test(ladder, a_rung_that_gave_it_to_another_is_not_taken_again)
{
    struct rung deeds[] = {{.kind = LADDER_REASSIGN, .offset = {5, true}},
                           {.kind = LADDER_REASSIGN, .offset = {10, true}, .levels = 1}};
    struct policy p = {.minute = 540, .rungs = deeds, .rung_count = 2};
    struct assignment a = build("kam", "2023-03-01", "2023-03-31", &p);
    struct ladder_step taken = *find_deed(&a, DEED_REASSIGN, 0);

    world.now_ms = taken.at_ms;
    a = build("moscow", "2023-03-01", "2023-03-31", &p); /* where it is nine hours earlier */
    ladder_after(&world, &a, &working, &taken);
    assert_in_order(&a);
    cr_assert_eq(find_deed(&a, DEED_REASSIGN, 0)->levels, 1);
    cr_assert_null(find_deed(&a, DEED_REASSIGN, 1));
}

Test(ladder, a_report_that_waits_reminds_its_controller)
{
    struct policy p = working;
    struct assignment a = build("moscow", "2023-03-01", "2023-03-31", &p);
    uint32_t count = a.step_count;

    cr_assert_not(ladder_undecided(&world, &a, &p, day("2023-03-10")), "the policy wants none");
    p.decide_within = (struct days){5, true};
    cr_assert_not(ladder_undecided(&world, &a, &p, day("2023-03-10")), "nobody controls");
    a.controller = bytes_of("omsk");
    a.next_step = 1;
    cr_assert(ladder_undecided(&world, &a, &p, day("2023-03-10")));
    cr_assert(a.next_step == 0 && a.step_count == count);
    cr_assert_eq(a.steps[0].letter, LETTER_UNDECIDED);
    assert_at("moscow", &a.steps[0], "2023-03-17", 540);
}

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

Test(ladder, any_assignment_and_policy_keep_the_rules)
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

Test(ladder, a_full_ladder_keeps_its_phases_and_first_rungs)
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
