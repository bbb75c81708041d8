/* bulk_words.c - the words of `marshrut bulk`: which list, which filters, what is done
 *
 * Owns:    which option is which field of the list, and which of the command.
 * In:      bulk.c; the table of lists and actions (wire/bulk_table.h).
 * Always:  an option that the list or the action does not have is refused: it would touch more than
 *          is meant.
 * See:     docs/http.md §4.2
 */
#include "cli/bulk_part.h"

#include "base/must.h"
#include "cli/assignment_part.h"
#include "cli/language.h"
#include "cli/text.h"
#include "cli/who.h"

#include <stdlib.h>
#include <string.h>

/* Options that narrow a list, and the fields of MC1 they are. */
static const struct {
    const char *option;
    const char *field;
    bool turned; /* a flag that says the contrary of the field */
} filters[] = {
    {"definition", "definition", false},
    {"service", "service", false},
    {"state", "state", false},
    {"body", "body", false},
    {"parent", "parent", false},
    {"letters", "letters", false},
    {"group", "group", false},
    {"phase", "phase", false},
    {"role", "role", false},
    {"plan", "plan", false},
    {"section", "section", false},
    {"no", "no", false},
    {"from", "from", false},
    {"until", "to", false},
    {"outcome", "outcome", false},
    {"outcome-original", "outcome_original", false},
    {"q", "q", false},
    {"open", "open", false},
    {"closed", "open", true},
    {"overdue", "overdue", false},
    {"punctual", "overdue", true},
    {"decide", "decide", false},
};

/* --- the list ------------------------------------------------------------------------------ */

static bool add_filter(const struct arguments *arguments, size_t i, struct bulk *bulk,
                       struct error *err)
{
    const char *value = arguments_get(arguments, filters[i].option);
    uint64_t number = 0;

    switch (bulk_list_field(bulk->list, filters[i].field)) {
    case BULK_TEXT:
        json_object_set_new(bulk->query, filters[i].field, json_string(value));
        return true;
    case BULK_FLAG:
        json_object_set_new(bulk->query, filters[i].field, json_boolean(!filters[i].turned));
        return true;
    case BULK_NUMBER:
        if (!session_instance(value, &number, err)) {
            return false;
        }
        json_object_set_new(bulk->query, filters[i].field, json_integer((json_int_t)number));
        return true;
    default:
        return error_set(err, ERROR_INVALID, _("the list %s has no filter --%s"), bulk->list_name,
                         filters[i].option);
    }
}

static bool read_filters(const struct arguments *arguments, struct bulk *bulk, struct error *err)
{
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        if (arguments_has(arguments, filters[i].option) && !add_filter(arguments, i, bulk, err)) {
            return false;
        }
    }
    return true;
}

/* --- the action ---------------------------------------------------------------------------- */

static bool no_such_action(const struct bulk *bulk, const char *word, struct error *err)
{
    const struct bulk_action *action;
    struct buffer known = BUFFER_INIT;

    for (size_t i = 0; (action = bulk_action_at(bulk->list, i)) != NULL; i++) {
        text_put(&known, "%s%s", i > 0 ? ", " : "", action->name);
    }
    char *list = text_take(&known);
    error_set(err, ERROR_INVALID, _("\"%s\" can't be done with %s; what can: %s"), word,
              bulk->list_name, list);
    free(list);
    return false;
}

static const struct action *act_of(const struct bulk *bulk)
{
    const struct action *act = assignment_actions;

    while (act->word != NULL && strcmp(act->word, bulk->action->name) != 0) {
        act++;
    }
    must(act->word != NULL);
    return act;
}

/* What an action on an assignment says beside. */
static bool read_act(const struct arguments *arguments, struct bulk *bulk, struct error *err)
{
    const struct action *act = act_of(bulk);
    const char *pause = NULL;

    if (arguments_has(arguments, "yes") && (!assignment_check(act, arguments, err) ||
                                            !assignment_pause(act, arguments, &pause, err))) {
        return false;
    }
    json_t *said =
        json_pack("{ss ss* ss* ss* ss*}", "action", act->word, "reason",
                  arguments_get(arguments, "reason"), "day", arguments_get(arguments, "day"), "to",
                  arguments_get(arguments, "to"), "pause", pause);
    if (arguments_has(arguments, "in-part")) {
        json_object_set_new(said, "in_part", json_true());
    }
    json_object_update(bulk->fields, said);
    json_decref(said);
    return true;
}

/* Of other actions: only a reason. A preview may still lack it. */
static bool read_reason(const struct arguments *arguments, struct bulk *bulk, struct error *err)
{
    static const char *const others[] = {"day", "to", "for", "in-part"};
    const char *reason = arguments_get(arguments, "reason");

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (arguments_has(arguments, others[i])) {
            return error_set(err, ERROR_INVALID, _("%s takes no --%s"), bulk->action->name,
                             others[i]);
        }
    }
    if (reason != NULL && reason[0] != '\0') {
        json_object_set_new(bulk->fields, "reason", json_string(reason));
        return true;
    }
    return !bulk->action->reason || !arguments_has(arguments, "yes") ||
           error_set(err, ERROR_INVALID, _("a reason is needed: --reason TEXT"));
}

bool bulk_read(const struct arguments *arguments, struct bulk *ret_bulk, struct error *err)
{
    const char *word = arguments->positional[0];
    struct bulk b = {.list_name = arguments_get(arguments, "list")};

    *ret_bulk = (struct bulk){0};
    b.list = bulk_list_find(b.list_name);
    if (b.list == NULL) {
        return error_set(err, ERROR_INVALID,
                         _("with what? --list incidents, instances or assignments is needed"));
    }
    b.action = bulk_action_find(word, b.list);
    if (b.action == NULL) {
        return no_such_action(&b, word, err);
    }
    b.query = json_object();
    b.fields = json_object();
    bool assignment = b.action->verb == CLIENT_ASSIGNMENT;
    if (!read_filters(arguments, &b, err) ||
        !(assignment ? read_act : read_reason)(arguments, &b, err)) {
        bulk_fini(&b);
        return false;
    }
    b.lacks = bulk_action_lacks(b.action, json_object_get(b.fields, "reason") != NULL,
                                json_object_get(b.fields, b.action->needs) != NULL);
    b.nobody = assignment && who_given(arguments) == NULL;
    *ret_bulk = b;
    return true;
}

void bulk_fini(struct bulk *bulk)
{
    json_decref(bulk->query);
    json_decref(bulk->fields);
    *bulk = (struct bulk){0};
}
