/* outer_fini.c - giving back the memory of calendars, policies, routes and indicators
 *
 * Owns:    nothing; it knows how these parts of a definition are freed.
 * In:      definition_destroy().
 * Out:     nothing.
 * Always:  a part that is zeroed or half read can be given back.
 * See:     outer.h
 */
#include "language/outer_readers.h"

#include <stdlib.h>

void calendar_fini(struct calendar *calendar)
{
    for (uint32_t i = 0; i < calendar->holiday_count; i++) {
        free(calendar->holidays[i].title);
    }
    for (uint32_t i = 0; i < calendar->year_count; i++) {
        struct calendar_year *year = &calendar->years[i];
        for (uint32_t j = 0; j < year->off_count; j++) {
            free(year->off[j].title);
        }
        for (uint32_t j = 0; j < year->transfer_count; j++) {
            free(year->transfers[j].source);
        }
        free(year->source);
        free(year->off);
        free(year->transfers);
        free(year->working);
        free(year->shortened);
    }
    free(calendar->extends);
    free(calendar->source);
    free(calendar->holidays);
    free(calendar->years);
    free(calendar->school);
}

void policy_fini(struct policy *policy)
{
    for (uint32_t i = 0; i < policy->urgency_count; i++) {
        free(policy->urgencies[i].word);
        free(policy->urgencies[i].source);
    }
    for (uint32_t i = 0; i < policy->chain_count; i++) {
        for (uint32_t j = 0; j < policy->chains[i].count; j++) {
            free(policy->chains[i].bodies[j]);
        }
        free(policy->chains[i].bodies);
    }
    free(policy->chains);
    free(policy->urgencies);
    free(policy->shift_source);
    free(policy->rungs);
}

void routes_fini(struct routes *routes)
{
    for (uint32_t i = 0; i < routes->route_count; i++) {
        struct route *route = &routes->routes[i];
        free(route->name);
        free(route->type);
        free(route->source);
        free(route->subject);
        free(route->workflow);
        free(route->signal_type);
    }
    free(routes->routes);
    program_destroy(routes->program);
}

static void count_fini(struct count *count)
{
    for (uint32_t i = 0; i < count->state_count; i++) {
        free(count->states[i]);
    }
    free(count->states);
    free(count->name);
    free(count->source);
}

void measure_fini(struct measure *measure)
{
    count_fini(&measure->done);
    count_fini(&measure->of);
    free(measure->target.wording);
}

void indicators_fini(struct indicators *indicators)
{
    for (uint32_t i = 0; i < indicators->indicator_count; i++) {
        struct indicator *indicator = &indicators->indicators[i];
        free(indicator->id);
        free(indicator->title);
        free(indicator->unit);
        free(indicator->formula);
        free(indicator->note);
        free(indicator->reported);
        measure_fini(&indicator->measure);
    }
    free(indicators->source);
    free(indicators->indicators);
    program_destroy(indicators->program);
}
