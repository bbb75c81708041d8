/* why_facts.c - what else is true of an assignment that waits: terms, parts, deputies, pauses
 *
 * Owns:    the wording of what stands beside who it waits on.
 * In:      why_people.c, why_sentence.c.
 * Always:  no fact is made up: what the engine did not say is left out.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/rehearse_words.h"
#include "cli/text.h"
#include "cli/why_part.h"

#include <stdlib.h>
#include <string.h>

/* "loiro, cnppm_lo" */
static void put_list(const struct why *w, const char *heading, const json_t *list)
{
    size_t count = json_array_size(list);

    for (size_t i = 0; i < count; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        text_put(w->out, "%s%s", i == 0 ? heading : ", ", why_or_dash(text));
    }
}

/* Its name, or else its id. */
static const char *named(const json_t *row, const char *name, const char *id)
{
    const char *text = field_text(row, name);

    return why_or_dash(text != NULL ? text : field_text(row, id));
}

/* «; не ответили соисполнители: ЛОИРО, ММС» */
static void put_parts(const struct why *w)
{
    const json_t *parts = json_object_get(w->wait, "parts");
    bool any = false;

    for (size_t i = 0; i < json_array_size(parts); i++) {
        const json_t *part = json_array_get(parts, i);
        const char *state = field_text(part, "state");
        if (state != NULL && strcmp(state, "open") == 0) {
            buffer_text(w->out, any ? ", " : _("; no answer yet from: "));
            buffer_text(w->out, named(part, "name", "body"));
            any = true;
        }
    }
}

static void put_moved(const struct why *w)
{
    const char *first = field_text(w->wait, "first_to");
    const char *to = field_text(w->wait, "to");
    char day[DATES_TEXT_MAX];

    if (first != NULL && to != NULL && strcmp(first, to) != 0) {
        dates_day_of(first, day);
        text_put(w->out, _("; the first term was %s"), day);
    }
}

/* Both days are told: the one that was named, and why it is not the one that counts. */
static void put_literal(const struct why *w)
{
    const char *literal = field_text(w->wait, "literal_to");
    const char *is = field_text(w->wait, "literal_is");
    bool off = is != NULL && strcmp(is, "working") != 0 && strcmp(is, "short") != 0;
    char text[DATES_TEXT_MAX];
    civil_day day;

    if (literal == NULL || !off || !civil_parse(bytes_of(literal), &day)) {
        return;
    }
    dates_day(day, text);
    text_put(w->out,
             strcmp(is, "holiday") == 0 ? _("; %s was named, a holiday (%s)")
                                        : _("; %s was named, a day off (%s)"),
             text, rehearse_weekday_long(civil_weekday(day)));
}

static void put_extension(const struct why *w)
{
    const json_t *extension = json_object_get(w->wait, "extension");
    char day[DATES_TEXT_MAX];

    if (json_is_object(extension)) {
        dates_day_of(field_text(extension, "day"), day);
        text_put(w->out, _("; a request to extend it until %s waits for an answer of %s"), day,
                 named(w->wait, "decider_name", "decider"));
    }
}

static void put_acting(const struct why *w)
{
    const json_t *acting = json_object_get(w->wait, "acting");

    for (size_t i = 0; i < json_array_size(acting); i++) {
        const json_t *one = json_array_get(acting, i);
        char until[DATES_TEXT_MAX];
        dates_day_of(field_text(one, "until"), until);
        text_put(w->out, _("; the deputy is %s, "), named(one, "deputy_name", "deputy"));
        text_put(w->out, _("in the place of: %s, until %s"), named(one, "body_name", "body"),
                 until);
    }
}

void why_put_facts(const struct why *w)
{
    json_int_t year = field_number(w->wait, "missing_year");

    put_literal(w);
    put_moved(w);
    put_extension(w);
    put_parts(w);
    put_list(w, _("; the report lacks: "), json_object_get(w->wait, "missing_results"));
    put_acting(w);
    if (year != 0) {
        text_put(w->out,
                 _("; the calendar of %lld is not approved: only the holidays of the law are "
                   "counted"),
                 (long long)year);
    }
}

static const char *pause_word(const char *kind)
{
    static const struct {
        const char *kind;
        const char *text;
    } words[] = {
        {"leave", N_("the executor is absent")},
        {"higher_order", N_("a higher body has ordered so")},
        {"waits", N_("others must do something first")},
    };

    for (size_t i = 0; kind != NULL && i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].kind, kind) == 0) {
            return _(words[i].text);
        }
    }
    return why_or_dash(kind);
}

void why_put_stand(const struct why *w)
{
    const json_t *pause = json_object_get(w->wait, "pause");
    const char *reason = field_text(pause, "reason");
    char since[DATES_TEXT_MAX];

    dates_day_of(field_text(pause, "since"), since);
    why_put_subject(w, false);
    text_put(w->out, _(" is paused since %s: %s"), since, pause_word(field_text(pause, "kind")));
    if (reason != NULL) {
        text_put(w->out, " (%s)", reason);
    }
    if (field_body(w->wait, "on") != NULL) {
        char *body = why_body_text(w->wait, "on");
        text_put(w->out, _("; %s may let it go on"), body);
        free(body);
    }
    why_put_facts(w);
}

void why_put_delegated(const struct why *w)
{
    why_put_subject(w, false);
    text_put(w->out, _(" is delegated and waits for assignment %s"),
             why_or_dash(field_text(w->wait, "child")));
    why_put_facts(w);
    why_put_next(w);
}
