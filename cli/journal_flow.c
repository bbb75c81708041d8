/* journal_flow.c - what happened in scopes, to versions, and by rules, in words
 *
 * Owns:    the sentences of records that are not of a call, an assignment or an operator.
 * In:      journal_text.c.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/journal_part.h"
#include "cli/language.h"
#include "cli/refusal.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

const char *journal_or_dash(const char *text)
{
    return text != NULL ? text : "—";
}

void journal_problem(const struct sentence *s)
{
    const json_t *details = json_object_get(s->row, "problem");
    char *detail = refusal_sentence(details);

    text_put(s->out, ": %s", journal_or_dash(field_text(details, "title")));
    if (detail != NULL && detail[0] != '\0') {
        text_put(s->out, ": %s", detail);
    }
    free(detail);
}

static void faulted(const struct sentence *s)
{
    buffer_text(s->out, _("ended by an error"));
    journal_problem(s);
}

static void context_set(const struct sentence *s)
{
    buffer_text(s->out, _("context set"));
}

/* What was taken is the case of a switch, or says that its condition was not met. */
static void step_passed(const struct sentence *s)
{
    const char *taken = field_text(s->row, "taken");
    const char *step = journal_or_dash(field_step(s->row));

    if (taken != NULL && strcmp(taken, "skipped") == 0) {
        text_put(s->out, _("step «%s» is left out: its condition is not met"), step);
    } else if (taken != NULL && strcmp(taken, "input") == 0) {
        text_put(s->out, _("step «%s» was given another input by an operator"), step);
    } else if (taken != NULL) {
        text_put(s->out, _("step «%s» is passed: %s"), step, taken);
    } else {
        text_put(s->out, _("step «%s» is passed"), step);
    }
}

static void migrated(const struct sentence *s)
{
    text_put(s->out, _("goes on with version %lld of %s"),
             (long long)field_number(s->row, "version"),
             journal_or_dash(field_text(s->row, "definition")));
}

static void task_faulted(const struct sentence *s)
{
    text_put(s->out, _("task %s failed, and its error is caught"), s->step);
    journal_problem(s);
}

static void task_cancelled(const struct sentence *s)
{
    text_put(s->out, _("task %s is given up"), s->step);
}

static void task_caught(const struct sentence *s)
{
    text_put(s->out, _("task %s goes on with its catch"), s->step);
    journal_problem(s);
}

static void task_again(const struct sentence *s)
{
    char until[DATES_TEXT_MAX];

    text_put(s->out, _("task %s begins"), s->step);
    if (field_text(s->row, "until") != NULL) {
        dates_moment(s->zone, field_text(s->row, "until"), until);
        text_put(s->out, _(", next %s"), until);
    }
}

static void task_event(const struct sentence *s)
{
    const char *type = field_text(json_object_get(s->row, "event"), "type");

    text_put(s->out, _("task %s took an event"), s->step);
    if (type != NULL) {
        text_put(s->out, " %s", type);
    }
}

static void task_joined(const struct sentence *s)
{
    text_put(s->out, _("task %s has enough, and is left behind"), s->step);
}

static void task_child(const struct sentence *s)
{
    text_put(s->out, _("task %s waits for instance %lld"), s->step,
             (long long)field_number(s->row, "child"));
}

static void removed(const struct sentence *s)
{
    text_put(s->out, _("removed: %s %s, version %lld"),
             journal_or_dash(word_definition_kind(field_text(s->row, "definition_kind"))),
             journal_or_dash(field_text(s->row, "name")),
             (long long)field_number(s->row, "version"));
}

static void routed(const struct sentence *s)
{
    text_put(s->out, _("rule %s of %s: "), journal_or_dash(field_text(s->row, "rule")),
             journal_or_dash(field_text(s->row, "routes")));
    if (json_object_get(s->row, "problem") != NULL) {
        buffer_text(s->out, _("not carried out"));
        journal_problem(s);
    } else if (json_is_true(json_object_get(s->row, "started"))) {
        text_put(s->out, _("instance %lld is started"), (long long)field_number(s->row, "child"));
    } else {
        text_put(s->out, _("instance %lld is told"), (long long)field_number(s->row, "child"));
    }
}

static const struct {
    const char *kind;
    void (*print)(const struct sentence *s);
} kinds[] = {
    {"instance.faulted", faulted},  {"context.set", context_set},
    {"step.passed", step_passed},   {"instance.migrated", migrated},
    {"task.faulted", task_faulted}, {"task.cancelled", task_cancelled},
    {"task.caught", task_caught},   {"task.again", task_again},
    {"task.event", task_event},     {"task.joined", task_joined},
    {"task.child", task_child},     {"definition.removed", removed},
    {"event.routed", routed},
};

bool journal_flow(const struct sentence *sentence, const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].kind, kind) == 0) {
            kinds[i].print(sentence);
            return true;
        }
    }
    return false;
}
