/* ics_entry.h - an assignment as an entry of somebody's calendar */
#ifndef CLI_ICS_ENTRY_H
#define CLI_ICS_ENTRY_H

#include "base/arena.h"
#include "calendar/ics.h"

#include <jansson.h>
#include <stdbool.h>

struct ics_wish {
    const char *body;   /* whose calendar it is; NULL: everybody's */
    const char *domain; /* the end of each uid */
    int alarm_days;     /* or ICS_NO_ALARM */
    bool all;           /* what is done too */
};

/* A row of ASSIGNMENTS (docs/protocol.md §3.6): the entry is on its last day, for a co-executor on
 * the last day of its part. false: this body has nothing to do with it any more, or the row has no
 * days. The texts of the entry are in the arena. */
bool ics_entry_make(const json_t *row, const struct ics_wish *wish, struct arena *arena,
                    struct ics_entry *ret_entry);

#endif
