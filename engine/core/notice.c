/* notice.c - the JSON of a notice
 *
 * Owns:    the fields of docs/letters.md §1: data, not prose; the notify worker words it.
 * In:      letters.c and digest.c, with what is to be told.
 * Always:  says how things are now, and reads as the assignment was approved: texts come from its
 *          input.
 */
#include "engine/core/notice.h"

#include "engine/core/people_results.h"
#include "engine/core/value.h"

#include <stdio.h>

#define ITEM_TEXT_BYTES 1000       /* of a text in a list: 200 items of it stay below a payload */
#define REPORT_BYTES    (16 << 10) /* of a report that a letter quotes */

/* --- bodies and days ----------------------------------------------------------------------- */

static json_t *body_json(const struct body *body)
{
    return body ? json_pack("{ss ss ss ss*}", "id", body->id, "name", body->name, "short",
                            body->short_name, "email", body->email)
                : json_null();
}

/* Who is only named needs no address. */
static void set_body(const struct world *world, json_t *into, const char *field, struct bytes id)
{
    const struct body *body = world_body(world, id);

    if (body != NULL) {
        json_object_set_new(
            into, field,
            json_pack("{ss ss ss}", "id", body->id, "name", body->name, "short", body->short_name));
    } else if (id.size > 0) {
        json_object_set_new(into, field, json_pack("{ss%}", "id", id.data, id.size));
    }
}

static void set_day(json_t *into, const char *field, civil_day day)
{
    char text[CIVIL_TEXT_MAX];

    civil_print(day, text);
    json_object_set_new(into, field, json_string(text));
}

static json_t *co_executors_json(const struct world *world, const struct assignment *a)
{
    json_t *array = json_array();

    for (uint32_t i = 1; i < a->people_count; i++) {
        json_array_append_new(array, body_json(world_body(world, a->people[i])));
    }
    return array;
}

/* --- the assignment ------------------------------------------------------------------------ */

/* The day that the document, or a decision, says, where the term was moved from it: and why. */
static void set_literal(const struct world *world, json_t *into, const struct assignment *a)
{
    const struct body *body = world_body(world, a->people[0]);
    const struct workdays *w = catalog_workdays(world->catalog, body ? body->calendar : NULL);

    if (a->literal != a->to) {
        set_day(into, "literal_to", a->literal);
        json_object_set_new(into, "literal_is",
                            json_string(day_kind_name(workdays_kind(w, a->literal))));
    }
}

static void set_days(const struct world *world, json_t *into, const struct assignment *a)
{
    set_day(into, "from", a->from);
    set_day(into, "to", a->to);
    set_literal(world, into, a);
    if (a->reported != CIVIL_DAY_NONE) {
        set_day(into, "reported", a->reported);
    }
}

/* From its input, so that it reads as approved. */
static json_t *assignment_json(struct world *world, const struct instance *instance,
                               const struct task *task)
{
    const struct assignment *a = task->assignment;
    json_t *source = value_parse(task_input(instance, task));
    char id[48];

    snprintf(id, sizeof id, "%llu.%u", (unsigned long long)instance->id, task->seq);
    json_t *value = json_pack(
        "{ss sO* sO* sO* sO* sO* sO* sO* sO* so so so}", "id", id, "title",
        json_object_get(source, "title"), "no", json_object_get(source, "no"), "plan",
        json_object_get(source, "plan"), "plan_title", json_object_get(source, "plan_title"),
        "bullets", json_object_get(source, "bullets"), "result", json_object_get(source, "result"),
        "audience", json_object_get(source, "audience"), "due_phrase",
        json_object_get(source, "due_phrase"), "responsible",
        body_json(world_body(world, a->people[0])), "co_executors", co_executors_json(world, a),
        "controller", body_json(world_body(world, a->controller)));
    set_days(world, value, a);
    json_decref(source);
    return value;
}

static json_t *cut(const json_t *text)
{
    const char *at = json_string_value(text);
    size_t size = json_string_length(text);

    if (at == NULL) {
        return NULL;
    }
    if (size > ITEM_TEXT_BYTES) {
        size = ITEM_TEXT_BYTES;
        while (size > 0 && ((unsigned char)at[size] & 0xC0) == 0x80) {
            size--;
        }
    }
    return json_stringn(at, size);
}

