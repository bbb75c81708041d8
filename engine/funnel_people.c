/* funnel_people.c - the people of a cycle, page by page
 *
 * Owns:    a row of a person: who, where, at which stage, since when, and who keeps them waiting.
 * In:      funnel.c.
 * Always:  a page is walked by the index; each person that is shown is read for what it waits for.
 */
#include "engine/funnel_part.h"

#include "engine/core/facets.h"
#include "engine/listing_part.h"
#include "engine/rows.h"

#include <string.h>

static json_t *text(struct bytes b)
{
    return b.size > 0 ? json_stringn(b.data, b.size) : NULL;
}

/* Whose assignments are open: on whom it waits. */
static json_t *waits_on(const struct view *v, const struct instance *i)
{
    json_t *list = json_array();

    for (uint32_t n = 0; n < i->task_count; n++) {
        const struct task *t = &i->tasks[n];
        if (t->assignment != NULL && t->state != TASK_CLOSED && t->assignment->child == 0) {
            json_array_append_new(list, rows_body(v->catalog, t->assignment->people[0]));
        }
    }
    return list;
}

static json_t *person_row(const struct view *v, const struct definition *d,
                          const struct stage_row *row, const struct instance *i)
{
    unsigned stage = funnel_stage(v, d, row);
    const struct cycle *cycle = d->workflow.cycle;
    bool at_stage = stage < cycle->stage_count;

    return json_pack(
        "{sI so* so* so* so* ss* ss* ss so sI so* so}", "instance", (json_int_t)row->instance,
        "key", text(row->key), "name", text(row->person), "municipality", text(row->municipality),
        "school", text(row->school), "step", at_stage ? cycle->stages[stage].step : NULL, "stage",
        at_stage ? cycle->stages[stage].title : NULL, "state", instance_state_name(row->state),
        "since", rows_time_json(row->since_ms), "days", (json_int_t)funnel_days(v, row->since_ms),
        "outcome", text(row->outcome), "on", waits_on(v, i));
}

bool funnel_row_of(const struct view *v, const struct instance *i, struct stage_row *ret)
{
    struct facets facets;

    if (catalog_find_cycle(v->catalog, i->definition) == NULL) {
        return false;
    }
    facets_of(i, v->catalog, v->arena, &facets);
    for (uint32_t n = 0; n < facets.count; n++) {
        const struct facet *f = &facets.rows[n];
        if (f->table == TABLE_STAGE && stage_read(f->key, f->value, ret)) {
            return true;
        }
    }
    return false;
}

json_t *funnel_person(const struct view *v, const struct definition *d, const struct instance *i)
{
    struct stage_row row;

    return funnel_row_of(v, i, &row) ? person_row(v, d, &row, i) : json_null();
}

json_t *funnel_person_of(const struct view *v, const struct definition *d, uint64_t id)
{
    struct instance *i;
    json_t *person = snapshot_instance(v->txn, v->catalog, v->arena, id, &i, NULL)
                         ? funnel_person(v, d, i)
                         : json_null();

    arena_reset(v->arena);
    return person;
}

/* --- a page -------------------------------------------------------------------------------- */

struct wanted {
    const struct definition *d;
    unsigned stage; /* of the newest version */
    bool any;       /* stage */
};

static void add_person(struct page *page, struct bytes key, struct bytes value)
{
    const struct wanted *wanted = page->filter;
    struct stage_row row;
    struct instance *i;

    if (!stage_read(key, value, &row) || !funnel_fits(page->request, &row) ||
        !(wanted->any || funnel_stage(page->v, wanted->d, &row) == wanted->stage)) {
        return;
    }
    if (snapshot_instance(page->v->txn, page->v->catalog, page->v->arena, row.instance, &i, NULL)) {
        json_array_append_new(page->rows, person_row(page->v, wanted->d, &row, i));
    }
}

/* "stage": the step of a stage, "between" or "over". */
static bool read_stage(const struct page *page, struct wanted *wanted, struct error *err)
{
    const struct cycle *cycle = wanted->d->workflow.cycle;
    const char *stage;

    if (!filter_text(page->request, "stage", &stage, err)) {
        return false;
    }
    wanted->any = stage == NULL;
    if (stage == NULL || strcmp(stage, "between") == 0 || strcmp(stage, "over") == 0) {
        wanted->stage = stage != NULL && strcmp(stage, "over") == 0 ? STAGE_OVER : STAGE_NONE;
        return true;
    }
    for (uint32_t i = 0; i < cycle->stage_count; i++) {
        if (strcmp(cycle->stages[i].step, stage) == 0) {
            wanted->stage = i;
            return true;
        }
    }
    return error_set(err, ERROR_NOT_FOUND, "there is no stage \"%.100s\"", stage);
}

json_t *funnel_people(const struct view *v, const struct definition *d, const json_t *request,
                      struct error *err)
{
    struct wanted wanted = {.d = d};
    struct page page = {.v = v, .request = request, .filter = &wanted};
    struct buffer prefix;

    if (!read_stage(&page, &wanted, err) || !page_begin(&page, err)) {
        return NULL;
    }
    prefix = funnel_prefix(d);
    page.looks_max *= 10;
    page_add_prefix(&page, buffer_bytes(&prefix));
    buffer_fini(&prefix);
    return page_walk(&page, TABLE_STAGE, add_person, err);
}
