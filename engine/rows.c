/* rows.c - what clients see of records, instances, tasks and assignments
 *
 * Owns:    the field names of the rows (docs/protocol.md §3.6).
 * Always:  texts are passed on as they are; whoever shows them makes them harmless.
 */
#include "engine/rows.h"

#include "base/must.h"

#include <stdio.h>
#include <string.h>

static const char *task_name(uint64_t instance, uint32_t task, char buf[TASK_ID_TEXT_MAX])
{
    task_id_print((struct task_id){instance, task}, buf);
    return buf;
}

void rows_time(int64_t ms, char buf[ROWS_TIME_MAX])
{
    int64_t day_ms = ((ms % 86400000) + 86400000) % 86400000;
    char day[CIVIL_TEXT_MAX];

    civil_print((civil_day)((ms - day_ms) / 86400000), day);
    snprintf(buf, ROWS_TIME_MAX, "%.10sT%02d:%02d:%02d.%03dZ", day, (int)(day_ms / 3600000),
             (int)(day_ms / 60000 % 60), (int)(day_ms / 1000 % 60), (int)(day_ms % 1000));
}

json_t *rows_time_json(int64_t ms)
{
    char text[ROWS_TIME_MAX];

    rows_time(ms, text);
    return json_string(text);
}

static json_t *text_json(struct bytes text)
{
    return json_stringn(text.data ? text.data : "", text.size);
}

static json_t *parsed(struct bytes text)
{
    json_t *value =
        text.size ? json_loadb(text.data, text.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL) : NULL;

    return value ? value : json_null();
}

static void set_text(json_t *row, const char *field, struct bytes text)
{
    if (text.size > 0) {
        json_object_set_new(row, field, text_json(text));
    }
}

static void set_json(json_t *row, const char *field, struct bytes text)
{
    if (text.size > 0) {
        json_object_set_new(row, field, parsed(text));
    }
}

static const struct body *find_body(const struct catalog *catalog, struct bytes id)
{
    char text[LIMIT_NAME_BYTES + 1];

    if (id.size == 0 || id.size > LIMIT_NAME_BYTES) {
        return NULL;
    }
    memcpy(text, id.data, id.size);
    text[id.size] = '\0';
    return catalog_find_body(catalog, text);
}

json_t *rows_body(const struct catalog *catalog, struct bytes id)
{
    const struct body *body = find_body(catalog, id);

    if (body == NULL) {
        return id.size ? json_pack("{soso}", "id", text_json(id), "name", text_json(id))
                       : json_null();
    }
    return json_pack("{ss ss ss}", "id", body->id, "name", body->name, "short", body->short_name);
}

#define TITLE_BYTES 1000 /* of a title in lists; the whole of it is in the data */

/* The title cut at a character. NULL when there is none. */
static json_t *cut_title(const json_t *source)
{
    const json_t *title = json_object_get(source, "title");
    const char *text = json_string_value(title);
    size_t size = json_string_length(title);

    if (text == NULL) {
        return NULL;
    }
    if (size > TITLE_BYTES) {
        size = TITLE_BYTES;
        while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) {
            size--;
        }
    }
    return json_stringn(text, size);
}

/* What an instance is about: the text of its assignment (also when the report has taken the place
 * of the input), else what its data says. */
static json_t *title_source(const struct instance *i)
{
    for (uint32_t n = 0; n < i->task_count; n++) {
        if (i->tasks[n].assignment != NULL) {
            return parsed(task_input(i, &i->tasks[n]));
        }
    }
    return parsed(i->data);
}

json_t *rows_instance(const struct catalog *catalog, const struct instance *i)
{
    const struct definition *d = catalog_find_number(catalog, i->definition);
    json_t *data = title_source(i);
    json_t *title = cut_title(data);
    json_t *row = json_pack("{sI ss si so ss so so}", "instance", (json_int_t)i->id, "definition",
                            d ? d->name : "?", "version", d ? (int)d->version : 0, "title",
                            title ? title : json_string(d ? d->title : "?"), "state",
                            instance_state_name(i->state), "created", rows_time_json(i->created_ms),
                            "changed", rows_time_json(i->changed_ms));

    json_decref(data);
    set_text(row, "key", i->key);
    if (i->parent != 0) {
        json_object_set_new(row, "parent", json_integer((json_int_t)i->parent));
    }
    return row;
}

