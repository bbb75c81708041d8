/* why_flow.c - waits on events, on what runs in a step, and on other instances
 *
 * Owns:    the wording of listen, fork, for, run, schedule and emit.
 * In:      why_sentence.c.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"
#include "cli/why_part.h"

#include <stdlib.h>
#include <string.h>

static const char *step_of(const struct why *w)
{
    return why_or_dash(field_step(w->wait));
}

static bool is_word(const json_t *row, const char *field, const char *word)
{
    const char *text = field_text(row, field);

    return text != NULL && strcmp(text, word) == 0;
}

/* --- events ---------------------------------------------------------------------------------- */

/* «ru.asoup.result, ru.asoup.retake» */
static char *types_text(const json_t *types)
{
    struct buffer out = BUFFER_INIT;

    for (size_t i = 0; i < json_array_size(types); i++) {
        const char *type = json_string_value(json_array_get(types, i));
        bool any = type == NULL || strcmp(type, "*") == 0;
        text_put(&out, "%s%s", i > 0 ? ", " : "", any ? _("of any type") : type);
    }
    if (json_array_size(types) == 0) {
        buffer_text(&out, _("of any type"));
    }
    return text_take(&out);
}

/* «, ключ: route = 17» */
static void put_correlation(const struct why *w)
{
    json_t *keys = json_object_get(w->wait, "correlation");
    const char *name;
    json_t *value;

    json_object_foreach(keys, name, value)
    {
        char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
        text_put(w->out, _(", key %s = %s"), name, text != NULL ? text : "—");
        free(text);
    }
}

static void put_taken(const struct why *w)
{
    json_int_t taken = field_number(w->wait, "taken");

    if (taken > 0) {
        text_put(w->out, _(" (taken so far: %lld)"), (long long)taken);
    }
}

static void put_until(const struct why *w)
{
    if (is_word(w->wait, "until", "condition")) {
        buffer_text(w->out, _(", until its condition is met"));
    } else if (is_word(w->wait, "until", "event")) {
        char *types = types_text(json_object_get(w->wait, "until_events"));
        text_put(w->out, _(", until the event %s"), types);
        free(types);
    } else if (is_word(w->wait, "until", "never")) {
        buffer_text(w->out, _(", without end"));
    }
}

void why_put_listen(const struct why *w)
{
    const json_t *events = json_object_get(w->wait, "events");
    const char *subject = field_text(w->wait, "subject");
    char *types = types_text(events);
    char since[DATES_TEXT_MAX];

    dates_moment(w->zone, field_text(w->wait, "since"), since);
    if (json_array_size(events) < 2) {
        text_put(w->out, _("step «%s» has been waiting for the event %s since %s"), step_of(w),
                 types, since);
    } else if (is_word(w->wait, "mode", "all")) {
        text_put(w->out, _("step «%s» has been waiting for all of the events %s since %s"),
                 step_of(w), types, since);
    } else {
        text_put(w->out, _("step «%s» has been waiting for one of the events %s since %s"),
                 step_of(w), types, since);
    }
    if (subject != NULL) {
        text_put(w->out, _(", subject %s"), subject);
    }
    put_correlation(w);
    put_taken(w);
    put_until(w);
    free(types);
    why_put_next(w);
}

/* --- scopes ---------------------------------------------------------------------------------- */

void why_put_fork(const struct why *w)
{
    json_int_t of = field_number(w->wait, "of");
    json_int_t open = of - field_number(w->wait, "ended");

    if (json_is_true(json_object_get(w->wait, "joined"))) {
        text_put(w->out, _("step «%s» has gone on; of its %lld branches %lld still run"),
                 step_of(w), (long long)of, (long long)open);
    } else if (field_number(w->wait, "needed") == 1 && of > 1) {
        text_put(w->out, _("step «%s» waits for the first of %lld branches"), step_of(w),
                 (long long)of);
    } else {
        text_put(w->out, _("step «%s» waits for %lld of %lld branches"), step_of(w),
                 (long long)open, (long long)of);
    }
}

void why_put_for(const struct why *w)
{
    json_int_t of = field_number(w->wait, "of");
    json_int_t ended = field_number(w->wait, "ended");

    if (json_is_true(json_object_get(w->wait, "joined"))) {
        text_put(w->out, _("loop «%s» has gone on; some of its turns still run"), step_of(w));
    } else {
        text_put(w->out, _("loop «%s»: %lld of %lld turns have ended"), step_of(w),
                 (long long)ended, (long long)of);
    }
}

/* --- other instances, other times ------------------------------------------------------------ */

void why_put_run(const struct why *w)
{
    char since[DATES_TEXT_MAX];

    dates_moment(w->zone, field_text(w->wait, "since"), since);
    text_put(w->out, _("step «%s» has been waiting for the end of instance %lld since %s"),
             step_of(w), (long long)field_number(w->wait, "child"), since);
}

void why_put_schedule(const struct why *w)
{
    const json_t *events = json_object_get(w->wait, "events");

    if (json_array_size(events) > 0) {
        char *types = types_text(events);
        text_put(w->out, _("it starts instances at the event %s"), types);
        free(types);
    } else {
        buffer_text(w->out, _("it starts instances by its schedule"));
    }
    why_put_next(w);
}

void why_put_emit(const struct why *w)
{
    text_put(w->out, _("step «%s» sends its event"), step_of(w));
}
