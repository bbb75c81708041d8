/* journal_people.c - what people and time did to an assignment, in words
 *
 * Owns:    the sentences of records `assignment.…`.
 * In:      journal_text.c.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/journal_part.h"
#include "cli/language.h"
#include "cli/text.h"

#include <string.h>

static void assignment_set(const struct sentence *s)
{
    const json_t *assignment = json_object_get(s->row, "assignment");
    char from[DATES_TEXT_MAX];
    char to[DATES_TEXT_MAX];

    dates_day_of(field_text(assignment, "from"), from);
    const char *first = field_text(assignment, "first_to"); /* the row has today's term as `to` */
    dates_day_of(first != NULL ? first : field_text(assignment, "to"), to);
    text_put(s->out, _("assignment %s is given: %s, from %s to %s"), s->task,
             journal_or_dash(field_body(assignment, "responsible")), from, to);
}

static void assignment_step(const struct sentence *s)
{
    const char *phase = field_text(s->row, "phase");

    /* a step without a new phase is a letter, which has a row of its own */
    text_put(s->out, _("assignment %s: %s"), s->task,
             phase != NULL ? word_standing(phase) : _("a step of its reminders"));
}

static void put_reason(const struct sentence *s)
{
    if (field_text(s->row, "reason") != NULL) {
        text_put(s->out, " (%s)", field_text(s->row, "reason"));
    }
}

/* «(за ЛОИРО)»: a deputy acted */
static void put_for(const struct sentence *s)
{
    const char *body = field_body(s->row, "for");

    if (body != NULL) {
        text_put(s->out, _(" (in the place of: %s)"), body);
    }
}

static void assignment_act(const struct sentence *s, const char *what)
{
    text_put(s->out, "%s %s: %s", what, s->task, watch_names_body(s->names, s->row, "by"));
    put_for(s);
    put_reason(s);
}

static void assignment_reported(const struct sentence *s)
{
    assignment_act(s, _("report on assignment"));
}

/* «не ответили: A, B», «нет документов: приказ» */
static void put_list(const struct sentence *s, const char *before, const char *field)
{
    const json_t *list = json_object_get(s->row, field);

    for (size_t i = 0; i < json_array_size(list); i++) {
        text_put(s->out, "%s%s", i == 0 ? before : ", ",
                 journal_or_dash(json_string_value(json_array_get(list, i))));
    }
}

/* «принят частично …: КОПО ЛО (вместо: …); не ответили: РМЦ; основание: …» */
static void assignment_accepted(const struct sentence *s)
{
    const char *reason = field_text(s->row, "reason");
    const char *missing =
        json_object_get(s->row, "missing_names") != NULL ? "missing_names" : "missing";

    text_put(s->out, "%s %s: %s",
             json_is_true(json_object_get(s->row, "in_part"))
                 ? _("report accepted in part on assignment")
                 : _("report accepted on assignment"),
             s->task, watch_names_body(s->names, s->row, "by"));
    put_for(s);
    put_list(s, _("; have not answered: "), missing);
    put_list(s, _("; the report lacks: "), "missing_results");
    if (reason != NULL) {
        text_put(s->out, _("; the grounds: %s"), reason);
    }
}

static void assignment_returned(const struct sentence *s)
{
    assignment_act(s, _("report returned on assignment"));
}

static void assignment_withdrawn(const struct sentence *s)
{
    assignment_act(s, _("withdrawn: assignment"));
}

static void assignment_refused(const struct sentence *s)
{
    assignment_act(s, _("extension refused on assignment"));
}

static void assignment_commented(const struct sentence *s)
{
    text_put(s->out, _("comment on assignment %s: %s (%s)"), s->task,
             journal_or_dash(field_text(s->row, "reason")),
             watch_names_body(s->names, s->row, "by"));
}

static void assignment_resumed(const struct sentence *s)
{
    assignment_act(s, _("the clock runs again on assignment"));
}

/* Who did what the sentence tells, after it. */
static void put_actor(const struct sentence *s)
{
    if (field_text(s->row, "by") != NULL) {
        text_put(s->out, _(", by: %s"), watch_names_body(s->names, s->row, "by"));
        put_for(s);
    }
}

static void assignment_part(const struct sentence *s)
{
    const char *part = journal_or_dash(field_text(s->row, "part"));

    text_put(s->out,
             strcmp(part, "answered") == 0 ? _("assignment %s: the part of %s is answered")
                                           : _("assignment %s: the part of %s is open again"),
             s->task, watch_names_body(s->names, s->row, "body"));
    put_actor(s);
}

static void assignment_asked(const struct sentence *s)
{
    char day[DATES_TEXT_MAX];

    dates_day_of(field_text(s->row, "day"), day);
    text_put(s->out, _("assignment %s: an extension until %s is asked for"), s->task, day);
    put_actor(s);
    put_reason(s);
}

