/* rehearse_course.h - the run of a rehearsal: an engine of its own, from the first day to the end
 */
#ifndef CLI_REHEARSE_COURSE_H
#define CLI_REHEARSE_COURSE_H

#include "cli/progress.h"
#include "cli/rehearse_plans.h"

/* Deploy what is needed, start the plans, let time pass. The terms and notices of the rehearsal are
 * complete then. false with *err: the engine could not run, or refused a document or a plan. */
bool rehearse_course_run(struct rehearsal *rehearsal, const struct rehearse_plans *plans,
                         const struct session *session, struct error *err);

#endif
