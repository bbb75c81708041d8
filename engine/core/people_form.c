/* people_form.c - what a report is to be filled into, as JSON
 *
 * Owns:    the rules of `form` where an expression gives it, or a value in it.
 * In:      people.c when an assignment is given.
 * Out:     refusals that name the field.
 * Always:  null is as if it were not there.
 * See:     docs/language.md §3.4; lib/language/read_form.c for a form that is written out
 */
#include "engine/core/people_form.h"

#include "base/limits.h"
#include "language/form.h"
#include "language/name.h"

#include <string.h>

static const char *text_of(const json_t *object, const char *word)
{
    return json_string_value(json_object_get(object, word));
}

static bool is_there(const json_t *object, const char *word)
{
    const json_t *value = json_object_get(object, word);

    return value != NULL && !json_is_null(value);
}

/* The kind of a field; NULL: there is none of this name. */
static const struct form_kind *kind_of(const json_t *field, const struct form_kind *kinds)
{
    const char *name = text_of(field, "kind");

    if (!is_there(field, "kind")) {
        return kinds;
    }
    for (; name != NULL && kinds->name != NULL; kinds++) {
        if (strcmp(kinds->name, name) == 0) {
            return kinds;
        }
    }
    return NULL;
}

bool form_field_is(const json_t *field, const char *name)
{
    const struct form_kind *kind = kind_of(field, form_field_kinds);

    return kind != NULL && strcmp(kind->name, name) == 0;
}

/* --- is it a form? ------------------------------------------------------------------------- */

static bool is_name(const json_t *value)
{
    return name_valid((struct bytes){json_string_value(value), json_string_length(value)});
}

const char *form_field_name(const json_t *field)
{
    const json_t *name = json_object_get(field, "name");

    return is_name(name) ? json_string_value(name) : NULL;
}

/* What people see: a number that is written out is one, too. */
static bool is_shown(const json_t *value)
{
    return json_is_number(value) || json_is_boolean(value) || json_string_length(value) > 0;
}

static bool is_option(const json_t *value)
{
    return json_is_object(value) ? is_shown(json_object_get(value, "value")) &&
                                       is_shown(json_object_get(value, "title"))
                                 : is_shown(value);
}

static bool are_options(const json_t *value)
{
    size_t count = json_array_size(value);
    bool good = count > 0 && count <= LIMIT_FORM_OPTIONS;

    for (size_t i = 0; i < count && good; i++) {
        good = is_option(json_array_get(value, i));
    }
    return good;
}

static bool is_flag(const json_t *value)
{
    return json_is_boolean(value);
}

static bool is_number(const json_t *value)
{
    return json_is_number(value);
}

static bool is_list(const json_t *value)
{
    return json_is_array(value);
}

/* What each word of a field holds; `unless` and `columns` are looked at with their lists. */
static const struct word {
    const char *name;
    bool (*is_good)(const json_t *value);
    const char *what;
} words[] = {
    {"required", is_flag, N_("true or false")},
    {"hint", is_shown, N_("a text")},
    {"unless", is_name, N_("the name of a field")},
    {"min", is_number, N_("a number")},
    {"max", is_number, N_("a number")},
    {"title_as", is_name, N_("a name")},
    {"options", are_options, N_("a list of texts, or of objects with \"value\" and \"title\"")},
    {"columns", is_list, N_("a list")},
};

static bool check_words(const json_t *field, const char *name, struct error *err)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const json_t *value = json_object_get(field, words[i].name);
        if (value != NULL && !json_is_null(value) && !words[i].is_good(value)) {
            return error_set(err, ERROR_INVALID, "\"%s\" of the field \"%s\" must be %s",
                             words[i].name, name, words[i].what);
        }
    }
    return true;
}

static bool has_word(const struct form_kind *kind, const char *word)
{
    for (const char *const *known = kind->words; *known != NULL; known++) {
        if (strcmp(*known, word) == 0) {
            return true;
        }
    }
    return false;
}

static bool check_kind(const json_t *field, const char *name, const struct form_kind *kinds,
                       struct error *err)
{
    static const char *const needed[] = {"options", "columns"};
    const struct form_kind *kind = kind_of(field, kinds);
    const char *word;
    json_t *value;

    if (kind == NULL) {
        return error_set(err, ERROR_INVALID, "the field \"%s\" is of an unknown kind", name);
    }
    json_object_foreach((json_t *)field, word, value)
    {
        if (!has_word(kind, word)) {
            return error_set(err, ERROR_INVALID, "the field \"%s\" has no \"%s\"", name, word);
        }
    }
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (has_word(kind, needed[i]) && !is_there(field, needed[i])) {
            return error_set(err, ERROR_INVALID, "the field \"%s\" needs \"%s\"", name, needed[i]);
        }
    }
    return true;
}

static bool has_field(const json_t *list, const char *name, size_t but)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *one = text_of(json_array_get(list, i), "name");
        if (i != but && one != NULL && strcmp(one, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_taken(const char *name, const char *const *taken)
{
    for (; taken != NULL && *taken != NULL; taken++) {
        if (strcmp(*taken, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool check_names(const json_t *list, size_t at, const char *const *taken, struct error *err)
{
    const json_t *field = json_array_get(list, at);
    const char *name = text_of(field, "name");
    const char *other = text_of(field, "unless");

    if (is_taken(name, taken)) {
        return error_set(err, ERROR_INVALID,
                         "a report has \"%s\" of its own: a field needs another name", name);
    }
    if (has_field(list, name, at)) {
        return error_set(err, ERROR_INVALID, "there are two fields \"%s\"", name);
    }
    return other == NULL || has_field(list, other, at) ||
           error_set(err, ERROR_INVALID, "there is no other field \"%s\"", other);
}

static bool check_list(const json_t *list, const char *of, const struct form_kind *kinds,
                       struct error *err);

static bool check_field(const json_t *list, size_t at, const struct form_kind *kinds,
                        struct error *err)
{
    const json_t *field = json_array_get(list, at);
    const char *name = text_of(field, "name");
    bool columns = kinds == form_column_kinds;

    if (!is_name(json_object_get(field, "name")) || !is_shown(json_object_get(field, "title"))) {
        return error_set(err, ERROR_INVALID,
                         "each field of a form needs a \"name\" of Latin letters and a \"title\"");
    }
    return check_names(list, at, columns ? NULL : form_report_words, err) &&
           check_kind(field, name, kinds, err) && check_words(field, name, err) &&
           (!form_field_is(field, "table") ||
            check_list(json_object_get(field, "columns"), "columns", form_column_kinds, err));
}

static bool check_list(const json_t *list, const char *of, const struct form_kind *kinds,
                       struct error *err)
{
    size_t count = json_array_size(list);

    if (count == 0 || count > LIMIT_FORM_FIELDS) {
        return error_set(err, ERROR_INVALID, "\"%s\" must be a list of 1 to %u fields", of,
                         LIMIT_FORM_FIELDS);
    }
    for (size_t i = 0; i < count; i++) {
        if (!check_field(list, i, kinds, err)) {
            return false;
        }
    }
    return true;
}

bool form_check(const json_t *form, struct error *err)
{
    return form == NULL || json_is_null(form) || check_list(form, "form", form_field_kinds, err);
}
