/* foresee_deed.c - what would come of one action with an assignment, asked before it is sent
 *
 * Owns:    which day the command's day would come to and why, and what a report would lack.
 * In:      an action that somebody is about to take: web/api_assignments.c.
 * Always:  nothing is changed. There is no rule here: core shifts, cuts and refuses the day.
 * See:     docs/http.md §2
 */
#include "engine/foresee_deed.h"

#include "engine/core/chain.h"
#include "engine/core/people_results.h"
#include "engine/core/term.h"
#include "engine/foresee.h"
#include "engine/rows.h"

static bool names_day(const struct assignment_command *deed)
{
    return deed->day != CIVIL_DAY_NONE &&
           (deed->action == ACTION_ASK || deed->action == ACTION_GRANT ||
            deed->action == ACTION_MOVE || (deed->action == ACTION_DELEGATE && deed->to.size > 0));
}

/* Which day it is, where that goes, by whose rule, and what would refuse it. */
static void put_day(json_t *answer, const struct view *view, struct instance *instance,
                    const struct task *task, const struct assignment_command *deed)
{
    struct world world = *view->world; /* the rules look, and change nothing */
    struct bytes whose = deed->action == ACTION_DELEGATE ? deed->to : task->assignment->people[0];
    enum day_kind kind = workdays_kind(term_workdays(&world, whose), deed->day);
    const struct policy *policy = chain_policy(view->catalog, instance, task);
    struct day_outcome outcome;
    struct error err;

    if (!decide_assignment_day(&world, instance, task, deed, &outcome, &err)) {
        json_object_set_new(answer, "refused", foresee_refusal(&err));
    }
    rows_set_day(answer, "day", deed->day);
    json_object_set_new(answer, "is", json_string(day_kind_name(kind)));
    rows_set_day(answer, "to", outcome.to);
    if (outcome.cut) {
        json_object_set_new(answer, "cut", json_true());
    } else if (outcome.to != deed->day && policy != NULL && policy->shift_source != NULL) {
        json_object_set_new(answer, "source", json_string(policy->shift_source));
    }
}

json_t *foresee_deed(const struct view *view, struct instance *instance, const struct task *task,
                     const struct assignment_command *deed, const json_t *report)
{
    json_t *answer = json_object();

    if (names_day(deed)) {
        put_day(answer, view, instance, task, deed);
    }
    if (report != NULL && deed->action == ACTION_REPORT) {
        json_t *input = rows_parsed(task_input(instance, task));
        json_object_set_new(answer, "missing_results", results_missing(input, report));
        json_decref(input);
    }
    return answer;
}