json_t *rows_assignment(const struct catalog *catalog, const struct instance *i,
                        const struct task *t)
{
    const struct assignment *a = t->assignment;
    char id[TASK_ID_TEXT_MAX];
    char from[CIVIL_TEXT_MAX];
    char to[CIVIL_TEXT_MAX];
    json_t *input = parsed(task_input(i, t));
    json_t *co = json_array();

    civil_print(a->from, from);
    civil_print(a->to, to);
    for (uint32_t n = 1; n < a->people_count; n++) {
        json_array_append_new(co, text_json(a->people[n]));
    }
    json_t *row =
        json_pack("{ss sI sO* so* sO* ss ss so so ss ss si}", "task", task_name(i->id, t->seq, id),
                  "instance", (json_int_t)i->id, "no", json_object_get(input, "no"), "title",
                  cut_title(input), "plan", json_object_get(input, "plan"), "state",
                  assignment_state_name(a->state), "phase", phase_name(a->phase), "responsible",
                  rows_body(catalog, a->people[0]), "co_executors", co, "from", from, "to", to,
                  "returns", (int)a->returns);
    set_text(row, "controller", a->controller);
    if (a->reported != CIVIL_DAY_NONE) {
        char reported[CIVIL_TEXT_MAX];
        civil_print(a->reported, reported);
        json_object_set_new(row, "reported", json_string(reported));
        if (a->state == ASSIGNMENT_ACCEPTED) {
            json_object_set_new(row, "outcome",
                                json_string(a->reported <= a->to ? "met" : "met-late"));
        }
    }
    json_decref(input);
    return row;
}

static const char *step_name(const struct catalog *catalog, const struct instance *i, uint32_t step)
{
    const struct definition *d = catalog_find_number(catalog, i->definition);
    bool known = d != NULL && d->kind == DEFINITION_WORKFLOW && step < d->workflow.step_count;

    return known ? d->workflow.steps[step].name : "?";
}

/* The step by its name and by its place in the document (a JSON pointer). */
static void step_fields(json_t *row, const struct catalog *catalog, const struct instance *i,
                        uint32_t step)
{
    const struct definition *d = catalog_find_number(catalog, i->definition);
    bool known = d != NULL && d->kind == DEFINITION_WORKFLOW && step < d->workflow.step_count;

    json_object_set_new(row, "step", json_string(step_name(catalog, i, step)));
    if (known) {
        json_object_set_new(row, "path", json_string(d->workflow.steps[step].pointer));
    }
}

json_t *rows_task(struct engine *e, const struct instance *i, const struct task *t)
{
    char id[TASK_ID_TEXT_MAX];
    const struct lease *lease = lease_find(&e->dispatch.leases, i->id, t->seq);
    json_t *row = json_pack("{ss ss ss ss si si so}", "task", task_name(i->id, t->seq, id), "step",
                            step_name(e->catalog, i, t->step), "kind", task_kind_name(t->kind),
                            "state", task_state_name(t->state), "attempt", (int)t->attempt, "tries",
                            (int)t->tries, "since", rows_time_json(t->since_ms));

    if (t->kind == TASK_CALL || t->kind == TASK_NOTICE) {
        json_object_set_new(row, "service", json_string(facets_service(i, t, e->catalog)));
    }
    step_fields(row, e->catalog, i, t->step);
    if (t->at_ms != 0) {
        json_object_set_new(row, "until", rows_time_json(t->at_ms));
    }
    if (t->limit_ms != 0) {
        json_object_set_new(row, "limit", rows_time_json(t->limit_ms));
    }
    if (t->parent != 0) {
        json_object_set_new(row, "scope", json_string(task_name(i->id, t->parent, id)));
    }
    if (lease != NULL) {
        json_object_set_new(row, "worker",
                            json_string(((const struct session *)lease->worker)->name));
        if (lease->progress != NULL) {
            set_json(row, "progress", bytes_of(lease->progress));
        }
    }
    set_json(row, "input", t->input);
    set_json(row, "problem", t->problem);
    if (t->assignment != NULL) {
        json_object_set_new(row, "assignment", rows_assignment(e->catalog, i, t));
        set_json(row, "report", t->assignment->report);
    }
    return row;
}

/* --- records ------------------------------------------------------------------------------- */

static void opened_fields(json_t *row, const struct catalog *catalog, const struct instance *i,
                          const struct record *r)
{
    json_object_set_new(row, "task_kind", json_string(task_kind_name((enum task_kind)r->other)));
    if (i != NULL) {
        step_fields(row, catalog, i, (uint32_t)r->number);
    }
    if (r->parent != 0) {
        json_object_set_new(row, "scope", json_integer(r->parent));
    }
    if (r->at_ms != 0) {
        json_object_set_new(row, "until", rows_time_json(r->at_ms));
    }
    set_json(row, "input", r->data);
    set_text(row, r->other == TASK_NOTICE ? "to" : "subject", r->text);
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
        set_text(row, "key", r->text);
        set_json(row, "input", r->data);
        if (r->other != 0) {
            json_object_set_new(row, "parent", json_integer((json_int_t)r->other));
        }
        break;
    case RECORD_CHILD_STARTED:
    case RECORD_CHILD_CLOSED:
        json_object_set_new(row, "child", json_integer(r->number));
        break;
    case RECORD_DATA_SET:
        set_json(row, "data", r->data);
        break;
    default:
        set_text(row, "reason", r->text);
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
        set_json(row, "output", r->data);
        break;
    case RECORD_TASK_FAILED:
        set_json(row, "problem", r->data);
        json_object_set_new(row, "retry_at", rows_time_json(r->at_ms));
        break;
    case RECORD_TASK_INCIDENT:
        set_json(row, "problem", r->data);
        break;
    case RECORD_TASK_READY:
        json_object_set_new(row, "by_operator", json_boolean(r->number != 0));
        break;
    case RECORD_TASK_SKIPPED:
        set_text(row, "reason", r->text);
        set_json(row, "output", r->data);
        break;
    default:
        set_json(row, "input", r->data);
    }
}

