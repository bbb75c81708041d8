/* stage_audit.c - is the store of the stage right: counters, states, rows, journal? */
#include "stage.h"

#include "engine/verify.h"

/* What docs/states.md says under "Always". */
static void assert_task_sound(const struct instance *i, const struct task *t)
{
    const struct assignment *a = t->assignment;
    bool waits = a != NULL && (a->state == ASSIGNMENT_PLANNED || a->state == ASSIGNMENT_OPEN);

    claim(t->state != TASK_BACKOFF || t->at_ms != 0, "task %d.%u waits for no moment", (int)i->id,
          t->seq);
    claim(t->state != TASK_INCIDENT || (t->at_ms == 0 && t->problem.size > 0),
          "incident %d.%u has no problem", (int)i->id, t->seq);
    claim(t->state != TASK_READY || (t->attempt > 0 && t->at_ms == 0), "task %d.%u", (int)i->id,
          t->seq);
    claim(a == NULL || waits || t->at_ms == 0, "assignment %d.%u has a timer", (int)i->id, t->seq);
    claim(a == NULL || (a->state >= ASSIGNMENT_ACCEPTED) == (t->state == TASK_CLOSED),
          "assignment %d.%u is closed by half", (int)i->id, t->seq);
}

/* Something is waited for: a scope that goes on has steps in it, and somewhere in it one that is no
 * scope, or is for time or an operator. */
static void assert_scope_sound(const struct instance *i, const struct task *scope)
{
    bool goes_on = scope->state == TASK_WAITING && task_kind_is_scope(scope->kind);
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
