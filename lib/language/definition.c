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
#include "language/outer_readers.h"
#include "language/readers.h"

#include <stdlib.h>

const char *definition_kind_name(enum definition_kind kind)
{
    static const char *const names[DEFINITION_KIND_COUNT] = {
        [DEFINITION_WORKFLOW] = N_("workflow"),     [DEFINITION_ROADMAP] = N_("roadmap"),
        [DEFINITION_BODIES] = N_("bodies"),         [DEFINITION_POLICY] = N_("policy"),
        [DEFINITION_CALENDAR] = N_("calendar"),     [DEFINITION_ROUTES] = N_("routes"),
        [DEFINITION_INDICATORS] = N_("indicators"),
    };

    must((unsigned)kind < DEFINITION_KIND_COUNT);
    return names[kind];
}

const char *step_kind_name(enum step_kind kind)
{
    static const char *const names[STEP_KIND_COUNT] = {
        [STEP_CALL] = "call",         [STEP_ASSIGNMENT] = "assignment",
        [STEP_WAIT] = "wait",         [STEP_LISTEN] = "listen",
        [STEP_SET] = "set",           [STEP_DO] = "do",
        [STEP_SWITCH] = "switch",     [STEP_FOR] = "for",
        [STEP_FORK] = "fork",         [STEP_TRY] = "try",
        [STEP_RAISE] = "raise",       [STEP_EMIT] = "emit",
        [STEP_RUN] = "run",           [STEP_FUNCTION] = "function",
        [STEP_SCHEDULE] = "schedule",
    };

    must((unsigned)kind < STEP_KIND_COUNT);
    return names[kind];
}

static void filters_free(struct event_filter *filters, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct event_filter *filter = &filters[i];
        for (uint32_t j = 0; j < filter->attribute_count; j++) {
            free(filter->attributes[j].name);
            free(filter->attributes[j].text);
        }
        for (uint32_t j = 0; j < filter->correlation_count; j++) {
            free(filter->correlations[j].name);
        }
        free(filter->type);
        free(filter->attributes);
        free(filter->correlations);
    }
    free(filters);
}

void step_fini(struct step *step)
{
    free(step->name);
    free(step->title);
    free(step->pointer);
    free(step->service);
    filters_free(step->listen.filters, step->listen.filter_count);
    filters_free(step->listen.until_filters, step->listen.until_filter_count);
    free(step->item);
    free(step->at);
    for (uint32_t i = 0; i < step->case_count; i++) {
        free(step->cases[i].name);
    }
    free(step->cases);
    free(step->errors.type);
    free(step->errors.instance);
    free(step->errors.title);
    free(step->errors.detail);
    free(step->error_name);
    free(step->run_name);
    free(step->run_version);
}

static void cycle_free(struct cycle *cycle)
{
    if (cycle == NULL) {
        return;
    }
    for (uint32_t i = 0; i < cycle->stage_count; i++) {
        free(cycle->stages[i].step);
        free(cycle->stages[i].title);
    }
    free(cycle->stages);
    free(cycle->person);
    free(cycle->key);
    free(cycle->municipality);
    free(cycle->school);
    free(cycle);
}

static void workflow_fini(struct workflow *workflow)
{
    for (uint32_t i = 0; i < workflow->step_count; i++) {
        step_fini(&workflow->steps[i]);
    }
    free(workflow->steps);
    free(workflow->schedule.cron);
    for (uint32_t i = 0; i < workflow->secret_count; i++) {
        free(workflow->secrets[i]);
    }
    free(workflow->secrets);
    cycle_free(workflow->cycle);
    program_destroy(workflow->program);
    json_decref(workflow->document);
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
        free(item->parts);
        free(item->audience);
        free(item->due_phrase);
        free(item->windows);
        free(item->opens);
        free(item->due_rule);
        free(item->due_ambiguity);
        free(item->due_why);
        texts_free(item->after, item->after_count);
        free(item->result);
        free(item->note);
        free(item->workflow);
        if (item->computed != NULL) {
            measure_fini(item->computed);
            free(item->computed);
        }
    }
    free(roadmap->sections);
    free(roadmap->items);
    free(roadmap->act_number);
    free(roadmap->controller);
    free(roadmap->policy);
    program_destroy(roadmap->program);
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
        free(body->deputy);
        for (uint32_t j = 0; j < body->absence_count; j++) {
            free(body->absences[j].deputy);
            free(body->absences[j].reason);
        }
        free(body->absences);
    }
    for (uint32_t i = 0; i < bodies->zone_count; i++) {
        zone_close(&bodies->zones[i]);
    }
    for (uint32_t i = 0; i < bodies->calendar_count; i++) {
        free(bodies->calendars[i]);
    }
    free(bodies->bodies);
    free(bodies->zones);
    free(bodies->calendars);
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
        policy_fini(&definition->policy);
        break;
    case DEFINITION_CALENDAR:
        calendar_fini(&definition->calendar);
        break;
    case DEFINITION_ROUTES:
        routes_fini(&definition->routes);
        break;
    case DEFINITION_INDICATORS:
        indicators_fini(&definition->indicators);
        break;
    case DEFINITION_KIND_COUNT:
        break;
    }
    free(definition->name);
    free(definition->namespace);
    free(definition->title);
    free(definition->doc_version);
    free(definition->source);
    free(definition);
}
