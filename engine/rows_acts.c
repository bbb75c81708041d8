/* rows_acts.c - what clients see of the records of an assignment
 *
 * Owns:    the fields of each kind of record that people or time wrote about it.
 * In:      rows_record.c.
 * See:     docs/protocol.md §3.6
 */
#include "engine/rows.h"

/* Its id, and its name where the documents know it. */
static void set_body(json_t *row, const struct catalog *catalog, const char *field,
                     const char *name, struct bytes id)
{
    json_t *body = id.size > 0 ? rows_body(catalog, id) : NULL;

    rows_set_text(row, field, id);
    json_object_set(row, name, json_object_get(body, "short"));
    json_decref(body);
}

static struct bytes person_id(const struct assignment *a, uint32_t person)
{
    if (a == NULL || (person >= a->people_count && person != PERSON_CONTROLLER)) {
        return (struct bytes){NULL, 0};
    }
    return person == PERSON_CONTROLLER ? a->controller : a->people[person];
}

void rows_set_by(json_t *row, const struct catalog *catalog, struct bytes by)
{
    set_body(row, catalog, "by", "by_name", by);
}

/* For whom a deputy acted: the record says that one did. Reports and requests are the responsible
 * body's, an answer is the co-executor's, decisions are the controller's. */
static void set_deputy(json_t *row, const struct catalog *catalog, const struct assignment *a,
                       const struct record *r)
{
    bool of_doer = r->kind == RECORD_ASSIGNMENT_REPORTED || r->kind == RECORD_ASSIGNMENT_ASKED ||
                   r->kind == RECORD_ASSIGNMENT_DELEGATED;
    bool of_part = r->kind == RECORD_ASSIGNMENT_PART;
    struct bytes body = of_doer   ? a->people[0]
                        : of_part ? person_id(a, r->other == PART_ANSWERED ? r->index : 0)
                                  : a->controller;

    if (r->parent == 1 && r->kind != RECORD_ASSIGNMENT_NOTICED && body.size > 0) {
        json_object_set_new(row, "for", rows_body(catalog, body));
    }
}

static void task_field(json_t *row, const char *field, const struct record *r)
{
    char id[TASK_ID_TEXT_MAX];

    json_object_set_new(row, field,
                        json_string(rows_task_name(r->instance, (uint32_t)r->number, id)));
}

static void noticed(json_t *row, const struct catalog *catalog, const struct record *r)
{
    json_object_set_new(row, "to", rows_body(catalog, r->text));
    json_object_set_new(row, "notice", json_string(letter_name((enum letter)r->other)));
    json_object_set_new(row, "days", json_integer(r->number));
    json_object_set_new(row, "working", json_boolean(r->index == 1));
    if (r->data.size > 0) {
        json_object_set_new(row, "for", rows_body(catalog, r->data));
    }
    if (r->other == LETTER_ESCALATED) {
        json_object_set_new(row, "levels", json_integer(r->parent));
    }
    if (r->at_ms != 0) {
        json_object_set_new(row, "letter", json_integer(r->at_ms));
    }
}

/* By whom it was, and why: what most records of people have. */
static void act(json_t *row, const struct catalog *catalog, const struct record *r)
{
    json_t *data = r->data.size > 0 ? rows_parsed(r->data) : NULL;

    rows_set_by(row, catalog, r->text);
    if (json_is_object(data)) {
        json_object_update(row, data);
    }
    json_decref(data);
}

static void part(json_t *row, const struct catalog *catalog, const struct assignment *a,
                 const struct record *r)
{
    set_body(row, catalog, "body", "body_name", person_id(a, r->index));
    rows_set_by(row, catalog, r->text);
    json_object_set_new(row, "part", json_string(part_state_name((enum part_state)r->other)));
    rows_set_json(row, r->other == PART_ANSWERED ? "report" : "why", r->data);
}

/* The names of bodies whose ids the record lists. */
static void set_names(json_t *row, const struct catalog *catalog, const char *field,
                      const json_t *ids)
{
    json_t *names = json_array();

    for (size_t i = 0; i < json_array_size(ids); i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        json_t *body = rows_body(catalog, bytes_of(id != NULL ? id : ""));
        const json_t *name = json_object_get(body, "short");
        json_array_append_new(names, json_string(name ? json_string_value(name) : id ? id : "?"));
        json_decref(body);
    }
    json_object_set_new(row, field, names);
}

