/* rows_record.c - what clients see of records: the rows of JOURNAL and HISTORY
 *
 * Owns:    the field names of a record of each kind (docs/protocol.md §3.6).
 * Always:  a row says what was decided then; what stands in it of the instance is as it is now.
 */
#include "engine/rows.h"

#include "engine/core/news.h"

static void opened_fields(json_t *row, const struct catalog *catalog, const struct instance *i,
                          const struct record *r)
{
    char id[TASK_ID_TEXT_MAX];

    json_object_set_new(row, "task_kind", json_string(task_kind_name((enum task_kind)r->other)));
    if (i != NULL) {
        rows_set_step(row, catalog, i, (uint32_t)r->number);
    }
    if (r->parent != 0) {
        json_object_set_new(row, "scope", json_string(rows_task_name(r->instance, r->parent, id)));
    }
    if (r->other == TASK_ITERATION) {
        json_object_set_new(row, "index", json_integer(r->index));
    }
    if (r->at_ms != 0) {
        json_object_set_new(row, "until", rows_time_json(r->at_ms));
    }
    rows_set_json(row, "input", r->data);
    rows_set_text(row, r->other == TASK_NOTICE ? "to" : "subject", r->text);
}

static void instance_fields(json_t *row, const struct catalog *catalog, const struct record *r)
{
    const struct definition *d;

    switch (r->kind) {
    case RECORD_STARTED:
        d = catalog_find_number(catalog, (uint32_t)r->number);
        json_object_set_new(row, "definition", json_string(d ? d->name : "?"));
        json_object_set_new(row, "definition_kind",
                            json_string(d ? definition_kind_name(d->kind) : "?"));
        rows_set_text(row, "key", r->text);
        rows_set_json(row, "input", r->data);
        if (r->other != 0) {
            json_object_set_new(row, "parent", json_integer((json_int_t)r->other));
        }
        break;
    case RECORD_CHILD_STARTED:
    case RECORD_CHILD_CLOSED:
        json_object_set_new(row, "child", json_integer(r->number));
        break;
    case RECORD_DATA_SET:
        rows_set_json(row, "data", r->data);
        break;
    default:
        rows_set_text(row, "reason", r->text);
    }
}

static void task_fields(json_t *row, const struct catalog *catalog, const struct instance *i,
                        const struct record *r)
{
    switch (r->kind) {
    case RECORD_TASK_OPENED:
        opened_fields(row, catalog, i, r);
        break;
    case RECORD_TASK_DONE:
        rows_set_json(row, "output", r->data);
        break;
    case RECORD_TASK_FAILED:
        rows_set_json(row, "problem", r->data);
        json_object_set_new(row, "retry_at", rows_time_json(r->at_ms));
        break;
    case RECORD_TASK_INCIDENT:
        rows_set_json(row, "problem", r->data);
        break;
    case RECORD_TASK_READY:
        json_object_set_new(row, "by_operator", json_boolean(r->number != 0));
        break;
    case RECORD_TASK_SKIPPED:
        rows_set_text(row, "reason", r->text);
        rows_set_json(row, "output", r->data);
        break;
    default:
        rows_set_json(row, "input", r->data);
    }
}

/* As it was given, whatever has become of it since. */
static void set_as_given(json_t *row, const struct catalog *catalog, const struct instance *i,
                         const struct task *t, const struct record *r)
{
    struct cursor c = cursor_of(r->data);
    struct task then = *t;

    then.assignment = assignment_decode(i->arena, &c);
    if (then.assignment != NULL) {
        json_object_set_new(row, "assignment", rows_assignment(catalog, i, &then));
    }
}

static void assignment_fields(json_t *row, const struct catalog *catalog, const struct instance *i,
                              const struct record *r)
{
    const struct task *t = i ? instance_find_task(i, r->task) : NULL;
    const struct assignment *a = t != NULL ? t->assignment : NULL;

    if (r->kind == RECORD_ASSIGNMENT_GIVEN && t != NULL) {
        set_as_given(row, catalog, i, t, r);
    } else if (a != NULL) {
        json_object_set_new(row, "assignment", rows_assignment(catalog, i, t));
    }
    rows_set_act(row, catalog, a, r);
}

static void passed_fields(json_t *row, const struct catalog *catalog, const struct instance *i,
                          const struct record *r)
{
    char id[TASK_ID_TEXT_MAX];

    if (i != NULL) {
        rows_set_step(row, catalog, i, (uint32_t)r->number);
    }
    if (r->task != 0) { /* the step has no task of its own */
        json_object_set_new(row, "scope", json_string(rows_task_name(r->instance, r->task, id)));
    }
    rows_set_text(row, "taken", r->text);
    rows_set_json(row, "output", r->data);
}

static void version_fields(json_t *row, const struct catalog *catalog, const struct record *r)
{
    const struct definition *d = catalog_find_number(catalog, (uint32_t)r->number);

    json_object_set_new(row, "number", json_integer(r->number));
    json_object_set_new(row, d != NULL && r->instance != 0 ? "definition" : "name",
                        json_string(d ? d->name : "?"));
    json_object_set_new(row, "version", json_integer(d ? d->version : 0));
    if (r->instance == 0) {
        json_object_set_new(row, "definition_kind",
                            json_string(d ? definition_kind_name(d->kind) : "?"));
    }
}

