/* rehearse_notices.h - the letters of a rehearsal: the one place that knows how the journal tells
 * of them */
#ifndef CLI_REHEARSE_NOTICES_H
#define CLI_REHEARSE_NOTICES_H

#include "cli/rehearsal.h"

/* A row of JOURNAL; any but those of notices is passed over. */
void rehearse_notices_add(struct rehearsal *rehearsal, const json_t *row);
void rehearsed_notice_fini(struct rehearsed_notice *notice);

/* Does it tell how many days it is before or after the term? */
bool rehearsed_notice_counts(const struct rehearsed_notice *notice);

/* By day, hour, recipient and reason; after the last row. */
void rehearse_notices_sort(struct rehearsal *rehearsal);
/* The notices that leave to one body at one hour of one day, from this one on: how many. */
uint32_t rehearse_notices_group(const struct rehearsal *rehearsal, uint32_t first);
/* How many letters the notices of such a group are. */
uint32_t rehearse_notices_letters(const struct rehearsed_notice *notices, uint32_t count);

#endif
