/* returned.c - why a report, or the part of a co-executor, is to be done anew
 *
 * Owns:    the member "returned" of the row of one assignment.
 * In:      the row as rows_assignment() makes it; the journal of the instance, newest entry first.
 * Always:  the newest return counts; what has been reported again says nothing of it.
 * See:     docs/http.md §2
 */
#include "engine/returned.h"

#include "engine/journal.h"
#include "engine/rows.h"

#define NOBODY UINT32_MAX

/* Returns that are sought: what people[0] is to report anew is the whole, of the others parts. */
struct sought {
    const struct assignment *assignment;
    struct record *newest; /* by people; entry 0: not found, or not sought */
    uint32_t left;         /* how many are still to be found */
};

static bool is_to_be_done_anew(const struct assignment *a, uint32_t person)
{
    if (person == 0) {
        return a->returns > 0 && assignment_is_open(a) && a->state != ASSIGNMENT_REPORTED;
    }
    return a->parts[person - 1].state == PART_OPEN && a->parts[person - 1].returns > 0;
}

static uint32_t count_returned(const struct assignment *a)
{
    uint32_t count = 0;

    for (uint32_t person = 0; person < a->people_count; person++) {
        count += is_to_be_done_anew(a, person) ? 1 : 0;
    }
    return count;
}

/* To whom this record sends something back. */
static uint32_t person_of(const struct record *r)
{
    if (r->kind == RECORD_ASSIGNMENT_RETURNED) {
        return 0;
    }
    return r->kind == RECORD_ASSIGNMENT_PART && r->other == PART_OPEN ? r->index : NOBODY;
}

static void note(struct sought *s, const struct record *r)
{
    uint32_t person = person_of(r);

    if (person >= s->assignment->people_count || !is_to_be_done_anew(s->assignment, person)) {
        return;
    }
    struct record *newest = &s->newest[person];
    s->left -= newest->entry == 0 ? 1 : 0;
    if (newest->entry == 0 || newest->entry == r->entry) {
        *newest = *r;
    }
}

/* From the newest entry back; what is not found in so many is left out. */
static void search(struct sought *s, const struct view *view, const struct instance *instance,
                   uint32_t task)
{
    uint64_t entry = instance->journal;
    struct journal_reader reader;
    struct record r;

    for (int n = 0;
         n < RETURNED_ENTRIES_MAX && s->left > 0 && journal_open(view->txn, entry, &reader, NULL);
         n++) {
        entry = 0;
        while (journal_next_of(&reader, instance->id, &r, &entry)) {
            if (r.task == task) {
                note(s, &r);
            }
        }
    }
}

/* The row, or in it the part of a co-executor. */
static json_t *place_of(json_t *row, const struct assignment *a, uint32_t person)
{
    size_t index;
    json_t *part;

    json_array_foreach(json_object_get(row, "parts"), index, part)
    {
        const char *body = json_string_value(json_object_get(part, "body"));
        if (person > 0 && bytes_equal(bytes_of(body), a->people[person])) {
            return part;
        }
    }
    return row;
}

static void put(json_t *target, const struct view *view, const struct instance *instance,
                const struct record *r)
{
    static const char *const said[] = {"time", "by", "by_name", "for"};
    json_t *record = rows_record(view->catalog, instance, r);
    const json_t *why = json_object_get(record, "why"); /* of a part */
    json_t *returned = json_object();

    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        json_object_set(returned, said[i], json_object_get(record, said[i]));
    }
    json_object_set(returned, "reason", json_object_get(why != NULL ? why : record, "reason"));
    json_object_set_new(target, "returned", returned);
    json_decref(record);
}

void returned_put(const struct view *view, const struct instance *instance, const struct task *task,
                  json_t *row)
{
    const struct assignment *a = task->assignment;
    struct sought s = {.assignment = a, .left = count_returned(a)};

    if (s.left == 0) {
        return;
    }
    s.newest = arena_alloc(view->arena, a->people_count * sizeof *s.newest);
    search(&s, view, instance, task->seq);
    for (uint32_t person = 0; person < a->people_count; person++) {
        if (s.newest[person].entry != 0) {
            put(place_of(row, a, person), view, instance, &s.newest[person]);
        }
    }
}