static void assignment_term(const struct sentence *s)
{
    const char *why = journal_or_dash(field_text(s->row, "why"));
    char day[DATES_TEXT_MAX];

    dates_day_of(field_text(s->row, "to"), day);
    if (strcmp(why, "extended") == 0) {
        text_put(s->out, _("assignment %s: the term is extended until %s"), s->task, day);
    } else if (strcmp(why, "calendar") == 0) {
        text_put(s->out, _("assignment %s: by the calendar the term ends on %s now"), s->task, day);
    } else {
        text_put(s->out, _("assignment %s: the term is moved to %s"), s->task, day);
    }
    if (field_text(s->row, "literal_to") != NULL) {
        dates_day_of(field_text(s->row, "literal_to"), day);
        text_put(s->out, _("; %s was named, a day off"), day);
    }
    put_actor(s);
    put_reason(s);
}

static void assignment_ladder(const struct sentence *s)
{
    text_put(s->out, _("assignment %s: its reminders are planned anew"), s->task);
    put_actor(s);
}

static void assignment_paused(const struct sentence *s)
{
    assignment_act(s, _("the clock stands on assignment"));
}

static void assignment_delegated(const struct sentence *s)
{
    text_put(s->out, _("assignment %s is delegated to %s as %s"), s->task,
             watch_names_body(s->names, s->row, "to"),
             journal_or_dash(field_text(s->row, "child")));
    put_actor(s);
    put_reason(s);
}

static void assignment_taken_back(const struct sentence *s)
{
    text_put(s->out, _("assignment %s goes on: %s, which was delegated, is over"), s->task,
             journal_or_dash(field_text(s->row, "child")));
}

static void assignment_reassigned(const struct sentence *s)
{
    text_put(s->out, _("assignment %s: the responsible body is %s now"), s->task,
             watch_names_body(s->names, s->row, "to"));
    put_actor(s);
    put_reason(s);
}

static void assignment_handed(const struct sentence *s)
{
    char until[DATES_TEXT_MAX];

    if (json_object_get(s->row, "deputy") == NULL) {
        text_put(s->out, _("assignment %s: %s is back"), s->task,
                 watch_names_body(s->names, s->row, "body"));
        return;
    }
    dates_day_of(field_text(s->row, "until"), until);
    text_put(s->out, _("assignment %s: the deputy is %s; "), s->task,
             watch_names_body(s->names, s->row, "deputy"));
    text_put(s->out, _("in the place of: %s; until %s"), watch_names_body(s->names, s->row, "body"),
             until);
}

/* In the history of a letter of the day: what will stand in it. */
static void letter_entry(const struct sentence *s)
{
    if (field_text(s->row, "about") == NULL) {
        text_put(s->out, _("one more assignment than there is room for in letter %s"), s->task);
    } else {
        text_put(s->out, _("for letter %s: %s, assignment %s"), s->task,
                 journal_or_dash(word_letter(field_text(s->row, "notice"))),
                 field_text(s->row, "about"));
    }
}

/* With what became of it, where the row says that: «будет сообщено письмом от … в 09:00». */
static void assignment_noticed(const struct sentence *s)
{
    const char *state = journal_or_dash(field_text(s->row, "state"));
    const char *to = journal_or_dash(field_body(s->row, "to"));
    const char *what = journal_or_dash(word_letter(field_text(s->row, "notice")));
    bool of_day = field_number(s->row, "letter") != 0;
    char at[DATES_TEXT_MAX];

    dates_moment(s->zone, field_text(s->row, "at"), at);
    if (strcmp(state, "waits") == 0) {
        text_put(s->out, _("assignment %s: %s will be told by the letter of %s: %s"), s->task, to,
                 at, what);
    } else if (strcmp(state, "dropped") == 0) {
        text_put(s->out, _("assignment %s: %s was not told, untrue by %s: %s"), s->task, to, at,
                 what);
    } else {
        text_put(s->out, _("assignment %s: notice (%s) to: %s"), s->task, what, to);
        if (of_day && strcmp(state, "sent") == 0) {
            text_put(s->out, _(", by the letter of %s"), at);
        } else if (of_day) {
            text_put(s->out, _(", in letter %lld"), (long long)field_number(s->row, "letter"));
        }
    }
    if (field_body(s->row, "for") != NULL) {
        put_for(s);
    }
}

static const struct {
    const char *kind;
    void (*print)(const struct sentence *s);
} kinds[] = {
    {"assignment.set", assignment_set},
    {"assignment.given", assignment_set},
    {"assignment.step", assignment_step},
    {"assignment.reported", assignment_reported},
    {"assignment.accepted", assignment_accepted},
    {"assignment.returned", assignment_returned},
    {"assignment.withdrawn", assignment_withdrawn},
    {"assignment.part", assignment_part},
    {"assignment.asked", assignment_asked},
    {"assignment.refused", assignment_refused},
    {"assignment.term", assignment_term},
    {"assignment.ladder", assignment_ladder},
    {"assignment.paused", assignment_paused},
    {"assignment.resumed", assignment_resumed},
    {"assignment.delegated", assignment_delegated},
    {"assignment.taken-back", assignment_taken_back},
    {"assignment.reassigned", assignment_reassigned},
    {"assignment.handed", assignment_handed},
    {"assignment.noticed", assignment_noticed},
    {"assignment.commented", assignment_commented},
    {"letter.entry", letter_entry},
};

bool journal_people(const struct sentence *s, const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].kind, kind) == 0) {
            kinds[i].print(s);
            return true;
        }
    }
    return false;
}
