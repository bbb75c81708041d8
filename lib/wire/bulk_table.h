/* bulk_table.h - what can be done with all that a list finds
 *
 * Which lists there are, by which fields each is filtered, and which commands fit what is in it:
 * one table for the gateway, which makes a job of it, and for the command line. See docs/http.md
 * §4.2.
 */
#ifndef WIRE_BULK_TABLE_H
#define WIRE_BULK_TABLE_H

#include "wire/client.h"

/* What a field of a filter holds. */
enum bulk_field { BULK_NO_FIELD, BULK_TEXT, BULK_FLAG, BULK_NUMBER };

struct bulk_list;

struct bulk_action {
    const char *name;
    unsigned lists;
    enum client_verb verb;
    bool of_task;      /* else of its instance */
    bool reason;       /* is needed */
    const char *needs; /* another field that is; NULL = none */
};

/* "incidents", "instances", "assignments"; NULL: there is no such list, also of NULL. */
const struct bulk_list *bulk_list_find(const char *name);
/* The query that gives its rows. */
enum client_verb bulk_list_verb(const struct bulk_list *list);
/* How its rows are filtered by this field. */
enum bulk_field bulk_list_field(const struct bulk_list *list, const char *name);

/* NULL: that can't be done with this list, also of NULL for either. The same word may mean another
 * command on another list. */
const struct bulk_action *bulk_action_find(const char *name, const struct bulk_list *list);
/* The i-th that can be done with this list, from 0; NULL past the last. */
const struct bulk_action *bulk_action_at(const struct bulk_list *list, size_t i);
/* Does it need something that is not given yet? given: the field that action->needs names. */
bool bulk_action_lacks(const struct bulk_action *action, bool reason, bool given);

#endif
