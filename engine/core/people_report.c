/* people_report.c - reports, the parts of co-executors, what is returned or withdrawn
 *
 * Owns:    who has answered; returning a report or a part; withdrawing.
 * In:      people.c, with a command that the state allows.
 * Out:     records and letters.
 * Always:  one report for the whole, by the responsible body.
 * See:     docs/states.md §3, docs/time.md §6
 */
#include "engine/core/people_part.h"

#include "engine/core/people_names.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/core/flow.h"
#include "engine/core/ladder.h"
#include "engine/core/ladder_stand.h"
#include "engine/core/letters.h"
#include "engine/core/people.h"
#include "engine/core/people_filled.h"
#include "engine/core/people_results.h"

#include <string.h>

/* --- a part -------------------------------------------------------------------------------- */

/* Is it the report of the whole? A body without a part of its own speaks for all: so it was before
 * there were parts. */
static bool is_of_whole(const struct matter *m, int32_t place)
{
    return place == 0 || m->a->parts[place - 1].state == PART_NONE;
}

static bool check_part(const struct matter *m, int32_t place, struct error *err)
{
    if (m->a->parts[place - 1].state != PART_OPEN) {
        return error_set(err, ERROR_CONFLICT, "the body \"%s\" has answered already",
                         people_name(m->world, m->c->by));
    }
    return m->c->report.size <= LIMIT_PART_BYTES ||
           error_set(err, ERROR_TOO_LARGE,
                     "the report of a co-executor is too long: the limit is %u bytes",
                     LIMIT_PART_BYTES);
}

static void record_answer(const struct matter *m, uint32_t person, struct bytes report)
{
    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_PART,
                                     .index = person,
                                     .other = PART_ANSWERED,
                                     .number = world_today(m->world, m->a->people[person]),
                                     .text = m->c->by,
                                     .data = report});
}

/* --- who else has answered, as the responsible body states --------------------------------- */

static bool covers(const json_t *list, struct bytes id)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        if (bytes_equal(id, (struct bytes){json_string_value(one), json_string_length(one)})) {
            return true;
        }
    }
    return json_is_string(list); /* "all" */
}

static bool check_covers(const struct matter *m, const json_t *list, struct error *err)
{
    bool all = json_is_string(list) && strcmp(json_string_value(list), "all") == 0;

    if (list == NULL || all) {
        return true;
    }
    if (!json_is_array(list)) {
        return error_set(err, ERROR_INVALID,
                         "\"covers\" must be \"all\", or a list of co-executors");
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *id = json_string_value(json_array_get(list, i));
        if (id == NULL || assignment_find_person(m->a, bytes_of(id)) < 1) {
            return error_set(err, ERROR_INVALID,
                             "the report covers \"%.100s\", who is no co-executor",
                             id != NULL ? id : "?");
        }
    }
    return true;
}

static void state_answers(const struct matter *m)
{
    json_t *report = value_parse(m->c->report);
    const json_t *list = json_object_get(report, "covers");

    for (uint32_t i = 1; list != NULL && i < m->a->people_count; i++) {
        if (m->a->parts[i - 1].state == PART_OPEN && covers(list, m->a->people[i])) {
            record_answer(m, i, NOTHING);
        }
    }
    json_decref(report);
}

/* --- reporting ----------------------------------------------------------------------------- */

/* The responsible body may leave it to who it has delegated the work to. */
static struct bytes whole_report(const struct matter *m)
{
    return m->c->report.size > 0 ? m->c->report : family_report(m);
}

static bool check_form(const struct matter *m, struct error *err)
{
    json_t *input = value_parse(task_input(m->instance, matter_task(m)));
    json_t *report = value_parse(whole_report(m));
    bool good = form_holds(json_object_get(input, "form"), report, m->world->demonstration, err);

    json_decref(input);
    json_decref(report);
    return good;
}

bool report_is_open(const struct matter *m, struct error *err)
{
    int32_t place = people_place(m->a, m->c->by);

    if (!is_of_whole(m, place)) {
        return check_part(m, place, err);
    }
    if (m->a->state == ASSIGNMENT_DELEGATED) {
        return error_set(err, ERROR_CONFLICT,
                         "the assignment is delegated: who delegated it takes it back first, or "
                         "accepts the report about it");
    }
    return m->a->state != ASSIGNMENT_REPORTED ||
           error_set(err, ERROR_CONFLICT, "the assignment is reported already");
}

bool report_check(const struct matter *m, struct error *err)
{
    json_t *report = value_parse(m->c->report);
    bool whole = is_of_whole(m, people_place(m->a, m->c->by));
    bool good =
        results_check(report, world_today(m->world, m->c->by), err) &&
        (!whole || (check_covers(m, json_object_get(report, "covers"), err) && check_form(m, err)));

    json_decref(report);
    return good;
}

