/* digest_test.c - the letter of the day: what goes into it, when it leaves, what it leaves out */
#include "base/limits.h"
#include "engine/core/digest.h"
#include "fixture.h"
#include "states_table.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char bodies[] =
    "document: {kind: bodies, name: more, version: '1'}\n"
    "timezone: Europe/Moscow\n"
    "bodies:\n"
    "  - id: away\n"
    "    name: Отсутствующий\n"
    "    absences: [{from: 2023-03-20, to: 2023-04-07, deputy: school2, reason: отпуск}]\n";

static const char policy[] = "document: {kind: policy, name: daily, version: '1'}\n"
                             "at: '09:00'\n"
                             "soon: 10\n"
                             "ladder:\n"
                             "  - remind: 10 days before\n"
                             "  - remind: on the day\n"
                             "  - remind: 1 day after\n"
                             "  - {escalate: 5 days after, to: parent}\n";

static const char ask[] =
    "document: {dsl: '1.0.3', namespace: test, name: ask, version: '1'}\n"
    "do:\n"
    "  - a:\n"
    "      call: assignment\n"
    "      with: {title: '${ .title }', responsible: '${ .responsible }', no: '${ .no }',\n"
    "             controller: inspector, due: '${ .due }', policy: '${ .policy }'}\n";

static size_t seen;
static uint64_t ids[LIMIT_DIGEST_ENTRIES + 10];
static unsigned given;

static void set_up(void)
{
    fixture_init();
    fixture_deploy(bodies);
    fixture_deploy(policy);
    fixture_deploy(ask);
    seen = 0;
}

TestSuite(digest, .init = set_up, .fini = fixture_fini);

/* An assignment from 9 January, of this number; ids[] has the instances of them. */
static uint64_t give(const char *responsible, const char *to)
{
    char input[512];

    snprintf(input, sizeof input,
             "{\"title\":\"Дело\",\"no\":\"%u\",\"responsible\":%s,\"policy\":\"daily\","
             "\"due\":{\"from\":\"2023-01-09\",\"to\":\"%s\"}}",
             ++given, responsible, to);
    ids[given] = fixture_start("ask", input);
    return ids[given];
}

/* The earliest timer that is due, as the engine finds it; false: none is. */
static bool fire_next(void)
{
    const struct instance *first = NULL;
    const struct task *due = NULL;

    for (uint32_t i = 0; i < fx.instance_count; i++) {
        const struct instance *one = fx.instances[i];
        for (uint32_t n = 0; n < one->task_count; n++) {
            const struct task *t = &one->tasks[n];
            bool moves = one->state == INSTANCE_RUNNING && t->state == TASK_WAITING;
            int64_t moment = task_moment_ms(t);
            if (moves && moment != 0 && moment <= fx.world.now_ms &&
                (due == NULL || moment < task_moment_ms(due))) {
                first = one;
                due = t;
            }
        }
    }
    if (due != NULL) {
        decide_timer(&fx.world, first->id, due->seq);
    }
    return due != NULL;
}

static void pass_time(void)
{
    while (fire_next()) {
    }
    fx.world.now_ms++; /* a letter waits for all that is due now */
    while (fire_next()) {
    }
    fx.world.now_ms--;
}

static void describe_item(const json_t *item, char *text, size_t size)
{
    const json_t *a = json_object_get(item, "assignment");
    const char *behalf = json_string_value(json_object_get(json_object_get(item, "for"), "id"));

    snprintf(text + strlen(text), size - strlen(text), " %s/%s%s%s",
             json_string_value(json_object_get(item, "kind")),
             json_string_value(json_object_get(a, "no")), behalf ? "@" : "", behalf ? behalf : "");
}