static json_t *short_assignment_json(struct world *world, const struct instance *instance,
                                     const struct task *task)
{
    const struct assignment *a = task->assignment;
    json_t *source = value_parse(task_input(instance, task));
    char id[48];

    snprintf(id, sizeof id, "%llu.%u", (unsigned long long)instance->id, task->seq);
    json_t *value = json_pack(
        "{ss so* so* so* so*}", "id", id, "title", cut(json_object_get(source, "title")), "no",
        cut(json_object_get(source, "no")), "plan", cut(json_object_get(source, "plan")),
        "plan_title", cut(json_object_get(source, "plan_title")));
    set_days(world, value, a);
    set_body(world, value, "responsible", a->people[0]);
    set_body(world, value, "controller", a->controller);
    json_decref(source);
    return value;
}

/* --- the news ------------------------------------------------------------------------------ */

void notice_set_left(const struct world *world, json_t *into, const struct assignment *a,
                     civil_day today, civil_day last)
{
    const struct body *body = world_body(world, a->people[0]);
    const struct workdays *w = catalog_workdays(world->catalog, body ? body->calendar : NULL);
    int32_t working =
        last >= today ? workdays_count(w, today + 1, last) : -workdays_count(w, last + 1, today);

    json_object_set_new(into, "left", json_integer(last - today));
    json_object_set_new(into, "left_working", json_integer(last == today ? 0 : working));
}

static void set_part(const struct world *world, json_t *into, const struct assignment *a,
                     const struct news *news)
{
    if (news->person > 0 && news->person < a->people_count) {
        json_t *part = json_object();
        set_body(world, part, "body", a->people[news->person]);
        set_day(part, "to", a->parts[news->person - 1].to);
        json_object_set_new(into, "part", part);
    }
}

/* The last day of the absence because of which somebody acts for this body. */
static void set_until(json_t *into, const struct assignment *a, struct bytes body)
{
    for (uint32_t i = 0; i < a->acting_count; i++) {
        if (bytes_equal(a->acting[i].body, body)) {
            set_day(into, "until", a->acting[i].until);
        }
    }
}

/* Who has not answered yet. */
static json_t *awaited_json(const struct world *world, const struct assignment *a)
{
    json_t *array = json_array();

    for (uint32_t i = 1; i < a->people_count; i++) {
        if (a->parts[i - 1].state == PART_OPEN) {
            json_array_append_new(array, body_json(world_body(world, a->people[i])));
        }
    }
    return array;
}

/* What was accepted: without whose part, and without which documents. */
static void set_accepted(const struct world *world, json_t *into, const struct instance *instance,
                         const struct task *task)
{
    json_t *source = value_parse(task_input(instance, task));
    json_t *report = value_parse(task->assignment->report);

    json_object_set_new(into, "awaited", awaited_json(world, task->assignment));
    json_object_set_new(into, "lacks", results_missing(source, report));
    json_decref(source);
    json_decref(report);
}

/* What is handed over or back may be done already, by the deputy or before: then there is nothing
 * to do but to wait for the decision, or for the whole. */
static void set_done(json_t *into, const struct assignment *a)
{
    bool answered = false;

    for (uint32_t i = 1; i < a->people_count; i++) {
        const char *to = json_string_value(json_object_get(json_object_get(into, "body"), "id"));
        answered |= to != NULL && bytes_equal(a->people[i], bytes_of(to)) &&
                    a->parts[i - 1].state == PART_ANSWERED;
    }
    if (a->state == ASSIGNMENT_REPORTED) {
        json_object_set_new(into, "done", json_string("reported"));
    } else if (answered) {
        json_object_set_new(into, "done", json_string("answered"));
    }
}

/* What answers say beside their reason. */
static void set_answer(const struct world *world, json_t *into, const struct instance *instance,
                       const struct task *task, enum letter letter)
{
    const struct assignment *a = task->assignment;

    switch (letter) {
    case LETTER_REPORTED:
        if (a->report.size > 0 && a->report.size <= REPORT_BYTES) {
            json_object_set_new(into, "report", value_parse(a->report));
        }
        break;
    case LETTER_PART:
        json_object_set_new(into, "awaited", awaited_json(world, a));
        break;
    case LETTER_ACCEPTED:
        set_accepted(world, into, instance, task);
        break;
    case LETTER_MOVED:
        if (a->term_count > 0) {
            json_object_set_new(into, "term",
                                json_string(term_why_name(a->terms[a->term_count - 1].why)));
        }
        break;
    case LETTER_PAUSED:
        json_object_set_new(into, "pause", json_string(pause_kind_name(a->pause.kind)));
        break;
    default:
        break;
    }
}

