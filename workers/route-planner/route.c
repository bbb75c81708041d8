/* route.c - an individual educational route
 *
 *   for each deficit, in the order given     who gets it
 *   1 a programme                            every one; without one the deficit is unmet
 *   2 a mentor                               level below the base one, first years of work, or
 *                                            training that did not help
 *   3 practice: a site or a master class     every one; below the base level and after a failure
 *                                            rather a site, else rather a master class
 *
 * Owns:    this table, and the hours that are left.
 * In:      main.c.
 * Out:     the output of the task. Pure.
 * Always:  hours go to all programmes first, then to mentors, then to practice; an element of the
 *          route before comes back only where its deficit has not failed.
 * See:     docs/workers.md §6
 */
#include "workers/route-planner/route.h"

#include "base/must.h"
#include "workers/route-planner/reason.h"

#include <stdlib.h>
#include <string.h>

#define LEVEL_BELOW "ниже базового"

enum slot { SLOT_PROGRAMME, SLOT_MENTOR, SLOT_PRACTICE, SLOT_COUNT };

/* What one deficit gets. */
struct answer {
    json_t *elements[SLOT_COUNT]; /* NULL: none */
    json_t *kept;                 /* a list, from the route before; or NULL */
    json_t *unmet;
};

struct route {
    const struct registry *registry;
    const struct inquiry *inquiry;
    struct answer *answers; /* as many as needs */
    int hours_left;         /* or INQUIRY_HOURS_NO_MAX */
    int hours_total;
};

static enum slot slot_of(enum kind kind)
{
    return kind == KIND_PROGRAMME ? SLOT_PROGRAMME
           : kind == KIND_MENTOR  ? SLOT_MENTOR
                                  : SLOT_PRACTICE;
}

static void spend(struct route *route, int hours)
{
    route->hours_total += hours;
    if (route->hours_left != INQUIRY_HOURS_NO_MAX) {
        route->hours_left = hours < route->hours_left ? route->hours_left - hours : 0;
    }
}

static json_t *element(enum kind kind, const char *id, const char *title, const char *competence,
                       int hours)
{
    json_t *value =
        json_pack("{ss ss ss ss si}", "kind", kind_name(kind), "id", id, "title",
                  *title != '\0' ? title : id, "competence", competence, "hours", hours);

    must(value != NULL);
    return value;
}

static void set_from(json_t *value, civil_day from)
{
    char date[CIVIL_TEXT_MAX];

    if (from != CIVIL_DAY_NONE) {
        civil_print(from, date);
        json_object_set_new(value, "from", json_string(date));
    }
}

/* --- what stays of the route before ----------------------------------------------------------- */

static bool keeps(const struct route *route, const struct need *need)
{
    for (size_t i = 0; i < route->inquiry->past_count; i++) {
        if (strcmp(route->inquiry->past[i].competence, need->competence) == 0) {
            return !need->failed;
        }
    }
    return false;
}

static void keep(struct route *route, const struct need *need, struct answer *answer)
{
    answer->kept = json_array();
    for (size_t i = 0; i < route->inquiry->past_count; i++) {
        const struct past *past = &route->inquiry->past[i];
        if (strcmp(past->competence, need->competence) != 0) {
            continue;
        }
        const struct offer *o = registry_find(route->registry, past->id);
        json_t *value = element(past->kind, past->id, past->title, past->competence, past->hours);
        set_from(value, o != NULL ? o->from : CIVIL_DAY_NONE);
        json_object_set_new(value, "kept", json_true());
        json_object_set_new(value, "reason", reason_kept(need));
        json_array_append_new(answer->kept, value);
        spend(route, past->hours);
    }
}

/* --- what is chosen --------------------------------------------------------------------------- */

static enum mentoring mentoring_of(const struct route *route, const struct need *need)
{
    if (need->failed) {
        return MENTORING_FAILED;
    }
    if (strcmp(need->level, LEVEL_BELOW) == 0) {
        return MENTORING_LEVEL;
    }
    return route->inquiry->young ? MENTORING_YOUNG : MENTORING_NONE;
}

