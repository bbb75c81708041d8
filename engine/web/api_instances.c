/* api_instances.c - looking at instances, incidents, definitions, the journal and workers
 *
 * Owns:    which query parameters each list has, and the query of MC1 that it is.
 * In:      requests that change nothing.
 * Out:     lists from the snapshot of this thread; what only the engine's moment knows (who works
 *          on a task, workers) from the engine.
 * See:     docs/http.md §2, docs/protocol.md §3.6
 */
#include "engine/queries.h"
#include "engine/snapshot.h"
#include "engine/web/answer.h"
#include "engine/web/api.h"
#include "engine/web/link.h"
#include "engine/web/reader.h"
#include "engine/web/request.h"

#include <string.h>

/* --- instances ----------------------------------------------------------------------------- */

static void list_instances(struct exchange *x)
{
    static const char *const texts[] = {"state", "definition", "body", NULL};
    json_t *query = request_texts(x, texts, LIMIT_NAME_BYTES);
    int64_t parent = request_integer(x, "parent", 1, INT64_MAX, 0);

    if (parent != 0) {
        json_object_set_new(query, "parent", json_integer(parent));
    }
    if (request_flag(x, "letters", false)) {
        json_object_set_new(query, "letters", json_true());
    }
    request_page(x, query);
    reader_answer(x, CLIENT_LIST, query);
}

/* From the snapshot, unless a worker may have something of it: only the engine knows which. */
static void of_instance(struct exchange *x, enum client_verb verb)
{
    uint64_t id = request_path_number(x, "instance");
    struct error err = ERROR_INIT;
    struct instance *instance;
    const struct view *view = request_end(x) ? reader_view(x) : NULL;

    if (view == NULL) {
        return;
    }
    if (!snapshot_instance(view->txn, view->catalog, view->arena, id, &instance, &err)) {
        answer_refusal(x, &err);
    } else if (instance_has_ready(instance)) { /* how far a worker is, is not written */
        answer_version(x, view, id, instance->journal);
        link_pass(x, &(struct ask){.verb = verb,
                                   .payload = json_pack("{sI}", "instance", (json_int_t)id)});
    } else if (!answer_unchanged_view(x, view, id, instance->journal)) {
        reader_answer(x, verb, json_pack("{sI}", "instance", (json_int_t)id));
    }
}

static void show_instance(struct exchange *x)
{
    of_instance(x, CLIENT_SHOW);
}

static void why_instance(struct exchange *x)
{
    of_instance(x, CLIENT_WHY);
}

/* Newest first, as every page that goes back in time. */
static void answer_story(struct exchange *x, const json_t *page)
{
    const json_t *records = json_object_get(page, "rows");
    json_t *rows = json_array();

    for (size_t i = json_array_size(records); i-- > 0;) {
        json_array_append(rows, json_array_get(records, i));
    }
    answer_json(x, 200, json_pack("{so sO}", "rows", rows, "next", json_object_get(page, "next")));
}

static void history(struct exchange *x)
{
    json_t *query = json_pack("{sI}", "instance", (json_int_t)request_path_number(x, "instance"));
    int64_t before = request_integer(x, "after", 1, INT64_MAX, 0);
    struct error err = ERROR_INIT;

    if (before != 0) {
        json_object_set_new(query, "before", json_integer(before));
    }
    json_object_set_new(query, "limit",
                        json_integer(request_integer(x, "limit", 1, LIMIT_PAGE, 200)));
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    json_t *page = view != NULL ? query_answer(view, CLIENT_HISTORY, query, &err) : NULL;
    if (page != NULL) {
        answer_story(x, page);
    } else if (view != NULL) {
        answer_refusal(x, &err);
    }
    json_decref(page);
    json_decref(query);
}

static void journal(struct exchange *x)
{
    json_t *query =
        json_pack("{sI sI}", "after", (json_int_t)request_integer(x, "after", 0, INT64_MAX, 0),
                  "limit", (json_int_t)request_integer(x, "limit", 1, LIMIT_PAGE, 200));

    if (request_flag(x, "brief", false)) {
        json_object_set_new(query, "brief", json_true());
    }
    reader_answer(x, CLIENT_JOURNAL, query);
}

static void incidents(struct exchange *x)
{
    static const char *const texts[] = {"definition", "service", NULL};
    json_t *query = request_texts(x, texts, LIMIT_NAME_BYTES);

    request_page(x, query);
    reader_answer(x, CLIENT_INCIDENTS, query);
}

/* --- definitions and workers --------------------------------------------------------------- */

static void definitions(struct exchange *x)
{
    static const char *const texts[] = {"kind", NULL};
    json_t *query = request_texts(x, texts, LIMIT_NAME_BYTES);

    if (request_flag(x, "in_force", false)) {
        json_object_set_new(query, "in_force", json_true());
    }
    reader_answer(x, CLIENT_DEFINITIONS, query);
}

static void definition(struct exchange *x)
{
    reader_answer(x, CLIENT_DEFINITIONS,
                  json_pack("{sI}", "number", (json_int_t)request_path_number(x, "number")));
}

static void workers(struct exchange *x)
{
    static const char *const texts[] = {"q", NULL};

    link_pass(x, &(struct ask){.verb = CLIENT_WORKERS,
                               .payload = request_texts(x, texts, LIMIT_TEXT_BYTES)});
}

const struct api_route api_instances_routes[] = {
    {"GET", "/api/v1/instances", "listInstances", list_instances, ROUTE_FORMATS},
    {"GET", "/api/v1/instances/{instance}", "showInstance", show_instance, 0},
    {"GET", "/api/v1/instances/{instance}/why", "whyInstance", why_instance, 0},
    {"GET", "/api/v1/instances/{instance}/history", "listHistory", history, ROUTE_FORMATS},
    {"GET", "/api/v1/journal", "listJournal", journal, ROUTE_FORMATS},
    {"GET", "/api/v1/incidents", "listIncidents", incidents, ROUTE_FORMATS},
    {"GET", "/api/v1/definitions", "listDefinitions", definitions, ROUTE_FORMATS},
    {"GET", "/api/v1/definitions/{number}", "showDefinition", definition, 0},
    {"GET", "/api/v1/workers", "listWorkers", workers, ROUTE_FORMATS},
    {NULL, NULL, NULL, NULL, 0},
};
