/* watch_status.h - the status line of `watch`: today's date, items by state */
#ifndef CLI_WATCH_STATUS_H
#define CLI_WATCH_STATUS_H

#include <jansson.h>

/* Of the answer of STATS. Harmless; yours to free. */
char *watch_status(const json_t *stats);

#endif
