/* bodies.c - bodies and officials, when they are away, and how much each has to do
 *
 * Owns:    BODIES.
 * In:      queries.c, the gateway's page of bodies.
 * Always:  only bodies of the newest documents: who is in none of them takes part in nothing new.
 * See:     docs/protocol.md §3.6
 */
#include "engine/bodies.h"

#include "engine/assignment_counts.h"
#include "engine/rows.h"

static json_t *absence_row(const struct absence *absence)
{
    json_t *row = json_pack("{ss ss*}", "deputy", absence->deputy, "reason", absence->reason);

    rows_set_day(row, "from", absence->days.from);
    rows_set_day(row, "to", absence->days.to);
    return row;
}

static json_t *body_row(const struct definition *d, const struct body *body)
{
    json_t *row = json_pack("{ss ss ss ss* ss* ss ss}", "id", body->id, "name", body->name, "short",
                            body->short_name, "parent", body->parent, "deputy", body->deputy,
                            "zone", zone_name(body->zone), "document", d->name);

    if (body->absence_count > 0) {
        json_t *absent = json_array();
        for (uint32_t i = 0; i < body->absence_count; i++) {
            json_array_append_new(absent, absence_row(&body->absences[i]));
        }
        json_object_set_new(row, "absent", absent);
    }
    return row;
}

/* counts may be NULL. */
static json_t *rows_of(const struct catalog *catalog, struct assignment_counts *counts)
{
    const struct definition *d;
    json_t *rows = json_array();

    for (uint32_t at = 0; (d = catalog_next_in_force(catalog, &at)) != NULL;) {
        bool bodies = d->kind == DEFINITION_BODIES;
        for (uint32_t n = 0; bodies && n < d->bodies.body_count; n++) {
            const struct body *body = &d->bodies.bodies[n];
            json_t *row = body_row(d, body);
            if (counts != NULL) {
                json_object_set_new(row, "counts", assignment_counts_json(counts, body->id));
            }
            json_array_append_new(rows, row);
        }
    }
    return rows;
}

json_t *bodies_answer(const struct view *view, const json_t *request, struct error *err)
{
    const json_t *wish = json_object_get(request, "counts");
    struct assignment_counts *counts = NULL;

    if (wish != NULL && !json_is_boolean(wish)) {
        error_set(err, ERROR_INVALID, "\"%s\" must be true or false", "counts");
        return NULL;
    }
    if (json_is_true(wish)) {
        counts = assignment_counts_create(view, COUNTS_BY_BODY, err);
        if (counts == NULL) {
            return NULL;
        }
    }
    bool more = counts != NULL && !assignment_counts_whole(counts);
    json_t *answer = json_pack("{so sn}", "rows", rows_of(view->catalog, counts), "next");
    if (more) {
        json_object_set_new(answer, "more", json_true());
    }
    assignment_counts_destroy(counts);
    return answer;
}