/* "school: overdue/1 reminder/2; …": the letters since the last look. */
static const char *letters(void)
{
    static char text[8192];

    text[0] = '\0';
    for (; seen < fx.record_count; seen++) {
        const struct record *r = &fx.records[seen];
        if (r->kind != RECORD_TASK_OPENED || r->other != TASK_NOTICE) {
            continue;
        }
        json_t *n = json_of(r->data);
        const json_t *items = json_object_get(n, "items");
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s:", text[0] ? "; " : "",
                 json_string_value(json_object_get(json_object_get(n, "to"), "id")));
        for (size_t i = 0; i < json_array_size(items); i++) {
            describe_item(json_array_get(items, i), text, sizeof text);
        }
        if (items == NULL) {
            describe_item(n, text, sizeof text);
        }
        json_decref(n);
    }
    return text;
}

static const char *letters_at(const char *day, int hour)
{
    fixture_now(day, hour * 60);
    pass_time();
    return letters();
}

#define assert_letters(day, hour, expected) cr_assert_str_eq(letters_at(day, hour), expected)

/* The instance of the newest letter of the day. */
static struct instance *newest_letter(void)
{
    for (uint32_t i = fx.instance_count; i-- > 0;) {
        if (catalog_find_number(fx.catalog, fx.instances[i]->definition)->kind ==
            DEFINITION_BODIES) {
            return fx.instances[i];
        }
    }
    cr_assert_fail("there is no letter");
    return NULL;
}

/* --- one letter a day ------------------------------------------------------------------------ */

Test(digest, what_a_day_brings_is_one_letter_in_the_order_of_urgency)
{
    give("\"school\"", "2023-04-10");
    give("\"school\"", "2023-03-31");
    give("\"school\"", "2023-03-30");
    assert_letters("2023-01-09", 10, "school: opened/3 opened/2 opened/1");
    assert_letters("2023-03-20", 9, "school: reminder/3");
    assert_letters("2023-03-31", 8, "");
    assert_letters("2023-03-31", 9, "school: overdue/3 today/2 reminder/1");
    fixture_assert_replay();
}

Test(digest, each_letter_is_an_instance_that_ends_with_its_delivery)
{
    give("\"school\"", "2023-03-31");
    give("\"school\"", "2023-03-31");
    assert_letters("2023-01-09", 9, "school: opened/1 opened/2");
    struct instance *letter = newest_letter();
    cr_assert_eq(letter->state, INSTANCE_RUNNING);
    cr_assert(text_is(letter->key, "letters/school/2023-01-09"));
    const struct task *notice = fixture_find(letter->id, TASK_NOTICE);
    fixture_done(letter->id, notice->seq, "{}");
    cr_assert_eq(letter->state, INSTANCE_COMPLETED);
    cr_assert_eq(letter->task_count, 0);
    fixture_assert_replay();
}

Test(digest, one_thing_is_told_as_in_a_letter_of_its_own)
{
    give("[\"school\",\"school2\"]", "2023-03-31");
    assert_letters("2023-01-09", 9, "school: opened/1; school2: opened/1");
    json_t *n = json_of(fixture_last(RECORD_TASK_OPENED)->data);
    cr_assert_str_eq(json_string_value(json_object_get(n, "kind")), "opened");
    cr_assert_eq(json_array_size(json_object_get(json_object_get(n, "assignment"), "co_executors")),
                 1);
    json_decref(n);
}

Test(digest, after_down_time_each_gets_one_letter_that_says_how_things_are)
{
    give("\"school\"", "2023-03-24");
    give("\"school\"", "2023-03-28");
    give("\"school2\"", "2023-04-03");
    letters_at("2023-01-09", 9);
    /* down from 13 to 29 March: reminders, last days, overdue and an escalation fell due */
    assert_letters("2023-03-29", 13,
                   "school: overdue/1 overdue/2; district: escalated/1; "
                   "school2: reminder/3");
    assert_letters("2023-03-29", 23, "");
    fixture_assert_replay();
}

/* Two reminders of Friday that are found on Saturday, and wait for the letter of Monday. */
static void gather(void)
{
    give("\"school\"", "2023-04-10");
    give("\"school\"", "2023-04-11");
    letters_at("2023-01-09", 9);
    assert_letters("2023-04-01", 12, "");
}