/* The last one, when there were several routes. */
static const struct past *past_of(const struct route *route, const struct need *need,
                                  enum slot slot)
{
    for (size_t i = route->inquiry->past_count; i > 0; i--) {
        const struct past *past = &route->inquiry->past[i - 1];
        if (strcmp(past->competence, need->competence) == 0 && slot_of(past->kind) == slot) {
            return past;
        }
    }
    return NULL;
}

static struct choice choose(const struct route *route, const struct need *need, enum slot slot)
{
    bool weak = need->failed || strcmp(need->level, LEVEL_BELOW) == 0;
    enum kind first = slot == SLOT_PROGRAMME ? KIND_PROGRAMME
                      : slot == SLOT_MENTOR  ? KIND_MENTOR
                      : weak                 ? KIND_SITE
                                             : KIND_MASTERCLASS;
    struct choice choice =
        choice_best(route->registry, route->inquiry, need, first, route->hours_left);

    if (choice.offer == NULL && slot == SLOT_PRACTICE) {
        enum kind other = first == KIND_SITE ? KIND_MASTERCLASS : KIND_SITE;
        choice = choice_best(route->registry, route->inquiry, need, other, route->hours_left);
    }
    return choice;
}

static json_t *unmet(const struct route *route, const struct need *need, enum obstacle obstacle)
{
    json_t *value =
        json_pack("{ss ss so}", "competence", need->competence, "title", need->title, "reason",
                  reason_unmet(need, route->inquiry, obstacle, route->hours_left));

    must(value != NULL);
    return value;
}

static void fill(struct route *route, const struct need *need, enum slot slot,
                 struct answer *answer)
{
    enum mentoring mentoring = slot == SLOT_MENTOR ? mentoring_of(route, need) : MENTORING_NONE;

    if (slot == SLOT_MENTOR && mentoring == MENTORING_NONE) {
        return;
    }
    struct choice choice = choose(route, need, slot);
    if (choice.offer != NULL) {
        const struct offer *o = choice.offer;
        const struct past *instead = past_of(route, need, slot);
        answer->elements[slot] = element(o->kind, o->id, o->title, o->competence, o->hours);
        set_from(answer->elements[slot], o->from);
        json_object_set_new(answer->elements[slot], "reason",
                            reason_chosen(need, &choice, route->hours_left, mentoring, instead));
        spend(route, o->hours);
    } else if (slot == SLOT_PROGRAMME) {
        answer->unmet = unmet(route, need, choice.obstacle);
    }
}

/* --- the whole -------------------------------------------------------------------------------- */

static void plan(struct route *route)
{
    const struct inquiry *q = route->inquiry;

    for (size_t i = 0; i < q->need_count; i++) { /* what stays has its hours already */
        if (keeps(route, &q->needs[i])) {
            keep(route, &q->needs[i], &route->answers[i]);
        }
    }
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        for (size_t i = 0; i < q->need_count; i++) {
            if (route->answers[i].kept == NULL) {
                fill(route, &q->needs[i], (enum slot)slot, &route->answers[i]);
            }
        }
    }
}

static json_t *output_of(const struct route *route)
{
    json_t *elements = json_array();
    json_t *unmet_list = json_array();

    for (size_t i = 0; i < route->inquiry->need_count; i++) {
        const struct answer *answer = &route->answers[i];
        if (answer->kept != NULL) {
            json_array_extend(elements, answer->kept);
            json_decref(answer->kept);
        }
        for (int slot = 0; slot < SLOT_COUNT; slot++) {
            if (answer->elements[slot] != NULL) {
                json_array_append_new(elements, answer->elements[slot]);
            }
        }
        if (answer->unmet != NULL) {
            json_array_append_new(unmet_list, answer->unmet);
        }
    }
    json_t *output = json_pack("{so si so}", "elements", elements, "hours_total",
                               route->hours_total, "unmet", unmet_list);
    must(output != NULL);
    return output;
}

json_t *route_plan(const struct registry *registry, const struct inquiry *inquiry)
{
    struct route route = {.registry = registry,
                          .inquiry = inquiry,
                          .answers = xcalloc(inquiry->need_count + 1, sizeof(struct answer)),
                          .hours_left = inquiry->hours_max};

    plan(&route);
    json_t *output = output_of(&route);
    free(route.answers);
    return output;
}
