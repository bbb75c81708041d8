/* removal.c - may a version go? who uses it, who needs it
 *
 * Owns:    what it means that a definition needs another one.
 * In:      versions.c. The table `using` knows the open instances.
 * Out:     definitions.c marks it as removed.
 * Always:  instances that are over still find their version by its number: only names forget it.
 */
#include "engine/removal.h"

#include "base/must.h"
#include "engine/core/decide.h"
#include "engine/using.h"

#include <string.h>

static bool is_named(const struct definition *d, const struct definition *like)
{
    return d->kind == like->kind && strcmp(d->name, like->name) == 0;
}

/* --- which one ------------------------------------------------------------------------------- */

static bool find(const struct engine *e, const struct removal *r,
                 const struct definition **ret_definition, struct error *err)
{
    const struct definition *found = NULL;
    const struct definition *d;

    for (uint32_t i = 0; (d = catalog_at(e->catalog, i)) != NULL; i++) {
        if (strcmp(d->name, r->name) != 0 || d->version != r->version ||
            (r->kind != NULL && strcmp(definition_kind_name(d->kind), r->kind) != 0)) {
            continue;
        }
        if (found != NULL) {
            return error_set(err, ERROR_INVALID,
                             "there is a %s and a %s of this name: say which by \"kind\"",
                             definition_kind_name(found->kind), definition_kind_name(d->kind));
        }
        found = d;
    }
    if (found == NULL) {
        return error_set(err, ERROR_NOT_FOUND, "there is no version %u of \"%s\"", r->version,
                         r->name);
    }
    *ret_definition = found;
    return !found->removed ||
           error_set(err, ERROR_CONFLICT, "version %u of \"%s\" is removed already", r->version,
                     r->name);
}

/* --- who needs it ---------------------------------------------------------------------------- */

/* Is there another version that serves a name as well? version: document.version, or NULL. */
static bool is_served(const struct engine *e, const struct definition *gone, const char *version)
{
    const struct definition *d;

    for (uint32_t i = 0; (d = catalog_at(e->catalog, i)) != NULL; i++) {
        if (d != gone && !d->removed && is_named(d, gone) &&
            (version == NULL || strcmp(d->doc_version, version) == 0)) {
            return true;
        }
    }
    return false;
}

static bool wants(const struct engine *e, const struct definition *gone, enum definition_kind kind,
                  const char *name, const char *version)
{
    return name != NULL && gone->kind == kind && strcmp(gone->name, name) == 0 &&
           (version == NULL || strcmp(gone->doc_version, version) == 0) &&
           !is_served(e, gone, version);
}

/* A body that no other document has. Another version of the same document may not have it either,
 * but that is what was put into force. */
static bool wants_body(const struct engine *e, const struct definition *gone, const char *id)
{
    if (gone->kind != DEFINITION_BODIES || id == NULL || is_served(e, gone, NULL)) {
        return false;
    }
    bool here = false;
    for (uint32_t i = 0; i < gone->bodies.body_count && !here; i++) {
        here = strcmp(gone->bodies.bodies[i].id, id) == 0;
    }
    return here && catalog_find_body_beside(e->catalog, id, gone->name) == NULL;
}

static bool roadmap_needs(const struct engine *e, const struct roadmap *r,
                          const struct definition *gone)
{
    bool needs =
        wants(e, gone, DEFINITION_POLICY, r->policy, NULL) || wants_body(e, gone, r->controller);

    for (uint32_t i = 0; i < r->item_count && !needs; i++) {
        const struct roadmap_item *item = &r->items[i];
        needs = wants(e, gone, DEFINITION_WORKFLOW, item->workflow, NULL);
        for (uint32_t n = 0; n < item->responsible_count && !needs; n++) {
            needs = wants_body(e, gone, item->responsible[n]);
        }
    }
    return needs;
}

static bool needs(const struct engine *e, const struct definition *d, const struct definition *gone)
{
    bool found = false;

    switch (d->kind) {
    case DEFINITION_ROADMAP:
        return roadmap_needs(e, &d->roadmap, gone);
    case DEFINITION_ROUTES:
        for (uint32_t i = 0; i < d->routes.route_count && !found; i++) {
            found = wants(e, gone, DEFINITION_WORKFLOW, d->routes.routes[i].workflow, NULL);
        }
        return found;
    case DEFINITION_WORKFLOW:
        for (uint32_t i = 0; i < d->workflow.step_count && !found; i++) {
            const struct step *s = &d->workflow.steps[i];
            found = s->kind == STEP_RUN &&
                    wants(e, gone, DEFINITION_WORKFLOW, s->run_name, s->run_version);
        }
        return found;
    case DEFINITION_CALENDAR:
        return wants(e, gone, DEFINITION_CALENDAR, d->calendar.extends, NULL);
    case DEFINITION_BODIES:
        for (uint32_t i = 0; i < d->bodies.calendar_count && !found; i++) {
            found = wants(e, gone, DEFINITION_CALENDAR, d->bodies.calendars[i], NULL);
        }
        return found;
    default:
        return false;
    }
}

/* Of the others those count that may still start something: the newest, and what is used. */
static const struct definition *who_needs(const struct engine *e, const struct definition *gone)
{
    const struct definition *d;

    for (uint32_t i = 0; (d = catalog_at(e->catalog, i)) != NULL; i++) {
        bool counts = d != gone && !is_named(d, gone) &&
                      (catalog_is_newest(e->catalog, d) || using_count(e->turn.txn, d->number) > 0);
        if (counts && needs(e, d, gone)) {
            return d;
        }
    }
    return NULL;
}

/* --- doing it -------------------------------------------------------------------------------- */

/* Open instances, without the one that stands for its schedule: where another version is there,
 * that one's schedule takes its place. */
static uint64_t count_users(struct engine *e, const struct definition *gone)
{
    uint64_t used = using_count(e->turn.txn, gone->number);
    bool starts = gone->kind == DEFINITION_WORKFLOW && gone->workflow.schedule_step != STEP_NONE &&
                  decide_find_schedule(turn_world(&e->turn), gone) != 0;

    return used > 0 && starts && is_served(e, gone, NULL) ? used - 1 : used;
}

static bool check(struct engine *e, const struct definition *gone, json_t **ret_answer,
                  struct error *err)
{
    uint64_t used = count_users(e, gone);

    if (used > 0) {
        *ret_answer = json_pack("{sI}", "used", (json_int_t)used);
        return error_set(err, ERROR_CONFLICT,
                         "version %u of \"%s\" is in use: open instances: %llu", gone->version,
                         gone->name, (unsigned long long)used);
    }
    const struct definition *by = who_needs(e, gone);
    if (by != NULL) {
        *ret_answer = json_pack("{s{ss ss}}", "needed_by", "kind", definition_kind_name(by->kind),
                                "name", by->name);
        return error_set(err, ERROR_CONFLICT,
                         "version %u of \"%s\" is the only one, and the %s \"%s\" needs it",
                         gone->version, gone->name, definition_kind_name(by->kind), by->name);
    }
    return true;
}

bool removal_run(struct engine *e, const struct removal *r, json_t **ret_answer, struct error *err)
{
    const struct definition *gone = NULL;

    if (!find(e, r, &gone, err) || !check(e, gone, ret_answer, err)) {
        return false;
    }
    engine_mark_removed(e, gone);
    *ret_answer = json_pack("{ss ss si si}", "kind", definition_kind_name(gone->kind), "name",
                            gone->name, "version", (int)gone->version, "number", (int)gone->number);
    return true;
}