/* The ladder while the report waits: who is to decide is reminded. Empty: it stays as it is. */
static struct bytes waiting_ladder(const struct matter *m, civil_day reported)
{
    struct assignment copy = matter_copy(m);
    struct bytes controller = people_controller(m);
    bool armed =
        controller.size > 0 && ladder_undecided(m->world, &copy, matter_policy(m), reported);

    return ladder_stand(m->world, &copy) || armed ? matter_ladder(m, &copy) : NOTHING;
}

static void report_whole(const struct matter *m)
{
    civil_day day = world_today(m->world, m->a->people[0]);
    struct tell tell = {.to = people_decider(m), .by = m->c->by};
    struct bytes report = whole_report(m);

    state_answers(m);
    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_REPORTED,
                                     .number = day,
                                     .text = m->c->by,
                                     .data = report.size ? report : bytes_of("{}"),
                                     .extra = waiting_ladder(m, day)});
    letters_tell(m->world, m->instance, m->seq, LETTER_REPORTED, &tell);
}

void report_run(const struct matter *m)
{
    int32_t place = people_place(m->a, m->c->by);
    struct tell tell = {.to = m->a->people[0], .by = m->c->by, .person = (uint32_t)place};

    if (is_of_whole(m, place)) {
        report_whole(m);
        return;
    }
    record_answer(m, (uint32_t)place, m->c->report.size ? m->c->report : bytes_of("{}"));
    letters_tell(m->world, m->instance, m->seq, LETTER_PART, &tell);
}

/* --- returning, withdrawing ---------------------------------------------------------------- */

static bool check_return_of_part(const struct matter *m, struct error *err)
{
    int32_t person = assignment_find_person(m->a, m->c->to);

    if (!check_is_responsible(m, err)) {
        return false;
    }
    if (person < 1) {
        return error_set(err, ERROR_INVALID, "\"%s\" is no co-executor of this assignment",
                         people_name(m->world, m->c->to));
    }
    if (m->a->state == ASSIGNMENT_REPORTED) {
        return error_set(err, ERROR_CONFLICT,
                         "the assignment is reported: its parts are not returned any more");
    }
    return m->a->parts[person - 1].state == PART_ANSWERED ||
           error_set(err, ERROR_CONFLICT, "\"%s\" has not answered",
                     people_name(m->world, m->c->to));
}

bool return_is_open(const struct matter *m, struct error *err)
{
    if (m->c->to.size > 0) {
        return check_return_of_part(m, err);
    }
    if (m->a->state != ASSIGNMENT_REPORTED) {
        return error_set(err, ERROR_CONFLICT,
                         "there is no report to decide about; the assignment is %s",
                         assignment_state_name(m->a->state));
    }
    return check_decides_report(m, err);
}

static void return_part(const struct matter *m)
{
    uint32_t person = (uint32_t)assignment_find_person(m->a, m->c->to);
    struct tell tell = {.to = m->c->to, .by = m->c->by, .reason = m->c->reason, .person = person};

    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_PART,
                                     .index = person,
                                     .other = PART_OPEN,
                                     .text = m->c->by,
                                     .data = matter_reason(m, m->c->reason, NOTHING)});
    letters_tell(m->world, m->instance, m->seq, LETTER_RETURNED, &tell);
}

void return_run(const struct matter *m)
{
    struct tell tell = {.by = m->c->by, .reason = m->c->reason};
    struct assignment copy = matter_copy(m);

    if (m->c->to.size > 0) {
        return_part(m);
        return;
    }
    bool turned = ladder_run(m->world, &copy);
    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_RETURNED,
                                     .text = m->c->by,
                                     .data = matter_reason(m, m->c->reason, NOTHING),
                                     .extra = turned ? matter_ladder(m, &copy) : NOTHING});
    letters_tell_people(m->world, m->instance, m->seq, LETTER_RETURNED, &tell);
    people_timer(m->world, m->instance, matter_task(m));
}

/* Letters leave first: what is closed announces nothing. */
void withdraw_run(const struct matter *m)
{
    struct tell tell = {.by = m->c->by, .reason = m->c->reason};

    family_withdraw(m, m->c->by, m->c->reason, NOTHING);
    letters_tell_people(m->world, m->instance, m->seq, LETTER_WITHDRAWN, &tell);
    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_WITHDRAWN,
                                     .text = m->c->by,
                                     .data = matter_reason(m, m->c->reason, NOTHING)});
    if (m->a->parent != 0) {
        family_tell(m);
    } else {
        flow_skip(m->world, m->instance, m->seq, m->c->reason,
                  bytes_of("{\"outcome\":\"withdrawn\"}"));
    }
}
