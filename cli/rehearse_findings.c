/* rehearse_findings.c - what to look at in plans, and in what became of them
 *
 * Owns:    the list of findings and its order; those about people and addresses.
 * In:      a rehearsal that was run.
 * Out:     rehearsal->findings.
 * See:     docs/time.md §7
 */
#include "cli/rehearse_findings.h"

#include "cli/fields.h"
#include "cli/rehearse_term.h"

#include <string.h>

json_t *rehearse_day_json(civil_day day)
{
    char text[CIVIL_TEXT_MAX];

    if (day == CIVIL_DAY_NONE) {
        return json_null();
    }
    civil_print(day, text);
    return json_string(text);
}

json_t *rehearse_term_json(const struct rehearsal *r, const struct rehearsed_term *t)
{
    const char *plan = t->plan != PLAN_NONE ? r->plans[t->plan].definition->name : NULL;
    json_t *value = json_pack("{ss* ss ss}", "plan", plan, "no", term_no(t), "task", term_task(t));

    if (term_occurrences(t) > 1) {
        json_object_set_new(value, "occurrence", json_integer(t->occurrence));
        json_object_set_new(value, "occurrences", json_integer(term_occurrences(t)));
    }
    return value;
}

/* Equal but for the member that is gathered. */
json_t *rehearse_find_same(json_t *list, const json_t *one, const char *gathered)
{
    json_t *known;
    size_t i;

    json_array_foreach(list, i, known)
    {
        json_t *kept = json_incref(json_object_get(known, gathered));
        json_object_del(known, gathered);
        bool same = json_equal(known, one);
        json_object_set_new(known, gathered, kept);
        if (same) {
            return known;
        }
    }
    return NULL;
}

bool rehearse_find_tells(const struct rehearsal *r, const struct roadmap_item *item)
{
    for (uint32_t i = 0; i < item->window_count; i++) {
        if (rehearsal_tells_span(r, item->windows[i])) {
            return true;
        }
    }
    return false;
}

/* --- people -------------------------------------------------------------------------------- */

static void find_refusals(struct rehearsal *r)
{
    json_t *row;
    size_t i;

    json_array_foreach(r->refusals, i, row)
    {
        const struct rehearsed_term *t = rehearsal_find_term(r, field_text(row, "task"));
        if (t != NULL && !rehearsal_tells(r, t->to)) {
            continue;
        }
        json_t *one = t != NULL ? rehearse_term_json(r, t) : json_object();
        json_object_set_new(one, "kind", json_string("refused"));
        json_object_update_missing(one, row);
        json_array_append_new(r->findings, one);
    }
}

static void find_stuck(struct rehearsal *r)
{
    json_t *row;
    size_t i;

    json_array_foreach(r->stuck, i, row)
    {
        const struct rehearsed_instance *in = &r->instances[field_number(row, "instance")];
        if (in->item != NULL && !rehearse_find_tells(r, in->item)) {
            continue;
        }
        json_t *one = json_pack("{ss ss* ss* sO sO*}", "kind", "stuck", "plan",
                                in->plan != PLAN_NONE ? r->plans[in->plan].definition->name : NULL,
                                "no", in->item != NULL ? in->item->no : NULL, "waits",
                                json_object_get(row, "kind"), "step", json_object_get(row, "step"));
        json_array_append_new(r->findings, one);
    }
}

/* Letters to who has no address are made, and nobody reads them. */
static void find_addresses(struct rehearsal *r)
{
    json_t *counts = json_object();
    const char *id;
    json_t *count;

    for (uint32_t i = 0; i < r->notice_count; i++) {
        const struct body *body = catalog_find_body(r->catalog, r->notices[i].to);
        if (body != NULL && body->email == NULL && rehearsal_tells(r, r->notices[i].day)) {
            json_int_t before = json_integer_value(json_object_get(counts, body->id));
            json_object_set_new(counts, body->id, json_integer(before + 1));
        }
    }
    json_object_foreach(counts, id, count)
    {
        json_array_append_new(r->findings,
                              json_pack("{ss ss ss sO}", "kind", "no-address", "body", id, "short",
                                        rehearsal_body(r, id), "notices", count));
    }
    json_decref(counts);
}

static void find_all(struct rehearsal *r)
{
    find_refusals(r);
    find_stuck(r);
    rehearse_find_order(r);
    rehearse_find_loads(r);
    rehearse_find_days_off(r);
    rehearse_find_years(r);
    for (uint32_t i = 0; i < r->plan_count; i++) {
        rehearse_find_ambiguous(r, r->plans[i].definition);
    }
    for (uint32_t i = 0; i < r->plan_count; i++) {
        rehearse_find_undated(r, r->plans[i].definition);
    }
    find_addresses(r);
}

void rehearse_findings(struct rehearsal *r)
{
    struct rehearse_options options = r->options;

    if (rehearsal_is_limited(r)) {
        r->options.from = CIVIL_DAY_NONE;
        r->options.to = CIVIL_DAY_NONE;
        find_all(r);
        r->unseen = (uint32_t)json_array_size(r->findings);
        json_array_clear(r->findings);
        r->options = options;
    }
    find_all(r);
    uint32_t seen = (uint32_t)json_array_size(r->findings);
    r->unseen = r->unseen > seen ? r->unseen - seen : 0;
}
