/* request.c - what a handler asks of a request
 *
 * Owns:    the types and limits of path values, query parameters and fields, and the sentences when
 *          they are wrong.
 * Always:  the first thing that is wrong is kept, and request_end() answers it; what nobody asked
 *          for is wrong too.
 * See:     docs/http.md §1.4
 */
#include "engine/web/request.h"

#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/exchange.h"
#include "engine/web/export.h"
#include "engine/web/reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* --- what is wrong -------------------------------------------------------------------------- */

/* Is this the first? Then it is to be set. */
static struct error *first_problem(struct exchange *x, unsigned status)
{
    if (x->problem.code != ERROR_NONE) {
        return NULL;
    }
    x->problem_status = status;
    return &x->problem;
}

void request_wrong(struct exchange *x, enum error_code code, const char *fmt, ...)
{
    struct error *err = first_problem(x, 0);
    va_list args;

    if (err != NULL) {
        va_start(args, fmt);
        error_set_at_va(err, code, NULL, 0, 0, fmt, args);
        va_end(args);
    }
}

static void wrong_path(struct exchange *x)
{
    error_set(first_problem(x, 404), ERROR_NOT_FOUND, "there is nothing at this address");
}

/* --- the path ------------------------------------------------------------------------------ */

const char *request_path(const struct exchange *x, const char *name)
{
    return route_value(x->route, &x->values, name);
}

/* Digits only, from 1; *text moves behind them. */
static bool read_number(const char **text, uint64_t most, uint64_t *ret_number)
{
    size_t digits = strspn(*text, "0123456789");

    *ret_number = digits > 0 && digits <= 19 ? strtoull(*text, NULL, 10) : 0;
    *text += digits;
    return *ret_number >= 1 && *ret_number <= most;
}

uint64_t request_path_number(struct exchange *x, const char *name)
{
    const char *text = request_path(x, name);
    uint64_t number;

    if (!read_number(&text, INT64_MAX, &number) || text[0] != '\0') {
        wrong_path(x);
        return 0;
    }
    return number;
}

bool request_path_task(struct exchange *x, const char *name, uint64_t *ret_instance,
                       uint32_t *ret_task)
{
    const char *text = request_path(x, name);
    uint64_t task = 0;

    if (!read_number(&text, INT64_MAX, ret_instance) || *text++ != '.' ||
        !read_number(&text, UINT32_MAX, &task) || text[0] != '\0') {
        *ret_instance = 0;
        wrong_path(x);
    }
    *ret_task = (uint32_t)task;
    return *ret_instance != 0;
}

/* --- the query ----------------------------------------------------------------------------- */

/* NULL: it is not there. */
static const char *find_parameter(struct exchange *x, const char *name)
{
    for (size_t i = 0; i < x->target.parameter_count; i++) {
        if (strcmp(x->target.parameters[i].name, name) == 0) {
            x->asked_query |= UINT32_C(1) << i;
            return x->target.parameters[i].value;
        }
    }
    return NULL;
}

const char *request_text(struct exchange *x, const char *name, size_t bytes_max)
{
    const char *value = export_parameter(x, name, find_parameter(x, name));

    if (value != NULL && strlen(value) > bytes_max) {
        request_wrong(x, ERROR_TOO_LARGE, "\"%s\" has more than %zu bytes", name, bytes_max);
        return NULL;
    }
    return value != NULL && value[0] != '\0' ? value : NULL;
}

int64_t request_integer(struct exchange *x, const char *name, int64_t least, int64_t most,
                        int64_t otherwise)
{
    const char *text = request_text(x, name, 20);
    char *end;

    if (text == NULL) {
        return otherwise;
    }
    errno = 0;
    int64_t value = strtoll(text, &end, 10);
    bool number = (text[0] == '-' || (text[0] >= '0' && text[0] <= '9')) && *end == '\0';
    if (errno != 0 || !number || value < least || value > most) {
        request_wrong(x, ERROR_INVALID, "\"%s\" must be a whole number from %lld to %lld", name,
                      (long long)least, (long long)most);
        return otherwise;
    }
    return value;
}

bool request_flag(struct exchange *x, const char *name, bool otherwise)
{
    static const char *const words[] = {"false", "true", "0", "1", NULL};
    int word = request_word(x, name, words);

    return word < 0 ? otherwise : (word & 1) != 0;
}

civil_day request_day(struct exchange *x, const char *name)
{
    const char *text = request_text(x, name, 20);
    civil_day day = CIVIL_DAY_NONE;

    if (text != NULL && !civil_parse(bytes_of(text), &day)) {
        request_wrong(x, ERROR_INVALID, "\"%s\" must be a day, like 2023-08-15", name);
        return CIVIL_DAY_NONE;
    }
    return day;
}

int request_word(struct exchange *x, const char *name, const char *const *words)
{
    const char *text = request_text(x, name, LIMIT_NAME_BYTES);

    for (int i = 0; text != NULL && words[i] != NULL; i++) {
        if (strcmp(words[i], text) == 0) {
            return i;
        }
    }
    if (text != NULL) {
        request_wrong(x, ERROR_INVALID, "\"%s\" can't be \"%s\"", name, text);
    }
    return -1;
}

json_t *request_texts(struct exchange *x, const char *const *names, size_t bytes_max)
{
    json_t *mc1 = json_object();

    for (size_t i = 0; names[i] != NULL; i++) {
        const char *text = request_text(x, names[i], bytes_max);
        if (text != NULL) {
            json_object_set_new(mc1, names[i], json_string(text));
        }
    }
    return mc1;
}

