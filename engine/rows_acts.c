/* rows_acts.c - what clients see of the records of an assignment
 *
 * Owns:    the fields of each kind of record that people or time wrote about it.
 * In:      rows_record.c.
 * See:     docs/protocol.md §3.6
 */
#include "engine/core/chain.h"
#include "engine/rows.h"

static void set_day(json_t *row, const char *field, int64_t day)
{
    char text[CIVIL_TEXT_MAX];

    civil_print((civil_day)day, text);
    json_object_set_new(row, field, json_string(text));
}

static void set_person(json_t *row, const struct assignment *a, uint32_t person)
{
    if (a != NULL && person < a->people_count) {
        rows_set_text(row, "body", a->people[person]);
    } else if (a != NULL && person == PERSON_CONTROLLER) {
        rows_set_text(row, "body", a->controller);
    }
}

/* Who it was: its id, and its name where the documents know it. */
static void set_by(json_t *row, const struct catalog *catalog, struct bytes by)
{
    json_t *body = by.size > 0 ? rows_body(catalog, by) : NULL;

    rows_set_text(row, "by", by);
    json_object_set(row, "by_name", json_object_get(body, "short"));
    json_decref(body);
}

/* An assignment, and where it stands. */
struct stand {
    const struct catalog *catalog;
    const struct instance *instance;
    const struct task *task;
};

/* Who acted in the place of another: whoever is neither that body nor above it was its deputy. */
static void set_for(json_t *row, const struct stand *s, struct bytes body, struct bytes by)
{
    if (by.size == 0 || body.size == 0 || bytes_equal(body, by)) {
        return;
    }
    const struct policy *policy = chain_policy(s->catalog, s->instance, s->task);
    if (!chain_is_above(s->catalog, policy, body, by)) {
        json_object_set_new(row, "for", rows_body(s->catalog, body));
    }
}

/* Reports and requests are the responsible body's, decisions the controller's. */
static void set_deputy(json_t *row, const struct stand *s, const struct record *r)
{
    const struct assignment *a = s->task->assignment;

    switch (r->kind) {
    case RECORD_ASSIGNMENT_REPORTED:
    case RECORD_ASSIGNMENT_ASKED:
    case RECORD_ASSIGNMENT_DELEGATED:
        set_for(row, s, a->people[0], r->text);
        break;
    case RECORD_ASSIGNMENT_ACCEPTED:
    case RECORD_ASSIGNMENT_RETURNED:
    case RECORD_ASSIGNMENT_WITHDRAWN:
    case RECORD_ASSIGNMENT_REFUSED:
    case RECORD_ASSIGNMENT_PAUSED:
    case RECORD_ASSIGNMENT_RESUMED:
        set_for(row, s, a->controller, r->text);
        break;
    default:
        break;
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

    set_by(row, catalog, r->text);
    if (json_is_object(data)) {
        json_object_update(row, data);
    }
    json_decref(data);
}

static void part(json_t *row, const struct catalog *catalog, const struct assignment *a,
                 const struct record *r)
{
    set_person(row, a, r->index);
    set_by(row, catalog, r->text);
    json_object_set_new(row, "part", json_string(part_state_name((enum part_state)r->other)));
    rows_set_json(row, r->other == PART_ANSWERED ? "report" : "why", r->data);
}

static void reassigned(json_t *row, const struct record *r)
{
    json_t *data = r->data.size > 0 ? rows_parsed(r->data) : NULL;

    if (json_is_object(data)) {
        json_object_update(row, data);
    }
    rows_set_text(row, "to", r->text);
    json_decref(data);
}

static void handed(json_t *row, const struct assignment *a, const struct record *r)
{
    set_person(row, a, r->index);
    if (r->text.size > 0) {
        rows_set_text(row, "deputy", r->text);
        set_day(row, "until", r->number);
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
        handed(row, a, r);
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
        set_by(row, catalog, r->text);
        rows_set_json(row, "report", r->data);
        break;
    case RECORD_ASSIGNMENT_PART:
        part(row, catalog, a, r);
        break;
    case RECORD_ASSIGNMENT_ASKED:
        act(row, catalog, r);
        set_day(row, "day", r->number);
        break;
    case RECORD_ASSIGNMENT_TERM:
        act(row, catalog, r);
        set_day(row, "to", r->number);
        json_object_set_new(row, "why", json_string(term_why_name((enum term_why)r->attempt)));
        json_object_del(row, "attempt");
        break;
    case RECORD_ASSIGNMENT_PAUSED:
        act(row, catalog, r);
        json_object_set_new(row, "pause", json_string(pause_kind_name((enum pause_kind)r->other)));
        break;
    case RECORD_ASSIGNMENT_REASSIGNED:
        reassigned(row, r);
        break;
    case RECORD_ASSIGNMENT_DELEGATED:
        act(row, catalog, r);
        task_field(row, "child", r);
        break;
    case RECORD_ASSIGNMENT_ACCEPTED:
        act(row, catalog, r);
        json_object_set_new(row, "in_part", json_boolean(r->number == 1));
        break;
    default:
        time_fields(row, catalog, a, r);
    }
}

void rows_set_act(json_t *row, const struct catalog *catalog, const struct instance *i,
                  const struct task *t, const struct record *r)
{
    const struct assignment *a = t != NULL ? t->assignment : NULL;

    if (a != NULL) {
        set_deputy(row, &(struct stand){catalog, i, t}, r);
    }
    set_fields(row, catalog, a, r);
}
