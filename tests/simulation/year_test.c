/* year_test.c - the whole of 2023 on the bundled roadmap, on a virtual clock
 *
 * Simulated people report in time, late or never; some reports are returned. What must be told
 * because of it is worked out here, day by day, from the table, the policy, the calendar and what
 * the people do; it is compared with what the engine told, line by line. Letters of the day are
 * looked into: one for a recipient and day, with all that waited for it and was still true.
 */
#include "ledger.h"

#include "base/limits.h"
#include "base/must.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LETTER_AT   540 /* 09:00, as the default policy says */
#define REPORT_AT   720 /* people work at noon, controllers at three */
#define DECIDE_AT   900
#define NEVER       INT32_MAX
#define STEPS_MAX   64
#define MOVES_MAX   1000 /* occurrences of the roadmap; it has fewer */
#define WAITING_MAX 100000

/* What the people of one occurrence do. */
struct conduct {
    uint64_t instance;
    const struct roadmap_item *item;
    struct window window;
    civil_day opens;
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

/* News that waits for a letter of the day. */
struct waiting {
    uint64_t letter;
    uint64_t instance;
    enum letter kind;
    bool told;
};

static struct conduct conducts[MOVES_MAX];
static size_t conduct_count;
static struct letters expected;
static struct letters made;
static struct letters letters; /* of the day, that left */
static struct waiting waiting[WAITING_MAX];
static size_t waiting_count;
static int alone; /* notes of letters of their own, less such letters */
static uint64_t plan;

static const struct roadmap *roadmap(void)
{
    return &catalog_find(stage.catalog, DEFINITION_ROADMAP, "lo-2023")->roadmap;
}

static void add_letter(struct letters *list, const char *kind, int days, bool working,
                       uint64_t instance, const char *to, civil_day day)
{
    char text[256];
    char date[CIVIL_TEXT_MAX];

    civil_print(day, date);
    snprintf(text, sizeof text, "%s %s %d%s %llu.1 %s", date, kind, days, working ? "w" : "",
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

    c->reporter = c->item->responsible[0];
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
            *c = (struct conduct){.instance = plan + conduct_count,
                                  .item = item,
                                  .window = item->windows[w],
                                  .opens = item->opens[w]};
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
                                         .day = CIVIL_DAY_NONE,
                                         .report = bytes_of("{\"kind\":\"отчёт\",\"number\":\"1\","
                                                            "\"covers\":\"all\"}")};

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

/* --- what must be told ----------------------------------------------------------------------- */

/* A step of the ladder, worked out from the policy and the calendar. */
struct rung_step {
    civil_day day; /* of its letter, at LETTER_AT */
    enum letter letter;
    int offset;
    bool working;
    uint32_t levels;
};

struct expected_ladder {
    struct rung_step steps[STEPS_MAX];
    size_t count;
};

static const struct workdays *workdays(void)
{
    return catalog_workdays(stage.catalog, NULL);
}

static civil_day due_day(const struct conduct *c)
{
    civil_day to = workdays_shift(workdays(), c->window.to, SHIFT_PREVIOUS);

    return to < c->opens ? c->window.to : to;
}

/* In time order; of equal days in the order of the policy. */
static void add_step(struct expected_ladder *l, struct rung_step step)
{
    size_t at = l->count;

    for (size_t i = 0; i < l->count; i++) {
        const struct rung_step *other = &l->steps[i];
        if (other->day == step.day && other->letter == step.letter &&
            other->levels == step.levels) {
            return;
        }
    }
    cr_assert_lt(l->count, STEPS_MAX);
    while (at > 0 && l->steps[at - 1].day > step.day) {
        l->steps[at] = l->steps[at - 1];
        at--;
    }
    l->steps[at] = step;
    l->count++;
}

static void add_rung(struct expected_ladder *l, const struct rung *r, civil_day day, civil_day to,
                     int offset)
{
    struct rung_step step = {.offset = offset, .working = r->offset.working, .levels = r->levels};

    step.day = workdays_shift(workdays(), day, day > to ? SHIFT_NEXT : SHIFT_PREVIOUS);
    step.letter = r->kind == LADDER_ESCALATE ? LETTER_ESCALATED
                  : day > to                 ? LETTER_OVERDUE
                  : step.day == to           ? LETTER_TODAY
                                             : LETTER_REMINDER;
    if (step.day > l->steps[0].day) {
        add_step(l, step);
    }
}

static civil_day after(civil_day day, struct days days)
{
    return days.working ? workdays_add(workdays(), day, days.count) : day + days.count;
}

/* The first working day of what is left; when there is none, the last before the window. */
static civil_day opening_day(const struct conduct *c, civil_day given)
{
    civil_day first = c->opens > given ? c->opens : given;
    civil_day day = workdays_shift(workdays(), first, SHIFT_NEXT);

    return day <= due_day(c) ? day : workdays_shift(workdays(), c->opens, SHIFT_PREVIOUS);
}

static void expect_ladder(const struct conduct *c, const struct policy *p, civil_day given,
                          struct expected_ladder *ret_ladder)
{
    civil_day to = due_day(c);

    ret_ladder->count = 0;
    add_step(ret_ladder, (struct rung_step){.day = opening_day(c, given),
                                            .letter = LETTER_OPENED,
                                            .offset = c->opens - to});
    for (uint32_t i = 0; i < p->rung_count; i++) {
        const struct rung *r = &p->rungs[i];
        add_rung(ret_ladder, r, after(to, r->offset), to, r->offset.count);
    }
    for (uint32_t i = 0; i < p->rung_count; i++) {
        const struct rung *r = &p->rungs[i];
        civil_day day = after(to, r->offset);
        int offset = r->offset.count;
        while (r->every.count > 0 && (day = after(day, r->every)) <= after(to, r->until)) {
            offset += r->every.count;
            add_rung(ret_ladder, r, day, to, offset);
        }
    }
}

static void expect(const struct conduct *c, enum letter letter, const struct rung_step *step,
                   const char *to, civil_day day)
{
    add_letter(&expected, letter_name(letter), step != NULL ? step->offset : 0,
               step != NULL && step->working, c->instance, to, day);
}

static const char *above(const struct conduct *c, uint32_t levels)
{
    const struct body *body = catalog_find_body(stage.catalog, c->item->responsible[0]);

    for (uint32_t i = 0; i < levels && body != NULL; i++) {
        body = body->parent ? catalog_find_body(stage.catalog, body->parent) : NULL;
    }
    return levels == 0 || body == NULL ? roadmap()->controller : body->id;
}

/* answered: the report covered all parts, so only the responsible body has something to do. */
static void expect_to_people(const struct conduct *c, const struct rung_step *step, bool answered,
                             civil_day day)
{
    for (uint32_t i = 0; i < c->item->responsible_count; i++) {
        if (i == 0 || !answered || step->letter == LETTER_OPENED) {
            enum letter letter = step->letter;
            expect(c, letter, step, c->item->responsible[i], day);
        }
    }
}

/* The steps that fall due after one day up to another, as what is told because of them. */
static void expect_steps(const struct conduct *c, const struct expected_ladder *l, civil_day from,
                         civil_day upto, bool answered, civil_day day)
{
    const struct rung_step *to_people = NULL;

    for (size_t i = 0; i < l->count; i++) {
        const struct rung_step *step = &l->steps[i];
        bool due = step->day > from && step->day <= upto;
        if (due && step->letter != LETTER_ESCALATED) {
            bool opened = to_people != NULL && to_people->letter == LETTER_OPENED;
            to_people = opened ? to_people : step;
        }
        bool told_later = false;
        for (size_t j = i + 1; j < l->count; j++) {
            const struct rung_step *other = &l->steps[j];
            told_later =
                told_later || (other->day <= upto && other->letter == LETTER_ESCALATED &&
                               strcmp(above(c, other->levels), above(c, step->levels)) == 0);
        }
        if (due && step->letter == LETTER_ESCALATED && !told_later) {
            expect(c, LETTER_ESCALATED, step, above(c, step->levels), day);
        }
    }
    if (to_people != NULL) {
        expect_to_people(c, to_people, answered, day);
    }
}

static void expect_days(const struct conduct *c, const struct expected_ladder *l, civil_day from,
                        civil_day last, bool answered)
{
    for (civil_day day = from; day <= last; day++) {
        expect_steps(c, l, day - 1, day, answered, day);
    }
}

/* A report tells the controller, and so does the time that it waits. */
static void expect_report(const struct conduct *c, const struct policy *p, civil_day reported,
                          civil_day decided)
{
    struct rung_step wait = {.offset = p->decide_within.count, .working = p->decide_within.working};
    const char *controller = roadmap()->controller;

    expect(c, LETTER_REPORTED, NULL, controller, reported);
    wait.day = workdays_shift(workdays(), after(reported, p->decide_within), SHIFT_NEXT);
    if (wait.day <= decided) {
        expect(c, LETTER_UNDECIDED, &wait, controller, wait.day);
    }
}

/* All who had to do it hear that it is accepted. */
static void expect_acceptance(const struct conduct *c, civil_day end)
{
    for (uint32_t i = 0; c->accepted <= end && i < c->item->responsible_count; i++) {
        expect(c, LETTER_ACCEPTED, NULL, c->item->responsible[i], c->accepted);
    }
}

/* Reports come at noon, after the letters of the day. */
static void expect_letters(const struct conduct *c, const struct policy *p, civil_day given,
                           civil_day end)
{
    struct expected_ladder l;

    expect_ladder(c, p, given, &l);
    expect_days(c, &l, given, c->report == NEVER ? end : c->report, false);
    if (c->report != NEVER) {
        expect_report(c, p, c->report, c->returned == NEVER ? c->accepted : c->returned);
        expect_acceptance(c, end);
    }
    if (c->returned == NEVER) {
        return;
    }
    for (uint32_t i = 0; i < c->item->responsible_count; i++) {
        expect(c, LETTER_RETURNED, NULL, c->item->responsible[i], c->returned);
    }
    expect_steps(c, &l, c->report, c->returned, true, c->returned);
    expect_days(c, &l, c->returned + 1, c->again, true);
    expect_report(c, p, c->again, c->accepted);
}

/* --- what was told --------------------------------------------------------------------------- */

static civil_day moscow_day(int64_t ms)
{
    return (civil_day)((ms + 3 * 3600000) / 86400000);
}

static void see_noticed(const struct record *r)
{
    char to[LIMIT_NAME_BYTES + 1];

    snprintf(to, sizeof to, "%.*s", (int)r->text.size, (const char *)r->text.data);
    add_letter(&made, letter_name((enum letter)r->other), (int)r->number, r->index == 1,
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
    claim(workdays_is_worked(workdays(), moscow_day(r->time_ms)), "a letter on a day off");
    claim(told >= items && items > 0, "the letter %d tells of what nobody asked", (int)r->instance);
    add_letter(&letters, "letter", 0, false, 0,
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
    qsort(letters.texts, letters.count, sizeof *letters.texts, compare);
    for (size_t i = 1; i < letters.count; i++) {
        cr_assert_str_neq(letters.texts[i], letters.texts[i - 1], "two letters on a day");
    }
    cr_assert_eq(alone, 0);
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
                             last <= due_day(c) ? "met" : "met-late");
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
        cr_assert(a->from == conducts[i].opens && a->to == due_day(&conducts[i]));
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
    cast_people();
    assert_occurrences();
    /* the last windows end with December; people are up to a month late */
    for (civil_day day = day_of("2023-01-01"); day <= day_of("2024-02-10"); day++) {
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
        &catalog_find(stage.catalog, DEFINITION_POLICY, roadmap()->policy)->policy;
    cr_assert_eq(policy->minute, LETTER_AT);
    for (size_t i = 0; i < conduct_count; i++) {
        expect_letters(&conducts[i], policy, day_of("2022-12-31"), day_of("2024-02-10"));
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
    forget(&expected);
    forget(&made);
    forget(&letters);
    ledger_fini(&ledger);
    stage_close();
}
