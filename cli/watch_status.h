/* watch_status.h - the status line of `watch`: today's date, items by state */
#ifndef CLI_WATCH_STATUS_H
#define CLI_WATCH_STATUS_H

#include <jansson.h>
#include <stddef.h>

/* Of the answer of STATS. Where it would take more than so many columns, words are shorter; 0: as
 * many as it takes. Harmless; yours to free. */
char *watch_status(const json_t *stats, size_t columns);

#endif