static void assignment_fields(json_t *row, const struct catalog *catalog, const struct instance *i,
                              const struct record *r)
{
    const struct task *t = i ? instance_find_task(i, r->task) : NULL;

    if (t != NULL && t->assignment != NULL) {
        json_object_set_new(row, "assignment", rows_assignment(catalog, i, t));
    }
    switch (r->kind) {
    case RECORD_ASSIGNMENT_STEP:
        if (r->other != 0) {
            json_object_set_new(row, "phase", json_string(phase_name((enum phase)r->other)));
        }
        break;
    case RECORD_ASSIGNMENT_REPORTED:
        set_text(row, "by", r->text);
        set_json(row, "report", r->data);
        break;
    case RECORD_ASSIGNMENT_RETURNED:
    case RECORD_ASSIGNMENT_WITHDRAWN:
        set_text(row, "by", r->text);
        if (r->data.size > 0) {
            json_t *data = parsed(r->data);
            json_object_update(row, data);
            json_decref(data);
        }
        break;
    case RECORD_ASSIGNMENT_ACCEPTED:
        set_text(row, "by", r->text);
        break;
    default:
        break;
    }
}

/* Records of scopes, steps that need nobody, and the end by an error. */
static void flow_fields(json_t *row, const struct catalog *catalog, const struct instance *i,
                        const struct record *r)
{
    switch (r->kind) {
    case RECORD_FAULTED:
    case RECORD_TASK_FAULTED:
    case RECORD_TASK_CAUGHT:
        set_json(row, "problem", r->data);
        break;
    case RECORD_CONTEXT_SET:
        set_json(row, "context", r->data);
        break;
    case RECORD_STEP_PASSED:
        if (i != NULL) {
            step_fields(row, catalog, i, (uint32_t)r->number);
        }
        set_text(row, "taken", r->text);
        set_json(row, "output", r->data);
        break;
    case RECORD_TASK_EVENT:
        set_json(row, "event", r->data);
        break;
    case RECORD_TASK_JOINED:
        set_json(row, "output", r->data);
        break;
    case RECORD_TASK_CHILD:
        json_object_set_new(row, "child", json_integer(r->number));
        break;
    case RECORD_MIGRATED:
        json_object_set_new(row, "number", json_integer(r->number));
        break;
    default:
        set_text(row, "reason", r->text);
    }
}

static void nobody_fields(json_t *row, const struct catalog *catalog, const struct record *r)
{
    const struct definition *d;

    if (r->kind == RECORD_DEPLOYED) {
        d = catalog_find_number(catalog, (uint32_t)r->number);
        json_object_set_new(row, "number", json_integer(r->number));
        json_object_set_new(row, "version", json_integer((json_int_t)r->other));
        json_object_set_new(row, "name", json_string(d ? d->name : "?"));
        json_object_set_new(row, "definition_kind",
                            json_string(d ? definition_kind_name(d->kind) : "?"));
    } else {
        set_text(row, "id", r->text);
        set_json(row, "event", r->data);
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
    if (r->task != 0) {
        json_object_set_new(row, "task", json_string(task_name(r->instance, r->task, id)));
    }
    if (r->attempt != 0 && r->kind != RECORD_STARTED) {
        json_object_set_new(row, "attempt", json_integer(r->attempt));
    }
    if (r->kind == RECORD_DEPLOYED || r->kind == RECORD_EVENT || r->kind == RECORD_REMOVED) {
        nobody_fields(row, catalog, r);
    } else if (r->kind > RECORD_EVENT) {
        flow_fields(row, catalog, i, r);
    } else if (r->kind >= RECORD_ASSIGNMENT_SET) {
        assignment_fields(row, catalog, i, r);
    } else if (r->kind >= RECORD_TASK_OPENED) {
        task_fields(row, catalog, i, r);
    } else {
        instance_fields(row, catalog, r);
    }
    return row;
}
