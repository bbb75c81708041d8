/* list.h - the table of instances */
#ifndef CLI_LIST_H
#define CLI_LIST_H

#include "cli/session.h"
#include "cli/table.h"

/* Rows of LIST. Yours. */
struct table *list_table(const struct session *session, const json_t *rows);

#endif
