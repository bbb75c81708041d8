/* year_test.c - the whole of 2023 on the bundled roadmap, on a virtual clock
 *
 * Simulated people report in time, late or never; some reports are returned. The letters that must
 * come of it are worked out here, day by day, from the table, the policy and what the people do;
 * they are compared with the letters that the engine made, one by one.
 */
#include "ledger.h"

#include "base/must.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LETTER_AT 540 /* 09:00, as the default policy says */
#define REPORT_AT 720 /* people work at noon, controllers at three */
#define DECIDE_AT 900
#define NEVER     INT32_MAX
#define MOVES_MAX 1000 /* occurrences of the roadmap; it has fewer */

/* What the people of one occurrence do. */
struct conduct {
    uint64_t instance;
    const struct roadmap_item *item;
    struct window window;
    const char *reporter;
    civil_day report;   /* or NEVER */
    civil_day returned; /* or NEVER */
    civil_day again;    /* the report after it */
    civil_day accepted;
};

struct letters {
    char **texts;
    size_t count;
};

static struct conduct conducts[MOVES_MAX];
static size_t conduct_count;
static struct letters expected;
static struct letters made;
static uint64_t plan;

static const struct roadmap *roadmap(void)
{
    return &catalog_find(stage.catalog, DEFINITION_ROADMAP, "lo-2023")->roadmap;
}

static void add_letter(struct letters *list, const char *kind, int days, uint64_t instance,
                       const char *to, civil_day day)
{
    char text[256];
    char date[CIVIL_TEXT_MAX];

    civil_print(day, date);
    snprintf(text, sizeof text, "%s %s %d %llu.1 %s", date, kind, days,
             (unsigned long long)instance, to);
    if ((list->count & (list->count - 1)) == 0) {
        size_t room = list->count ? list->count * 2 : 1;
        list->texts = xrealloc(list->texts, room * sizeof *list->texts);
    }
    list->texts[list->count++] = xstrdup(text);
}

/* --- people ---------------------------------------------------------------------------------- */

static void decide_conduct(struct conduct *c)
{
    uint64_t seed = c->instance;
    int length = c->window.to - c->window.from + 1;
    const char *first = c->item->responsible[0];
    bool own = strcmp(first, roadmap()->controller) == 0;

    c->reporter = own && c->item->responsible_count > 1 ? c->item->responsible[1] : first;
    c->report = c->window.from + (int)random_below(&seed, (uint32_t)length);
    c->returned = NEVER;
    uint32_t kind = random_below(&seed, 10);
    if (kind >= 8 || strcmp(c->reporter, roadmap()->controller) == 0) {
        c->report = NEVER;
    } else if (kind >= 6) {
        c->report = c->window.to + 1 + (int)random_below(&seed, 20);
    }
    if (c->report == NEVER) {
        c->accepted = NEVER;
        return;
    }
    c->accepted = c->report + 1 + (int)random_below(&seed, 4);
    if (random_below(&seed, 4) == 0) {
        c->returned = c->report + 1 + (int)random_below(&seed, 6);
        c->again = c->returned + 1 + (int)random_below(&seed, 6);
        c->accepted = c->again + 1;
    }
}

/* One conduct for each window of each item, in the order in which the plan starts them. */
static void cast_people(void)
{
    for (uint32_t i = 0; i < roadmap()->item_count; i++) {
        const struct roadmap_item *item = &roadmap()->items[i];
        for (uint32_t w = 0; w < item->window_count; w++) {
            struct conduct *c = &conducts[conduct_count++];
            cr_assert_lt(conduct_count, MOVES_MAX);
            *c = (struct conduct){
                .instance = plan + conduct_count, .item = item, .window = item->windows[w]};
            decide_conduct(c);
        }
    }
}

static void act(struct world *world, const struct conduct *c, enum assignment_action action)
{
    struct assignment_command command = {.instance = c->instance,
                                         .task = 1,
                                         .action = action,
                                         .reason = bytes_of("нет подписи"),
                                         .report = bytes_of("{\"kind\":\"отчёт\"}")};

    command.by = bytes_of(action == ACTION_REPORT ? c->reporter : roadmap()->controller);
    claim(decide_assignment(world, &command, &stage.err), "%d: %s", (int)c->instance,
          stage.err.text);
}

