/* ladder_fixture.c - assignments and their moments, in the clocks and the calendar of their bodies
 */
#include "ladder_fixture.h"

#include "base/limits.h"
#include "language/document.h"

#include <criterion/criterion.h>
#include <stdio.h>

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

const struct policy plain = {.minute = 540,
                             .soon = {10, false},
                             .any_day = true,
                             .rungs = rungs,
                             .rung_count = sizeof rungs / sizeof rungs[0]};

static struct rung working_rungs[] = {
    {.offset = {-3, true}},
    {.offset = {-1, false}},
    {.offset = {0, false}},
    {.offset = {1, false}},
    {.kind = LADDER_ESCALATE, .offset = {2, false}, .levels = 1},
    {.kind = LADDER_ESCALATE, .offset = {5, true}, .levels = 2},
};

const struct policy working = {.minute = 540,
                               .soon = {3, true},
                               .rungs = working_rungs,
                               .rung_count = sizeof working_rungs / sizeof working_rungs[0]};

struct world world;
struct catalog *catalog;
struct arena arena;
struct bytes people[PEOPLE_MAX];
struct part parts[PEOPLE_MAX];

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

void ladder_fixture_init(void)
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

void ladder_fixture_fini(void)
{
    catalog_destroy(catalog);
    arena_fini(&arena);
}

civil_day day(const char *text)
{
    civil_day d;

    cr_assert(civil_parse(bytes_of(text), &d));
    return d;
}

const struct zone *zone_of(const char *body)
{
    return catalog_find_body(catalog, body)->zone;
}

void now_is(const char *body, const char *text, int minute)
{
    world.now_ms = zone_utc_ms(zone_of(body), day(text), minute);
}

/* An assignment of this body: given long before. */
struct assignment build(const char *body, const char *from, const char *to, const struct policy *p)
{
    struct assignment a = {
        .from = day(from), .to = day(to), .people = people, .people_count = 1, .parts = parts};

    people[0] = bytes_of(body);
    ladder_build(&world, &a, p);
    return a;
}

const struct ladder_step *find_phase(const struct assignment *a, enum phase phase)
{
    for (uint32_t i = 0; i < a->step_count; i++) {
        if (a->steps[i].phase == phase) {
            return &a->steps[i];
        }
    }
    return NULL;
}

const struct ladder_step *find_letter(const struct assignment *a, enum letter letter,
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

const struct ladder_step *find_deed(const struct assignment *a, enum deed deed, uint32_t skip)
{
    for (uint32_t i = 0; i < a->step_count; i++) {
        if (a->steps[i].deed == (int)deed && skip-- == 0) {
            return &a->steps[i];
        }
    }
    return NULL;
}

uint32_t letters(const struct assignment *a)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < a->step_count; i++) {
        count += a->steps[i].letter != LETTER_NONE;
    }
    return count;
}

void assert_in_order(const struct assignment *a)
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

void assert_at(const char *body, const struct ladder_step *s, const char *at_day, int minute)
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