static void delegated(json_t *row, const struct catalog *catalog, const struct record *r)
{
    act(row, catalog, r);
    json_t *to = json_incref(json_object_get(row, "to"));
    if (json_is_string(to)) {
        set_body(row, catalog, "to", "to_name", bytes_of(json_string_value(to)));
    }
    json_decref(to);
    task_field(row, "child", r);
}

static void accepted(json_t *row, const struct catalog *catalog, const struct record *r)
{
    act(row, catalog, r);
    json_object_set_new(row, "in_part", json_boolean(r->number == 1));
    if (r->number == 1) {
        set_names(row, catalog, "missing_names", json_object_get(row, "missing"));
    }
}

static void reassigned(json_t *row, const struct catalog *catalog, const struct record *r)
{
    json_t *data = r->data.size > 0 ? rows_parsed(r->data) : NULL;

    if (json_is_object(data)) {
        json_object_update(row, data);
    }
    set_body(row, catalog, "to", "to_name", r->text);
    json_t *by = json_incref(json_object_get(row, "by"));
    if (json_is_string(by)) {
        rows_set_by(row, catalog, bytes_of(json_string_value(by)));
    }
    json_decref(by);
    json_decref(data);
}

static void handed(json_t *row, const struct catalog *catalog, const struct assignment *a,
                   const struct record *r)
{
    set_body(row, catalog, "body", "body_name", person_id(a, r->index));
    if (r->text.size > 0) {
        set_body(row, catalog, "deputy", "deputy_name", r->text);
        rows_set_day(row, "until", (civil_day)r->number);
    }
}

/* What says by whom it was, and why, and no more. */
static bool plain_act(json_t *row, const struct catalog *catalog, const struct record *r)
{
    switch (r->kind) {
    case RECORD_ASSIGNMENT_RETURNED:
    case RECORD_ASSIGNMENT_WITHDRAWN:
    case RECORD_ASSIGNMENT_REFUSED:
    case RECORD_ASSIGNMENT_RESUMED:
    case RECORD_ASSIGNMENT_COMMENTED:
        act(row, catalog, r);
        return true;
    default:
        return false;
    }
}

static void time_fields(json_t *row, const struct catalog *catalog, const struct assignment *a,
                        const struct record *r)
{
    switch (r->kind) {
    case RECORD_ASSIGNMENT_STEP:
        if (r->other != 0) {
            json_object_set_new(row, "phase", json_string(phase_name((enum phase)r->other)));
        }
        break;
    case RECORD_ASSIGNMENT_HANDED:
        handed(row, catalog, a, r);
        break;
    case RECORD_ASSIGNMENT_NOTICED:
        noticed(row, catalog, r);
        break;
    case RECORD_ASSIGNMENT_TAKEN_BACK:
        task_field(row, "child", r);
        break;
    default:
        break;
    }
}

static void set_fields(json_t *row, const struct catalog *catalog, const struct assignment *a,
                       const struct record *r)
{
    if (plain_act(row, catalog, r)) {
        return;
    }
    switch (r->kind) {
    case RECORD_ASSIGNMENT_REPORTED:
        rows_set_by(row, catalog, r->text);
        rows_set_json(row, "report", r->data);
        break;
    case RECORD_ASSIGNMENT_PART:
        part(row, catalog, a, r);
        break;
    case RECORD_ASSIGNMENT_ASKED:
        act(row, catalog, r);
        rows_set_day(row, "day", (civil_day)r->number);
        break;
    case RECORD_ASSIGNMENT_TERM:
        act(row, catalog, r);
        rows_set_day(row, "to", (civil_day)r->number);
        if ((int64_t)r->other != r->number) {
            rows_set_day(row, "literal_to", (civil_day)(int64_t)r->other);
        }
        json_object_set_new(row, "why", json_string(term_why_name((enum term_why)r->attempt)));
        json_object_del(row, "attempt");
        break;
    case RECORD_ASSIGNMENT_PAUSED:
        act(row, catalog, r);
        json_object_set_new(row, "pause", json_string(pause_kind_name((enum pause_kind)r->other)));
        break;
    case RECORD_ASSIGNMENT_REASSIGNED:
        reassigned(row, catalog, r);
        break;
    case RECORD_ASSIGNMENT_DELEGATED:
        delegated(row, catalog, r);
        break;
    case RECORD_ASSIGNMENT_ACCEPTED:
        accepted(row, catalog, r);
        break;
    default:
        time_fields(row, catalog, a, r);
    }
}

void rows_set_act(json_t *row, const struct catalog *catalog, const struct assignment *a,
                  const struct record *r)
{
    if (a != NULL) {
        set_deputy(row, catalog, a, r);
    }
    set_fields(row, catalog, a, r);
}