Test(digest, on_a_day_off_nothing_leaves)
{
    gather();
    assert_letters("2023-04-02", 12, "");
    assert_letters("2023-04-03", 9, "school: reminder/1 reminder/2");
}

Test(digest, all_that_is_due_at_the_hour_is_in_the_letter_that_waits_for_it)
{
    gather();
    give("\"school\"", "2023-04-20");
    assert_letters("2023-04-03", 9, "school: reminder/1 reminder/2 opened/3");
}

Test(digest, what_comes_after_the_letter_waits_for_the_next_working_day)
{
    fixture_now("2023-03-31", 9 * 60); /* a Friday */
    give("\"school\"", "2023-04-28");
    assert_letters("2023-03-31", 9, "school: opened/1");
    fixture_now("2023-03-31", 15 * 60);
    give("\"school\"", "2023-04-28");
    assert_letters("2023-03-31", 16, "");
    assert_letters("2023-04-02", 16, "");
    assert_letters("2023-04-03", 9, "school: opened/2");
    fixture_assert_replay();
}

/* The same policy, at another hour. */
static void give_at(const char *hour, const char *to)
{
    static const char ladder[] =
        "soon: 10\nladder: [{remind: 10 days before}, {remind: on the day}]";
    char text[512];

    snprintf(text, sizeof text,
             "document: {kind: policy, name: at-%.2s, version: '1'}\nat: '%s'\n%s\n", hour, hour,
             ladder);
    fixture_deploy(text);
    snprintf(text, sizeof text,
             "{\"title\":\"Дело\",\"no\":\"%u\",\"responsible\":\"school\",\"policy\":\"at-%.2s\","
             "\"due\":{\"from\":\"2023-01-09\",\"to\":\"%s\"}}",
             ++given, hour, to);
    ids[given] = fixture_start("ask", text);
}

Test(digest, a_policy_of_a_later_hour_tells_on_the_same_day)
{
    fixture_now("2023-01-09", 8 * 60);
    give_at("09:00", "2023-03-31");
    give_at("11:00", "2023-03-31");
    give_at("15:00", "2023-03-31");
    assert_letters("2023-01-09", 9, "school: opened/1");
    assert_letters("2023-01-09", 11, "school: opened/2");
    assert_letters("2023-01-09", 15, "school: opened/3");
    assert_letters("2023-01-10", 15, "");
    fixture_assert_replay();
}

Test(digest, what_comes_after_all_hours_waits_for_the_next_working_day)
{
    fixture_now("2023-01-09", 8 * 60);
    give_at("09:00", "2023-03-31");
    give_at("11:00", "2023-03-31");
    letters_at("2023-01-09", 9);
    letters_at("2023-01-09", 11);
    give_at("09:00", "2023-03-31");
    give_at("11:00", "2023-03-31");
    assert_letters("2023-01-09", 23, "");
    assert_letters("2023-01-10", 9, "school: opened/3 opened/4");
}

Test(digest, where_the_recipient_is_an_hour_of_its_own_is_kept)
{
    /* at nine in Kamchatka it is midnight in Moscow: the controller reads it at nine there */
    fixture_now("2023-01-08", 12 * 60);
    give("[\"kam\",\"school\",\"kld\"]", "2023-03-31");
    assert_letters("2023-01-09", 0, "kam: opened/1");
    assert_letters("2023-01-09", 8, "");
    assert_letters("2023-01-09", 9, "school: opened/1");
    assert_letters("2023-01-09", 10, "kld: opened/1");
}

/* --- quiet ----------------------------------------------------------------------------------- */

Test(digest, of_what_is_closed_nobody_hears)
{
    gather();
    cr_assert(fixture_assign(ids[1], 1, ACTION_WITHDRAW, "inspector"));
    cr_assert_str_eq(letters(), "school: withdrawn/1");
    assert_letters("2023-04-03", 9, "school: reminder/2");
}