static void people_act(struct world *world, civil_day day, int minute)
{
    for (size_t i = 0; i < conduct_count; i++) {
        const struct conduct *c = &conducts[i];
        if (minute == REPORT_AT &&
            (day == c->report || (c->returned != NEVER && day == c->again))) {
            act(world, c, ACTION_REPORT);
        } else if (minute == DECIDE_AT && day == c->returned) {
            act(world, c, ACTION_RETURN);
        } else if (minute == DECIDE_AT && day == c->accepted) {
            act(world, c, ACTION_ACCEPT);
        }
    }
}

/* --- what must be written -------------------------------------------------------------------- */

static void expect_to_all(const struct conduct *c, const char *kind, int days, civil_day day)
{
    for (uint32_t i = 0; i < c->item->responsible_count; i++) {
        add_letter(&expected, kind, days, c->instance, c->item->responsible[i], day);
    }
}

static const char *above(const struct conduct *c, uint32_t levels)
{
    const struct body *body = catalog_find_body(stage.catalog, c->item->responsible[0]);

    for (uint32_t i = 0; i < levels && body != NULL; i++) {
        body = body->parent ? catalog_find_body(stage.catalog, body->parent) : NULL;
    }
    return levels == 0 || body == NULL ? roadmap()->controller : body->id;
}

/* The rungs that fall due between two looks, as the letters that come of them. */
static void expect_rungs(const struct conduct *c, const struct policy *p, civil_day after,
                         civil_day upto, civil_day written)
{
    const char *to_all = NULL;
    int to_all_days = 0;

    for (uint32_t i = 0; i < p->rung_count; i++) {
        const struct rung *r = &p->rungs[i];
        civil_day day = c->window.to + r->offset.count;
        if (day <= after || day > upto || day <= c->window.from) {
            continue;
        }
        if (r->kind == LADDER_REMIND) {
            to_all = r->offset.count < 0 ? "reminder" : r->offset.count > 0 ? "overdue" : "today";
            to_all_days = r->offset.count;
            continue;
        }
        bool told_later = false;
        for (uint32_t j = i + 1; j < p->rung_count; j++) {
            civil_day other = c->window.to + p->rungs[j].offset.count;
            told_later = told_later ||
                         (other > after && other <= upto && p->rungs[j].kind == LADDER_ESCALATE &&
                          strcmp(above(c, p->rungs[j].levels), above(c, r->levels)) == 0);
        }
        if (!told_later) {
            add_letter(&expected, "escalated", r->offset.count, c->instance, above(c, r->levels),
                       written);
        }
    }
    if (to_all != NULL) {
        expect_to_all(c, to_all, to_all_days, written);
    }
}

/* Reports come at noon, after the letters of the day. */
static void expect_letters(const struct conduct *c, const struct policy *p)
{
    civil_day last = c->report == NEVER ? c->window.to + 366 : c->report;

    expect_to_all(c, "opened", c->window.from - c->window.to, c->window.from);
    for (civil_day day = c->window.from; day <= last; day++) {
        expect_rungs(c, p, day - 1, day, day);
    }
    if (c->returned == NEVER) {
        return;
    }
    expect_to_all(c, "returned", 0, c->returned);
    expect_rungs(c, p, c->report, c->returned, c->returned);
    for (civil_day day = c->returned + 1; day <= c->again; day++) {
        expect_rungs(c, p, day - 1, day, day);
    }
}