void request_page(struct exchange *x, json_t *mc1)
{
    const char *after = request_text(x, "after", LIMIT_TEXT_BYTES);
    int64_t limit = request_integer(x, "limit", 1, LIMIT_PAGE, 0);

    if (after != NULL) {
        json_object_set_new(mc1, "after", json_string(after));
    }
    if (limit != 0) {
        json_object_set_new(mc1, "limit", json_integer(limit));
    }
}

/* --- the body ------------------------------------------------------------------------------ */

json_t *request_json(struct exchange *x)
{
    x->asked_all_fields = true;
    return x->json;
}

struct bytes request_bytes(const struct exchange *x)
{
    return buffer_bytes(&x->body);
}

enum body_kind request_kind(const struct exchange *x)
{
    return x->body_kind;
}

json_t *request_field(struct exchange *x, const char *name, enum presence presence)
{
    json_t *value = json_object_get(x->json, name);

    must(x->asked_field_count < REQUEST_FIELDS_MAX);
    x->asked_fields[x->asked_field_count++] = name;
    if (json_is_null(value)) {
        value = NULL;
    }
    if (value == NULL && presence == MUST_BE) {
        request_wrong(x, ERROR_INVALID, "the field \"%s\" is missing", name);
    }
    return value;
}

const char *request_field_text(struct exchange *x, const char *name, enum presence presence,
                               size_t bytes_max)
{
    json_t *value = request_field(x, name, presence);

    if (value == NULL) {
        return NULL;
    }
    if (!json_is_string(value) || strlen(json_string_value(value)) != json_string_length(value) ||
        (presence == MUST_BE && json_string_length(value) == 0)) {
        request_wrong(x, ERROR_INVALID, "the field \"%s\" must be text", name);
        return NULL;
    }
    if (json_string_length(value) > bytes_max) {
        request_wrong(x, ERROR_TOO_LARGE, "\"%s\" has more than %zu bytes", name, bytes_max);
        return NULL;
    }
    return json_string_value(value);
}

const char *request_field_day(struct exchange *x, const char *name, enum presence presence)
{
    const char *text = request_field_text(x, name, presence, 10);
    civil_day day;

    if (text != NULL && !civil_parse(bytes_of(text), &day)) {
        request_wrong(x, ERROR_INVALID, "\"%s\" must be a day, like 2023-08-15", name);
        return NULL;
    }
    return text;
}

int64_t request_field_integer(struct exchange *x, const char *name, enum presence presence,
                              int64_t least, int64_t most, int64_t otherwise)
{
    json_t *value = request_field(x, name, presence);

    if (value == NULL) {
        return otherwise;
    }
    if (!json_is_integer(value) || json_integer_value(value) < least ||
        json_integer_value(value) > most) {
        request_wrong(x, ERROR_INVALID, "\"%s\" must be a whole number from %lld to %lld", name,
                      (long long)least, (long long)most);
        return otherwise;
    }
    return json_integer_value(value);
}

bool request_field_flag(struct exchange *x, const char *name, bool otherwise)
{
    json_t *value = request_field(x, name, MAY_LACK);

    if (value != NULL && !json_is_boolean(value)) {
        request_wrong(x, ERROR_INVALID, "the field \"%s\" must be true or false", name);
    }
    return value != NULL ? json_is_true(value) : otherwise;
}

/* --- who, how ------------------------------------------------------------------------------ */

const char *request_by(const struct exchange *x)
{
    return x->by;
}

void request_need_by(struct exchange *x)
{
    if (!request_named(x, NULL)) {
        request_named(x, first_problem(x, 0));
    }
}

const char *request_once(const struct exchange *x)
{
    return x->once;
}

enum language request_language(const struct exchange *x)
{
    return x->language;
}

bool request_is_file(const struct exchange *x)
{
    return x->export != NULL;
}

bool request_expect(struct exchange *x, uint64_t instance, uint64_t *ret_entry)
{
    struct error err;

    if (x->match_instance != 0 && x->match_instance != instance) {
        error_set(&err, ERROR_STALE, "If-Match names another instance than what is to be changed");
        answer_refusal(x, &err);
        return false;
    }
    *ret_entry = x->match_entry;
    return true;
}

/* --- the end ------------------------------------------------------------------------------- */

static bool is_asked(const struct exchange *x, const char *field)
{
    bool asked = x->asked_all_fields || strcmp(field, "by") == 0;

    for (uint32_t i = 0; i < x->asked_field_count && !asked; i++) {
        asked = strcmp(x->asked_fields[i], field) == 0;
    }
    return asked;
}

static void check_unknown(struct exchange *x)
{
    const char *field;
    json_t *value;

    for (size_t i = 0; i < x->target.parameter_count; i++) {
        if ((x->asked_query & UINT32_C(1) << i) == 0) {
            request_wrong(x, ERROR_INVALID, "this address knows no parameter \"%s\"",
                          x->target.parameters[i].name);
        }
    }
    json_object_foreach(x->json, field, value)
    {
        if (!is_asked(x, field)) {
            request_wrong(x, ERROR_INVALID, "the body has an unknown field \"%s\"", field);
        }
    }
}

static void read_format(struct exchange *x)
{
    static const char *const words[] = {"json", "csv", "xlsx", NULL};
    static const char *const languages[] = {"en", "ru", NULL}; /* of enum language */

    if ((x->route->flags & ROUTE_FORMATS) != 0) {
        request_word(x, "format", words); /* export.c has taken it */
        int word = request_word(x, "language", languages);
        x->language = word >= 0 ? (enum language)word : x->language;
    }
}

bool request_end(struct exchange *x)
{
    read_format(x);
    check_unknown(x);
    if (x->problem.code == ERROR_NONE) {
        return true;
    }
    answer_problem(x, x->problem_status != 0 ? x->problem_status : 400, &x->problem, NULL);
    return false;
}
