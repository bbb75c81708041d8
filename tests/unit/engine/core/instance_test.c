/* instance_test.c - the compact record: what goes in comes out, damage does not */
#include "fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;
static struct error err;

static void tear_down(void)
{
    arena_fini(&arena);
}

TestSuite(instance, .fini = tear_down);

/* --- random instances ------------------------------------------------------------------------ */

static int64_t any_int(uint64_t *seed)
{
    return (int64_t)(random_next(seed) >> random_below(seed, 64)) *
           (random_below(seed, 2) ? 1 : -1);
}

static struct bytes any_bytes(uint64_t *seed)
{
    unsigned char text[40];
    size_t size = random_below(seed, 3) ? random_below(seed, sizeof text) : 0;

    for (size_t i = 0; i < size; i++) {
        text[i] = (unsigned char)random_next(seed);
    }
    return arena_copy(&arena, (struct bytes){text, size});
}

static void any_ladder(uint64_t *seed, struct assignment *a)
{
    a->step_count = random_below(seed, 6);
    a->steps = arena_alloc(&arena, a->step_count * sizeof *a->steps);
    for (uint32_t i = 0; i < a->step_count; i++) {
        a->steps[i] = (struct ladder_step){.at_ms = any_int(seed) / 16,
                                           .phase = random_below(seed, PHASE_COUNT),
                                           .letter = (uint8_t)random_below(seed, LETTER_COUNT),
                                           .levels = (uint8_t)random_below(seed, 11),
                                           .offset_days = (int16_t)any_int(seed),
                                           .deed = (uint8_t)random_below(seed, DEED_COUNT),
                                           .working = random_below(seed, 2) == 1,
                                           .person = (uint32_t)any_int(seed)};
    }
    a->next_step = random_below(seed, a->step_count + 1);
}

static void any_parts(uint64_t *seed, struct assignment *a)
{
    bool asked = random_below(seed, 2) == 1;

    a->parts = arena_alloc(&arena, a->people_count * sizeof *a->parts);
    for (uint32_t i = 0; i + 1 < a->people_count; i++) {
        struct part *p = &a->parts[i];
        *p = (struct part){.to = a->to, .reported = CIVIL_DAY_NONE};
        if (asked) {
            *p = (struct part){.state = 1 + random_below(seed, PART_STATE_COUNT - 1),
                               .to = a->to - (civil_day)random_below(seed, 99),
                               .reported = (civil_day)any_int(seed),
                               .by = any_bytes(seed),
                               .report = any_bytes(seed),
                               .returns = (uint32_t)any_int(seed)};
        }
    }
}

/* The last is the term that counts. */
static void any_terms(uint64_t *seed, struct assignment *a)
{
    a->term_count = 1 + random_below(seed, 3);
    a->terms = arena_alloc(&arena, a->term_count * sizeof *a->terms);
    for (uint32_t i = 0; i < a->term_count; i++) {
        a->terms[i] = (struct term){.to = (civil_day)any_int(seed),
                                    .why = 1 + random_below(seed, TERM_WHY_COUNT - 1),
                                    .since_ms = any_int(seed),
                                    .by = any_bytes(seed),
                                    .reason = any_bytes(seed)};
    }
    if (random_below(seed, 2) == 1) { /* as most have it: packed in a number */
        a->term_count = 1;
        a->terms[0] = (struct term){.why = TERM_SET, .since_ms = any_int(seed)};
    }
    a->terms[a->term_count - 1].to = a->to;
    a->literal = random_below(seed, 2) ? a->to : (civil_day)any_int(seed);
}

static void any_rare(uint64_t *seed, struct assignment *a)
{
    a->extension.proposed = a->pause.since = CIVIL_DAY_NONE;
    if (random_below(seed, 3) == 0) {
        a->extensions_asked = (uint32_t)any_int(seed);
        a->extension = (struct extension){any_bytes(seed), any_bytes(seed),
                                          (civil_day)any_int(seed), any_int(seed)};
    }
    if (random_below(seed, 3) == 0) {
        a->pause = (struct pause){1 + random_below(seed, PAUSE_KIND_COUNT - 1),
                                  1 + random_below(seed, ASSIGNMENT_STATE_COUNT - 1),
                                  (civil_day)any_int(seed), any_bytes(seed), any_bytes(seed)};
    }
    a->acting_count = random_below(seed, 3);
    a->acting = arena_alloc(&arena, a->acting_count * sizeof *a->acting);
    for (uint32_t i = 0; i < a->acting_count; i++) {
        a->acting[i] = (struct acting){any_bytes(seed), any_bytes(seed), (civil_day)any_int(seed)};
    }
    a->child = random_below(seed, 2) ? (uint32_t)any_int(seed) : 0;
    a->parent = random_below(seed, 2) ? (uint32_t)any_int(seed) : 0;
}

