/* year_test.c - the whole of 2023 on the bundled roadmap, on a virtual clock
 *
 * Simulated people report in time, late or never; some reports are returned. What must be told
 * because of it is worked out here, day by day, from the table, the policy, the calendar and what
 * the people do; it is compared with what the engine told, line by line. Letters of the day are
 * looked into: one for a recipient and day, with all that waited for it and was still true.
 */
#include "tests/simulation/expected.h"
#include "tests/simulation/ledger.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LETTER_AT   540 /* 09:00, as the default policy says */
#define WAITING_MAX 100000
#define END         "2024-02-10"

/* News that waits for a letter of the day. */
struct waiting {
    uint64_t letter;
    uint64_t instance;
    enum letter kind;
    bool told;
};

static struct letters expected;
static struct letters made;
static struct letters letters; /* of the day, that left */
static struct waiting waiting[WAITING_MAX];
static size_t waiting_count;
static int alone; /* notes of letters of their own, less such letters */
static uint64_t plan;

/* --- what was told --------------------------------------------------------------------------- */

static civil_day moscow_day(int64_t ms)
{
    return (civil_day)((ms + 3 * 3600000) / 86400000);
}

static void see_noticed(const struct record *r)
{
    char to[LIMIT_NAME_BYTES + 1];

    snprintf(to, sizeof to, "%.*s", (int)r->text.size, (const char *)r->text.data);
    letters_add(&made, letter_name((enum letter)r->other), (int)r->number, r->index == 1,
                r->instance, to, moscow_day(r->time_ms));
    if (r->at_ms != 0) {
        struct waiting *w = &waiting[waiting_count++];
        cr_assert_lt(waiting_count, WAITING_MAX);
        *w = (struct waiting){
            .letter = (uint64_t)r->at_ms, .instance = r->instance, .kind = (enum letter)r->other};
    } else {
        alone++;
    }
}

/* Of the letter of a day: each assignment that waited for it is in it, unless it was reported
 * meanwhile. */
