/* ics_row.c - what stands in an entry of a calendar
 *
 * Owns:    uid, days, sequence and words of an entry; what a body has to do with an assignment.
 * In:      rows of ASSIGNMENTS (docs/protocol.md §3.6).
 * Always:  a term that moved keeps its uid and has a greater sequence; what came from a document is
 *          made harmless.
 * See:     docs/time.md §8; RFC 5545 §3.8.4.7, §3.8.7.3, §3.8.7.4
 */
#include "base/must.h"
#include "calendar/ics_rows.h"
#include "calendar/ics_text.h"

#include <string.h>

#define TITLE_CHARACTERS 200 /* calendars show two lines at most */

/* What the body does in it. */
enum role { ROLE_NONE, ROLE_RESPONSIBLE, ROLE_CO_EXECUTOR, ROLE_CONTROLLER };

/* For whom: a deputy acts for another body (docs/time.md §5.1). */
struct place {
    enum role role;
    const char *body;   /* NULL: of everybody's calendar */
    const char *absent; /* the name of who is absent; NULL: it acts for itself */
};

static const char *text_of(const json_t *row, const char *field)
{
    return json_string_value(json_object_get(row, field));
}

/* An id, or an object with one. */
static const char *id_of(const json_t *value)
{
    return json_is_object(value) ? text_of(value, "id") : json_string_value(value);
}

static bool is_body(const json_t *value, const char *id)
{
    const char *text = id_of(value);

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

/* Its own place, else the nearest of those for whom it acts now. */
static struct place place_of(const json_t *row, const char *body)
{
    const json_t *acting = json_object_get(row, "acting");
    struct place place = {.role = role_of(row, body), .body = body};

    for (size_t i = 0; i < json_array_size(acting); i++) {
        const json_t *one = json_array_get(acting, i);
        const char *absent = text_of(one, "body");
        const char *name = text_of(one, "body_name");
        bool own = place.role != ROLE_NONE && place.absent == NULL;
        if (own || absent == NULL || !is_body(json_object_get(one, "deputy"), body)) {
            continue;
        }
        enum role role = role_of(row, absent);
        if (role != ROLE_NONE && (place.role == ROLE_NONE || role < place.role)) {
            place = (struct place){role, absent, name != NULL ? name : absent};
        }
    }
    return place;
}

/* What this co-executor owes; NULL: the responsible body reports for it. */
static const json_t *part_of(const json_t *row, const struct place *place)
{
    const json_t *parts = place->role == ROLE_CO_EXECUTOR ? json_object_get(row, "parts") : NULL;

    for (size_t i = 0; i < json_array_size(parts); i++) {
        if (is_body(json_object_get(json_array_get(parts, i), "body"), place->body)) {
            return json_array_get(parts, i);
        }
    }
    return NULL;
}

static bool is_state(const json_t *row, const char *state)
{
    const char *text = text_of(row, "state");

    return text != NULL && strcmp(text, state) == 0;
}

static bool is_accepted(const json_t *row)
{
    return is_state(row, "accepted") || is_state(row, "accepted_in_part");
}

/* --- days and numbers ---------------------------------------------------------------------- */

static bool find_day(const json_t *row, const json_t *part, civil_day *ret_day)
{
    const char *own = text_of(part, "to");
    const char *text = own != NULL ? own : text_of(row, "to");

    return text != NULL && civil_parse(bytes_of(text), ret_day);
}

/* Two digits of "2023-01-09T06:00:00.000Z". */
static int64_t figures(const char *at)
{
    return (at[0] - '0') * 10 + (at[1] - '0');
}

/* 0: not known. */
static int64_t moment_of(const char *text)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:dd";
    civil_day day;

    for (size_t i = 0; shape[i] != '\0'; i++) {
        bool digit = text != NULL && text[i] >= '0' && text[i] <= '9';
        if (text == NULL || (shape[i] == 'd' ? !digit : text[i] != shape[i])) {
            return 0;
        }
    }
    if (!civil_parse((struct bytes){text, 10}, &day)) {
        return 0;
    }
    int64_t seconds = figures(text + 11) * 3600 + figures(text + 14) * 60 + figures(text + 17);
    return (day * INT64_C(86400) + seconds) * 1000;
}

