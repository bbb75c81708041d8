/* scoring.h - results of a diagnosis and thresholds -> deficits
 *
 * Scores count as per cent of their maximum, to one decimal: what is shown is what was compared.
 */
#ifndef DIAGNOSTICS_SCORING_H
#define DIAGNOSTICS_SCORING_H

#include "base/buffer.h"
#include "base/error.h"

#include <jansson.h>

#define SCORING_RESULTS_MAX 1000 /* competences of one diagnosis; frameworks have about 100 */

/* Read the input of the service `diagnostics` and score it (docs/workers.md §5). Yours; NULL:
 * ERROR_INVALID with a Russian sentence. Pure: the same input gives the same output. */
json_t *scoring_score(struct bytes input, struct error *err);

#endif
