/* queries.c - the verbs that only look
 *
 * Owns:    filters, pages and cursors of answers (protocol §3.6).
 * In:      a request and a read transaction; never a write. What would be refused, core says.
 * Always:  a page has at most LIMIT_PAGE rows, and a look at most SCAN_MAX; "next" says where to go
 *          on, null at the end.
 */
#include "engine/queries.h"

#include "base/must.h"
#include "engine/bodies.h"
#include "engine/computed.h"
#include "engine/foresee.h"
#include "engine/funnel.h"
#include "engine/listing.h"
#include "engine/month.h"
#include "engine/overview.h"
#include "engine/roadmaps.h"
#include "engine/rows.h"
#include "engine/search.h"
#include "engine/snapshot.h"
#include "engine/using.h"
#include "engine/why.h"

#include <string.h>

static const struct instance *get_instance(const struct view *v, const json_t *request,
                                           struct error *err)
{
    const json_t *id = json_object_get(request, "instance");
    struct instance *instance;

    if (!json_is_integer(id) || json_integer_value(id) < 1) {
        error_set(err, ERROR_INVALID, "\"instance\" must be the number of an instance");
        return NULL;
    }
    return snapshot_instance(v->txn, v->catalog, v->arena, (uint64_t)json_integer_value(id),
                             &instance, err)
               ? instance
               : NULL;
}

static json_t *show(const struct view *v, const json_t *request, struct error *err)
{
    const struct instance *i = get_instance(v, request, err);

    if (i == NULL) {
        return NULL;
    }
    json_t *row = rows_instance(v->catalog, i);
    json_t *tasks = json_array();
    for (uint32_t n = 0; n < i->task_count; n++) {
        json_array_append_new(tasks, rows_task(v, i, &i->tasks[n]));
    }
    json_object_set_new(row, "tasks", tasks);
    json_object_set_new(row, "children", json_pack("{si}", "open", (int)i->children_open));
    rows_set_json(row, "data", i->data);
    rows_set_json(row, "context", i->context);
    json_object_set_new(row, "entry", json_integer((json_int_t)i->journal));
    rows_set_json(row, "problem", i->problem);
    return row;
}

static json_t *why(const struct view *v, const json_t *request, struct error *err)
{
    const struct instance *i = get_instance(v, request, err);

    return i != NULL ? why_answer(v, i) : NULL;
}

/* --- definitions --------------------------------------------------------------------------- */

/* removed: names have forgotten it; newest: this is what a start would take. */
static json_t *definition_row(const struct view *v, const struct definition *d)
{
    json_t *row = json_pack("{si ss ss si ss ss sb sb}", "number", (int)d->number, "kind",
                            definition_kind_name(d->kind), "name", d->name, "version",
                            (int)d->version, "title", d->title, "doc_version", d->doc_version,
                            "newest", catalog_is_newest(v->catalog, d), "removed", d->removed);

    if (d->kind == DEFINITION_WORKFLOW || d->kind == DEFINITION_ROADMAP) {
        json_object_set_new(row, "used", json_integer((json_int_t)using_count(v->txn, d->number)));
    }
    return row;
}

/* One by its number, or the one that an instance runs, with its text. */
static json_t *one_definition(const struct view *v, const json_t *request, struct error *err)
{
    json_int_t number = json_integer_value(json_object_get(request, "number"));

    if (json_object_get(request, "instance") != NULL) {
        const struct instance *i = get_instance(v, request, err);
        if (i == NULL) {
            return NULL;
        }
        number = (json_int_t)i->definition;
    }
    const struct definition *d = number > 0 && number <= UINT32_MAX
                                     ? catalog_find_number(v->catalog, (uint32_t)number)
                                     : NULL;
    if (d == NULL) {
        error_set(err, ERROR_NOT_FOUND, "there is no definition of this \"number\"");
        return NULL;
    }
    json_t *row = definition_row(v, d);
    json_object_set_new(row, "text", json_string(d->source));
    return json_pack("{s[o] sn}", "rows", row, "next");
}

/* *ret_kind < 0: of every kind. */
static bool read_kind(const json_t *request, int *ret_kind, struct error *err)
{
    const json_t *kind = json_object_get(request, "kind");
    const char *name = json_string_value(kind);

    *ret_kind = -1;
    for (int i = 0; name != NULL && i < DEFINITION_KIND_COUNT; i++) {
        if (strcmp(definition_kind_name((enum definition_kind)i), name) == 0) {
            *ret_kind = i;
        }
    }
    return kind == NULL || *ret_kind >= 0 ||
           error_set(err, ERROR_INVALID, "\"%s\" can't be \"%.100s\"", "kind",
                     name != NULL ? name : "?");
}

static json_t *definitions(const struct view *v, const json_t *request, struct error *err)
{
    bool in_force = json_is_true(json_object_get(request, "in_force"));
    json_t *rows;
    const struct definition *d;
    int kind;

    if (json_object_get(request, "number") != NULL ||
        json_object_get(request, "instance") != NULL) {
        return one_definition(v, request, err);
    }
    if (!read_kind(request, &kind, err)) {
        return NULL;
    }
    rows = json_array();
    for (uint32_t i = 0; (d = catalog_at(v->catalog, i)) != NULL; i++) {
        if ((kind < 0 || (int)d->kind == kind) && (!in_force || catalog_is_newest(v->catalog, d))) {
            json_array_append_new(rows, definition_row(v, d));
        }
    }
    return json_pack("{so sn}", "rows", rows, "next");
}

/* --- any query ----------------------------------------------------------------------------- */

typedef json_t *answer_fn(const struct view *view, const json_t *request, struct error *err);

static answer_fn *const answers[CLIENT_VERB_COUNT] = {
    [CLIENT_LIST] = listing_instances,
    [CLIENT_ASSIGNMENTS] = listing_assignments,
    [CLIENT_INCIDENTS] = listing_incidents,
    [CLIENT_JOURNAL] = listing_journal,
    [CLIENT_NOTICES] = listing_notices,
    [CLIENT_HISTORY] = listing_history,
    [CLIENT_SEARCH] = search_answer,
    [CLIENT_OVERVIEW] = overview_answer,
    [CLIENT_DISCIPLINE] = discipline_answer,
    [CLIENT_CYCLE] = funnel_answer,
    [CLIENT_COMPUTED] = computed_answer,
    [CLIENT_ROADMAPS] = roadmaps_answer,
    [CLIENT_ROADMAP] = roadmap_answer,
    [CLIENT_BODIES] = bodies_answer,
    [CLIENT_CALENDAR] = month_answer,
    [CLIENT_FORESEE] = foresee_answer,
    [CLIENT_SHOW] = show,
    [CLIENT_WHY] = why,
    [CLIENT_DEFINITIONS] = definitions,
};

json_t *query_answer(const struct view *v, enum client_verb verb, const json_t *request,
                     struct error *err)
{
    must(answers[verb] != NULL);
    return answers[verb](v, request, err);
}
