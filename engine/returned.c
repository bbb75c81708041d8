/* returned.c - why a report, or the part of a co-executor, is to be done anew
 *
 * Owns:    the member "returned" of the row of one assignment.
 * In:      the row as rows_assignment() makes it; records of the instance.
 * Always:  the newest return counts; what has been reported again says nothing of it.
 * See:     docs/http.md §2
 */
#include "engine/returned.h"

#include "engine/queries.h"

#include <string.h>

struct search {
    json_t *row;
    bool whole;      /* its report is to be done anew */
    uint32_t wanted; /* how many are still to be found, the whole and parts */
};

static bool whole_is_wanted(const struct assignment *a)
{
    return a->returns > 0 && assignment_is_open(a) && a->state != ASSIGNMENT_REPORTED;
}

static uint32_t count_wanted(const struct assignment *a)
{
    uint32_t count = whole_is_wanted(a) ? 1 : 0;

    for (uint32_t n = 1; n < a->people_count; n++) {
        count += a->parts[n - 1].state == PART_OPEN && a->parts[n - 1].returns > 0 ? 1 : 0;
    }
    return count;
}

static bool is_text(const json_t *object, const char *field, const char *text)
{
    const char *value = json_string_value(json_object_get(object, field));

    return value != NULL && strcmp(value, text) == 0;
}

/* The part of this body, while it is to be answered anew. */
static json_t *open_part(const struct search *s, const char *body)
{
    size_t index;
    json_t *part;

    json_array_foreach(json_object_get(s->row, "parts"), index, part)
    {
        if (body != NULL && is_text(part, "body", body) && is_text(part, "state", "open")) {
            return part;
        }
    }
    return NULL;
}

/* What this record sends back: the row, or a part of it. NULL: nothing that is asked for. */
static json_t *target_of(const struct search *s, const json_t *record)
{
    if (is_text(record, "kind", "assignment.returned")) {
        return s->whole ? s->row : NULL;
    }
    if (!is_text(record, "kind", "assignment.part") || !is_text(record, "part", "open")) {
        return NULL;
    }
    return open_part(s, json_string_value(json_object_get(record, "body")));
}

static void note(struct search *s, const json_t *record)
{
    static const char *const said[] = {"time", "by", "by_name", "for"};
    json_t *target = target_of(s, record);

    if (target == NULL || json_object_get(target, "returned") != NULL) {
        return;
    }
    const json_t *why = json_object_get(record, "why"); /* of a part */
    json_t *returned = json_object();
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        json_object_set(returned, said[i], json_object_get(record, said[i]));
    }
    json_object_set(returned, "reason", json_object_get(why != NULL ? why : record, "reason"));
    json_object_set_new(target, "returned", returned);
    s->wanted--;
}

/* The entry to go on from; 0: that was all. */
static uint64_t search_page(struct search *s, const json_t *page)
{
    const json_t *records = json_object_get(page, "rows");
    const char *task = json_string_value(json_object_get(s->row, "task"));

    for (size_t i = json_array_size(records); s->wanted > 0 && i-- > 0;) {
        const json_t *record = json_array_get(records, i);
        if (is_text(record, "task", task)) {
            note(s, record);
        }
    }
    return (uint64_t)json_integer_value(json_object_get(page, "next"));
}

void returned_put(const struct view *view, const struct instance *instance, const struct task *task,
                  json_t *row)
{
    const struct assignment *a = task->assignment;
    struct search s = {.row = row, .whole = whole_is_wanted(a), .wanted = count_wanted(a)};
    uint64_t before = instance->journal;

    while (s.wanted > 0 && before != 0) {
        json_t *query = json_pack("{sI sI}", "instance", (json_int_t)instance->id, "before",
                                  (json_int_t)before);
        json_t *page = query_answer(view, CLIENT_HISTORY, query, NULL);
        before = search_page(&s, page);
        json_decref(page);
        json_decref(query);
    }
}
