/* news.c - reading one thing that is told of one assignment
 *
 * Owns:    the fields of docs/letters.md §1.2 and what is refused in them.
 * In:      notice.c, with JSON.
 * Out:     struct news.
 * Always:  ids are task ids (digits and a dot), so they may stand in file names and headers; what
 *          may be missing and is no text is as if it were missing.
 * See:     docs/letters.md §1
 */
#include "workers/notify/news.h"

#include "base/must.h"
#include "workers/notify/text.h"

#include <stdlib.h>
#include <string.h>

#define DAYS_MAX 100000 /* beyond two centuries the calendar ends */

static const char *const kind_names[NOTICE_KIND_COUNT] = {
    "opened",      "reminder",  "today",    "overdue",    "escalated", "returned", "handed_over",
    "handed_back", "undecided", "reported", "part",       "withdrawn", "asked",    "moved",
    "refused",     "paused",    "resumed",  "reassigned", "delegated", "accepted", "digest"};
static const char *const section_names[SECTION_BACK] = {"critical", "overdue", "today", "soon",
                                                        "decide",   "new",     "deputy"};

const char *notice_kind_name(enum notice_kind kind)
{
    must(kind < NOTICE_KIND_COUNT);
    return kind_names[kind];
}

bool notice_kind_of(const char *name, enum notice_kind *ret_kind)
{
    for (int i = 0; name != NULL && i < NOTICE_KIND_COUNT; i++) {
        if (strcmp(name, kind_names[i]) == 0) {
            *ret_kind = (enum notice_kind)i;
            return true;
        }
    }
    return false;
}

bool news_refuse(struct error *err, const char *field)
{
    return error_set(err, ERROR_INVALID, "the notice has no usable field \"%s\"", field);
}

/* --- fields -------------------------------------------------------------------------------- */

static const char *optional(const json_t *object, const char *field)
{
    const char *text = json_string_value(json_object_get(object, field));

    return text != NULL && text[0] != '\0' ? text : NULL;
}

bool news_read_id(const json_t *object, const char *field, char ret_text[TASK_ID_TEXT_MAX],
                  struct task_id *ret_id, struct error *err)
{
    const char *text = optional(object, field);

    if (text == NULL || !task_id_parse(bytes_of(text), ret_id)) {
        return news_refuse(err, field);
    }
    task_id_print(*ret_id, ret_text);
    return true;
}

bool news_read_party(const json_t *value, const char *field, struct party *ret_party,
                     struct error *err)
{
    ret_party->id = optional(value, "id");
    ret_party->name = optional(value, "name");
    ret_party->short_name = optional(value, "short");
    ret_party->email = optional(value, "email");
    if (ret_party->id == NULL) {
        return news_refuse(err, field);
    }
    if (ret_party->name == NULL) {
        ret_party->name = ret_party->id;
    }
    if (ret_party->short_name == NULL) {
        ret_party->short_name = ret_party->name;
    }
    return true;
}

/* Missing or null: there is none. */
static bool read_party_if(const json_t *object, const char *field, struct party *ret_party,
                          struct error *err)
{
    const json_t *value = json_object_get(object, field);

    return value == NULL || json_is_null(value) || news_read_party(value, field, ret_party, err);
}

/* A body that is known no more is null: it is left out. */
static bool read_parties(const json_t *list, const char *field, struct party **ret_parties,
                         size_t *ret_count, struct error *err)
{
    size_t count = json_array_size(list);

    *ret_parties = xcalloc(count + 1, sizeof **ret_parties);
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(list, i);
        if (json_is_null(one)) {
            continue;
        }
        if (!news_read_party(one, field, &(*ret_parties)[*ret_count], err)) {
            return false;
        }
        (*ret_count)++;
    }
    return true;
}

static bool read_day(const json_t *object, const char *field, civil_day *ret_day, struct error *err)
{
    return civil_parse(bytes_of(optional(object, field)), ret_day) || news_refuse(err, field);
}

static bool read_day_if(const json_t *object, const char *field, civil_day *ret_day,
                        struct error *err)
{
    *ret_day = CIVIL_DAY_NONE;
    return json_object_get(object, field) == NULL || read_day(object, field, ret_day, err);
}

static bool read_number(const json_t *object, const char *field, int min, int *ret_number,
                        struct error *err)
{
    json_int_t number = json_integer_value(json_object_get(object, field));

    *ret_number = (int)number;
    return (number >= min && number <= DAYS_MAX) || news_refuse(err, field);
}

/* --- the assignment ------------------------------------------------------------------------ */

static bool blank(const char *text)
{
    struct buffer line = BUFFER_INIT;

    text_append_line(&line, text, 1);
    bool nothing = line.size == 0;
    buffer_fini(&line);
    return nothing;
}

