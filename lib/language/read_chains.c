/* read_chains.c - who is above whom for the assignments of a policy
 *
 * Owns:    the word `chains` of a policy: lists of bodies, each followed by the one above it.
 * In:      read_chains() from read_policy.c; check_chains() from check.c.
 * Out:     policy->chains, as written.
 * Always:  a body has one body above it, in whatever chains it stands; going up comes to an end.
 * See:     docs/language.md §6; docs/time.md §5.1
 */
#include "base/must.h"
#include "language/policy_words.h"
#include "language/readers.h"

#include <string.h>

#define CHAINS_MAX       32u
#define CHAIN_BODIES_MAX 33u /* as many levels as bodies may have above them: check.c */

/* --- form ---------------------------------------------------------------------------------------
 */

static bool read_chain(const struct reader *reader, const struct node *node,
                       struct body_chain *chain)
{
    bool good = true;

    if (node->kind != NODE_LIST || node->count < 2) {
        return refuse(reader, node, ERROR_INVALID,
                      "a chain is a list of two bodies or more, each followed by the one above it");
    }
    if (node->count > CHAIN_BODIES_MAX) {
        return refuse(reader, node, ERROR_TOO_LARGE, "a chain has at most %u bodies; this has %u",
                      CHAIN_BODIES_MAX, node->count);
    }
    chain->bodies = xcalloc(node->count, sizeof *chain->bodies);
    chain->count = node->count;
    for (uint32_t i = 0; i < node->count; i++) {
        good &= node_name(reader, node->items[i], &chain->bodies[i]);
    }
    return good;
}

/* --- meaning of the list by itself --------------------------------------------------------------
 */

/* Another body above the same one, in a chain before this. Chains are few and short. */
static bool check_agrees(const struct reader *reader, const struct node *list,
                         const struct policy *policy, uint32_t at, uint32_t place)
{
    const struct body_chain *chain = &policy->chains[at];

    for (uint32_t i = 0; i < at; i++) {
        const struct body_chain *other = &policy->chains[i];
        for (uint32_t j = 0; j + 1 < other->count; j++) {
            if (strcmp(other->bodies[j], chain->bodies[place]) == 0 &&
                strcmp(other->bodies[j + 1], chain->bodies[place + 1]) != 0) {
                const struct node *node = list->items[at]->items[place + 1];
                return refuse(reader, node, ERROR_INVALID,
                              "above \"%s\" stands \"%s\" already (in line %d)",
                              show(chain->bodies[place]).text, show(other->bodies[j + 1]).text,
                              list->items[i]->items[j + 1]->line);
            }
        }
    }
    return true;
}

/* As many steps as there are places in all chains lead out of them, or round. */
static bool check_ends(const struct reader *reader, const struct node *node,
                       const struct policy *policy, const char *body)
{
    const char *at = policy_above(policy, body);

    for (uint32_t n = 0; at != NULL && n < CHAINS_MAX * CHAIN_BODIES_MAX; n++) {
        if (strcmp(at, body) == 0) {
            return refuse(reader, node, ERROR_INVALID,
                          "the chains go round in a circle, by way of \"%s\"", show(body).text);
        }
        at = policy_above(policy, at);
    }
    return true;
}

static bool check_each(const struct reader *reader, const struct node *list,
                       const struct policy *policy)
{
    bool good = true;

    for (uint32_t i = 0; i < policy->chain_count; i++) {
        for (uint32_t j = 0; j + 1 < policy->chains[i].count; j++) {
            good &= check_agrees(reader, list, policy, i, j);
        }
    }
    for (uint32_t i = 0; good && i < policy->chain_count; i++) {
        for (uint32_t j = 0; good && j < policy->chains[i].count; j++) {
            good =
                check_ends(reader, list->items[i]->items[j], policy, policy->chains[i].bodies[j]);
        }
    }
    return good;
}

bool read_chains(const struct reader *reader, const struct node *root, struct policy *policy)
{
    const struct node *list;
    bool good = true;

    if (!fields_node(reader, root, "chains", OPTIONAL, NODE_LIST, &list) || list == NULL) {
        return node_find(root, "chains") == NULL;
    }
    if (list->count > CHAINS_MAX) {
        return refuse(reader, list, ERROR_TOO_LARGE, "\"%s\" has %u entries; the limit is %u",
                      "chains", list->count, CHAINS_MAX);
    }
    policy->chains = xcalloc(list->count, sizeof *policy->chains);
    policy->chain_count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_chain(reader, list->items[i], &policy->chains[i]);
    }
    return good && check_each(reader, list, policy);
}

/* --- bodies that others know --------------------------------------------------------------------
 */

bool check_chains(const struct reader *reader, const struct node *root)
{
    const struct node *list = node_find(root, "chains");
    bool good = true;

    for (uint32_t i = 0; list != NULL && i < list->count; i++) {
        for (uint32_t j = 0; j < list->items[i]->count; j++) {
            good &= check_body_known(reader, list->items[i]->items[j]);
        }
    }
    return good;
}
