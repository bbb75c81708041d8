/* chains.c - who is above whom by the chains of a policy
 *
 * Owns:    looking a body up in them.
 * In:      the check of a policy, and whoever asks who is above a body for an assignment.
 * Out:     ids, borrowed from the policy.
 * Always:  a body that ends one chain may go on in another.
 * See:     docs/language.md §6
 */
#include "language/definition.h"

#include <string.h>

const char *policy_above(const struct policy *policy, const char *body)
{
    for (uint32_t i = 0; i < policy->chain_count; i++) {
        const struct body_chain *chain = &policy->chains[i];
        for (uint32_t j = 0; j + 1 < chain->count; j++) {
            if (strcmp(chain->bodies[j], body) == 0) {
                return chain->bodies[j + 1];
            }
        }
    }
    return NULL;
}

bool policy_has_in_chain(const struct policy *policy, const char *body)
{
    for (uint32_t i = 0; i < policy->chain_count; i++) {
        for (uint32_t j = 0; j < policy->chains[i].count; j++) {
            if (strcmp(policy->chains[i].bodies[j], body) == 0) {
                return true;
            }
        }
    }
    return false;
}
