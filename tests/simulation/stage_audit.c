/* stage_audit.c - is the store of the stage right: counters, states, rows, journal? */
#include "stage.h"

#include "base/limits.h"
#include "engine/verify.h"

static bool is_known(struct bytes id)
{
    char text[LIMIT_NAME_BYTES + 1];

    snprintf(text, sizeof text, "%.*s", (int)id.size, (const char *)id.data);
    return catalog_find_body(stage.catalog, text) != NULL;
}

/* Every open assignment waits for somebody; its clock runs, or stands for a reason. */
static void assert_waits_for_somebody(const struct instance *i, const struct task *t)
{
    const struct assignment *a = t->assignment;
    const struct ladder_step *next = a->next_step < a->step_count ? &a->steps[a->next_step] : NULL;
    bool stands = a->state == ASSIGNMENT_REPORTED || a->state == ASSIGNMENT_PAUSED;
    bool comes = next != NULL && (!stands || ladder_step_is_steady(next));

    claim(is_known(a->people[0]), "%d.%u: nobody is responsible", (int)i->id, t->seq);
    claim(a->controller.size == 0 || is_known(a->controller), "%d.%u: nobody decides", (int)i->id,
          t->seq);
    claim(t->at_ms == (comes ? next->at_ms : 0), "%d.%u: its timer", (int)i->id, t->seq);
    claim((a->pause.kind != PAUSE_NONE) == (a->state == ASSIGNMENT_PAUSED), "%d.%u: its pause",
          (int)i->id, t->seq);
    claim((a->state == ASSIGNMENT_DELEGATED) == (a->child != 0) || a->state == ASSIGNMENT_PAUSED,
          "%d.%u: what was delegated", (int)i->id, t->seq);
}

/* What was delegated runs in what it was delegated from, and ends no later. */
static void assert_family_sound(const struct instance *i, const struct task *t)
{
    const struct task *child =
        t->assignment->child != 0 ? instance_find_task(i, t->assignment->child) : NULL;

    claim(t->assignment->child == 0 || child != NULL, "%d.%u: no child", (int)i->id, t->seq);
    if (child != NULL) {
        const struct assignment *a = child->assignment;
        claim(a->parent == t->seq && child->parent == t->seq && child->state != TASK_CLOSED,
              "%d.%u: a child of another", (int)i->id, t->seq);
        claim(a->to <= t->assignment->to || a->to == a->from, "%d.%u: a child ends later",
              (int)i->id, t->seq);
    }
}

static void assert_assignment_sound(const struct instance *i, const struct task *t)
{
    const struct assignment *a = t->assignment;

    claim(assignment_is_open(a) == (t->state != TASK_CLOSED), "assignment %d.%u is closed by half",
          (int)i->id, t->seq);
    claim(a->terms[a->term_count - 1].to == a->to, "%d.%u: its terms", (int)i->id, t->seq);
    claim(a->from <= a->to, "%d.%u ends before it starts", (int)i->id, t->seq);
    for (uint32_t n = 0; n + 1 < a->people_count; n++) {
        claim(a->parts[n].to <= a->to, "%d.%u: a part ends later", (int)i->id, t->seq);
    }
    if (assignment_is_open(a)) {
        assert_waits_for_somebody(i, t);
        assert_family_sound(i, t);
    } else {
        claim(t->at_ms == 0, "assignment %d.%u is closed and has a timer", (int)i->id, t->seq);
    }
}

/* What docs/states.md says under "Always". */
static void assert_task_sound(const struct instance *i, const struct task *t)
{
    const struct assignment *a = t->assignment;

    claim(t->state != TASK_BACKOFF || t->at_ms != 0, "task %d.%u waits for no moment", (int)i->id,
          t->seq);
    claim(t->state != TASK_INCIDENT || (t->at_ms == 0 && t->problem.size > 0),
          "incident %d.%u has no problem", (int)i->id, t->seq);
    claim(t->state != TASK_READY || (t->attempt > 0 && t->at_ms == 0), "task %d.%u", (int)i->id,
          t->seq);
    if (a != NULL) {
        assert_assignment_sound(i, t);
    }
}

/* Something is waited for: a scope that goes on has steps in it, and somewhere in it one that is no
 * scope, or is for time or an operator. */
static void assert_scope_sound(const struct instance *i, const struct task *scope)
{
    bool delegated = scope->assignment != NULL && scope->assignment->child != 0;
    bool goes_on = delegated || (scope->state == TASK_WAITING && task_kind_is_scope(scope->kind));
    unsigned inside = 0;

    for (uint32_t n = 0; n < i->task_count; n++) {
        inside += i->tasks[n].parent == scope->seq;
    }
    claim(!goes_on || inside > 0, "scope %d.%u has nothing in it", (int)i->id, scope->seq);
    claim(goes_on || scope->kind == TASK_LISTEN || inside == 0, "%d.%u holds %u steps", (int)i->id,
          scope->seq, inside);
}

static void assert_instance_sound(const struct instance *i)
{
    const struct definition *d = catalog_find_number(stage.catalog, i->definition);
    bool alive = i->state == INSTANCE_RUNNING || i->state == INSTANCE_SUSPENDED;
    unsigned open = 0;

    for (uint32_t n = 0; n < i->task_count; n++) {
        const struct task *t = &i->tasks[n];
        assert_task_sound(i, t);
        assert_scope_sound(i, t);
        open += t->kind != TASK_NOTICE && t->state != TASK_CLOSED && t->parent == 0;
    }
    if (d->kind == DEFINITION_ROADMAP) {
        claim(i->state != INSTANCE_RUNNING || i->children_open > 0, "plan %d has nothing to do",
              (int)i->id);
        claim(i->state != INSTANCE_COMPLETED || i->children_open == 0, "plan %d", (int)i->id);
    } else if (d->kind == DEFINITION_BODIES) { /* a letter of the day: gathered, or on its way */
        claim(alive ? i->task_count == 1 : open == 0, "letter %d is %s with %u tasks", (int)i->id,
              instance_state_name(i->state), i->task_count);
    } else {
        /* two at most: what a join left behind, and the step after it */
        claim(alive ? open >= 1 && open <= 2 : open == 0, "instance %d is %s with %u open steps",
              (int)i->id, instance_state_name(i->state), open);
    }
}

void stage_assert_sound(void)
{
    int64_t tally[TALLY_COUNT] = {0};
    struct store_txn *txn = stage_read();
    struct store_cursor *c = store_cursor_open(txn, TABLE_INSTANCE);
    struct arena arena = ARENA_INIT;
    struct bytes key;
    struct bytes value;

    for (bool found = store_seek(c, (struct bytes){"", 0}, &key, &value); found;
         found = store_next(c, &key, &value)) {
        struct instance *instance = NULL;
        struct cursor k = cursor_of(key);
        unpack_u8(&k);
        claim(instance_decode(&arena, unpack_key64(&k), value, &instance, &stage.err), "%s",
              stage.err.text);
        assert_instance_sound(instance);
        facets_tally(instance, stage.catalog, 1, tally);
        arena_reset(&arena);
    }
    store_cursor_close(&c);
    store_abort(&txn);
    arena_fini(&arena);
    for (int i = 0; i < TALLY_COUNT; i++) {
        claim(tally[i] == stage.turn.tally[i], "tally %d is %d, not %d", i,
              (int)stage.turn.tally[i], (int)tally[i]);
    }
}

void stage_assert_verified(void)
{
    struct verify_result result;

    claim(verify_store(stage.store, &result, &stage.err), "%s", stage.err.text);
    claim(result.differences == 0, "%d differences: %s", (int)result.differences, result.first);
}