Test(digest, of_what_is_reported_nobody_hears)
{
    gather();
    cr_assert(fixture_assign(ids[1], 1, ACTION_REPORT, "school"));
    cr_assert(fixture_assign(ids[2], 1, ACTION_REPORT, "school"));
    letters();
    assert_letters("2023-04-03", 9, "");
    cr_assert_eq(newest_letter()->state, INSTANCE_COMPLETED);
    fixture_assert_replay();
}

Test(digest, of_a_suspended_plan_nobody_hears)
{
    gather();
    cr_assert(decide_suspend(&fx.world, ids[2], bytes_of("проверка"), &fx.err));
    assert_letters("2023-04-03", 9, "school: reminder/1");
    assert_letters("2023-04-05", 9, "");
    fixture_assert_replay();
}

Test(digest, what_a_suspended_plan_would_have_told_is_told_when_it_is_resumed)
{
    gather();
    cr_assert(decide_suspend(&fx.world, ids[2], bytes_of("проверка"), &fx.err));
    assert_letters("2023-04-03", 9, "school: reminder/1");
    fixture_now("2023-04-05", 12 * 60);
    cr_assert(decide_resume(&fx.world, ids[2], &fx.err));
    assert_letters("2023-04-05", 13, "school: reminder/2");
    assert_letters("2023-04-06", 9, "");
    assert_letters("2023-04-11", 9, "school: overdue/1 today/2");
    fixture_assert_replay();
}

Test(digest, of_what_a_suspended_plan_would_have_told_the_strongest_is_told_and_only_what_is_true)
{
    gather();
    cr_assert(decide_suspend(&fx.world, ids[1], bytes_of("проверка"), &fx.err));
    cr_assert(decide_suspend(&fx.world, ids[2], bytes_of("проверка"), &fx.err));
    assert_letters("2023-04-03", 9, "");
    fixture_now("2023-04-10", 12 * 60); /* the last day of the first came meanwhile */
    cr_assert(fixture_assign(ids[2], 1, ACTION_WITHDRAW, "inspector"), "%s", fx.err.text);
    letters();
    cr_assert(decide_resume(&fx.world, ids[1], &fx.err));
    assert_letters("2023-04-10", 13, "school: today/1");
    fixture_assert_replay();
}

Test(digest, the_news_of_a_term_that_moved_is_dropped)
{
    gather();
    cr_assert(fixture_assign(ids[1], 1, ACTION_MOVE, "inspector"), "%s", fx.err.text);
    cr_assert_str_eq(letters(), "school: moved/1");
    assert_letters("2023-04-03", 9, "school: reminder/2");
}

/* --- who ------------------------------------------------------------------------------------- */

Test(digest, the_deputy_reads_both_its_own_and_what_it_stands_in_for)
{
    give("\"away\"", "2023-03-31");
    give("\"school2\"", "2023-03-31");
    letters_at("2023-01-09", 9);
    assert_letters("2023-03-20", 9, "school2: handed_over/1");
    assert_letters("2023-03-21", 9, "school2: reminder/1@away reminder/2");
    json_t *n = json_of(fixture_last(RECORD_TASK_OPENED)->data);
    const json_t *item = json_array_get(json_object_get(n, "items"), 0);
    cr_assert_str_eq(json_string_value(json_object_get(item, "until")), "2023-04-07");
    json_decref(n);
}

Test(digest, each_notice_is_in_the_history_of_its_assignment_once)
{
    give("\"school\"", "2023-03-31");
    give("\"school\"", "2023-03-31");
    letters_at("2023-01-09", 9);
    letters_at("2023-03-21", 9);
    cr_assert_eq(fixture_count(RECORD_ASSIGNMENT_NOTICED), 4);
    const struct record *r = fixture_last(RECORD_ASSIGNMENT_NOTICED);
    cr_assert(r->instance == ids[2] && r->task == 1 && text_is(r->text, "school"));
    cr_assert(r->other == LETTER_REMINDER && r->number == -10 && r->index == 0);
    cr_assert_eq((uint64_t)r->at_ms, newest_letter()->id);
    cr_assert_eq(r->data.size, 0);
}

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
