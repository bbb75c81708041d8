/* watch_lives.c - what is said of instances: begun, ended, steered, in trouble
 *
 * Owns:    which of them are worth a line.
 * In:      watch_lines.c, a row of JOURNAL at a time.
 * Out:     lines.
 */
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"
#include "cli/watch_part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void watch_incident(struct watch_lines *w, const json_t *row)
{
    const char *task = field_text(row, "task");
    const char *step = watch_names_step(&w->names, row);
    const char *title = field_text(json_object_get(row, "problem"), "title");
    struct buffer who = BUFFER_INIT;
    char day[DATES_TEXT_MAX];

    watch_lines_flush(w);
    watch_row_day(w, row, day);
    task = task != NULL ? task : "—";
    if (step != NULL) {
        text_put(&who, _("step «%s» (task %s) waits for an operator"), step, task);
    } else {
        text_put(&who, _("task %s waits for an operator"), task);
    }
    char *text = text_take(&who);
    struct watch_line line = {.day = day,
                              .word = WATCH_INCIDENT,
                              .title = title != NULL ? title : "—",
                              .fact = "",
                              .who = text};
    w->fn(&line, w->arg);
    free(text);
}

static void say_plan(struct watch_lines *w, const json_t *row, enum watch_word word)
{
    const char *plan = watch_names_plan(&w->names, field_number(row, "instance"));
    char day[DATES_TEXT_MAX];

    if (plan == NULL) {
        return;
    }
    watch_lines_flush(w);
    watch_row_day(w, row, day);
    struct watch_line line = {.day = day,
                              .word = word,
                              .item = _("plan"),
                              .title = watch_names_title(&w->names, plan),
                              .fact = "",
                              .who = plan};
    w->fn(&line, w->arg);
}

/* A workflow that somebody started; what others start is part of them. */
static void say_workflow(struct watch_lines *w, const json_t *row, const char *name)
{
    const char *key = field_text(row, "key");
    char day[DATES_TEXT_MAX];

    watch_lines_flush(w);
    watch_row_day(w, row, day);
    struct watch_line line = {.day = day,
                              .word = WATCH_STARTED,
                              .item = language_word(N_("watch|workflow")),
                              .title = watch_names_title(&w->names, name),
                              .fact = "",
                              .who = key != NULL ? key : ""};
    w->fn(&line, w->arg);
}

void watch_started(struct watch_lines *w, const json_t *row)
{
    const char *kind = field_text(row, "definition_kind");
    const char *name = field_text(row, "definition");

    if (kind == NULL || name == NULL) {
        return;
    }
    if (strcmp(kind, "roadmap") == 0) {
        watch_names_set_plan(&w->names, field_number(row, "instance"), name);
        say_plan(w, row, WATCH_STARTED);
    } else if (field_number(row, "parent") == 0 && strcmp(kind, "bodies") != 0) {
        say_workflow(w, row,
                     name); /* of bodies there are letters of the day: who is told is said */
    }
}

void watch_completed(struct watch_lines *w, const json_t *row)
{
    say_plan(w, row, WATCH_FINISHED);
}

/* An instance that was steered, or ended: a plan, an item of one, or something else. */
static void say_steered(struct watch_lines *w, const json_t *row, enum watch_word word,
                        const char *reason)
{
    json_int_t instance = field_number(row, "instance");
    const char *plan = watch_names_plan(&w->names, instance);
    const json_t *item = watch_names_item(&w->names, instance);
    struct buffer text = BUFFER_INIT;
    char day[DATES_TEXT_MAX];

    watch_lines_flush(w);
    watch_row_day(w, row, day);
    text_put(&text, _("instance No. %lld"), (long long)instance);
    char *fact = text_take(&text);
    if (plan == NULL && item != NULL) {
        watch_say(w, day, word, item, fact, reason != NULL ? reason : "");
    } else {
        const char *title = plan != NULL ? watch_names_title(&w->names, plan) : fact;
        struct watch_line line = {.day = day,
                                  .word = word,
                                  .item = plan != NULL ? _("plan") : NULL,
                                  .title = title,
                                  .fact = plan != NULL ? fact : "",
                                  .who = reason != NULL ? reason : ""};
        w->fn(&line, w->arg);
    }
    free(fact);
}

void watch_suspended(struct watch_lines *w, const json_t *row)
{
    say_steered(w, row, WATCH_SUSPENDED, field_text(row, "reason"));
}

void watch_resumed(struct watch_lines *w, const json_t *row)
{
    say_steered(w, row, WATCH_RESUMED, field_text(row, "reason"));
}

/* What a plan started ends with it: one line is enough. */
void watch_cancelled(struct watch_lines *w, const json_t *row)
{
    json_int_t instance = field_number(row, "instance");
    const json_t *parent = json_object_get(watch_names_item(&w->names, instance), "parent");
    char key[32];

    snprintf(key, sizeof key, "%lld", (long long)json_integer_value(parent));
    if (json_object_get(w->cancelled, key) != NULL) {
        return;
    }
    if (watch_names_plan(&w->names, instance) != NULL) {
        snprintf(key, sizeof key, "%lld", (long long)instance);
        json_object_set_new(w->cancelled, key, json_true());
    }
    say_steered(w, row, WATCH_CANCELLED, field_text(row, "reason"));
}

void watch_faulted(struct watch_lines *w, const json_t *row)
{
    say_steered(w, row, WATCH_FAULTED, field_text(json_object_get(row, "problem"), "title"));
}
