/* facets_record.c - the rows that a record leaves: who was told, and what people have said
 *
 * Owns:    the tables `notice` and `said`: which records are in them, and with what.
 * In:      the turn, with each record that it writes; who writes the index anew, and verify.
 * Always:  of the record alone, and never removed: a report that was returned, a remark and a
 *          letter are in no instance any more, but in the journal they stay.
 * See:     docs/storage.md §2.8
 */
#include "engine/core/facets_part.h"

#include "engine/core/peek.h"
#include "engine/core/value.h"

#include <string.h>

/* --- who was told -------------------------------------------------------------------------- */

static void end_notice(struct facets *set, struct row *w, const struct record *r)
{
    row_put64(w, UINT64_MAX - (uint64_t)r->time_ms); /* the newest first */
    row_put64(w, UINT64_MAX - r->entry);
    row_key_end(set, w);
}

/* A row for all notices of one entry to one body: a morning's has thousands. */
static void notice_rows(struct facets *set, const struct record *r)
{
    struct row w = row_begin(set, TABLE_NOTICE, 0);

    row_put8(&w, NOTICE_OF_ALL);
    end_notice(set, &w, r);
    w = row_begin(set, TABLE_NOTICE, r->text.size);
    row_put8(&w, NOTICE_OF_BODY);
    row_put_text(&w, r->text);
    end_notice(set, &w, r);
    w = row_begin(set, TABLE_NOTICE, 0);
    row_put8(&w, NOTICE_OF_INSTANCE);
    row_put64(&w, r->instance);
    end_notice(set, &w, r);
}

/* --- what was said ------------------------------------------------------------------------- */

/* Of a report nobody looks for these by words. */
static bool is_searched(const char *name)
{
    static const char *const others[] = {"covers", "date", "link", "sha256"};

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (strcmp(others[i], name) == 0) {
            return false;
        }
    }
    return true;
}

/* All texts of a report, at any depth: it is any object, and not deeper than a payload may be. */
static void put_texts(struct words *words, const json_t *value)
{
    const char *name;
    json_t *member;
    size_t n;

    if (json_is_string(value)) {
        words_put(words, (struct bytes){json_string_value(value), json_string_length(value)});
    }
    json_array_foreach(value, n, member)
    {
        put_texts(words, member);
    }
    json_object_foreach((json_t *)value, name, member)
    {
        if (is_searched(name)) {
            put_texts(words, member);
        }
    }
}

static void report_rows(struct words *words, const struct record *r)
{
    json_t *report = value_parse(r->data);

    put_texts(words, report);
    json_decref(report);
}

/* Of whole instances and of workers' tasks, beside a text; of assignments in their data. */
static struct bytes reason_of(const struct record *r, struct arena *arena)
{
    return record_is_of_assignment(r->kind) ? peek_text(arena, r->data, "reason") : r->text;
}

static void said_rows(struct facets *set, const struct record *r)
{
    struct words words = {
        .set = set, .table = TABLE_SAID, .instance = r->instance, .task = r->task};
    bool answered = r->kind == RECORD_ASSIGNMENT_PART && r->other == PART_ANSWERED;

    if (r->kind == RECORD_ASSIGNMENT_REPORTED || answered) {
        report_rows(&words, r);
    } else {
        words_put(&words, reason_of(r, set->arena));
    }
}

void facets_of_record(const struct record *r, struct facets *set)
{
    switch (r->kind) {
    case RECORD_ASSIGNMENT_NOTICED:
        notice_rows(set, r);
        break;
    case RECORD_CANCELLED:
    case RECORD_SUSPENDED:
    case RECORD_TASK_SKIPPED:
    case RECORD_ASSIGNMENT_REPORTED:
    case RECORD_ASSIGNMENT_PART:
    case RECORD_ASSIGNMENT_ACCEPTED:
    case RECORD_ASSIGNMENT_RETURNED:
    case RECORD_ASSIGNMENT_WITHDRAWN:
    case RECORD_ASSIGNMENT_ASKED:
    case RECORD_ASSIGNMENT_REFUSED:
    case RECORD_ASSIGNMENT_TERM:
    case RECORD_ASSIGNMENT_PAUSED:
    case RECORD_ASSIGNMENT_REASSIGNED:
    case RECORD_ASSIGNMENT_DELEGATED:
    case RECORD_ASSIGNMENT_COMMENTED:
        said_rows(set, r);
        break;
    default:
        break;
    }
}
