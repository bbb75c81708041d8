/* chain.c - who is above a body, for one assignment
 *
 * Owns:    the choice between the chains of a policy and the bodies documents.
 * In:      recipients.c, people*.c, letters.c; `why` and the lists, which tell of it.
 * Always:  only looks.
 * See:     docs/time.md §5.1
 */
#include "engine/core/chain.h"

#include "engine/core/value.h"

const struct policy *chain_policy(const struct catalog *catalog, const struct instance *instance,
                                  const struct task *task)
{
    json_t *with = value_parse(task_input(instance, task));
    const char *name = json_string_value(json_object_get(with, "policy"));
    const struct definition *d =
        catalog_find(catalog, DEFINITION_POLICY, name != NULL ? name : "default");

    json_decref(with);
    return d != NULL ? &d->policy : NULL;
}

static const struct body *next_above(const struct catalog *catalog, const struct policy *policy,
                                     const struct body *body)
{
    bool in_chain = policy != NULL && policy_has_in_chain(policy, body->id);
    const char *id = in_chain ? policy_above(policy, body->id) : body->parent;

    return id != NULL ? catalog_find_body(catalog, id) : NULL;
}

const struct body *chain_above(const struct catalog *catalog, const struct policy *policy,
                               struct bytes id)
{
    return chain_levels_above(catalog, policy, id, 1);
}

const struct body *chain_levels_above(const struct catalog *catalog, const struct policy *policy,
                                      struct bytes id, unsigned levels)
{
    const struct body *body = levels > 0 ? catalog_find_body_named(catalog, id) : NULL;

    for (unsigned i = 0; i < levels && body != NULL; i++) {
        body = next_above(catalog, policy, body);
    }
    return body;
}

bool chain_is_above(const struct catalog *catalog, const struct policy *policy, struct bytes id,
                    struct bytes above)
{
    const struct body *body = chain_above(catalog, policy, id);

    while (body != NULL && !bytes_equal(bytes_of(body->id), above)) {
        body = next_above(catalog, policy, body);
    }
    return body != NULL;
}
