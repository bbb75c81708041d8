/* watch_people.c - what is said of what people do with an assignment
 *
 * Owns:    lines of reports, decisions, terms, pauses, delegation and deputies.
 * In:      watch_lines.c, a row of JOURNAL (docs/protocol.md §3.6).
 * Out:     a line each.
 */
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"
#include "cli/watch_part.h"

#include <stdlib.h>
#include <string.h>

static void say_row(struct watch_lines *w, const json_t *row, enum watch_word word,
                    const char *fact, struct buffer *who)
{
    char day[DATES_TEXT_MAX];
    char *text = text_take(who);

    watch_lines_flush(w);
    watch_row_day(w, row, day);
    watch_say(w, day, word, json_object_get(row, "assignment"), fact, text);
    free(text);
}

/* «приказ № 12-р от 20.02.2023» */
static void put_document(const json_t *report, struct buffer *out)
{
    const char *kind = field_text(report, "kind");
    const char *number = field_text(report, "number");
    char date[DATES_TEXT_MAX];

    if (kind != NULL) {
        text_put(out, ": %s", kind);
        if (number != NULL) {
            text_put(out, _(" No. %s"), number);
        }
        if (field_text(report, "date") != NULL) {
            dates_short_of(field_text(report, "date"), date);
            text_put(out, _(" of %s"), date);
        }
    }
}

/* The first document of a report, which may be the report itself. */
static const json_t *document_of(const json_t *report)
{
    const json_t *first = json_array_get(json_object_get(report, "documents"), 0);

    return first != NULL ? first : report;
}

/* Days from the due day to the day of the row; 0: in time. */
static unsigned long days_late(const struct watch_lines *w, const json_t *row)
{
    const char *to = field_text(json_object_get(row, "assignment"), "to");
    civil_day due;
    civil_day today;
    int64_t ms;
    int minute;

    if (to == NULL || !civil_parse(bytes_of(to), &due) ||
        !dates_parse_moment(field_text(row, "time"), &ms)) {
        return 0;
    }
    zone_civil(w->zone, ms, &today, &minute);
    return today > due ? (unsigned long)(today - due) : 0;
}

static void reported(struct watch_lines *w, const json_t *row)
{
    unsigned long late = days_late(w, row);
    struct buffer fact = BUFFER_INIT;
    struct buffer who = BUFFER_INIT;

    buffer_text(&who, watch_names_body(&w->names, row, "by"));
    put_document(document_of(json_object_get(row, "report")), &who);
    if (late > 0) {
        text_put(&fact, ngettext("%lu day after its term", "%lu days after its term", late), late);
    }
    char *fact_text = text_take(&fact);
    say_row(w, row, WATCH_REPORTED, fact_text, &who);
    free(fact_text);
}

static void decided(struct watch_lines *w, const json_t *row, enum watch_word word)
{
    bool in_part = json_is_true(json_object_get(row, "in_part"));
    const json_t *assignment = json_object_get(row, "assignment");
    const char *reason = field_text(row, "reason");
    struct buffer who = BUFFER_INIT;

    text_put(&who, _("%s, controlled by %s"),
             watch_names_body(&w->names, assignment, "responsible"),
             watch_names_body(&w->names, row, "by"));
    if (reason != NULL && reason[0] != '\0') {
        text_put(&who, ": %s", reason);
    }
    say_row(w, row, word, in_part ? _("in part") : "", &who);
}

static void accepted(struct watch_lines *w, const json_t *row)
{
    decided(w, row, WATCH_ACCEPTED);
}

static void returned(struct watch_lines *w, const json_t *row)
{
    decided(w, row, WATCH_RETURNED);
}

static void withdrawn(struct watch_lines *w, const json_t *row)
{
    decided(w, row, WATCH_WITHDRAWN);
}

static void answered(struct watch_lines *w, const json_t *row)
{
    const char *part = field_text(row, "part");
    struct buffer who = BUFFER_INIT;

    if (part == NULL || strcmp(part, "answered") != 0) {
        return; /* opened again: the return is said */
    }
    buffer_text(&who, watch_names_body(&w->names, row, "body"));
    put_document(document_of(json_object_get(row, "report")), &who);
    say_row(w, row, WATCH_PART, "", &who);
}

