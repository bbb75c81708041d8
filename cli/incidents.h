/* incidents.h - the table of incidents */
#ifndef CLI_INCIDENTS_H
#define CLI_INCIDENTS_H

#include "cli/session.h"
#include "cli/table.h"

/* Rows of INCIDENTS. Yours. */
struct table *incidents_table(const struct session *session, const json_t *rows);

#endif
