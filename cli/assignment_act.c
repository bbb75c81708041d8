/* assignment_act.c - what people do with one assignment
 *
 * Owns:    which action needs what, and its words.
 * In:      assignment.c.
 * Out:     the verb ASSIGNMENT (docs/protocol.md §3.5), and one sentence.
 * Always:  what is missing is said before the engine is asked.
 */
#include "calendar/civil.h"
#include "cli/assignment_part.h"
#include "cli/language.h"
#include "cli/who.h"

#include <string.h>

const struct action assignment_actions[] = {
    {.word = "report", .takes_report = true, .done = N_("The report is taken on assignment")},
    {.word = "accept", .done = N_("The report is accepted on assignment")},
    {.word = "return",
     .needs_reason = true,
     .done = N_("The report is returned for rework on assignment")},
    {.word = "withdraw", .needs_reason = true, .done = N_("Withdrawn: assignment")},
    {.word = "extend",
     .needs_reason = true,
     .needs_day = true,
     .done = N_("An extension is asked for on assignment")},
    {.word = "grant", .done = N_("The term is extended on assignment")},
    {.word = "refuse", .needs_reason = true, .done = N_("The extension is refused on assignment")},
    {.word = "move",
     .needs_reason = true,
     .needs_day = true,
     .done = N_("The term is moved on assignment")},
    {.word = "pause", .needs_reason = true, .done = N_("The clock stands on assignment")},
    {.word = "resume", .done = N_("The clock runs again on assignment")},
    {.word = "delegate", .needs_to = true, .done = N_("Delegated: assignment")},
    {.word = "reassign",
     .needs_reason = true,
     .needs_to = true,
     .done = N_("The responsible body is another now on assignment")},
    {.word = "comment",
     .needs_text = true,
     .done = N_("The comment stands in the history of assignment")},
    {.word = NULL},
};

static bool check_day(const struct action *action, const char *day, struct error *err)
{
    civil_day read;

    if (day == NULL) {
        return !action->needs_day ||
               error_set(err, ERROR_INVALID, _("which day? --day DATE is needed, like 2023-08-15"));
    }
    return civil_parse(bytes_of(day), &read) ||
           error_set(err, ERROR_INVALID, _("--day must be a date like 2023-08-15"));
}

bool assignment_check(const struct action *action, const struct arguments *arguments,
                      struct error *err)
{
    const char *reason = arguments_get(arguments, "reason");

    if (who_given(arguments) == NULL) {
        return error_set(err, ERROR_INVALID, _("who does it? --by BODY is needed"));
    }
    bool told = reason != NULL && reason[0] != '\0';
    if ((action->needs_reason || arguments_has(arguments, "in-part")) && !told) {
        return error_set(err, ERROR_INVALID, _("a reason is needed: --reason TEXT"));
    }
    const char *text = arguments_get(arguments, "text");
    if (action->needs_text && (text == NULL || text[0] == '\0')) {
        return error_set(err, ERROR_INVALID, _("what is said? --text TEXT is needed"));
    }
    if (action->needs_to && !arguments_has(arguments, "to")) {
        return error_set(err, ERROR_INVALID, _("to whom? --to BODY is needed"));
    }
    return check_day(action, arguments_get(arguments, "day"), err);
}

bool assignment_pause(const struct action *action, const struct arguments *arguments,
                      const char **ret_word, struct error *err)
{
    static const struct {
        const char *word;
        const char *wire;
    } kinds[] = {{"leave", "leave"}, {"higher-order", "higher_order"}, {"waits", "waits"}};
    const char *given = arguments_get(arguments, "for");

    *ret_word = NULL;
    if (strcmp(action->word, "pause") != 0) {
        return true;
    }
    for (size_t i = 0; given != NULL && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].word, given) == 0) {
            *ret_word = kinds[i].wire;
            return true;
        }
    }
    return error_set(err, ERROR_INVALID,
                     _("why does the clock stand? --for leave, higher-order or waits is needed"));
}

static bool make_request(const struct action *action, const struct arguments *arguments,
                         json_t **ret_request, struct error *err)
{
    const char *reason = arguments_get(arguments, action->needs_text ? "text" : "reason");
    const char *pause;
    json_t *report = NULL;

    if (arguments->count < 2) {
        return error_set(err, ERROR_INVALID, _("which assignment? Its task is needed, like 17.1"));
    }
    if (!session_task(arguments->positional[1], err) || !assignment_check(action, arguments, err) ||
        !assignment_pause(action, arguments, &pause, err) ||
        (action->takes_report && !assignment_report(arguments, &report, err))) {
        return false;
    }
    *ret_request = json_pack("{ss ss ss ss* ss* ss* ss* so*}", "task", arguments->positional[1],
                             "action", action->word, "by", who_given(arguments), "reason", reason,
                             "to", arguments_get(arguments, "to"), "day",
                             arguments_get(arguments, "day"), "pause", pause, "report", report);
    if (arguments_has(arguments, "in-part")) {
        json_object_set_new(*ret_request, "in_part", json_true());
    }
    return true;
}

enum exit_code assignment_act(struct session *session, const struct action *action,
                              const struct arguments *arguments)
{
    struct error err;
    json_t *request = NULL;
    json_t *answer;

    if (!make_request(action, arguments, &request, &err)) {
        return session_usage(session, &err);
    }
    enum exit_code code = session_ask(session, "ASSIGNMENT", request, &answer);
    if (answer != NULL) {
        const char *done = arguments_has(arguments, "in-part")
                               ? _("The report is accepted in part on assignment")
                               : _(action->done);
        fprintf(session->out.file, "%s %s\n", done, arguments->positional[1]);
    }
    json_decref(answer);
    return code;
}