static bool is_told(const json_t *notice, uint64_t instance)
{
    const json_t *items = json_object_get(notice, "items");
    size_t count = items != NULL ? json_array_size(items) : 1;
    char id[48];

    snprintf(id, sizeof id, "%llu.1", (unsigned long long)instance);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = items != NULL ? json_array_get(items, i) : notice;
        const json_t *a = json_object_get(item, "assignment");
        if (strcmp(json_string_value(json_object_get(a, "id")), id) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_reported(const struct conduct *c, int64_t ms)
{
    bool first = c->report != NEVER && ms > moscow_ms(c->report, REPORT_AT) &&
                 (c->returned == NEVER || ms < moscow_ms(c->returned, DECIDE_AT));

    return first || (c->returned != NEVER && ms > moscow_ms(c->again, REPORT_AT));
}

static void see_letter(const struct record *r, const json_t *notice)
{
    size_t told = 0;
    size_t items = json_object_get(notice, "items") != NULL
                       ? json_array_size(json_object_get(notice, "items"))
                       : 1;

    for (size_t i = 0; i < waiting_count; i++) {
        struct waiting *w = &waiting[i];
        if (w->letter != r->instance) {
            continue;
        }
        const struct conduct *c = &conducts[w->instance - plan - 1];
        bool here = is_told(notice, w->instance);
        bool of_report = w->kind == LETTER_UNDECIDED;
        claim(here == (is_reported(c, r->time_ms) == of_report), "of %d in the letter %d",
              (int)w->instance, (int)r->instance);
        told += here && !w->told;
        w->told = true;
    }
    claim(workdays_is_worked(conduct_workdays(), moscow_day(r->time_ms)), "a letter on a day off");
    claim(told >= items && items > 0, "the letter %d tells of what nobody asked", (int)r->instance);
    letters_add(&letters, "letter", 0, false, 0,
                json_string_value(json_object_get(json_object_get(notice, "to"), "id")),
                moscow_day(r->time_ms));
}

static void see_record(const struct record *r)
{
    if (r->kind == RECORD_ASSIGNMENT_NOTICED) {
        see_noticed(r);
    }
    if (r->kind != RECORD_TASK_OPENED || r->other != TASK_NOTICE) {
        return;
    }
    json_t *n = json_loadb(r->data.data, r->data.size, 0, NULL);
    claim(json_integer_value(json_object_get(n, "made_ms")) == r->time_ms, "a letter is made now");
    if (r->instance > plan + conduct_count) {
        see_letter(r, n);
    } else {
        alone--; /* noted right after it */
    }
    json_decref(n);
}

static void assert_same_letters(void)
{
    letters_sort(&expected);
    letters_sort(&made);
    for (size_t i = 0; i < expected.count && i < made.count; i++) {
        cr_assert_str_eq(made.texts[i], expected.texts[i]);
    }
    cr_assert_eq(made.count, expected.count, "%d letters, not %d", (int)made.count,
                 (int)expected.count);
    letters_sort(&letters);
    for (size_t i = 1; i < letters.count; i++) {
        cr_assert_str_neq(letters.texts[i], letters.texts[i - 1], "two letters on a day");
    }
    cr_assert_eq(alone, 0);
}

/* --- the year -------------------------------------------------------------------------------- */

/* The post never fails here; that it may is another test's business. */
static void deliver(struct world *world)
{
    static struct job ready[STAGE_MATCHES];
    size_t count = stage_ready(SERVICE_NOTIFY, ready, STAGE_MATCHES);

    for (size_t i = 0; i < count; i++) {
        claim(decide_done(world, ready[i].instance, ready[i].task, ready[i].attempt, bytes_of("{}"),
                          &stage.err),
              "%s", stage.err.text);
    }
}

static void hour(struct ledger *ledger, civil_day day, int minute)
{
    static struct match due[STAGE_MATCHES];

    stage.now_ms = moscow_ms(day, minute);
    struct world *world = stage_begin();
    size_t count = stage_due(due, STAGE_MATCHES);
    deliver(world);
    for (size_t i = 0; i < count; i++) {
        decide_timer(world, due[i].instance, due[i].task);
    }
    conduct_act(world, day, minute);
    stage_commit();
    stage_end();
    ledger_read(ledger, see_record);
}

static void assert_ends(void)
{
    for (size_t i = 0; i < conduct_count; i++) {
        const struct conduct *c = &conducts[i];
        const struct instance *instance = stage_look(c->instance);
        const struct task *task = instance_find_task(instance, 1);
        json_t *data = json_loadb(instance->data.data, instance->data.size, 0, NULL);
        cr_assert_not_null(task->assignment);
        if (c->report == NEVER) {
            cr_assert_eq(instance->state, INSTANCE_RUNNING);
            cr_assert_eq(task->assignment->state, ASSIGNMENT_OPEN);
            cr_assert_eq(task->assignment->phase, PHASE_CRITICAL);
        } else {
            civil_day last = c->returned == NEVER ? c->report : c->again;
            cr_assert_eq(instance->state, INSTANCE_COMPLETED);
            cr_assert_eq(task->assignment->state, ASSIGNMENT_ACCEPTED);
            cr_assert_str_eq(json_string_value(json_object_get(data, "outcome")),
                             last <= conduct_due_day(c) ? "met" : "met-late");
            cr_assert_eq(json_integer_value(json_object_get(data, "returns")),
                         c->returned != NEVER);
        }
        json_decref(data);
    }
}

/* Every item of the table has its occurrences, with the words of the table. */
static void assert_occurrences(void)
{
    cr_assert_eq(conduct_roadmap()->item_count, 46);
    cr_assert_eq(stage_look(plan)->children_open, conduct_count);
    for (size_t i = 0; i < conduct_count; i++) {
        const struct instance *instance = stage_look(conducts[i].instance);
        json_t *data = json_loadb(instance->data.data, instance->data.size, 0, NULL);
        cr_assert_str_eq(json_string_value(json_object_get(data, "no")), conducts[i].item->no);
        cr_assert_str_eq(json_string_value(json_object_get(data, "title")),
                         conducts[i].item->title);
        json_decref(data);
        const struct assignment *a = instance_find_task(instance, 1)->assignment;
        cr_assert(a->from == conducts[i].opens && a->to == conduct_due_day(&conducts[i]));
        cr_assert_eq(a->people_count, conducts[i].item->responsible_count);
    }
}

static void open_year(void)
{
    stage_open(2023, false);
    stage.now_ms = moscow_ms(day_of("2022-12-31"), 600);
    stage_deploy_file(SOURCE_DIR "/workflows/calendars/ru.yaml");
    stage_deploy_file(SOURCE_DIR "/workflows/bodies/lo.yaml");
    stage_deploy_file(SOURCE_DIR "/workflows/policies/default.yaml");
    stage_deploy_file(SOURCE_DIR "/workflows/roadmap-item.yaml");
    stage_deploy_file(SOURCE_DIR "/workflows/roadmaps/lo-2023.yaml");
    plan = stage_start("lo-2023", "lo-2023");
}

Test(year, every_letter_of_2023_is_written_once_and_in_time)
{
    struct ledger ledger;
    clock_t began = clock();

    ledger_init(&ledger);
    open_year();
    conduct_cast(plan);
    assert_occurrences();
    /* the last windows end with December; people are up to a month late */
    for (civil_day day = day_of("2023-01-01"); day <= day_of(END); day++) {
        for (int minute = 0; minute < 1440; minute += 60) {
            hour(&ledger, day, minute);
            if (minute == LETTER_AT) { /* the letters of the day leave after all that is due */
                hour(&ledger, day, minute + 1);
            }
        }
        if (day % 10 == 0) { /* the conducts point into the catalog: keep it, restart the turn */
            turn_fini(&stage.turn);
            claim(turn_init(&stage.turn, stage.store, stage.catalog, &stage.err), "restart");
        }
    }
    const struct policy *policy =
        &catalog_find(stage.catalog, DEFINITION_POLICY, conduct_roadmap()->policy)->policy;
    cr_assert_eq(policy->minute, LETTER_AT);
    for (size_t i = 0; i < conduct_count; i++) {
        expected_letters(&conducts[i], policy, day_of("2022-12-31"), day_of(END), &expected);
    }
    assert_same_letters();
    assert_ends();
    cr_assert_eq(stage.turn.tally[TALLY_LETTERS], 0, "all were delivered");
    stage_assert_sound();
    stage_assert_verified();
    cr_log_info("%d occurrences, %d things told, %d letters of a day, %d records, %d turns in "
                "%.2f s of processor\n",
                (int)conduct_count, (int)made.count, (int)letters.count, (int)ledger.records,
                (int)stage.turns, (double)(clock() - began) / CLOCKS_PER_SEC);
    letters_fini(&expected);
    letters_fini(&made);
    letters_fini(&letters);
    ledger_fini(&ledger);
    stage_close();
}