/* --- terms ---------------------------------------------------------------------------------- */

/* «до 15.03.2023 — КОПО ЛО: ждём сведения» */
static void say_day(struct watch_lines *w, const json_t *row, enum watch_word word,
                    const char *field)
{
    const char *reason = field_text(row, "reason");
    struct buffer fact = BUFFER_INIT;
    struct buffer who = BUFFER_INIT;
    char day[DATES_TEXT_MAX];

    if (field_text(row, field) != NULL) {
        dates_short_of(field_text(row, field), day);
        text_put(&fact, _("until %s"), day);
    }
    if (field_text(row, "by") != NULL) {
        buffer_text(&who, watch_names_body(&w->names, row, "by"));
    }
    if (reason != NULL && reason[0] != '\0') {
        text_put(&who, "%s%s", who.size > 0 ? ": " : "", reason);
    }
    char *text = text_take(&fact);
    say_row(w, row, word, text, &who);
    free(text);
}

static void asked(struct watch_lines *w, const json_t *row)
{
    say_day(w, row, WATCH_ASKED, "day");
}

static void moved(struct watch_lines *w, const json_t *row)
{
    say_day(w, row, WATCH_TERM, "to");
}

static void refused(struct watch_lines *w, const json_t *row)
{
    say_day(w, row, WATCH_REFUSED, "");
}

static void paused(struct watch_lines *w, const json_t *row)
{
    say_day(w, row, WATCH_PAUSED, "");
}

static void runs_on(struct watch_lines *w, const json_t *row)
{
    say_day(w, row, WATCH_RUNS_ON, "");
}

/* --- hands ---------------------------------------------------------------------------------- */

/* «ЛОИРО → ЦНППМ» */
static void say_hands(struct watch_lines *w, const json_t *row, enum watch_word word,
                      const char *from, const char *to)
{
    struct buffer who = BUFFER_INIT;

    text_put(&who, "%s → %s", from, to);
    say_row(w, row, word, "", &who);
}

static void delegated(struct watch_lines *w, const json_t *row)
{
    say_hands(w, row, WATCH_DELEGATED, watch_names_body(&w->names, row, "by"),
              watch_names_body(&w->names, row, "to"));
}

static void reassigned(struct watch_lines *w, const json_t *row)
{
    say_hands(w, row, WATCH_REASSIGNED, watch_names_body(&w->names, row, "by"),
              watch_names_body(&w->names, row, "to"));
}

static void handed(struct watch_lines *w, const json_t *row)
{
    const char *body = watch_names_body(&w->names, row, "body");

    if (json_object_get(row, "deputy") != NULL) {
        say_hands(w, row, WATCH_HANDED, body, watch_names_body(&w->names, row, "deputy"));
    } else {
        struct buffer who = BUFFER_INIT;
        text_put(&who, _("%s is back"), body);
        say_row(w, row, WATCH_HANDED, "", &who);
    }
}

static const struct {
    const char *kind;
    void (*tell)(struct watch_lines *w, const json_t *row);
} kinds[] = {
    {"assignment.reported", reported},   {"assignment.accepted", accepted},
    {"assignment.returned", returned},   {"assignment.withdrawn", withdrawn},
    {"assignment.part", answered},       {"assignment.asked", asked},
    {"assignment.term", moved},          {"assignment.refused", refused},
    {"assignment.paused", paused},       {"assignment.resumed", runs_on},
    {"assignment.delegated", delegated}, {"assignment.reassigned", reassigned},
    {"assignment.handed", handed},
};

void watch_people(struct watch_lines *w, const json_t *row)
{
    const char *kind = field_text(row, "kind");

    for (size_t i = 0; kind != NULL && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].kind, kind) == 0) {
            watch_names_learn_body(&w->names, json_object_get(row, "assignment"), "responsible");
            watch_names_learn_by(&w->names, row);
            kinds[i].tell(w, row);
            return;
        }
    }
}