static void see_record(const struct record *r)
{
    if (r->kind != RECORD_TASK_OPENED || r->other != TASK_NOTICE) {
        return;
    }
    json_t *n = json_loadb(r->data.data, r->data.size, 0, NULL);
    int64_t made_ms = json_integer_value(json_object_get(n, "made_ms"));
    claim(made_ms == r->time_ms, "a letter is made now");
    add_letter(&made, json_string_value(json_object_get(n, "kind")),
               (int)json_integer_value(json_object_get(n, "days")), r->instance,
               json_string_value(json_object_get(json_object_get(n, "to"), "id")),
               (civil_day)((made_ms + 3 * 3600000) / 86400000));
    json_decref(n);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void assert_same_letters(void)
{
    qsort(expected.texts, expected.count, sizeof *expected.texts, compare);
    qsort(made.texts, made.count, sizeof *made.texts, compare);
    for (size_t i = 0; i < expected.count && i < made.count; i++) {
        cr_assert_str_eq(made.texts[i], expected.texts[i]);
    }
    cr_assert_eq(made.count, expected.count, "%d letters, not %d", (int)made.count,
                 (int)expected.count);
}

static void forget(struct letters *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->texts[i]);
    }
    free(list->texts);
}

/* --- the year -------------------------------------------------------------------------------- */

/* The post never fails here; that it may is another test's business. */
static void deliver(struct world *world)
{
    static struct job letters[STAGE_MATCHES];
    size_t count = stage_ready(SERVICE_NOTIFY, letters, STAGE_MATCHES);

    for (size_t i = 0; i < count; i++) {
        claim(decide_done(world, letters[i].instance, letters[i].task, letters[i].attempt,
                          bytes_of("{}"), &stage.err),
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
    people_act(world, day, minute);
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
                             last <= c->window.to ? "met" : "met-late");
            cr_assert_eq(json_integer_value(json_object_get(data, "returns")),
                         c->returned != NEVER);
        }
        json_decref(data);
    }
}

/* Every item of the table has its occurrences, with the words of the table. */
static void assert_occurrences(void)
{
    cr_assert_eq(roadmap()->item_count, 46);
    cr_assert_eq(stage_look(plan)->children_open, conduct_count);
    for (size_t i = 0; i < conduct_count; i++) {
        const struct instance *instance = stage_look(conducts[i].instance);
        json_t *data = json_loadb(instance->data.data, instance->data.size, 0, NULL);
        cr_assert_str_eq(json_string_value(json_object_get(data, "no")), conducts[i].item->no);
        cr_assert_str_eq(json_string_value(json_object_get(data, "title")),
                         conducts[i].item->title);
        json_decref(data);
        const struct assignment *a = instance_find_task(instance, 1)->assignment;
        cr_assert(a->from == conducts[i].window.from && a->to == conducts[i].window.to);
        cr_assert_eq(a->people_count, conducts[i].item->responsible_count);
    }
}

static void open_year(void)
{
    stage_open(2023, false);
    stage.now_ms = moscow_ms(day_of("2022-12-31"), 600);
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
    cast_people();
    assert_occurrences();
    /* the last windows end with December; people are up to a month late */
    for (civil_day day = day_of("2023-01-01"); day <= day_of("2024-02-10"); day++) {
        for (int minute = 0; minute < 1440; minute += 60) {
            hour(&ledger, day, minute);
        }
        if (day % 10 == 0) { /* the conducts point into the catalog: keep it, restart the turn */
            turn_fini(&stage.turn);
            claim(turn_init(&stage.turn, stage.store, stage.catalog, &stage.err), "restart");
        }
    }
    const struct policy *policy =
        &catalog_find(stage.catalog, DEFINITION_POLICY, roadmap()->policy)->policy;
    cr_assert_eq(policy->minute, LETTER_AT);
    for (size_t i = 0; i < conduct_count; i++) {
        expect_letters(&conducts[i], policy);
    }
    assert_same_letters();
    assert_ends();
    cr_assert_eq(stage.turn.tally[TALLY_LETTERS], 0, "all were delivered");
    stage_assert_sound();
    stage_assert_verified();
    cr_log_info("%d occurrences, %d letters, %d records, %d turns in %.2f s of processor\n",
                (int)conduct_count, (int)made.count, (int)ledger.records, (int)stage.turns,
                (double)(clock() - began) / CLOCKS_PER_SEC);
    forget(&expected);
    forget(&made);
    ledger_fini(&ledger);
    stage_close();
}
