/* search_catalog.c - what words find among documents, and among the workers that are connected
 *
 * Owns:    which of their texts have words: names, titles, services.
 * In:      search.c, once for very words and once for beginnings.
 * Always:  only the newest versions of documents are looked at.
 */
#include "engine/search_part.h"

#include "engine/rows.h"
#include "engine/session.h"

static bool any_has(const struct search *s, const char *a, const char *b, const char *c)
{
    return search_fits(s, &(struct subject){.texts = {bytes_of(a), bytes_of(b), bytes_of(c)}});
}

static void find_bodies(struct search *s, const struct bodies *bodies)
{
    for (uint32_t i = 0; i < bodies->body_count; i++) {
        const struct body *body = &bodies->bodies[i];
        if (any_has(s, body->id, body->name, body->short_name)) {
            search_add(s, s->bodies, rows_body(s->v->catalog, bytes_of(body->id)));
        }
    }
}

static void find_items(struct search *s, const struct definition *d)
{
    for (uint32_t i = 0; i < d->roadmap.item_count; i++) {
        const struct roadmap_item *item = &d->roadmap.items[i];
        if (any_has(s, item->title, item->no, NULL)) {
            json_t *group =
                s->number ? search_number_list(s, bytes_of(item->no), NULL, s->items) : s->items;
            search_add(s, group,
                       json_pack("{ss ss ss ss}", "plan", d->name, "plan_title", d->title, "no",
                                 item->no, "title", item->title));
        }
    }
}

static void find_definition(struct search *s, const struct definition *d)
{
    if (any_has(s, d->name, d->title, NULL)) {
        search_add(s, s->definitions,
                   json_pack("{si ss ss ss}", "number", (int)d->number, "kind",
                             definition_kind_name(d->kind), "name", d->name, "title", d->title));
    }
    if (d->kind == DEFINITION_BODIES) {
        find_bodies(s, &d->bodies);
    } else if (d->kind == DEFINITION_ROADMAP) {
        find_items(s, d);
    }
    if (d->kind == DEFINITION_WORKFLOW || d->kind == DEFINITION_ROADMAP) {
        search_keys(s, d->name);
    }
}

void search_catalog(struct search *s)
{
    const struct definition *d;

    for (uint32_t at = 0; (d = catalog_next_in_force(s->v->catalog, &at)) != NULL;) {
        find_definition(s, d);
    }
}

/* --- who does the work --------------------------------------------------------------------- */

static json_t *worker_row(const struct session *session)
{
    json_t *services = json_array();

    for (uint32_t i = 0; i < session->service_count; i++) {
        json_array_append_new(services, json_string(service_name(session->services[i])));
    }
    return json_pack("{ss so}", "name", session->name, "services", services);
}

/* Its name and its services. */
static struct buffer worker_text(const struct session *session)
{
    struct buffer text = BUFFER_INIT;

    buffer_text(&text, session->name);
    for (uint32_t i = 0; i < session->service_count; i++) {
        buffer_text(&text, " ");
        buffer_text(&text, service_name(session->services[i]));
    }
    return text;
}

bool search_worker_has(const struct search_query *query, const struct session *session)
{
    struct buffer text = worker_text(session);
    uint32_t seen = 0;

    bool has = search_text_has(query, buffer_bytes(&text), &seen);
    buffer_fini(&text);
    return has;
}

static bool worker_fits(const struct search *s, const struct session *session)
{
    struct buffer text = worker_text(session);

    bool fits = search_fits(s, &(struct subject){.texts = {buffer_bytes(&text)}});
    buffer_fini(&text);
    return fits;
}

void search_workers(struct search *s)
{
    const struct dispatch *d = s->v->dispatch;

    for (uint32_t i = 0; d != NULL && i < d->sessions.count; i++) {
        const struct session *session = d->sessions.all[i];
        if (worker_fits(s, session)) {
            search_add(s, s->workers, worker_row(session));
        }
    }
}
