/* journal_text.c - the kinds of journal records in words
 *
 * Owns:    the sentences; one function for each group of kinds.
 * In:      rows of JOURNAL and HISTORY (docs/protocol.md §3.6).
 * Always:  every field may be missing or of another type; text of strangers comes out harmless.
 */
#include "cli/journal_text.h"

#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/journal_part.h"
#include "cli/language.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

static void reason(const struct sentence *s)
{
    const char *text = field_text(s->row, "reason");

    if (text != NULL && text[0] != '\0') {
        text_put(s->out, ": %s", text);
    }
}

static void started(const struct sentence *s)
{
    const char *key = field_text(s->row, "key");

    text_put(s->out, _("started by the definition %s"),
             journal_or_dash(field_text(s->row, "definition")));
    if (key != NULL) {
        text_put(s->out, _(", key %s"), key);
    }
}

static void completed(const struct sentence *s)
{
    buffer_text(s->out, _("completed"));
}

static void cancelled(const struct sentence *s)
{
    buffer_text(s->out, _("cancelled"));
    reason(s);
}

static void suspended(const struct sentence *s)
{
    buffer_text(s->out, _("suspended"));
    reason(s);
}

static void resumed(const struct sentence *s)
{
    buffer_text(s->out, _("goes on"));
}

static void child_started(const struct sentence *s)
{
    text_put(s->out, _("instance %lld is started"), (long long)field_number(s->row, "child"));
}

static void child_closed(const struct sentence *s)
{
    text_put(s->out, _("instance %lld is over"), (long long)field_number(s->row, "child"));
}

static void data_set(const struct sentence *s)
{
    buffer_text(s->out, _("data set"));
}

static void letter(const struct sentence *s)
{
    const json_t *input = json_object_get(s->row, "input");
    const char *to = field_body(input, "to");

    text_put(s->out, _("letter %s (%s) to: %s"), s->task,
             journal_or_dash(word_letter(field_text(input, "kind"))),
             journal_or_dash(to != NULL ? to : field_text(s->row, "to")));
}

static void task_opened(const struct sentence *s)
{
    const char *kind = journal_or_dash(field_text(s->row, "task_kind"));
    char until[DATES_TEXT_MAX];

    if (strcmp(kind, "notice") == 0) {
        letter(s);
        return;
    }
    if (watch_names_step(s->names, s->row) != NULL) {
        text_put(s->out, _("task %s opened: %s"), s->step, word_task_kind(kind));
    } else {
        text_put(s->out, _("task %s «%s» opened: %s"), s->task,
                 journal_or_dash(field_text(s->row, "step")), word_task_kind(kind));
    }
    if (field_text(s->row, "service") != NULL) {
        text_put(s->out, _(", service %s"), field_text(s->row, "service"));
    }
    if (field_text(s->row, "until") != NULL) {
        dates_moment(s->zone, field_text(s->row, "until"), until);
        text_put(s->out, _(", until %s"), until);
    }
}

static void task_done(const struct sentence *s)
{
    text_put(s->out,
             watch_names_task_is(s->names, s->row, "notice") ? _("letter %s is delivered")
                                                             : _("task %s is done"),
             s->step);
}

static void task_failed(const struct sentence *s)
{
    char again[DATES_TEXT_MAX];

    dates_moment(s->zone, field_text(s->row, "retry_at"), again);
    text_put(s->out, _("attempt %lld of task %s failed"),
             (long long)field_number(s->row, "attempt"), s->step);
    journal_problem(s);
    text_put(s->out, _("; next attempt %s"), again);
}

static void task_ready(const struct sentence *s)
{
    text_put(s->out,
             json_is_true(json_object_get(s->row, "by_operator"))
                 ? _("task %s: attempt %lld, asked for by an operator")
                 : _("task %s: attempt %lld"),
             s->step, (long long)field_number(s->row, "attempt"));
}

static void task_incident(const struct sentence *s)
{
    text_put(s->out, _("incident, task %s"), s->step);
    journal_problem(s);
}

static void task_skipped(const struct sentence *s)
{
    text_put(s->out, _("task %s is skipped"), s->step);
    reason(s);
}

static void task_input(const struct sentence *s)
{
    text_put(s->out, _("the input of task %s was edited"), s->step);
}

static void deployed(const struct sentence *s)
{
    text_put(s->out, _("in force: %s %s, version %lld"),
             journal_or_dash(word_definition_kind(field_text(s->row, "definition_kind"))),
             journal_or_dash(field_text(s->row, "name")),
             (long long)field_number(s->row, "version"));
}

static void event(const struct sentence *s)
{
    const char *type = field_text(s->row, "type");

    text_put(s->out, _("event %s, type %s"), journal_or_dash(field_text(s->row, "id")),
             journal_or_dash(type != NULL ? type
                                          : field_text(json_object_get(s->row, "event"), "type")));
}

static const struct {
    const char *kind;
    void (*print)(const struct sentence *s);
} kinds[] = {
    {"instance.started", started},     {"instance.completed", completed},
    {"instance.cancelled", cancelled}, {"instance.suspended", suspended},
    {"instance.resumed", resumed},     {"child.started", child_started},
    {"child.closed", child_closed},    {"data.set", data_set},
    {"task.opened", task_opened},      {"task.done", task_done},
    {"task.failed", task_failed},      {"task.ready", task_ready},
    {"task.incident", task_incident},  {"task.skipped", task_skipped},
    {"task.input", task_input},        {"definition.deployed", deployed},
    {"event.received", event},
};

/* Who gave the command; the records of people say it themselves. */
static void by_whom(const struct sentence *s, const char *kind)
{
    if (field_text(s->row, "by") != NULL && strncmp(kind, "assignment.", 11) != 0) {
        text_put(s->out, _(", by: %s"), watch_names_body(s->names, s->row, "by"));
    }
}

/* «Согласование маршрута» in its quotes, or 17.2 where nobody called its step so. Yours. */
static char *step_name(const json_t *row, const struct watch_names *names)
{
    const char *title = watch_names_step(names, row);
    struct buffer out = BUFFER_INIT;

    text_put(&out, title != NULL ? "«%s»" : "%s",
             title != NULL ? title : journal_or_dash(field_text(row, "task")));
    return text_take(&out);
}

char *journal_text(const json_t *row, const struct zone *zone, const struct watch_names *names)
{
    struct buffer out = BUFFER_INIT;
    const char *kind = journal_or_dash(field_text(row, "kind"));
    char *step = step_name(row, names);
    struct sentence sentence = {row,  zone, names, journal_or_dash(field_text(row, "task")),
                                step, &out};
    size_t i = 0;

    while (i < sizeof kinds / sizeof *kinds && strcmp(kinds[i].kind, kind) != 0) {
        i++;
    }
    if (i < sizeof kinds / sizeof *kinds) {
        kinds[i].print(&sentence);
    } else if (!journal_people(&sentence, kind) && !journal_flow(&sentence, kind)) {
        buffer_text(&out, kind);
    }
    by_whom(&sentence, kind);
    free(step);
    char *harmless = text_harmless((const char *)out.data, out.size);
    buffer_fini(&out);
    return harmless;
}