/* Whose act it is that is told: of who does the work, or of who decides. */
static struct bytes whose_act(const struct assignment *a, const struct news *news)
{
    bool of_part = news->person > 0 && news->person < a->people_count;

    switch (news->letter) {
    case LETTER_PART:
        return a->people[of_part ? news->person : 0];
    case LETTER_REPORTED:
    case LETTER_ASKED:
    case LETTER_DELEGATED:
        return a->people[0];
    default:
        return of_part ? a->people[0] : a->controller;
    }
}

/* For whom it was done, when a deputy did it. */
static void set_by(const struct world *world, json_t *into, const struct assignment *a,
                   const struct news *news)
{
    struct bytes body = whose_act(a, news);
    bool deputy = news->by.size > 0 && body.size > 0 && !bytes_equal(body, news->by) &&
                  assignment_acts_for(a, news->by, body);

    set_body(world, into, "by", news->by);
    if (deputy) {
        set_body(world, into, "by_for", body);
    }
}

/* A letter that was due before tells how things are now: after down time "the last day is today"
 * would be untrue. */
static enum letter true_letter(const struct news *news, civil_day last, civil_day today)
{
    bool past = today > last && (news->letter == LETTER_REMINDER || news->letter == LETTER_TODAY);

    return past ? LETTER_OVERDUE : news->letter;
}

static json_t *news_json(struct world *world, const struct instance *instance,
                         const struct task *task, const struct news *news)
{
    const struct assignment *a = task->assignment;
    civil_day today = world_today(world, a->people[0]);
    civil_day last = news_last_day(a, news);
    json_t *value = json_pack("{ss si si ss}", "kind", letter_name(true_letter(news, last, today)),
                              "days", (int)news->offset_days, "levels", (int)news->levels,
                              "urgency", urgency_class_name(news_urgency(a, news, today)));

    if (news->working) {
        json_object_set_new(value, "working", json_true());
    }
    if (news->day != 0) {
        set_day(value, "day", news->day);
    }
    if (news->reason.size > 0) {
        json_object_set_new(value, "reason", json_stringn(news->reason.data, news->reason.size));
    }
    notice_set_left(world, value, a, today, last);
    set_answer(world, value, instance, task, news->letter);
    set_part(world, value, a, news);
    set_by(world, value, a, news);
    set_body(world, value, "body", news->body);
    set_body(world, value, "for", news->on_behalf);
    if (news->letter == LETTER_HANDED_OVER || news->letter == LETTER_HANDED_BACK) {
        set_done(value, a);
    }
    set_until(value, a, news->on_behalf.size > 0 ? news->on_behalf : news->body);
    return value;
}

/* --- whole notices ------------------------------------------------------------------------- */

/* Minutes that clocks at the recipient's are ahead of UTC now. */
static int64_t utc_offset(const struct world *world, const struct body *to)
{
    int64_t now = world->now_ms / 60000;
    civil_day day;
    int minute;

    zone_civil(to->zone, world->now_ms, &day, &minute);
    return (int64_t)day * 1440 + minute - now;
}

static void set_envelope(const struct world *world, json_t *notice, const char *id,
                         const struct body *to)
{
    json_object_set_new(notice, "notice", json_string(id));
    json_object_set_new(notice, "to", body_json(to));
    json_object_set_new(notice, "made_ms", json_integer((json_int_t)world->now_ms));
    json_object_set_new(notice, "utc_offset", json_integer(utc_offset(world, to)));
}

json_t *notice_of_news(struct world *world, const char *id, const struct body *to,
                       const struct instance *instance, const struct task *task,
                       const struct news *news)
{
    json_t *notice = news_json(world, instance, task, news);

    set_envelope(world, notice, id, to);
    json_object_set_new(notice, "assignment", assignment_json(world, instance, task));
    return notice;
}

json_t *notice_item(struct world *world, const struct instance *instance, const struct task *task,
                    const struct news *news)
{
    json_t *item = news_json(world, instance, task, news);

    json_object_set_new(item, "assignment", short_assignment_json(world, instance, task));
    return item;
}

json_t *notice_of_day(struct world *world, const char *id, const struct body *to, civil_day day,
                      json_t *items, uint32_t more)
{
    json_t *notice =
        json_pack("{ss so si}", "kind", NOTICE_OF_DAY, "items", items, "more", (int)more);

    set_day(notice, "day", day);
    set_envelope(world, notice, id, to);
    return notice;
}