static struct assignment *any_assignment(uint64_t *seed)
{
    struct assignment *a = arena_alloc(&arena, sizeof *a);

    a->state = 1 + random_below(seed, ASSIGNMENT_STATE_COUNT - 1);
    a->phase = 1 + random_below(seed, PHASE_COUNT - 1);
    a->from = (civil_day)any_int(seed);
    a->to = (civil_day)any_int(seed);
    a->people_count = 1 + random_below(seed, 4);
    a->people = arena_alloc(&arena, a->people_count * sizeof *a->people);
    for (uint32_t i = 0; i < a->people_count; i++) {
        a->people[i] = any_bytes(seed);
    }
    a->controller = any_bytes(seed);
    any_ladder(seed, a);
    a->returns = (uint32_t)random_next(seed);
    a->reported = random_below(seed, 2) ? CIVIL_DAY_NONE : (civil_day)any_int(seed);
    a->report = any_bytes(seed);
    a->reporter = any_bytes(seed);
    any_parts(seed, a);
    any_terms(seed, a);
    any_rare(seed, a);
    return a;
}

static struct entry *any_entries(uint64_t *seed, uint32_t *ret_count)
{
    *ret_count = random_below(seed, 3);
    struct entry *entries = arena_alloc(&arena, *ret_count * sizeof *entries);

    for (uint32_t i = 0; i < *ret_count; i++) {
        entries[i] = (struct entry){(uint32_t)any_int(seed), any_bytes(seed)};
    }
    return entries;
}

static struct scope *any_scope(uint64_t *seed)
{
    struct scope *s = arena_alloc(&arena, sizeof *s);

    s->opened_ms = any_int(seed);
    s->attempt_limit_ms = any_int(seed);
    s->stage = (uint8_t)random_below(seed, 2);
    s->next_index = (uint32_t)any_int(seed);
    s->child = random_next(seed);
    s->data = any_bytes(seed);
    s->keys = any_bytes(seed);
    s->results = any_entries(seed, &s->result_count);
    s->events = any_entries(seed, &s->event_count);
    return s;
}

static struct task any_task(uint64_t *seed)
{
    struct task t = {.kind = 1 + random_below(seed, TASK_KIND_COUNT - 1),
                     .state = 1 + random_below(seed, TASK_STATE_COUNT - 1)};

    t.seq = (uint32_t)random_next(seed);
    t.step = (uint32_t)any_int(seed);
    t.attempt = (uint32_t)any_int(seed);
    t.tries = (uint32_t)any_int(seed);
    t.at_ms = any_int(seed);
    t.since_ms = any_int(seed);
    t.ready_seq = random_next(seed);
    t.input = any_bytes(seed);
    t.text = any_bytes(seed);
    t.problem = any_bytes(seed);
    t.index = (uint32_t)any_int(seed);
    t.limit_ms = any_int(seed);
    t.given = any_bytes(seed);
    if (t.kind == TASK_ASSIGNMENT && random_below(seed, 3) != 0) {
        t.assignment = any_assignment(seed);
    }
    if (task_kind_is_scope(t.kind) || random_below(seed, 4) == 0) {
        t.scope = any_scope(seed);
    }
    return t;
}

/* A task runs in a scope that stands before it. */
static void any_parents(uint64_t *seed, struct instance *i)
{
    for (uint32_t n = 1; n < i->task_count; n++) {
        const struct task *before = &i->tasks[random_below(seed, n)];
        bool gathers = before->kind == TASK_LISTEN && before->scope != NULL;
        if (task_kind_is_scope(before->kind) || gathers) {
            i->tasks[n].parent = before->seq;
        }
    }
}

static struct instance *any_instance(uint64_t *seed)
{
    struct instance *i = instance_create(&arena, random_next(seed));

    i->parent = random_next(seed) >> random_below(seed, 64);
    i->definition = (uint32_t)random_next(seed);
    i->state = 1 + random_below(seed, INSTANCE_STATE_COUNT - 1);
    i->priority = (uint8_t)random_below(seed, 10);
    i->next_task = (uint32_t)any_int(seed);
    i->children_open = (uint32_t)any_int(seed);
    i->created_ms = any_int(seed) / 4;
    i->changed_ms = any_int(seed) / 4;
    i->journal = random_next(seed);
    i->key = any_bytes(seed);
    i->data = any_bytes(seed);
    i->context = any_bytes(seed);
    i->input = any_bytes(seed);
    i->problem = any_bytes(seed);
    i->parent_task = (uint32_t)any_int(seed);
    i->task_count = random_below(seed, 5);
    i->tasks = arena_alloc(&arena, i->task_count * sizeof *i->tasks);
    for (uint32_t n = 0; n < i->task_count; n++) {
        i->tasks[n] = any_task(seed);
    }
    any_parents(seed, i);
    return i;
}