/* One for each time that the term moved, and one more for the end: it is never taken back. */
static void set_sequence(const json_t *row, struct ics_entry *entry)
{
    size_t terms = json_array_size(json_object_get(row, "terms"));
    const char *closed = text_of(row, "closed");

    entry->sequence = terms > 0 ? (int)terms - 1 : 0;
    entry->modified_ms = moment_of(closed != NULL ? closed : text_of(row, "since"));
    if (is_state(row, "withdrawn") || is_accepted(row)) {
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

/* The buffer is emptied. */
static const char *keep(struct arena *arena, struct buffer *text)
{
    const char *kept = arena_text(arena, buffer_bytes(text));

    buffer_fini(text);
    return kept;
}

static const char *title_of(const json_t *row, const struct ics_words *words,
                            const struct place *place, bool done, struct arena *arena)
{
    const char *no = text_of(row, "no");
    const char *title = text_of(row, "title");
    struct buffer out = BUFFER_INIT;

    buffer_text(&out, done ? words->done : place->role == ROLE_CONTROLLER ? words->control : "");
    if (place->absent != NULL) {
        buffer_text(&out, words->instead);
        ics_text_put(&out, place->absent);
        buffer_text(&out, "): ");
    }
    if (no != NULL) {
        buffer_text(&out, words->item);
        ics_text_put(&out, no);
        buffer_text(&out, " ");
    }
    ics_text_put(&out, title != NULL ? title : "?");
    ics_text_fit(&out, TITLE_CHARACTERS);
    buffer_text(&out, place->role == ROLE_CO_EXECUTOR ? words->co_executor : "");
    return keep(arena, &out);
}

static void put_label(struct buffer *out, const char *label)
{
    buffer_text(out, out->size > 0 ? "\n" : "");
    buffer_text(out, label);
    buffer_text(out, ": ");
}

/* "label: text" on a line of its own; nothing without text. */
static void put_line(struct buffer *out, const char *label, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        put_label(out, label);
        ics_text_put(out, text);
    }
}

/* A day of the row as people read it; what is no day as it is. */
static void put_day(struct buffer *out, const struct ics_words *words, const char *text)
{
    char day[CIVIL_TEXT_MAX];
    civil_day parsed;

    if (text != NULL && civil_parse(bytes_of(text), &parsed)) {
        words->print_day(parsed, day);
        text = day;
    }
    ics_text_put(out, text != NULL ? text : "—");
}

static void put_term(const json_t *row, const struct ics_words *words, struct buffer *out)
{
    const char *from = text_of(row, "from");
    const char *to = text_of(row, "to");

    put_label(out, words->term);
    if (from != NULL && to != NULL && strcmp(from, to) != 0) {
        put_day(out, words, from);
        buffer_text(out, " – ");
    }
    put_day(out, words, to);
}

/* "Срок перенесён: 15 августа 2023 г. → 1 сентября 2023 г. (причина)" */
static void put_moves(const json_t *row, const struct ics_words *words, struct buffer *out)
{
    const json_t *terms = json_object_get(row, "terms");

    for (size_t i = 1; i < json_array_size(terms); i++) {
        const json_t *term = json_array_get(terms, i);
        const char *reason = text_of(term, "reason");
        put_label(out, words->moved);
        put_day(out, words, text_of(json_array_get(terms, i - 1), "to"));
        buffer_text(out, " → ");
        put_day(out, words, text_of(term, "to"));
        if (reason != NULL) {
            buffer_text(out, " (");
            ics_text_put(out, reason);
            buffer_text(out, ")");
        }
    }
}

static void put_results(const json_t *row, const struct ics_words *words, struct buffer *out)
{
    const json_t *result = json_object_get(row, "result");
    size_t count = json_is_array(result) ? json_array_size(result) : result != NULL ? 1 : 0;

    for (size_t i = 0; i < count; i++) {
        const json_t *slot = json_is_array(result) ? json_array_get(result, i) : result;
        const char *title = text_of(slot, "title");
        const char *kind = text_of(slot, "kind");
        put_line(out, words->expected,
                 title != NULL  ? title
                 : kind != NULL ? kind
                                : json_string_value(slot));
    }
}

/* "Замещает: Лицей — вместо: Школа № 1, по 30 сентября 2026 г." */
static void put_acting(const json_t *row, const struct ics_words *words, struct buffer *out)
{
    const json_t *acting = json_object_get(row, "acting");

    for (size_t i = 0; i < json_array_size(acting); i++) {
        const json_t *one = json_array_get(acting, i);
        const char *deputy = text_of(one, "deputy_name");
        const char *absent = text_of(one, "body_name");
        put_line(out, words->deputy, deputy != NULL ? deputy : text_of(one, "deputy"));
        buffer_text(out, words->for_whom);
        ics_text_put(out, absent != NULL ? absent : text_of(one, "body"));
        if (text_of(one, "until") != NULL) {
            buffer_text(out, words->until);
            put_day(out, words, text_of(one, "until"));
        }
    }
}

static const char *state_of(const json_t *row, const struct ics_words *words)
{
    for (size_t i = 0; i < sizeof words->states / sizeof *words->states; i++) {
        if (is_state(row, words->states[i][0])) {
            return words->states[i][1];
        }
    }
    return text_of(row, "state");
}

static const char *name_of(const json_t *body)
{
    const char *name = text_of(body, "short");

    name = name != NULL ? name : text_of(body, "name");
    return name != NULL ? name : id_of(body);
}

static const char *description_of(const json_t *row, const struct ics_words *words,
                                  struct arena *arena)
{
    struct buffer out = BUFFER_INIT;

    put_line(&out, words->assignment, text_of(row, "task"));
    put_line(&out, words->plan, text_of(row, "plan"));
    put_line(&out, words->item_no, text_of(row, "no"));
    put_line(&out, words->responsible, name_of(json_object_get(row, "responsible")));
    put_acting(row, words, &out);
    put_term(row, words, &out);
    put_results(row, words, &out);
    put_line(&out, words->state, state_of(row, words));
    put_moves(row, words, &out);
    return keep(arena, &out);
}

static const char *uid_of(const char *task, const struct ics_wish *wish, struct arena *arena)
{
    struct buffer out = BUFFER_INIT;

    buffer_text(&out, "assignment-");
    ics_text_put(&out, task);
    buffer_text(&out, "@");
    if (wish->domain != NULL) {
        buffer_text(&out, wish->domain);
    } else {
        buffer_text(&out, wish->token);
        buffer_text(&out, ".marshrut");
    }
    return keep(arena, &out);
}

static const char *category_of(const json_t *row, struct arena *arena)
{
    const char *plan = text_of(row, "plan");
    struct buffer out = BUFFER_INIT;

    ics_text_put(&out, plan);
    return plan != NULL ? keep(arena, &out) : NULL;
}

/* --- the entry ----------------------------------------------------------------------------- */

bool ics_row_entry(const json_t *row, const struct ics_wish *wish, struct arena *arena,
                   struct ics_entry *ret_entry)
{
    struct place place = place_of(row, wish->body);
    const json_t *part = part_of(row, &place);
    const char *task = text_of(row, "task");
    bool done = is_accepted(row) || (part != NULL && is_state(part, "answered"));
    struct ics_entry entry = {.alarm_days = done ? ICS_NO_ALARM : wish->alarm_days};

    if (place.role == ROLE_NONE || (done && !wish->all) || task == NULL ||
        !find_day(row, part, &entry.to)) {
        return false;
    }
    entry.from = entry.to;
    set_sequence(row, &entry);
    entry.status = status_of(row);
    entry.uid = uid_of(task, wish, arena);
    entry.summary = title_of(row, wish->words, &place, done, arena);
    entry.description = description_of(row, wish->words, arena);
    entry.category = category_of(row, arena);
    *ret_entry = entry;
    return true;
}
