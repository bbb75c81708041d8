/* why_people.c - waits on people: reports and decisions
 *
 * Owns:    the wording of assignments, and what next events are called.
 * In:      why_sentence.c.
 * Always:  no fact is made up: what the engine did not say is left out.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"
#include "cli/why_part.h"

#include <stdlib.h>
#include <string.h>

const char *why_or_dash(const char *text)
{
    return text != NULL ? text : "—";
}

/* What the wait or else the answer says. */
static const char *fact(const struct why *w, const char *name)
{
    const char *text = field_text(w->wait, name);

    return text != NULL ? text : field_text(w->answer, name);
}

void why_put_subject(const struct why *w, bool report)
{
    const char *no = fact(w, "no");
    const char *plan = fact(w, "plan");
    const char *title = fact(w, "title");

    if (no != NULL && plan != NULL) {
        text_put(w->out,
                 report ? _("the report under item %s of plan %s")
                        : _("the assignment under item %s of plan %s"),
                 no, plan);
    } else if (no != NULL) {
        text_put(w->out, report ? _("the report under item %s") : _("the assignment under item %s"),
                 no);
    } else {
        char *cut = text_fit(why_or_dash(title), WHY_TITLE_COLUMNS);
        text_put(w->out, report ? _("the report on «%s»") : _("the assignment «%s»"), cut);
        free(cut);
    }
}

/* Does the full name tell more than the short one? Not when they begin with the same word, and
 * brackets within brackets are not read. */
static bool tells_more(const char *name, const char *shown)
{
    size_t word = strcspn(shown, " ");

    return strstr(name, shown) == NULL && strstr(shown, name) == NULL &&
           strncmp(name, shown, word) != 0 && strchr(name, '(') == NULL;
}

/* «КОПО ЛО (Комитет общего и профессионального образования …)» */
void why_put_body(struct buffer *out, const json_t *row, const char *field)
{
    const char *shown = field_body(row, field);
    const char *name = field_text(json_object_get(row, field), "name");

    buffer_text(out, why_or_dash(shown));
    if (name != NULL && tells_more(name, why_or_dash(shown))) {
        text_put(out, " (%s)", name);
    }
}

char *why_body_text(const json_t *row, const char *field)
{
    struct buffer out = BUFFER_INIT;

    why_put_body(&out, row, field);
    return text_take(&out);
}

static const char *next_word(const char *what)
{
    static const struct {
        const char *word;
        const char *text;
    } words[] = {
        {"opens", N_("next step|opening")},
        {"reminder", N_("next step|a reminder")},
        {"today", N_("next step|a reminder on the due day")},
        {"overdue", N_("next step|overdue")},
        {"escalated", N_("next step|escalation")},
        {"soon", N_("next step|the term comes near")},
        {"critical", N_("next step|long overdue")},
        {"retry", N_("next step|the next attempt")},
        {"due", N_("next step|the end of the term")},
        {"goes on", N_("next step|it goes on")},
        {"starts", N_("next step|a start")},
        {"leaves", N_("next step|it leaves")},
        {"undecided", N_("next step|a reminder to decide")},
        {"reassigned", N_("next step|another responsible body")},
        {"handed_over", N_("next step|work goes to the deputy")},
        {"handed_back", N_("next step|work comes back from the deputy")},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, what) == 0) {
            return language_word(words[i].text);
        }
    }
    return what;
}

/* «, следующее событие: напоминание 20 июня 2023 г. в 09:00» */
void why_put_next(const struct why *w)
{
    const json_t *next = json_object_get(w->wait, "next");
    const char *what = field_text(next, "what");
    char at[DATES_TEXT_MAX];

    if (what == NULL) {
        return;
    }
    dates_moment(w->zone, field_text(next, "at"), at);
    text_put(w->out, _(", the next event: %s on %s"), next_word(what), at);
    if (field_body(next, "on") != NULL) {
        buffer_text(w->out, " — ");
        why_put_body(w->out, next, "on");
    }
}

static void put_planned(const struct why *w)
{
    char from[DATES_TEXT_MAX];
    char to[DATES_TEXT_MAX];
    char *body = why_body_text(w->wait, "on");

    dates_day_of(field_text(w->wait, "from"), from);
    dates_day_of(field_text(w->wait, "to"), to);
    why_put_subject(w, false);
    text_put(w->out, _(" is planned: %s is to do it from %s to %s"), body, from, to);
    why_put_next(w);
    free(body);
}

static void put_due(const struct why *w)
{
    const char *phase = why_or_dash(field_text(w->wait, "phase"));
    char to[DATES_TEXT_MAX];

    if (field_text(w->wait, "to") == NULL) {
        return;
    }
    dates_day_of(field_text(w->wait, "to"), to);
    if (strcmp(phase, "today") == 0) {
        text_put(w->out, _("; it is due today, %s"), to);
    } else if (strcmp(phase, "overdue") == 0) {
        text_put(w->out, _("; it was due on %s and is overdue"), to);
    } else if (strcmp(phase, "critical") == 0) {
        text_put(w->out, _("; it was due on %s and is long overdue"), to);
    } else {
        text_put(w->out, _("; it is due on %s"), to);
    }
}

/* Since it was given, or since its window opened where that came later. */
static void put_since(const struct why *w, char since[DATES_TEXT_MAX])
{
    const char *from = field_text(w->wait, "from");
    const char *given = field_text(w->wait, "since");
    civil_day day;

    if (from != NULL && given != NULL && civil_parse(bytes_of(from), &day) &&
        strncmp(from, given, strlen(from)) > 0) {
        dates_day(day, since);
    } else {
        dates_moment_day(w->zone, given, since);
    }
}

void why_put_assignment(const struct why *w)
{
    const char *phase = why_or_dash(field_text(w->wait, "phase"));
    const char *reason = field_text(w->wait, "reason");
    char since[DATES_TEXT_MAX];

    if (strcmp(phase, "planned") == 0) {
        put_planned(w);
        return;
    }
    char *body = why_body_text(w->wait, "on");
    put_since(w, since);
    why_put_subject(w, false);
    text_put(w->out, _(" has been waiting for a report from %s since %s"), body, since);
    if (reason != NULL) {
        text_put(w->out, _(" (returned for rework: %s)"), reason);
    } else if (field_number(w->wait, "returns") > 0) {
        buffer_text(w->out, _(" (returned for rework)"));
    }
    put_due(w);
    why_put_facts(w);
    why_put_next(w);
    free(body);
}

void why_put_decision(const struct why *w)
{
    char since[DATES_TEXT_MAX];

    dates_moment_day(w->zone, field_text(w->wait, "since"), since);
    why_put_subject(w, true);
    if (field_body(w->wait, "on") != NULL) {
        char *body = why_body_text(w->wait, "on");
        text_put(w->out, _(" has been waiting since %s for a decision of %s: accept or return"),
                 since, body);
        free(body);
    } else {
        text_put(w->out, _(" has been waiting for a decision since %s: accept or return"), since);
    }
    put_due(w);
    why_put_facts(w);
    why_put_next(w);
}
