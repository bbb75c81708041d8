/* moves_test.c - the tables of moves in docs/states.md against what records really do
 *
 * A walk through all decisions is watched. Each move that is seen must be in its table; each row of
 * the tables must be seen.
 */
#include "states_table.h"
#include "walk.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define TASKS_MAX 512
#define WALKS     32 /* so many see each move that there is */

/* What the watcher knew before a record. */
struct shadow {
    enum instance_state state;
    enum task_state tasks[TASKS_MAX];
    enum assignment_state assignments[TASKS_MAX];
    enum phase phases[TASKS_MAX];
    uint32_t terms[TASKS_MAX];
};

static struct shadow *shadows[FIXTURE_INSTANCES];
static struct states_table instances;
static struct states_table tasks;
static struct states_table assignments;
static int seen[3][TABLE_ROWS];

static void see(const struct states_table *table, int *counts, const char *before,
                const struct record *r, const char *after)
{
    int row = states_table_find(table, before, record_kind_name(r->kind), after);

    cr_assert_geq(row, 0, "docs/states.md has no move %s --%s--> %s", before,
                  record_kind_name(r->kind), after);
    counts[row]++;
}

static const char *name_of_task(enum task_state state)
{
    return state ? task_state_name(state) : "-";
}

static void see_task(struct shadow *s, const struct instance *i, const struct record *r,
                     uint32_t seq)
{
    const struct task *task = instance_find_task(i, seq);
    const struct assignment *a = task ? task->assignment : NULL;
    enum task_state now = task ? task->state : 0;
    bool of_assignment = record_is_of_assignment(r->kind);

    /* an assignment that was just set is not open for its first moment: its task moves only once */
    if (now != s->tasks[seq] || (r->task == seq && !of_assignment)) {
        see(&tasks, seen[1], name_of_task(s->tasks[seq]), r, name_of_task(now));
    }
    if (a != NULL && (a->state != s->assignments[seq] || (r->task == seq && of_assignment))) {
        see(&assignments, seen[2],
            s->assignments[seq] ? assignment_state_name(s->assignments[seq]) : "-", r,
            assignment_state_name(a->state));
    }
    if (a != NULL) {
        bool moved = r->task == seq && r->kind == RECORD_ASSIGNMENT_TERM;
        cr_assert(a->phase >= s->phases[seq] || moved, "a phase only grows while a term stays");
        cr_assert_geq(a->term_count, s->terms[seq], "terms stay");
        s->phases[seq] = a->phase;
        s->terms[seq] = a->term_count;
        s->assignments[seq] = a->state;
    }
    s->tasks[seq] = now;
}

static void watch(const struct instance *i, const struct record *r)
{
    if (i == NULL) {
        return;
    }
    struct shadow **s = &shadows[i->id - 1];
    if (*s == NULL) {
        *s = calloc(1, sizeof **s);
    }
    if (i->state != (*s)->state) {
        see(&instances, seen[0], (*s)->state ? instance_state_name((*s)->state) : "-", r,
            instance_state_name(i->state));
        (*s)->state = i->state;
    }
    cr_assert_lt(i->next_task, TASKS_MAX);
    for (uint32_t seq = 1; seq < i->next_task; seq++) {
        see_task(*s, i, r, seq);
    }
}

static void walk(uint64_t seed)
{
    fixture_init();
    fx.watch = watch;
    memset(shadows, 0, sizeof shadows);
    walk_begin();
    for (int n = 0; n < 1500; n++) {
        walk_step(&seed);
    }
    fixture_assert_replay();
    for (size_t i = 0; i < FIXTURE_INSTANCES; i++) {
        free(shadows[i]);
    }
    fixture_fini();
}

static void assert_all_seen(const char *name, const struct states_table *table, const int *counts)
{
    for (int i = 0; i < table->row_count; i++) {
        cr_assert_gt(counts[i], 0, "nothing makes the %s move %s --%s--> %s of docs/states.md",
                     name, table->rows[i][0], table->rows[i][1], table->rows[i][2]);
    }
}

Test(moves, the_tables_and_a_walk_through_all_decisions_agree)
{
    states_table_read("moves instance", &instances);
    states_table_read("moves task", &tasks);
    states_table_read("moves assignment", &assignments);
    for (uint64_t seed = 1; seed <= WALKS; seed++) {
        walk(seed);
    }
    assert_all_seen("instance", &instances, seen[0]);
    assert_all_seen("task", &tasks, seen[1]);
    assert_all_seen("assignment", &assignments, seen[2]);
}
