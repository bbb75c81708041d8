/* change.h - what happened between two entries of the journal, in one JSON object; pure */
#ifndef WEB_CHANGE_H
#define WEB_CHANGE_H

#include "store/store.h"

#include <jansson.h>
#include <stdint.h>

#define CHANGE_INSTANCES_MAX 200  /* more: the page reads all anew anyway */
#define CHANGE_ENTRIES_MAX   1000 /* looked at for one event: some ms */

/* Entries after `after` up to `last` of this snapshot: {"seq","instances":[…],"kinds":[…],"more"}.
 * "more": there were more instances than are named. Yours. */
json_t *change_between(struct store_txn *txn, uint64_t after, uint64_t last);

#endif
