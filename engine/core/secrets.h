/* secrets.h - $secrets of a workflow: those it declares, and no others
 *
 * What an expression makes of a secret is a value like any other: it is written to the journal,
 * sent to workers and shown to operators (docs/configuration.md §Secrets).
 */
#ifndef CORE_SECRETS_H
#define CORE_SECRETS_H

#include "engine/core/value.h"

/* Is each secret there that this expression names? One that takes $secrets as a whole needs all
 * that the workflow declares. Else ERROR_REFUSED with the name. */
bool secrets_check(const struct site *site, uint32_t expression, struct error *err);

/* The expression failed: what jq says of it may quote a secret, so less is said. */
void secrets_hush(const struct site *site, uint32_t expression, struct error *err);

/* The variable: a new map of the declared ones that are there. */
json_t *secrets_variable(const struct site *site);

#endif
