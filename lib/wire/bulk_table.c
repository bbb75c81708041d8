/* bulk_table.c - which lists can be acted on, by which actions, with which filters
 *
 * Owns:    the table of actions, and the filters of lists.
 * In:      engine/web/bulk.c and cli/bulk.c.
 * Always:  a filter means here what it means where the list is looked at (docs/protocol.md §3.6);
 *          one that is not in the table is refused by who reads it: it would touch more.
 * See:     docs/http.md §4.2
 */
#include "wire/bulk_table.h"

#include <string.h>

#define FIELDS_MAX 16

struct bulk_list {
    const char *name;
    enum client_verb verb;
    const char *texts[FIELDS_MAX];
    const char *flags[FIELDS_MAX];
    const char *number; /* NULL = none */
};

static const struct bulk_list lists[] = {
    {"incidents", CLIENT_INCIDENTS, {"definition", "service", NULL}, {NULL}, NULL},
    {"instances", CLIENT_LIST, {"state", "definition", "body", NULL}, {"letters", NULL}, "parent"},
    {"assignments",
     CLIENT_ASSIGNMENTS,
     {"state", "phase", "body", "role", "plan", "section", "no", "from", "to", "outcome",
      "outcome_original", "q", "group", NULL},
     {"open", "overdue", "decide", NULL},
     NULL},
};

enum { ON_INCIDENTS = 1, ON_INSTANCES = 2, ON_ASSIGNMENTS = 4 }; /* in the order of the lists */

static const struct bulk_action actions[] = {
    {"retry", ON_INCIDENTS, CLIENT_RETRY, true, false, NULL},
    {"skip", ON_INCIDENTS, CLIENT_SKIP, true, true, NULL},
    {"cancel", ON_INCIDENTS | ON_INSTANCES, CLIENT_CANCEL, false, true, NULL},
    {"suspend", ON_INCIDENTS | ON_INSTANCES, CLIENT_SUSPEND, false, true, NULL},
    {"resume", ON_INSTANCES, CLIENT_RESUME, false, false, NULL},
    {"accept", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, false, NULL},
    {"return", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, true, NULL},
    {"withdraw", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, true, NULL},
    {"move", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, true, "day"},
    {"grant", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, false, NULL},
    {"refuse", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, true, NULL},
    {"pause", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, true, "pause"},
    {"resume", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, false, NULL},
    {"reassign", ON_ASSIGNMENTS, CLIENT_ASSIGNMENT, true, true, "to"},
};

const struct bulk_list *bulk_list_find(const char *name)
{
    for (size_t i = 0; name != NULL && i < sizeof lists / sizeof *lists; i++) {
        if (strcmp(lists[i].name, name) == 0) {
            return &lists[i];
        }
    }
    return NULL;
}

enum client_verb bulk_list_verb(const struct bulk_list *list)
{
    return list->verb;
}

static bool has(const char *const *names, const char *name)
{
    for (; *names != NULL; names++) {
        if (strcmp(*names, name) == 0) {
            return true;
        }
    }
    return false;
}

enum bulk_field bulk_list_field(const struct bulk_list *list, const char *name)
{
    if (has(list->flags, name)) {
        return BULK_FLAG;
    }
    if (list->number != NULL && strcmp(list->number, name) == 0) {
        return BULK_NUMBER;
    }
    return has(list->texts, name) ? BULK_TEXT : BULK_NO_FIELD;
}

const struct bulk_action *bulk_action_at(const struct bulk_list *list, size_t i)
{
    unsigned bit = 1u << (list - lists);

    for (size_t n = 0; n < sizeof actions / sizeof *actions; n++) {
        if ((actions[n].lists & bit) != 0 && i-- == 0) {
            return &actions[n];
        }
    }
    return NULL;
}

const struct bulk_action *bulk_action_find(const char *name, const struct bulk_list *list)
{
    const struct bulk_action *action = NULL;

    for (size_t i = 0; name != NULL && list != NULL; i++) {
        action = bulk_action_at(list, i);
        if (action == NULL || strcmp(action->name, name) == 0) {
            break;
        }
    }
    return action;
}

bool bulk_action_lacks(const struct bulk_action *action, bool reason, bool given)
{
    return (action->reason && !reason) || (action->needs != NULL && !given);
}
