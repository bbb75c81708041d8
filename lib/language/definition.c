/* definition.c - names of kinds, and giving a definition's memory back
 *
 * Owns:    the tables of kind names; nothing else knows how a definition is freed.
 * In:      definition_destroy() from the catalog and from a reader that gave up half-way.
 * Out:     words.
 * Always:  a definition that is zeroed or half read can be destroyed.
 * See:     definition.h
 */
#include "language/definition.h"

#include "base/must.h"

#include <stdlib.h>

const char *definition_kind_name(enum definition_kind kind)
{
    static const char *const names[DEFINITION_KIND_COUNT] = {
        [DEFINITION_WORKFLOW] = "workflow",
        [DEFINITION_ROADMAP] = "roadmap",
        [DEFINITION_BODIES] = "bodies",
        [DEFINITION_POLICY] = "policy",
    };

    must((unsigned)kind < DEFINITION_KIND_COUNT);
    return names[kind];
}

const char *step_kind_name(enum step_kind kind)
{
    static const char *const names[STEP_KIND_COUNT] = {
        [STEP_CALL] = "call", [STEP_ASSIGNMENT] = "assignment",
        [STEP_WAIT] = "wait", [STEP_LISTEN] = "listen",
        [STEP_SET] = "set",
    };

    must((unsigned)kind < STEP_KIND_COUNT);
    return names[kind];
}

const char *due_kind_name(enum due_kind kind)
{
    static const char *const names[DUE_KIND_COUNT] = {
        [DUE_DATE] = "date",           [DUE_WINDOW] = "window",
        [DUE_RECURRING] = "recurring", [DUE_CONTINUOUS] = "continuous",
        [DUE_ON_DEMAND] = "on_demand", [DUE_PER_OTHER_PLAN] = "per_other_plan",
    };

    must((unsigned)kind < DUE_KIND_COUNT);
    return names[kind];
}

static void workflow_fini(struct workflow *workflow)
{
    for (uint32_t i = 0; i < workflow->step_count; i++) {
        struct step *step = &workflow->steps[i];
        free(step->name);
        free(step->service);
        free(step->event_type);
        free(step->event_subject);
        json_decref(step->with);
    }
    free(workflow->steps);
}

static void texts_free(char **texts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        free(texts[i]);
    }
    free(texts);
}

static void roadmap_fini(struct roadmap *roadmap)
{
    for (uint32_t i = 0; i < roadmap->section_count; i++) {
        free(roadmap->sections[i].no);
        free(roadmap->sections[i].title);
    }
    for (uint32_t i = 0; i < roadmap->item_count; i++) {
        struct roadmap_item *item = &roadmap->items[i];
        free(item->no);
        free(item->title);
        texts_free(item->bullets, item->bullet_count);
        texts_free(item->responsible, item->responsible_count);
        free(item->due_phrase);
        free(item->windows);
        free(item->result);
        free(item->note);
        free(item->workflow);
    }
    free(roadmap->sections);
    free(roadmap->items);
    free(roadmap->controller);
    free(roadmap->policy);
}

static void bodies_fini(struct bodies *bodies)
{
    for (uint32_t i = 0; i < bodies->body_count; i++) {
        struct body *body = &bodies->bodies[i];
        free(body->id);
        free(body->name);
        free(body->short_name);
        free(body->parent);
        free(body->email);
    }
    for (uint32_t i = 0; i < bodies->zone_count; i++) {
        zone_close(&bodies->zones[i]);
    }
    free(bodies->bodies);
    free(bodies->zones);
}

void definition_destroy(struct definition *definition)
{
    if (definition == NULL) {
        return;
    }
    switch (definition->kind) {
    case DEFINITION_WORKFLOW:
        workflow_fini(&definition->workflow);
        break;
    case DEFINITION_ROADMAP:
        roadmap_fini(&definition->roadmap);
        break;
    case DEFINITION_BODIES:
        bodies_fini(&definition->bodies);
        break;
    case DEFINITION_POLICY:
        free(definition->policy.rungs);
        break;
    case DEFINITION_KIND_COUNT:
        break;
    }
    free(definition->name);
    free(definition->title);
    free(definition->doc_version);
    free(definition->source);
    free(definition);
}
