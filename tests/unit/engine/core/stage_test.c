/* stage_test.c - where the instances of a cycle stand, and the words they are found by */
#include "fixture.h"

#include "engine/core/facets.h"
#include "engine/core/stage.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(stage, .init = fixture_init, .fini = fixture_fini);

static const char cycle[] =
    "document:\n"
    "  {dsl: '1.0.3', namespace: t, name: cycle, version: '1', metadata: {marshrut: {cycle:\n"
    "    {person: .who.name, municipality: who.place, school: .who.school, stages: [\n"
    "     {step: first, title: A}, {step: second, title: B}]}}}}\n"
    "do:\n"
    "  - all:\n"
    "      fork: {compete: true, branches: [{way: {do: [\n"
    "        {first: {wait: PT1H}}, {between: {wait: PT1H}},\n"
    "        {second: {do: [{inner: {wait: PT1H}}]}},\n"
    "        {finish: {set: {outcome: done}}}]}}]}\n";

static bool is(struct bytes text, const char *expected)
{
    return bytes_equal(text, bytes_of(expected));
}

static struct facets rows_of(uint64_t id)
{
    struct facets rows;

    facets_of(fixture_get(id), fx.catalog, &fx.arena, &rows);
    return rows;
}

static struct stage_row row(uint64_t id)
{
    struct facets rows = rows_of(id);
    struct stage_row found = {.instance = 0};

    for (uint32_t i = 0; i < rows.count; i++) {
        if (rows.rows[i].table == TABLE_STAGE) {
            cr_assert(stage_read(rows.rows[i].key, rows.rows[i].value, &found));
        }
    }
    cr_assert_eq(found.instance, id);
    return found;
}

static void pass_an_hour(void)
{
    fx.world.now_ms += 3600000;
    fixture_timers();
}

Test(stage, follows_the_step_that_is_open)
{
    fixture_deploy(cycle);
    uint64_t id = fixture_start("cycle", "{\"who\":{\"name\":\"Анна\",\"place\":\"Лужский\"}}");
    int64_t begun = fx.world.now_ms;

    cr_expect(is(row(id).cycle, "cycle") && is(row(id).person, "Анна"));
    cr_expect(is(row(id).municipality, "Лужский") && row(id).school.size == 0);
    cr_expect_eq(row(id).stage, 0);
    cr_expect_eq(row(id).since_ms, begun);
    pass_an_hour();
    cr_expect_eq(row(id).stage, STAGE_NONE, "between two stages");
    pass_an_hour();
    cr_expect_eq(row(id).stage, 1, "a step below it is open");
    cr_expect_eq(row(id).since_ms, fx.world.now_ms);
    pass_an_hour();
    cr_expect_eq(row(id).stage, STAGE_OVER);
    cr_expect(is(row(id).outcome, "done"));
}

Test(stage, a_person_is_found_by_words_of_the_name)
{
    bool found = false;

    fixture_deploy(cycle);
    uint64_t id = fixture_start("cycle", "{\"who\":{\"name\":\"Анна Ёлкина\"}}");
    struct facets rows = rows_of(id);
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct facet *r = &rows.rows[i];
        found = found || (r->table == TABLE_WORD && r->key.size == 1 + 12 + 1 + 8 &&
                          memcmp((const char *)r->key.data + 1, "елкина", 12) == 0);
    }
    cr_expect(found);
}

/* How many rows of `place` have this word. */
static unsigned places(const struct facets *rows, const char *word)
{
    size_t size = strlen(word) + 1;
    unsigned count = 0;

    for (uint32_t i = 0; i < rows->count; i++) {
        const struct facet *r = &rows->rows[i];
        count += r->table == TABLE_PLACE && r->key.size == 1 + size + 16 &&
                 memcmp((const char *)r->key.data + 1, word, size) == 0;
    }
    return count;
}

Test(stage, a_municipality_is_found_by_its_words_and_a_school_by_those_of_both)
{
    fixture_deploy(cycle);
    struct facets both = rows_of(
        fixture_start("cycle", "{\"who\":{\"place\":\"Лужский район\",\"school\":\"Школа № 1\"}}"));
    struct facets town = rows_of(fixture_start("cycle", "{\"who\":{\"place\":\"Лужский район\"}}"));

    cr_expect_eq(places(&both, "лужский"), 2);
    cr_expect_eq(places(&both, "школа"), 1);
    cr_expect_eq(places(&both, "1"), 1);
    cr_expect_eq(places(&town, "лужский"), 1);
    cr_expect_eq(places(&town, "школа"), 0);
}

Test(stage, what_is_cut_is_no_row)
{
    struct stage_row found;

    fixture_deploy(cycle);
    struct facets rows = rows_of(fixture_start("cycle", "{}"));
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct facet *r = &rows.rows[i];
        for (size_t n = 0; r->table == TABLE_STAGE && n < r->value.size; n++) {
            cr_expect_not(stage_read(r->key, (struct bytes){r->value.data, n}, &found));
        }
    }
}