/* --- comparison, field by field: an encoder that forgets a field agrees with itself ---------- */

static void assert_same_part(const struct part *a, const struct part *b)
{
    cr_assert(a->state == b->state && a->to == b->to && a->reported == b->reported);
    cr_assert(bytes_equal(a->by, b->by) && bytes_equal(a->report, b->report));
    cr_assert_eq(a->returns, b->returns);
}

static void assert_same_terms(const struct assignment *a, const struct assignment *b)
{
    cr_assert(a->term_count == b->term_count && a->literal == b->literal);
    for (uint32_t i = 0; i < a->term_count; i++) {
        const struct term *x = &a->terms[i];
        const struct term *y = &b->terms[i];
        cr_assert(x->to == y->to && x->why == y->why && x->since_ms == y->since_ms);
        cr_assert(bytes_equal(x->by, y->by) && bytes_equal(x->reason, y->reason));
    }
}

static void assert_same_rare(const struct assignment *a, const struct assignment *b)
{
    const struct extension *x = &a->extension;
    const struct pause *p = &a->pause;

    cr_assert(a->extensions_asked == b->extensions_asked && a->acting_count == b->acting_count);
    cr_assert(a->child == b->child && a->parent == b->parent);
    cr_assert(bytes_equal(x->by, b->extension.by) && bytes_equal(x->reason, b->extension.reason));
    cr_assert(x->proposed == b->extension.proposed && x->asked_ms == b->extension.asked_ms);
    cr_assert(p->kind == b->pause.kind && p->before == b->pause.before);
    cr_assert(p->since == b->pause.since && bytes_equal(p->by, b->pause.by));
    cr_assert(bytes_equal(p->reason, b->pause.reason));
    for (uint32_t i = 0; i < a->acting_count; i++) {
        cr_assert(bytes_equal(a->acting[i].body, b->acting[i].body));
        cr_assert(bytes_equal(a->acting[i].deputy, b->acting[i].deputy));
        cr_assert_eq(a->acting[i].until, b->acting[i].until);
    }
}

static void assert_same_assignment(const struct assignment *a, const struct assignment *b)
{
    cr_assert(a->state == b->state && a->phase == b->phase);
    cr_assert(a->from == b->from && a->to == b->to && a->reported == b->reported);
    cr_assert(a->people_count == b->people_count && a->step_count == b->step_count);
    cr_assert(a->next_step == b->next_step && a->returns == b->returns);
    cr_assert(bytes_equal(a->controller, b->controller));
    cr_assert(bytes_equal(a->report, b->report) && bytes_equal(a->reporter, b->reporter));
    for (uint32_t i = 0; i < a->people_count; i++) {
        cr_assert(bytes_equal(a->people[i], b->people[i]));
    }
    for (uint32_t i = 0; i < a->step_count; i++) {
        const struct ladder_step *x = &a->steps[i];
        const struct ladder_step *y = &b->steps[i];
        cr_assert(x->at_ms == y->at_ms && x->phase == y->phase && x->letter == y->letter);
        cr_assert(x->levels == y->levels && x->offset_days == y->offset_days);
        cr_assert(x->deed == y->deed && x->working == y->working && x->person == y->person);
    }
    for (uint32_t i = 0; i + 1 < a->people_count; i++) {
        assert_same_part(&a->parts[i], &b->parts[i]);
    }
    assert_same_terms(a, b);
    assert_same_rare(a, b);
}

static void assert_same_entries(const struct entry *a, const struct entry *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        cr_assert(a[i].index == b[i].index && bytes_equal(a[i].value, b[i].value));
    }
}

static void assert_same_scope(const struct scope *a, const struct scope *b)
{
    cr_assert(a->opened_ms == b->opened_ms && a->attempt_limit_ms == b->attempt_limit_ms);
    cr_assert(a->stage == b->stage && a->next_index == b->next_index && a->child == b->child);
    cr_assert(bytes_equal(a->data, b->data) && bytes_equal(a->keys, b->keys));
    cr_assert(a->result_count == b->result_count && a->event_count == b->event_count);
    assert_same_entries(a->results, b->results, a->result_count);
    assert_same_entries(a->events, b->events, a->event_count);
}

