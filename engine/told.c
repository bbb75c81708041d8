/* told.c - who was told what of an instance, and who will be
 *
 * Owns:    the walk back over the history for lines of notices, and its bounds.
 * In:      why.c, with a snapshot.
 * Always:  only looks; a history without end gives the newest lines.
 */
#include "engine/told.h"

#include "engine/core/chain.h"
#include "engine/core/recipients.h"
#include "engine/journal.h"
#include "engine/rows.h"

/* --- what was told ------------------------------------------------------------------------- */

static json_t *told_row(const struct view *v, const struct record *r)
{
    static const char *const of_history[] = {"seq", "entry", "kind", "instance"};
    json_t *row = rows_record(v->catalog, NULL, r);

    for (size_t n = 0; n < sizeof of_history / sizeof *of_history; n++) {
        json_object_del(row, of_history[n]);
    }
    return row;
}

/* The notices of the instance in one entry, before those that are there already; returns the entry
 * of its record before. */
static uint64_t add_entry(const struct view *v, uint64_t instance, uint64_t entry, json_t *rows)
{
    json_t *here = json_array();
    struct journal_reader reader;
    struct record r;
    uint64_t before = 0;
    bool first = true;

    if (journal_open(v->txn, entry, &reader, NULL)) {
        while (journal_next(&reader, &r)) {
            if (r.instance != instance) {
                continue;
            }
            before = first ? r.before : before;
            first = false;
            if (r.kind == RECORD_ASSIGNMENT_NOTICED) {
                json_array_insert_new(here, 0, told_row(v, &r));
            }
        }
    }
    json_array_extend(rows, here);
    json_decref(here);
    return before;
}

json_t *told_rows(const struct view *v, const struct instance *i)
{
    json_t *rows = json_array();
    uint64_t entry = i->journal;

    for (int n = 0; n < TOLD_ENTRIES && entry != 0 && json_array_size(rows) < TOLD_ROWS; n++) {
        entry = add_entry(v, i->id, entry, rows);
    }
    while (json_array_size(rows) > TOLD_ROWS) {
        json_array_remove(rows, json_array_size(rows) - 1);
    }
    return rows;
}

/* --- what will be told --------------------------------------------------------------------- */

static json_t *ahead_row(const struct view *v, const struct policy *policy,
                         const struct assignment *a, const struct ladder_step *step)
{
    const struct world *world = v->world;
    struct bytes ids[RECIPIENTS_MAX];
    uint32_t count = recipients_of_step(world, policy, a, step, ids);
    json_t *to = json_array();

    for (uint32_t i = 0; i < count; i++) {
        const struct body *actor = recipients_actor(world, policy, a, ids[i]);
        if (actor != NULL) {
            json_array_append_new(to, rows_body(v->catalog, bytes_of(actor->id)));
        }
    }
    return json_pack("{ss si sb so so}", "notice", letter_name((enum letter)step->letter), "days",
                     (int)step->offset_days, "working", step->working, "at",
                     rows_time_json(step->at_ms), "to", to);
}

json_t *told_ahead(const struct view *v, const struct instance *i, const struct task *task)
{
    const struct assignment *a = task->assignment;
    bool runs = a != NULL && task->state == TASK_WAITING && assignment_runs(a);
    const struct policy *policy = a != NULL ? chain_policy(v->catalog, i, task) : NULL;
    json_t *rows = json_array();

    for (uint32_t n = a != NULL ? a->next_step : 0;
         a != NULL && n < a->step_count && json_array_size(rows) < TOLD_AHEAD; n++) {
        const struct ladder_step *step = &a->steps[n];
        bool tells = step->letter >= LETTER_OPENED && step->letter <= LETTER_ESCALATED;
        bool waits = step->letter == LETTER_UNDECIDED && a->state == ASSIGNMENT_REPORTED;
        if ((tells && runs) || waits) {
            json_array_append_new(rows, ahead_row(v, policy, a, step));
        }
    }
    return rows;
}
