/* digest_held_test.c - the letter of the day: how much it holds, its states, and operators */
#include "digest_fixture.h"
#include "states_table.h"

#include "base/limits.h"
#include "engine/core/digest.h"

#include <criterion/criterion.h>
#include <stdio.h>

TestSuite(digest, .init = digest_fixture_init, .fini = fixture_fini);

/* --- bounds and operators -------------------------------------------------------------------- */

Test(digest, what_presses_least_is_only_counted_when_there_is_no_room)
{
    const struct definition *d = catalog_find(fx.catalog, DEFINITION_POLICY, "daily");
    const struct body *to = catalog_find_body(fx.catalog, "school");
    uint64_t id = give("\"school\"", "2023-03-31");
    struct news news = {.instance = id, .letter = LETTER_REMINDER, .to = 0};

    letters_at("2023-01-09", 9);
    fixture_now("2023-01-10", 60);
    for (uint32_t i = 0; i < LIMIT_DIGEST_ENTRIES + 5; i++) {
        news.task = i + 1;
        news.letter = i == LIMIT_DIGEST_ENTRIES ? LETTER_ESCALATED : LETTER_REMINDER;
        cr_assert_neq(digest_add(&fx.world, &d->policy, to, &news), 0);
    }
    const struct scope *scope = fixture_find(newest_letter()->id, TASK_LETTER)->scope;
    cr_assert_eq(scope->result_count, LIMIT_DIGEST_ENTRIES);
    cr_assert_eq(scope->next_index, 5);
    unsigned escalated = 0;
    for (uint32_t i = 0; i < scope->result_count; i++) {
        cr_assert(news_unpack(scope->results[i].value, &news));
        escalated += news.letter == LETTER_ESCALATED;
    }
    cr_assert_eq(escalated, 1);
    fixture_assert_replay();
}

Test(digest, a_full_letter_says_how_many_more_there_are)
{
    for (uint32_t i = 0; i < LIMIT_DIGEST_ENTRIES + 1; i++) {
        give("\"school\"", "2023-03-31");
    }
    letters_at("2023-01-09", 9);
    json_t *n = json_of(fixture_last(RECORD_TASK_OPENED)->data);
    cr_assert_eq(json_array_size(json_object_get(n, "items")), LIMIT_DIGEST_ENTRIES);
    cr_assert_eq(json_integer_value(json_object_get(n, "more")), 1);
    json_decref(n);
}

Test(digest, a_letter_that_is_cancelled_does_not_leave_and_the_next_day_goes_on)
{
    gather();
    give("\"school\"", "2023-04-20");
    cr_assert(decide_cancel(&fx.world, newest_letter()->id, bytes_of("не нужно"), &fx.err));
    assert_letters("2023-04-03", 9, "");
    assert_letters("2023-04-04", 9, "school: opened/3");
    fixture_assert_replay();
}

Test(digest, a_letter_that_is_skipped_is_over)
{
    gather();
    struct instance *letter = newest_letter();
    cr_assert(decide_skip(&fx.world, letter->id, 1, bytes_of("не нужно"), (struct bytes){NULL, 0},
                          &fx.err));
    cr_assert_eq(letter->state, INSTANCE_COMPLETED);
    assert_letters("2023-04-03", 9, "");
    fixture_assert_replay();
}

Test(digest, a_suspended_letter_gathers_and_leaves_when_it_is_resumed)
{
    gather();
    give("\"school\"", "2023-04-20");
    cr_assert(decide_suspend(&fx.world, newest_letter()->id, bytes_of("проверка"), &fx.err));
    assert_letters("2023-04-03", 9, "");
    struct instance *letter = newest_letter();
    cr_assert(decide_resume(&fx.world, letter->id, &fx.err));
    assert_letters("2023-04-03", 12, "school: reminder/1 reminder/2 opened/3");
    fixture_assert_replay();
}

Test(digest, a_letter_counts_as_a_letter_and_as_no_instance)
{
    int64_t tally[TALLY_COUNT] = {0};

    give("\"school\"", "2023-03-31");
    letters_at("2023-01-09", 9);
    for (uint32_t i = 0; i < fx.instance_count; i++) {
        cr_assert(facets_fit(fx.instances[i], fx.catalog));
        facets_tally(fx.instances[i], fx.catalog, 1, tally);
    }
    cr_assert_eq(tally[TALLY_INSTANCES + INSTANCE_RUNNING], 1);
    cr_assert_eq(tally[TALLY_LETTERS], 1);
}

/* --- docs/states.md §8 ----------------------------------------------------------------------- */

static struct states_table moves;
static int made[TABLE_ROWS];
static char state_of[FIXTURE_INSTANCES][CELL_BYTES];

static const char *state_now(const struct instance *i)
{
    if (i->state != INSTANCE_RUNNING && i->state != INSTANCE_SUSPENDED) {
        return "over";
    }
    return i->task_count == 0 ? "-" : i->tasks[0].kind == TASK_LETTER ? "gathers" : "leaves";
}

static void watch(const struct instance *i, const struct record *r)
{
    if (i == NULL || catalog_find_number(fx.catalog, i->definition)->kind != DEFINITION_BODIES ||
        r->kind == RECORD_SUSPENDED || r->kind == RECORD_RESUMED) {
        return;
    }
    char *before = state_of[i->id - 1];
    const char *kind = record_kind_name(r->kind);
    int row = states_table_find(&moves, before[0] ? before : "-", kind, state_now(i));
    cr_assert_geq(row, 0, "docs/states.md has no move %s --%s--> %s", before, kind, state_now(i));
    made[row]++;
    snprintf(before, CELL_BYTES, "%s", state_now(i));
}

static void end_letter(bool skip)
{
    struct instance *letter = newest_letter();
    uint32_t seq = fixture_find(letter->id, TASK_NOTICE)->seq;

    if (skip) {
        cr_assert(decide_skip(&fx.world, letter->id, seq, bytes_of("адрес закрыт"),
                              (struct bytes){NULL, 0}, &fx.err));
    } else {
        fixture_done(letter->id, seq, "{}");
    }
}

Test(digest, every_move_of_a_letter_is_in_its_table_and_every_row_is_made)
{
    states_table_read("moves letter", &moves);
    fx.watch = watch;
    give("\"school\"", "2023-03-31");
    letters_at("2023-01-09", 9);
    end_letter(false);
    letters_at("2023-03-21", 9);
    end_letter(true);
    letters_at("2023-04-01", 12); /* the last day, found on Saturday */
    cr_assert(decide_skip(&fx.world, newest_letter()->id, 1, bytes_of("не нужно"),
                          (struct bytes){NULL, 0}, &fx.err));
    give("\"school\"", "2023-04-20");
    fixture_now("2023-04-03", 9 * 60);
    while (fire_next()) {
    }
    cr_assert(decide_cancel(&fx.world, newest_letter()->id, bytes_of("не нужно"), &fx.err));
    for (int i = 0; i < moves.row_count; i++) {
        cr_assert_gt(made[i], 0, "never: %s %s %s", moves.rows[i][0], moves.rows[i][1],
                     moves.rows[i][2]);
    }
}
