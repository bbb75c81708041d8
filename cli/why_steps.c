/* why_steps.c - waits on programs, time, events and operators
 *
 * Owns:    the wording of waits on programs, pauses and operators; why_flow.c has events and
 *          scopes.
 * In:      why_sentence.c.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/refusal.h"
#include "cli/text.h"
#include "cli/why_part.h"

#include <stdlib.h>
#include <string.h>

static void put_attempt(const struct why *w)
{
    json_int_t attempt = field_number(w->wait, "attempt");

    if (attempt > 1) {
        text_put(w->out, _(" (attempt %lld)"), (long long)attempt);
    }
}

void why_put_call(const struct why *w)
{
    const char *step = why_or_dash(field_step(w->wait));
    const char *service = why_or_dash(field_text(w->wait, "service"));
    const char *worker = field_text(w->wait, "worker");
    const json_t *workers = json_object_get(w->wait, "workers");
    char since[DATES_TEXT_MAX];

    dates_moment(w->zone, field_text(w->wait, "since"), since);
    if (worker != NULL) {
        text_put(w->out, _("step «%s» (service %s) has been with the program %s since %s"), step,
                 service, worker, since);
    } else if (json_is_integer(workers) && json_integer_value(workers) == 0) {
        text_put(w->out,
                 _("step «%s» has been waiting since %s: no program of the service «%s» is "
                   "connected"),
                 step, since, service);
    } else {
        text_put(w->out, _("step «%s» has been waiting for a free program of service %s since %s"),
                 step, service, since);
    }
    put_attempt(w);
    why_put_next(w);
}

void why_put_notice(const struct why *w)
{
    const char *service = field_text(w->wait, "service");
    char since[DATES_TEXT_MAX];

    dates_moment(w->zone, field_text(w->wait, "since"), since);
    if (field_body(w->wait, "on") != NULL) {
        char *body = why_body_text(w->wait, "on");
        text_put(w->out, _("a letter to %s has been on its way (service %s) since %s"), body,
                 service != NULL ? service : "notify", since);
        free(body);
    } else {
        text_put(w->out, _("a letter has been on its way (service %s) since %s"),
                 service != NULL ? service : "notify", since);
    }
    put_attempt(w);
    why_put_next(w);
}

/* It gathers what a day tells somebody: on whom it waits is nobody. */
void why_put_letter(const struct why *w)
{
    char *body = why_body_text(w->wait, "on");
    char since[DATES_TEXT_MAX];
    long long count = (long long)field_number(w->wait, "count");

    dates_moment(w->zone, field_text(w->wait, "since"), since);
    text_put(w->out,
             ngettext("the letter of the day to %s has gathered %lld assignment since %s",
                      "the letter of the day to %s has gathered %lld assignments since %s",
                      (unsigned long)count),
             body, count, since);
    why_put_next(w);
    free(body);
}

void why_put_pause(const struct why *w)
{
    char since[DATES_TEXT_MAX];

    dates_moment(w->zone, field_text(w->wait, "since"), since);
    text_put(w->out, _("step «%s» has been pausing since %s"), why_or_dash(field_step(w->wait)),
             since);
    why_put_next(w);
}

/* problem: problem details, or their title. */
static void put_problem(const struct why *w)
{
    const json_t *problem = json_object_get(w->wait, "problem");
    const char *title = field_text(problem, "title");
    char *detail = refusal_sentence(problem);

    text_put(w->out, ": %s", why_or_dash(title != NULL ? title : json_string_value(problem)));
    if (detail != NULL && detail[0] != '\0') {
        text_put(w->out, ": %s", detail);
    }
    free(detail);
}

/* «письмо 12.2 («поручение дано», адресат — Тарский район) не доставлено с …» */
static void put_letter_incident(const struct why *w)
{
    const char *letter = word_letter(field_text(w->wait, "letter"));
    char *body = why_body_text(w->wait, "on");
    char since[DATES_TEXT_MAX];

    dates_moment(w->zone, field_text(w->wait, "since"), since);
    text_put(w->out, _("the letter %s («%s», to %s) has not been delivered since %s"),
             why_or_dash(field_text(w->wait, "task")), why_or_dash(letter), body, since);
    free(body);
}

static void put_step_incident(const struct why *w)
{
    char since[DATES_TEXT_MAX];

    dates_moment(w->zone, field_text(w->wait, "since"), since);
    text_put(w->out, _("step «%s» (task %s) has stood still since %s"),
             why_or_dash(field_step(w->wait)), why_or_dash(field_text(w->wait, "task")), since);
}

void why_put_incident(const struct why *w)
{
    if (field_text(w->wait, "letter") != NULL) {
        put_letter_incident(w);
    } else {
        put_step_incident(w);
    }
    put_problem(w);
    put_attempt(w);
    buffer_text(w->out, _("; an operator is to decide: retry, skip or cancel"));
}

void why_put_backoff(const struct why *w)
{
    char since[DATES_TEXT_MAX];

    dates_moment(w->zone, field_text(w->wait, "since"), since);
    text_put(w->out, _("an attempt of step «%s» failed on %s"), why_or_dash(field_step(w->wait)),
             since);
    put_problem(w);
    if (field_number(w->wait, "tries") > 1) {
        text_put(w->out, _(" (attempts so far: %lld)"), (long long)field_number(w->wait, "tries"));
    }
    why_put_next(w);
}

void why_put_children(const struct why *w)
{
    json_int_t count = field_number(w->wait, "count");
    json_int_t late = field_number(w->wait, "late");
    char since[DATES_TEXT_MAX];

    dates_moment_day(w->zone, field_text(w->wait, "since"), since);
    text_put(w->out,
             ngettext("it has been waiting since %2$s for the end of %1$lld instance it started",
                      "it has been waiting since %2$s for the end of %1$lld instances it started",
                      (unsigned long)count),
             (long long)count, since);
    if (late > 0) {
        text_put(w->out,
                 ngettext("; %lld assignment of the plan is overdue",
                          "; %lld assignments of the plan are overdue", (unsigned long)late),
                 (long long)late);
    }
    why_put_next(w);
}

void why_put_suspended(const struct why *w)
{
    const char *reason = field_text(w->wait, "reason");
    char since[DATES_TEXT_MAX];

    dates_moment(w->zone, field_text(w->wait, "since"), since);
    text_put(w->out, _("suspended since %s"), since);
    if (reason != NULL) {
        text_put(w->out, ": %s", reason);
    }
    buffer_text(w->out, _("; the command resume lets it go on"));
}