/* What is no text is left out, as with other texts that may be missing. */
static void read_bullets(const json_t *list, struct news *n)
{
    size_t count = json_array_size(list);

    n->bullets = xcalloc(count + 1, sizeof *n->bullets);
    for (size_t i = 0; i < count; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (text != NULL && !blank(text)) {
            n->bullets[n->bullet_count++] = text;
        }
    }
}

static bool is_word(const char *text, const char *word)
{
    return text != NULL && strcmp(text, word) == 0;
}

/* Only what is off moves a term: a calendar may have changed since. */
static bool read_literal(const json_t *a, struct news *n, struct error *err)
{
    const char *is = optional(a, "literal_is");
    bool worked = is_word(is, "working") || is_word(is, "short");

    if (!read_day_if(a, "literal_to", &n->literal, err)) {
        return false;
    }
    n->literal = worked ? CIVIL_DAY_NONE : n->literal;
    n->holiday = is_word(is, "holiday");
    return true;
}

static bool read_assignment(const json_t *a, struct news *n, struct error *err)
{
    struct task_id ignored;

    n->title = optional(a, "title");
    n->no = optional(a, "no");
    n->plan = optional(a, "plan_title");
    n->plan = n->plan ? n->plan : optional(a, "plan");
    n->result = json_object_get(a, "result");
    n->due_phrase = optional(a, "due_phrase");
    n->audience = optional(a, "audience");
    read_bullets(json_object_get(a, "bullets"), n);
    return read_literal(a, n, err) && news_read_id(a, "id", n->assignment, &ignored, err) &&
           read_day(a, "from", &n->from, err) && read_day(a, "to", &n->to_day, err) &&
           read_day_if(a, "reported", &n->reported, err) &&
           news_read_party(json_object_get(a, "responsible"), "responsible", &n->responsible,
                           err) &&
           read_parties(json_object_get(a, "co_executors"), "co_executors", &n->co_executors,
                        &n->co_executor_count, err) &&
           read_party_if(a, "controller", &n->controller, err);
}

/* --- what is told of it -------------------------------------------------------------------- */

static void read_section(const json_t *value, struct news *n)
{
    const char *name = optional(value, "urgency");

    n->section = SECTION_NEW;
    for (int i = 0; name != NULL && i < SECTION_BACK; i++) {
        if (strcmp(name, section_names[i]) == 0) {
            n->section = (enum section)i;
        }
    }
    if (n->section == SECTION_DEPUTY && n->kind == NOTICE_HANDED_BACK) {
        n->section = SECTION_BACK;
    }
}

static bool read_rule(const json_t *value, struct news *n, struct error *err)
{
    n->working = json_is_true(json_object_get(value, "working"));
    n->counted = json_is_integer(json_object_get(value, "left"));
    return read_number(value, "days", -DAYS_MAX, &n->days, err) &&
           read_number(value, "levels", 0, &n->levels, err) &&
           read_number(value, "left", -DAYS_MAX, &n->left, err) &&
           read_number(value, "left_working", -DAYS_MAX, &n->left_working, err);
}

static bool read_part(const json_t *value, struct news *n, struct error *err)
{
    const json_t *part = json_object_get(value, "part");

    n->part_to = CIVIL_DAY_NONE;
    return part == NULL || (news_read_party(json_object_get(part, "body"), "part", &n->part, err) &&
                            read_day(part, "to", &n->part_to, err));
}

bool news_read(const json_t *value, struct news *n, struct error *err)
{
    *n = (struct news){.reason = optional(value, "reason"),
                       .term = optional(value, "term"),
                       .done = optional(value, "done"),
                       .pause = optional(value, "pause"),
                       .report = json_object_get(value, "report"),
                       .lacks = json_object_get(value, "lacks")};
    if (!notice_kind_of(optional(value, "kind"), &n->kind) || n->kind == NOTICE_DIGEST) {
        return news_refuse(err, "kind");
    }
    read_section(value, n);
    return read_rule(value, n, err) && read_part(value, n, err) &&
           read_day_if(value, "day", &n->day, err) && read_day_if(value, "until", &n->until, err) &&
           read_party_if(value, "by", &n->by, err) &&
           read_party_if(value, "by_for", &n->by_for, err) &&
           read_party_if(value, "body", &n->body, err) &&
           read_party_if(value, "for", &n->on_behalf, err) &&
           read_parties(json_object_get(value, "awaited"), "awaited", &n->awaited,
                        &n->awaited_count, err) &&
           read_assignment(json_object_get(value, "assignment"), n, err);
}

void news_fini(struct news *n)
{
    free(n->bullets);
    free(n->co_executors);
    free(n->awaited);
    *n = (struct news){0};
}
