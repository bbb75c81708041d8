/* who.h - in whose name a command is given: --by, MARSHRUT_BY, or the user of this system */
#ifndef CLI_WHO_H
#define CLI_WHO_H

#include <jansson.h>

struct arguments;

/* --by or MARSHRUT_BY; NULL: neither. */
const char *who_given(const struct arguments *arguments);

/* The same, or else the login name. Yours; NULL when there is none. */
char *who_acts(const struct arguments *arguments);

/* Put the name into the request of a command (docs/protocol.md §3.5), unless it has one; queries
 * stay as they are. by may be NULL. Takes the request, which may be NULL, and gives the signed one.
 */
json_t *who_sign(const char *verb, json_t *request, const char *by);

#endif