static void assert_same_task(const struct task *a, const struct task *b)
{
    cr_assert(a->seq == b->seq && a->step == b->step && a->kind == b->kind && a->state == b->state);
    cr_assert(a->attempt == b->attempt && a->tries == b->tries && a->ready_seq == b->ready_seq);
    cr_assert(a->at_ms == b->at_ms && a->since_ms == b->since_ms);
    cr_assert(bytes_equal(a->input, b->input) && bytes_equal(a->text, b->text));
    cr_assert(bytes_equal(a->problem, b->problem) && bytes_equal(a->given, b->given));
    cr_assert(a->parent == b->parent && a->index == b->index && a->limit_ms == b->limit_ms);
    cr_assert((a->scope != NULL) == (b->scope != NULL));
    if (a->scope != NULL) {
        assert_same_scope(a->scope, b->scope);
    }
    cr_assert((a->assignment != NULL) == (b->assignment != NULL));
    if (a->assignment != NULL) {
        assert_same_assignment(a->assignment, b->assignment);
    }
}

static void assert_same_instance(const struct instance *a, const struct instance *b)
{
    cr_assert(a->id == b->id && a->parent == b->parent && a->definition == b->definition);
    cr_assert(a->state == b->state && a->priority == b->priority && a->journal == b->journal);
    cr_assert(a->next_task == b->next_task && a->children_open == b->children_open);
    cr_assert(a->created_ms == b->created_ms && a->changed_ms == b->changed_ms);
    cr_assert(bytes_equal(a->key, b->key) && bytes_equal(a->data, b->data));
    cr_assert(bytes_equal(a->context, b->context) && bytes_equal(a->input, b->input));
    cr_assert(bytes_equal(a->problem, b->problem) && a->parent_task == b->parent_task);
    cr_assert_eq(a->task_count, b->task_count);
    for (uint32_t i = 0; i < a->task_count; i++) {
        assert_same_task(&a->tasks[i], &b->tasks[i]);
    }
}

Test(instance, what_was_encoded_is_decoded)
{
    for (uint64_t n = 0; n < 500; n++) {
        uint64_t seed = n;
        struct buffer b = BUFFER_INIT;
        struct instance *back = NULL;
        struct instance *i = any_instance(&seed);

        instance_encode(i, &b);
        cr_assert(instance_decode(&arena, i->id, buffer_bytes(&b), &back, &err), "seed %d: %s",
                  (int)n, err.text);
        assert_same_instance(i, back);
        buffer_fini(&b);
        arena_reset(&arena);
    }
}

/* --- damage ---------------------------------------------------------------------------------- */

Test(instance, a_record_that_is_cut_is_refused)
{
    for (uint64_t n = 0; n < 50; n++) {
        uint64_t seed = n;
        struct buffer b = BUFFER_INIT;
        struct instance *back = NULL;

        instance_encode(any_instance(&seed), &b);
        for (size_t size = 0; size < b.size; size++) {
            /* memory of just this size: a read past the end is seen by the sanitizer */
            char *cut = bytes_strdup((struct bytes){b.data, size});
            cr_assert_not(instance_decode(&arena, 1, (struct bytes){cut, size}, &back, &err));
            cr_assert(err.code == (size ? ERROR_STORE : ERROR_FORMAT));
            free(cut);
        }
        buffer_append(&b, "", 1);
        cr_assert_not(instance_decode(&arena, 1, buffer_bytes(&b), &back, &err), "a byte too many");
        cr_assert_null(back);
        buffer_fini(&b);
        arena_reset(&arena);
    }
}

static void assert_sane(const struct instance *i)
{
    static struct catalog *no_definitions;
    int64_t tally[TALLY_COUNT] = {0};
    struct buffer b = BUFFER_INIT;

    cr_assert(i->state > 0 && i->state < INSTANCE_STATE_COUNT);
    for (uint32_t n = 0; n < i->task_count; n++) {
        const struct assignment *a = i->tasks[n].assignment;
        cr_assert(i->tasks[n].kind > 0 && i->tasks[n].kind < TASK_KIND_COUNT);
        cr_assert(i->tasks[n].state > 0 && i->tasks[n].state < TASK_STATE_COUNT);
        cr_assert(a == NULL || (a->state > 0 && a->state < ASSIGNMENT_STATE_COUNT && a->phase > 0 &&
                                a->phase < PHASE_COUNT && a->next_step <= a->step_count));
        for (uint32_t s = 0; a != NULL && s < a->step_count; s++) {
            cr_assert(a->steps[s].phase < PHASE_COUNT && a->steps[s].letter < LETTER_COUNT);
        }
    }
    no_definitions = no_definitions ? no_definitions : catalog_create();
    facets_tally(i, no_definitions, 1, tally);
    instance_encode(i, &b);
    buffer_fini(&b);
}

