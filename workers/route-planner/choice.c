/* choice.c - the best offer for a deficit
 *
 *   it must    be for the competence; for the level of the deficit or for all levels; not have
 * begun before the route does; not be part of a route before; have a free place; fit into the hours
 * that are left better is  1 for this very level   2 in the own municipality, then from a distance
 *              3 earlier   4 more free places   5 fewer hours   6 the id that sorts first
 *
 * Owns:    these two lists.
 * In:      route.c.
 * Out:     struct choice. Pure.
 * Always:  the order of the rows does not matter.
 * See:     docs/workers.md §6
 */
#include "workers/route-planner/choice.h"

#include <string.h>

static int free_places(const struct offer *o, const struct inquiry *q)
{
    json_int_t taken = json_integer_value(json_object_get(q->taken, o->id));

    return taken >= o->places ? 0 : o->places - (int)taken;
}

static enum obstacle obstacle_of(const struct offer *o, const struct inquiry *q,
                                 const struct need *need, int hours_left)
{
    if (*o->level != '\0' && *need->level != '\0' && strcmp(o->level, need->level) != 0) {
        return OBSTACLE_LEVEL;
    }
    if (q->start != CIVIL_DAY_NONE && o->from != CIVIL_DAY_NONE && o->from < q->start) {
        return OBSTACLE_BEGUN;
    }
    if (inquiry_tried(q, o->id)) {
        return OBSTACLE_TRIED;
    }
    if (free_places(o, q) == 0) {
        return OBSTACLE_PLACES;
    }
    if (hours_left != INQUIRY_HOURS_NO_MAX && o->hours > hours_left) {
        return OBSTACLE_HOURS;
    }
    return OBSTACLE_NONE;
}

/* 2 in the own municipality, 1 from a distance, 0 elsewhere. */
static int nearness(const struct offer *o, const struct inquiry *q)
{
    if (*o->municipality == '\0') {
        return 1;
    }
    return strcmp(o->municipality, q->municipality) == 0 ? 2 : 0;
}

static struct choice candidate(const struct offer *o, const struct inquiry *q,
                               const struct need *need)
{
    return (struct choice){.offer = o,
                           .obstacle = OBSTACLE_NONE,
                           .exact_level = *o->level != '\0' && strcmp(o->level, need->level) == 0,
                           .near = nearness(o, q) == 2,
                           .places = free_places(o, q)};
}

static bool better(const struct choice *a, const struct choice *b, const struct inquiry *q)
{
    int near_a = nearness(a->offer, q);
    int near_b = nearness(b->offer, q);

    if (a->exact_level != b->exact_level) {
        return a->exact_level;
    }
    if (near_a != near_b) {
        return near_a > near_b;
    }
    if (a->offer->from != b->offer->from) { /* CIVIL_DAY_NONE, at any time, is the earliest */
        return a->offer->from < b->offer->from;
    }
    if (a->places != b->places) {
        return a->places > b->places;
    }
    if (a->offer->hours != b->offer->hours) {
        return a->offer->hours < b->offer->hours;
    }
    return strcmp(a->offer->id, b->offer->id) < 0;
}

struct choice choice_best(const struct registry *registry, const struct inquiry *inquiry,
                          const struct need *need, enum kind kind, int hours_left)
{
    struct choice best = {.offer = NULL, .obstacle = OBSTACLE_NO_OFFER};

    for (size_t i = 0; i < registry->count; i++) {
        const struct offer *o = &registry->offers[i];
        if (o->kind != kind || strcmp(o->competence, need->competence) != 0) {
            continue;
        }
        enum obstacle obstacle = obstacle_of(o, inquiry, need, hours_left);
        if (obstacle != OBSTACLE_NONE) {
            best.obstacle = obstacle > best.obstacle ? obstacle : best.obstacle;
            continue;
        }
        struct choice this_one = candidate(o, inquiry, need);
        if (best.offer == NULL || better(&this_one, &best, inquiry)) {
            best = this_one;
        }
    }
    return best;
}