/* News that goes into a letter of the day: of which assignment; or only counted, for want of room.
 */
static void news_fields(json_t *row, const struct record *r)
{
    struct news news;
    char id[TASK_ID_TEXT_MAX];

    if (!news_unpack(r->data, &news)) {
        json_object_set_new(row, "counted", json_true());
        return;
    }
    json_object_set_new(row, "about", json_string(rows_task_name(news.instance, news.task, id)));
    json_object_set_new(row, "notice", json_string(letter_name(news.letter)));
    json_object_set_new(row, "days", json_integer(news.offset_days));
}

/* Records of scopes, steps that need nobody, and the end by an error. */
static void flow_fields(json_t *row, const struct catalog *catalog, const struct instance *i,
                        const struct record *r)
{
    switch (r->kind) {
    case RECORD_FAULTED:
    case RECORD_TASK_FAULTED:
    case RECORD_TASK_CAUGHT:
        rows_set_json(row, "problem", r->data);
        break;
    case RECORD_CONTEXT_SET:
        rows_set_json(row, "context", r->data);
        break;
    case RECORD_STEP_PASSED:
        passed_fields(row, catalog, i, r);
        break;
    case RECORD_TASK_AGAIN:
        if (r->at_ms != 0) {
            json_object_set_new(row, "until", rows_time_json(r->at_ms));
        }
        break;
    case RECORD_TASK_EVENT:
        rows_set_json(row, "event", r->data);
        rows_set_json(row, "correlation", r->extra);
        break;
    case RECORD_TASK_JOINED:
        rows_set_json(row, "output", r->data);
        break;
    case RECORD_TASK_CHILD:
        json_object_set_new(row, "child", json_integer(r->number));
        break;
    case RECORD_MIGRATED:
        version_fields(row, catalog, r);
        break;
    case RECORD_LETTER_ENTRY:
        news_fields(row, r);
        break;
    default:
        rows_set_text(row, "reason", r->text);
    }
}

static void routed_fields(json_t *row, const struct catalog *catalog, const struct record *r)
{
    const struct definition *d = catalog_find_number(catalog, (uint32_t)r->number);

    json_object_set_new(row, "routes", json_string(d ? d->name : "?"));
    rows_set_text(row, "rule", r->text);
    json_object_set_new(row, "deed", json_string(route_deed_name((enum route_deed)r->index)));
    if (r->other != 0) {
        json_object_set_new(row, "child", json_integer((json_int_t)r->other));
    }
    json_object_set_new(row, "started", json_boolean(r->parent != 0));
    rows_set_json(row, "problem", r->data);
}

/* Records of nobody: instance 0. */
static void nobody_fields(json_t *row, const struct catalog *catalog, const struct record *r)
{
    switch (r->kind) {
    case RECORD_DEPLOYED:
    case RECORD_REMOVED:
        version_fields(row, catalog, r);
        break;
    case RECORD_ROUTED:
        routed_fields(row, catalog, r);
        break;
    default:
        rows_set_text(row, "id", r->text);
        rows_set_json(row, "event", r->data);
        if (r->number != 0) {
            json_object_set_new(row, "emitted", json_true());
        }
    }
}

/* Of a task that still stands: a step that was left behind is not known any more. A letter is none.
 */
static void step_fields(json_t *row, const struct catalog *catalog, const struct instance *i,
                        const struct record *r)
{
    const struct task *t = i != NULL ? instance_find_task(i, r->task) : NULL;

    if (t != NULL && t->kind != TASK_NOTICE && r->kind != RECORD_TASK_OPENED &&
        r->kind != RECORD_STEP_PASSED) {
        rows_set_step(row, catalog, i, t->step);
    }
}

json_t *rows_record(const struct catalog *catalog, const struct instance *i, const struct record *r)
{
    char id[TASK_ID_TEXT_MAX];
    json_t *row =
        json_pack("{sI sI so ss}", "seq", (json_int_t)r->seq, "entry", (json_int_t)r->entry, "time",
                  rows_time_json(r->time_ms), "kind", record_kind_name(r->kind));

    if (r->instance != 0) {
        json_object_set_new(row, "instance", json_integer((json_int_t)r->instance));
    }
    if (r->task != 0 && r->kind != RECORD_STEP_PASSED) {
        json_object_set_new(row, "task", json_string(rows_task_name(r->instance, r->task, id)));
    }
    if (r->attempt != 0 && r->kind != RECORD_STARTED && r->kind != RECORD_ROUTED) {
        json_object_set_new(row, "attempt", json_integer(r->attempt));
    }
    step_fields(row, catalog, i, r);
    if (r->instance == 0) {
        nobody_fields(row, catalog, r);
    } else if (record_is_of_assignment(r->kind)) {
        assignment_fields(row, catalog, i, r);
    } else if (r->kind > RECORD_EVENT) {
        flow_fields(row, catalog, i, r);
    } else if (r->kind >= RECORD_TASK_OPENED) {
        task_fields(row, catalog, i, r);
    } else {
        instance_fields(row, catalog, r);
    }
    if (r->by.size > 0) {
        rows_set_by(row, catalog, r->by);
    }
    return row;
}
