/* told.c - who was told what of an instance, who will be, and how its assignments ended
 *
 * Owns:    the walk back over the history for lines of notices and of ends, and its bounds.
 * In:      why.c, with a snapshot.
 * Always:  only looks; a history without end gives the newest lines.
 */
#include "engine/told.h"

#include "engine/core/chain.h"
#include "engine/core/ladder.h"
#include "engine/core/news.h"
#include "engine/core/notice.h"
#include "engine/core/recipients.h"
#include "engine/journal.h"
#include "engine/rows.h"
#include "engine/told_letter.h"

/* --- what was told, and how it ended --------------------------------------------------------- */

struct told_lines {
    const struct view *view;
    const struct instance *instance;
    json_t *told;
    json_t *closed;
};

static void forget_place(json_t *row)
{
    static const char *const of_history[] = {"seq", "entry", "instance"};

    for (size_t n = 0; n < sizeof of_history / sizeof *of_history; n++) {
        json_object_del(row, of_history[n]);
    }
}

static json_t *told_row(const struct told_lines *l, const struct record *r, struct bytes alone)
{
    json_t *row = rows_record(l->view->catalog, NULL, r);

    told_letter_set(row, l->view, l->instance, r, alone);
    json_object_del(row, "kind");
    forget_place(row);
    return row;
}

/* The end of an assignment, with what it is called in lists. */
static json_t *closed_row(const struct told_lines *l, const struct record *r)
{
    static const char *const names[] = {"no", "plan", "title"};
    json_t *row = rows_record(l->view->catalog, l->instance, r);
    const json_t *assignment = json_object_get(row, "assignment");

    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        json_object_set(row, names[n], json_object_get(assignment, names[n]));
    }
    json_object_del(row, "assignment");
    forget_place(row);
    return row;
}

static bool is_end(const struct record *r)
{
    return r->kind == RECORD_ASSIGNMENT_ACCEPTED || r->kind == RECORD_ASSIGNMENT_WITHDRAWN ||
           r->kind == RECORD_CANCELLED;
}

/* What the records of the instance in one entry say, before what is there already; returns the
 * entry of its record before. */
static uint64_t add_entry(const struct told_lines *l, uint64_t entry)
{
    json_t *here = json_array();
    struct journal_reader reader;
    struct record r;
    struct bytes alone = {NULL, 0};
    uint64_t before = 0;

    if (journal_open(l->view->txn, entry, &reader, NULL)) {
        while (journal_next_of(&reader, l->instance->id, &r, &before)) {
            if (r.kind == RECORD_TASK_OPENED && r.other == TASK_NOTICE) {
                alone = r.data; /* the record of its notice follows */
            } else if (r.kind == RECORD_ASSIGNMENT_NOTICED) {
                json_array_insert_new(here, 0, told_row(l, &r, alone));
            } else if (is_end(&r)) {
                json_array_append_new(l->closed, closed_row(l, &r));
            }
        }
    }
    json_array_extend(l->told, here);
    json_decref(here);
    return before;
}

void told_rows(const struct view *v, const struct instance *i, json_t **ret_told,
               json_t **ret_closed)
{
    struct told_lines l = {.view = v, .instance = i, .told = json_array(), .closed = json_array()};
    uint64_t entry = i->journal;

    for (int n = 0; n < TOLD_ENTRIES && entry != 0 && json_array_size(l.told) < TOLD_ROWS; n++) {
        entry = add_entry(&l, entry);
    }
    while (json_array_size(l.told) > TOLD_ROWS) {
        json_array_remove(l.told, json_array_size(l.told) - 1);
    }
    *ret_told = l.told;
    *ret_closed = l.closed;
}

/* --- what will be told --------------------------------------------------------------------- */

/* The distance is counted from the day of the letter, where the responsible body is. */
static void set_distance(json_t *row, const struct world *world, const struct assignment *a,
                         const struct ladder_step *step)
{
    const struct body *body = world_body(world, a->people[0]);
    bool part = step->person > 0 && step->person < a->people_count;
    civil_day day;
    int minute;

    if (body != NULL && news_is_of_term((enum letter)step->letter)) {
        zone_civil(body->zone, step->at_ms, &day, &minute);
        notice_set_left(world, row, a, day, part ? a->parts[step->person - 1].to : a->to);
    }
}

/* Who reads it on the day of the letter: a deputy of today only while the absence lasts. */
static const struct body *reader_then(const struct world *then, const struct policy *policy,
                                      const struct assignment *a, struct bytes id)
{
    const struct body *body = world_body(then, id);
    int32_t person = assignment_find_person(a, id);
    struct deputy deputy;

    if (body == NULL) {
        return NULL;
    }
    if (person < 0 && !bytes_equal(id, a->controller)) {
        return recipients_actor(then, policy, a, id);
    }
    uint32_t who = person < 0 ? PERSON_CONTROLLER : (uint32_t)person;
    return ladder_deputy(then, policy, a, who, &deputy) ? deputy.body : body;
}

static json_t *ahead_row(const struct view *v, const struct policy *policy,
                         const struct assignment *a, const struct ladder_step *step)
{
    const struct world *world = v->world;
    struct world then = *world;
    bool ahead = step->at_ms > world->now_ms;
    struct bytes ids[RECIPIENTS_MAX];
    uint32_t count = recipients_of_step(world, policy, a, step, ids);
    json_t *to = json_array();

    for (uint32_t i = 0; i < count; i++) {
        then.now_ms = ahead ? step->at_ms : world->now_ms;
        const struct body *actor = ahead ? reader_then(&then, policy, a, ids[i])
                                         : recipients_actor(world, policy, a, ids[i]);
        if (actor != NULL) {
            json_array_append_new(to, rows_body(v->catalog, bytes_of(actor->id)));
        }
    }
    json_t *row = json_pack("{ss si sb so so}", "notice", letter_name((enum letter)step->letter),
                            "days", (int)step->offset_days, "working", step->working, "at",
                            rows_time_json(step->at_ms), "to", to);
    set_distance(row, world, a, step);
    return row;
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
