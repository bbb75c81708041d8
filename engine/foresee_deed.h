/* foresee_deed.h - what would come of one action with an assignment, asked before it is sent
 * (docs/http.md §2, …/check)
 *
 * Unlike a command that is foreseen (foresee.h) it need not be whole: of an action whose day is
 * known, or whose report, it says what there is to say of that.
 */
#ifndef ENGINE_FORESEE_DEED_H
#define ENGINE_FORESEE_DEED_H

#include "engine/core/decide.h"
#include "engine/view.h"

#include <jansson.h>

/* Of a day (ASK, GRANT, MOVE, DELEGATE with `to`): {"day","is","to","source","cut","refused"}; of a
 * report: {"missing_results"}; of what has neither: {}. deed: its action, `to` and day
 * (CIVIL_DAY_NONE: not known). report: NULL = not known. Yours. */
json_t *foresee_deed(const struct view *view, struct instance *instance, const struct task *task,
                     const struct assignment_command *deed, const json_t *report);

#endif
