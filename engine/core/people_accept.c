/* people_accept.c - a report is accepted, wholly or in part
 *
 * Owns:    what a report must come with, and the output of the step.
 * In:      people.c, with a command that the state allows.
 * Out:     letters and records; the flow goes on with the output.
 * Always:  all parts and documents are there, or a reason that stays says why it was closed without
 *          them.
 * See:     docs/states.md §3
 */
#include "engine/core/people_part.h"

#include "engine/core/flow.h"
#include "engine/core/letters.h"
#include "engine/core/people_names.h"
#include "engine/core/people_results.h"

static json_t *text_json(struct bytes text)
{
    return json_stringn(text.data ? text.data : "", text.size);
}

static json_t *day_json(civil_day day)
{
    char text[CIVIL_TEXT_MAX];

    if (day == CIVIL_DAY_NONE) {
        return json_null();
    }
    civil_print(day, text);
    return json_string(text);
}

/* --- what is missing ----------------------------------------------------------------------- */

/* Ids of co-executors who have not answered. Yours. */
static json_t *silent_ones(const struct assignment *a)
{
    json_t *silent = json_array();

    for (uint32_t i = 1; i < a->people_count; i++) {
        if (a->parts[i - 1].state == PART_OPEN) {
            json_array_append_new(silent, text_json(a->people[i]));
        }
    }
    return silent;
}

static json_t *missing_documents(const struct matter *m)
{
    json_t *input = value_parse(task_input(m->instance, matter_task(m)));
    json_t *report = value_parse(m->a->report);
    json_t *missing = results_missing(input, report);

    json_decref(input);
    json_decref(report);
    return missing;
}

/* Names that stand in the report's documents. */
static const char *kinds_of(const struct matter *m, const json_t *list)
{
    struct buffer text = BUFFER_INIT;
    size_t count = json_array_size(list);

    for (size_t i = 0; i < count && i < PEOPLE_NAMED_MAX; i++) {
        buffer_text(&text, i > 0 ? ", " : "");
        buffer_text(&text, json_string_value(json_array_get(list, i)));
    }
    buffer_text(&text, count > PEOPLE_NAMED_MAX ? ", …" : "");
    const char *names = arena_text(m->world->arena, buffer_bytes(&text));
    buffer_fini(&text);
    return names;
}

static bool refuse_silent(const struct matter *m, const json_t *silent, struct error *err)
{
    const char *names = people_names(m->world, silent);
    size_t count = json_array_size(silent);

    if (count > PEOPLE_NAMED_MAX) {
        return error_set(err, ERROR_CONFLICT,
                         "not answered yet: %s, and %zu more; it can be accepted in part, with a "
                         "reason",
                         names, count - PEOPLE_NAMED_MAX);
    }
    return error_set(err, ERROR_CONFLICT,
                     "not answered yet: %s; it can be accepted in part, with a reason", names);
}

bool accept_check(const struct matter *m, struct error *err)
{
    json_t *silent = silent_ones(m->a);
    json_t *missing = missing_documents(m);
    bool good = true;

    if (json_array_size(silent) > 0 && !m->c->in_part) {
        good = refuse_silent(m, silent, err);
    } else if (json_array_size(missing) > 0 && m->c->reason.size == 0) {
        good = error_set(err, ERROR_CONFLICT,
                         "the report lacks its result (%s): kind, and number and date, or a link, "
                         "or the SHA-256 of a file; without it a reason is needed",
                         kinds_of(m, missing));
    } else if (json_array_size(silent) > 0 && m->c->reason.size == 0) {
        good = error_set(err, ERROR_INVALID, "this needs a reason");
    }
    json_decref(silent);
    json_decref(missing);
    return good;
}

/* --- what the step gives ------------------------------------------------------------------- */

static json_t *parts_json(const struct assignment *a)
{
    json_t *parts = json_array();

    for (uint32_t i = 1; i < a->people_count; i++) {
        const struct part *part = &a->parts[i - 1];
        if (part->state == PART_NONE) {
            continue;
        }
        bool answered = part->state == PART_ANSWERED;
        json_array_append_new(
            parts,
            json_pack("{so so so so}", "body", text_json(a->people[i]), "by",
                      answered ? text_json(part->by) : json_null(), "reported",
                      day_json(answered ? part->reported : CIVIL_DAY_NONE), "report",
                      answered && part->report.size ? value_parse(part->report) : json_null()));
    }
    return parts;
}

static json_t *terms_json(const struct assignment *a)
{
    json_t *terms = json_array();

    for (uint32_t i = 0; i < a->term_count; i++) {
        const struct term *term = &a->terms[i];
        json_t *one =
            json_pack("{so ss}", "to", day_json(term->to), "why", term_why_name(term->why));
        if (term->by.size > 0) {
            json_object_set_new(one, "by", text_json(term->by));
        }
        if (term->reason.size > 0) {
            json_object_set_new(one, "reason", text_json(term->reason));
        }
        json_array_append_new(terms, one);
    }
    return terms;
}

static struct bytes output_json(const struct matter *m, const json_t *silent,
                                const json_t *documents)
{
    const struct assignment *a = m->a;
    json_t *output =
        json_pack("{so so so so so ss ss so si sO sO}", "report", value_parse(a->report), "parts",
                  parts_json(a), "by", text_json(a->reporter), "accepted_by", text_json(m->c->by),
                  "reported", day_json(a->reported), "outcome", assignment_outcome(a),
                  "outcome_original", assignment_outcome_original(a), "terms", terms_json(a),
                  "returns", (int)a->returns, "missing", silent, "missing_results", documents);

    if (m->c->reason.size > 0) {
        json_object_set_new(output, "reason", text_json(m->c->reason));
    }
    return value_text(m->world, output);
}

static struct bytes accepted_json(const struct matter *m, const json_t *silent,
                                  const json_t *documents)
{
    if (m->c->reason.size == 0) {
        return NOTHING;
    }
    return value_text(m->world, json_pack("{so sO sO}", "reason", text_json(m->c->reason),
                                          "missing", silent, "missing_results", documents));
}

/* Letters leave first: what is closed announces nothing. */
void accept_run(const struct matter *m)
{
    struct tell tell = {.by = m->c->by, .reason = m->c->reason};
    json_t *silent = silent_ones(m->a);
    json_t *documents = missing_documents(m);

    letters_tell_people(m->world, m->instance, m->seq, LETTER_ACCEPTED, &tell);
    matter_record(m, (struct record){.kind = RECORD_ASSIGNMENT_ACCEPTED,
                                     .text = m->c->by,
                                     .number = json_array_size(silent) > 0,
                                     .data = accepted_json(m, silent, documents)});
    if (m->a->parent != 0) {
        family_tell(m);
    } else {
        flow_finish(m->world, m->instance, m->seq, output_json(m, silent, documents));
    }
    json_decref(silent);
    json_decref(documents);
}
