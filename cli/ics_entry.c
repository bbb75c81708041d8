/* ics_entry.c - what stands in an entry of a calendar
 *
 * Owns:    uid, days, sequence and words of an entry.
 * In:      rows of ASSIGNMENTS.
 * Always:  a term that moved keeps its uid and has a greater sequence; what came from a document is
 *          made harmless.
 * See:     docs/time.md §8
 */
#include "cli/ics_entry.h"

#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUMMARY_COLUMNS 200 /* calendars show two lines at most */

/* What the body does in it. */
enum role { ROLE_NONE, ROLE_RESPONSIBLE, ROLE_CO_EXECUTOR, ROLE_CONTROLLER };

static bool is_body(const json_t *value, const char *id)
{
    const char *text = json_is_object(value) ? field_text(value, "id") : json_string_value(value);

    return text != NULL && strcmp(text, id) == 0;
}

static bool is_listed(const json_t *list, const char *id)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (is_body(json_array_get(list, i), id)) {
            return true;
        }
    }
    return false;
}

static enum role role_of(const json_t *row, const char *body)
{
    if (body == NULL || is_body(json_object_get(row, "responsible"), body)) {
        return ROLE_RESPONSIBLE;
    }
    if (is_listed(json_object_get(row, "co_executors"), body)) {
        return ROLE_CO_EXECUTOR;
    }
    return is_body(json_object_get(row, "controller"), body) ? ROLE_CONTROLLER : ROLE_NONE;
}

/* What this co-executor owes; NULL: the responsible body reports for it. */
static const json_t *part_of(const json_t *row, const char *body)
{
    const json_t *parts = json_object_get(row, "parts");

    for (size_t i = 0; i < json_array_size(parts); i++) {
        if (is_body(json_object_get(json_array_get(parts, i), "body"), body)) {
            return json_array_get(parts, i);
        }
    }
    return NULL;
}

static bool is_state(const json_t *row, const char *state)
{
    const char *text = field_text(row, "state");

    return text != NULL && strcmp(text, state) == 0;
}

static bool is_closed(const json_t *row)
{
    return is_state(row, "accepted") || is_state(row, "accepted_in_part");
}

/* --- days and numbers ---------------------------------------------------------------------- */

static bool find_day(const json_t *row, const json_t *part, civil_day *ret_day)
{
    const char *own = field_text(part, "to");
    const char *text = own != NULL ? own : field_text(row, "to");

    return text != NULL && civil_parse(bytes_of(text), ret_day);
}

/* One for each time that the term moved, and one more for the end: it is never taken back. */
static void set_sequence(const json_t *row, struct ics_entry *entry)
{
    const json_t *terms = json_object_get(row, "terms");
    size_t count = json_array_size(terms);

    entry->sequence = count > 0 ? (int)count - 1 : 0;
    if (count > 0) {
        dates_parse_moment(field_text(json_array_get(terms, count - 1), "since"),
                           &entry->modified_ms);
    }
    if (is_state(row, "withdrawn") || is_closed(row)) {
        entry->sequence++;
    }
}

static enum ics_status status_of(const json_t *row)
{
    if (is_state(row, "withdrawn")) {
        return ICS_CANCELLED;
    }
    return is_state(row, "paused") ? ICS_TENTATIVE : ICS_CONFIRMED;
}

/* --- words --------------------------------------------------------------------------------- */

static char *summary_of(const json_t *row, enum role role, bool done)
{
    struct buffer out = BUFFER_INIT;
    char *no = field_harmless(row, "no");
    char *title = field_harmless(row, "title");

    if (done) {
        text_put(&out, "%s", _("Done: "));
    } else if (role == ROLE_CONTROLLER) {
        text_put(&out, "%s", _("Control: "));
    }
    if (no != NULL) {
        text_put(&out, _("item %s "), no);
    }
    text_put(&out, "%s", title != NULL ? title : "?");
    if (role == ROLE_CO_EXECUTOR) {
        text_put(&out, "%s", _(" (co-executor)"));
    }
    free(no);
    free(title);
    char *text = text_take(&out);
    char *fitted = text_fit(text, SUMMARY_COLUMNS);
    free(text);
    return fitted;
}