Test(instance, a_changed_byte_is_refused_or_makes_sense)
{
    uint64_t refused = 0;

    for (uint64_t n = 0; n < 60; n++) {
        uint64_t seed = n;
        struct buffer b = BUFFER_INIT;
        struct instance *back = NULL;

        instance_encode(any_instance(&seed), &b);
        for (size_t at = 1; at < b.size; at++) {
            unsigned char was = b.data[at];
            b.data[at] = (unsigned char)(was ^ (1 + random_below(&seed, 255)));
            if (instance_decode(&arena, 1, buffer_bytes(&b), &back, &err)) {
                assert_sane(back);
            } else {
                refused++;
                cr_assert_eq(err.code, ERROR_STORE);
            }
            b.data[at] = was;
        }
        buffer_fini(&b);
        arena_reset(&arena);
    }
    cr_assert_gt(refused, 100);
}

Test(instance, bytes_at_random_never_crash)
{
    uint64_t seed = 7;
    unsigned char noise[64] = {INSTANCE_FORMAT};

    for (int n = 0; n < 20000; n++) {
        struct instance *back = NULL;
        size_t size = 1 + random_below(&seed, sizeof noise - 1);
        for (size_t i = 1; i < size; i++) {
            noise[i] = (unsigned char)random_below(&seed, random_below(&seed, 2) ? 256 : 7);
        }
        if (instance_decode(&arena, 1, (struct bytes){noise, size}, &back, &err)) {
            assert_sane(back);
        }
        arena_reset(&arena);
    }
}

Test(instance, another_format_is_refused_by_its_number)
{
    struct buffer b = BUFFER_INIT;
    struct instance *back = NULL;
    uint64_t seed = 1;

    instance_encode(any_instance(&seed), &b);
    b.data[0] = INSTANCE_FORMAT + 1;
    cr_assert_not(instance_decode(&arena, 77, buffer_bytes(&b), &back, &err));
    cr_assert_eq(err.code, ERROR_FORMAT);
    cr_assert_not_null(strstr(err.text, "77"));
    buffer_fini(&b);
}

/* --- the rest -------------------------------------------------------------------------------- */

Test(instance, a_waiting_instance_takes_little_room)
{
    struct buffer b = BUFFER_INIT;
    struct task task = {.seq = 3, .step = 2, .kind = TASK_WAIT, .state = TASK_WAITING};
    struct instance *i = instance_create(&arena, 1000000);

    task.at_ms = task.since_ms = i->created_ms = i->changed_ms = 1673244000000;
    i->state = INSTANCE_RUNNING;
    i->key = bytes_of("teacher-000123");
    i->tasks = &task;
    i->task_count = 1;
    instance_encode(i, &b);
    cr_assert_lt(b.size, 64, "%d bytes", (int)b.size);
    buffer_fini(&b);
}

Test(instance, a_task_without_input_works_on_the_data_of_its_instance)
{
    struct task task = {.seq = 1};
    struct instance *i = instance_create(&arena, 1);

    cr_assert(text_is(task_input(i, &task), "{}"));
    i->data = bytes_of("{\"a\":1}");
    cr_assert(text_is(task_input(i, &task), "{\"a\":1}"));
    task.input = bytes_of("{\"b\":2}");
    cr_assert(text_is(task_input(i, &task), "{\"b\":2}"));
}

Test(instance, a_number_that_is_no_state_has_a_name_all_the_same)
{
    cr_assert_str_eq(instance_state_name(INSTANCE_SUSPENDED), "suspended");
    cr_assert_str_eq(phase_name(PHASE_CRITICAL), "critical");
    cr_assert_str_eq(letter_name(LETTER_RETURNED), "returned");
    cr_assert_str_eq(instance_state_name(INSTANCE_STATE_COUNT), "?");
    cr_assert_str_eq(task_kind_name(TASK_KIND_COUNT), "?");
    cr_assert_str_eq(task_state_name(TASK_STATE_COUNT), "?");
    cr_assert_str_eq(assignment_state_name(ASSIGNMENT_STATE_COUNT), "?");
    cr_assert_str_eq(phase_name(PHASE_COUNT), "?");
    cr_assert_str_eq(letter_name(LETTER_COUNT), "?");
}
