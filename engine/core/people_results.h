/* people_results.h - inside core, and for rows: documents that an assignment must give
 *
 * `result` of an assignment says what must come of it: a text, or a list of texts and of
 * {kind, title}. A report gives documents: one ({kind, number, date, link, sha256} beside its text)
 * or `documents`, a list of such. docs/language.md §3.4, docs/protocol.md §3.5.
 */
#ifndef CORE_PEOPLE_RESULTS_H
#define CORE_PEOPLE_RESULTS_H

#include "base/error.h"
#include "calendar/civil.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* How many documents this input wants. */
uint32_t results_expected(const json_t *input);
/* How many good ones the report has: each with its kind, and number and date, or a link, or the
 * SHA-256 of a file. NULL: none. */
uint32_t results_given(const json_t *report);
/* The documents of a report one by one, the single form first; NULL past the last. */
const json_t *results_document(const json_t *report, size_t index);
/* What the input wants and the report has not, as texts. Yours. */
json_t *results_missing(const json_t *input, const json_t *report);

/* Is what a report says of documents well-formed, and none of a day after today? ERROR_INVALID,
 * ERROR_TOO_LARGE. today: where the reporting body is. */
bool results_check(const json_t *report, civil_day today, struct error *err);

#endif
