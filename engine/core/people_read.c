/* people_read.c - from the filled `with` of a call to an assignment
 *
 * Owns:    who takes part and by when, as the document says it.
 * In:      people.c, when the task opens.
 * Out:     struct assignment with its ladder, or a sentence for the incident of the task.
 * See:     docs/language.md §3.4
 */
#include "engine/core/people_part.h"

#include "base/limits.h"
#include "engine/core/ladder.h"
#include "engine/core/term.h"

#include <string.h>

bool people_knows_body(const struct world *world, struct bytes id, struct error *err)
{
    if (world_body(world, id) == NULL) {
        return error_set(err, ERROR_INVALID, "there is no body \"%s\"",
                         id.size > 0 ? arena_text(world->arena, id) : "");
    }
    return true;
}

static bool add_person(struct world *world, struct assignment *a, const json_t *entry,
                       struct error *err)
{
    const char *text = term_part_body(entry);

    if (text == NULL) {
        return error_set(err, ERROR_INVALID, "responsible and co_executors are names of bodies");
    }
    for (uint32_t i = 0; i < a->people_count; i++) {
        if (bytes_equal(a->people[i], bytes_of(text))) {
            return true; /* named twice in the table: one letter is enough */
        }
    }
    if (!people_knows_body(world, bytes_of(text), err)) {
        return false;
    }
    if (a->people_count > LIMIT_CO_EXECUTORS) {
        return error_set(err, ERROR_TOO_LARGE, "too many co-executors: the limit is %u",
                         LIMIT_CO_EXECUTORS);
    }
    a->people[a->people_count++] = arena_copy(world->arena, bytes_of(text));
    return true;
}

/* "id", {body, …} or a list of them; absent is none. */
static bool add_people(struct world *world, struct assignment *a, const json_t *value,
                       struct error *err)
{
    if (value == NULL || json_is_null(value)) {
        return true;
    }
    if (!json_is_array(value)) {
        return add_person(world, a, value, err);
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!add_person(world, a, json_array_get(value, i), err)) {
            return false;
        }
    }
    return true;
}

static bool read_controller(struct world *world, const json_t *value, struct assignment *a,
                            struct error *err)
{
    if (value == NULL || json_is_null(value)) {
        return true;
    }
    if (!json_is_string(value)) {
        return error_set(err, ERROR_INVALID, "controller is the name of a body");
    }
    a->controller = arena_copy(world->arena, bytes_of(json_string_value(value)));
    return people_knows_body(world, a->controller, err);
}

const struct policy *people_policy(const struct world *world, const json_t *with, struct error *err)
{
    const json_t *value = json_object_get(with, "policy");
    const char *name = json_is_string(value) ? json_string_value(value) : "default";
    const struct definition *policy = catalog_find(world->catalog, DEFINITION_POLICY, name);

    if (policy == NULL) {
        error_set(err, ERROR_INVALID, "there is no policy \"%s\"", name);
        return NULL;
    }
    return &policy->policy;
}

static bool read_parts(struct world *world, const struct term_rules *rules, const json_t *list,
                       const struct term_reading *whole, struct assignment *a, struct error *err)
{
    a->parts = arena_alloc(world->arena, a->people_count * sizeof *a->parts);
    for (uint32_t i = 0; i + 1 < a->people_count; i++) {
        a->parts[i] = (struct part){.state = PART_OPEN, .to = a->to, .reported = CIVIL_DAY_NONE};
    }
    for (size_t i = 0; i < (json_is_object(list) ? 1 : json_array_size(list)); i++) {
        const json_t *entry = json_is_object(list) ? list : json_array_get(list, i);
        int32_t person = assignment_find_person(a, bytes_of(term_part_body(entry)));
        if (person > 0 && !term_read_part(rules, entry, whole, &a->parts[person - 1].to, err)) {
            return false;
        }
    }
    return true;
}

static bool read_terms(struct world *world, const json_t *with, const struct policy *policy,
                       struct assignment *a, struct error *err)
{
    struct term_rules rules = term_rules(world, policy, a->people[0]);
    struct term_reading term;

    if (!term_read(&rules, json_object_get(with, "due"), &term, err)) {
        return false;
    }
    a->from = term.from;
    a->to = term.to;
    a->literal = term.literal;
    return read_parts(world, &rules, json_object_get(with, "co_executors"), &term, a, err);
}

bool people_read(struct world *world, const json_t *with, struct assignment *a, struct error *err)
{
    const struct policy *policy = people_policy(world, with, err);

    a->people = arena_alloc(world->arena, (LIMIT_CO_EXECUTORS + 1) * sizeof *a->people);
    if (policy == NULL || !add_people(world, a, json_object_get(with, "responsible"), err) ||
        !add_people(world, a, json_object_get(with, "co_executors"), err)) {
        return false;
    }
    if (a->people_count == 0) {
        return error_set(err, ERROR_INVALID, "an assignment needs a responsible body");
    }
    if (!read_controller(world, json_object_get(with, "controller"), a, err) ||
        !read_terms(world, with, policy, a, err)) {
        return false;
    }
    ladder_build(world, a, policy);
    return true;
}