/* "label: text" on a line of its own; nothing without text. */
static void put_line(struct buffer *out, const char *label, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        char *shown = text_harmless(text, strlen(text));
        text_put(out, "%s%s: %s", out->size > 0 ? "\n" : "", label, shown);
        free(shown);
    }
}

static void put_window(const json_t *row, struct buffer *out)
{
    char from[DATES_TEXT_MAX];
    char to[DATES_TEXT_MAX];

    dates_day_of(field_text(row, "from"), from);
    dates_day_of(field_text(row, "to"), to);
    text_put(out, "\n%s: %s – %s", _("Term"), from, to);
}

/* "Срок перенесён: 15 августа 2023 г. → 1 сентября 2023 г. (причина)" */
static void put_moves(const json_t *row, struct buffer *out)
{
    const json_t *terms = json_object_get(row, "terms");

    for (size_t i = 1; i < json_array_size(terms); i++) {
        const json_t *term = json_array_get(terms, i);
        char *reason = field_harmless(term, "reason");
        char before[DATES_TEXT_MAX];
        char after[DATES_TEXT_MAX];
        dates_day_of(field_text(json_array_get(terms, i - 1), "to"), before);
        dates_day_of(field_text(term, "to"), after);
        text_put(out, "\n%s: %s → %s", _("The term was moved"), before, after);
        if (reason != NULL) {
            text_put(out, " (%s)", reason);
        }
        free(reason);
    }
}

static void put_results(const json_t *row, struct buffer *out)
{
    const json_t *result = json_object_get(row, "result");
    size_t count = json_is_array(result) ? json_array_size(result) : result != NULL ? 1 : 0;

    for (size_t i = 0; i < count; i++) {
        const json_t *slot = json_is_array(result) ? json_array_get(result, i) : result;
        const char *title = field_text(slot, "title");
        const char *kind = field_text(slot, "kind");
        put_line(out, _("Expected"),
                 title != NULL  ? title
                 : kind != NULL ? kind
                                : json_string_value(slot));
    }
}

static char *description_of(const json_t *row)
{
    struct buffer out = BUFFER_INIT;

    put_line(&out, _("Assignment"), field_text(row, "task"));
    put_line(&out, _("Plan"), field_text(row, "plan"));
    put_line(&out, _("Item"), field_text(row, "no"));
    put_line(&out, _("Responsible"), field_body(row, "responsible"));
    put_window(row, &out);
    put_results(row, &out);
    put_line(&out, _("State"), word_assignment_state(field_text(row, "state")));
    put_moves(row, &out);
    return text_take(&out);
}

static char *uid_of(const json_t *row, const struct ics_wish *wish)
{
    struct buffer out = BUFFER_INIT;

    text_put(&out, "assignment-%s@%s", field_text(row, "task"), wish->domain);
    return text_take(&out);
}

/* --- the entry ----------------------------------------------------------------------------- */

/* The text is taken. */
static const char *keep(struct arena *arena, char *text)
{
    const char *kept = text != NULL ? arena_text(arena, bytes_of(text)) : NULL;

    free(text);
    return kept;
}

bool ics_entry_make(const json_t *row, const struct ics_wish *wish, struct arena *arena,
                    struct ics_entry *ret_entry)
{
    enum role role = role_of(row, wish->body);
    const json_t *part = role == ROLE_CO_EXECUTOR ? part_of(row, wish->body) : NULL;
    bool done = is_closed(row) || (part != NULL && is_state(part, "answered"));
    struct ics_entry entry = {.alarm_days = done ? ICS_NO_ALARM : wish->alarm_days};

    if (role == ROLE_NONE || (done && !wish->all) || field_text(row, "task") == NULL ||
        !find_day(row, part, &entry.to)) {
        return false;
    }
    entry.from = entry.to;
    set_sequence(row, &entry);
    entry.status = status_of(row);
    entry.uid = keep(arena, uid_of(row, wish));
    entry.summary = keep(arena, summary_of(row, role, done));
    entry.description = keep(arena, description_of(row));
    entry.category = keep(arena, field_harmless(row, "plan"));
    *ret_entry = entry;
    return true;
}
