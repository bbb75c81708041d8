/* people_filled.c - does a report hold to the form of its assignment?
 *
 * Owns:    which values a field takes, and what must be there.
 * In:      people_report.c, when the whole is reported.
 * Out:     refusals that name the field.
 * Always:  more than the form asks for may stand in a report.
 * See:     docs/language.md §3.4
 */
#include "engine/core/people_filled.h"

#include "base/limits.h"
#include "calendar/civil.h"
#include "engine/core/people_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *word)
{
    return json_string_value(json_object_get(object, word));
}

/* A field of a report: "results[1].score" of a row, as jq would say, and its title. */
struct place {
    char name[2 * LIMIT_NAME_BYTES + 32];
    const char *title;
};

static struct place place_of(const json_t *table, size_t row, const json_t *field)
{
    struct place place;
    const char *title = text_of(field, "title");

    place.title = title != NULL ? title : text_of(field, "name");
    if (table != NULL) {
        snprintf(place.name, sizeof place.name, "%s[%zu].%s", text_of(table, "name"), row,
                 text_of(field, "name"));
    } else {
        snprintf(place.name, sizeof place.name, "%s", text_of(field, "name"));
    }
    return place;
}

/* "" and an empty table say nothing. */
static bool is_filled(const json_t *filled, const char *name)
{
    const json_t *value = name != NULL ? json_object_get(filled, name) : NULL;
    bool empty = (json_is_string(value) && json_string_length(value) == 0) ||
                 (json_is_array(value) && json_array_size(value) == 0);

    return value != NULL && !json_is_null(value) && !empty;
}

static bool takes_text(const json_t *field, const json_t *value)
{
    (void)field;
    return json_is_string(value);
}

static bool takes_date(const json_t *field, const json_t *value)
{
    civil_day day;

    (void)field;
    return json_is_string(value) &&
           civil_parse((struct bytes){json_string_value(value), json_string_length(value)}, &day);
}

static bool takes_flag(const json_t *field, const json_t *value)
{
    (void)field;
    return json_is_boolean(value);
}

static bool takes_number(const json_t *field, const json_t *value)
{
    const json_t *min = json_object_get(field, "min");
    const json_t *max = json_object_get(field, "max");

    return json_is_number(value) &&
           (!json_is_number(min) || json_number_value(value) >= json_number_value(min)) &&
           (!json_is_number(max) || json_number_value(value) <= json_number_value(max));
}

/* A page gives every choice as text, also where a number is written out. */
static bool is_chosen(const json_t *option, const json_t *value)
{
    char *text = json_is_string(option) ? NULL : json_dumps(option, JSON_ENCODE_ANY);
    bool same = json_equal(option, value) || (text != NULL && json_is_string(value) &&
                                              strcmp(text, json_string_value(value)) == 0);

    free(text);
    return same;
}

static bool takes_choice(const json_t *field, const json_t *value)
{
    const json_t *options = json_object_get(field, "options");

    for (size_t i = 0; i < json_array_size(options); i++) {
        const json_t *option = json_array_get(options, i);
        if (is_chosen(json_is_object(option) ? json_object_get(option, "value") : option, value)) {
            return true;
        }
    }
    return false;
}

static bool takes_table(const json_t *field, const json_t *value)
{
    bool good = json_is_array(value);

    (void)field;
    for (size_t i = 0; i < json_array_size(value) && good; i++) {
        good = json_is_object(json_array_get(value, i));
    }
    return good;
}

static const struct taker {
    const char *kind;
    bool (*takes)(const json_t *field, const json_t *value);
    const char *what;
} takers[] = {
    {"text", takes_text, N_("a text")},
    {"number", takes_number, N_("a number within its bounds")},
    {"date", takes_date, N_("a day, like 2023-08-15")},
    {"flag", takes_flag, N_("true or false")},
    {"choice", takes_choice, N_("one of its choices")},
    {"table", takes_table, N_("a list of rows")},
};

static bool check_value(const json_t *field, const json_t *value, const struct place *place,
                        struct error *err)
{
    for (size_t i = 0; i < sizeof takers / sizeof *takers; i++) {
        if (form_field_is(field, takers[i].kind) && !takers[i].takes(field, value)) {
            return error_set(err, ERROR_INVALID, "\"%s\" (\"%s\") of the report must be %s",
                             place->name, place->title, takers[i].what);
        }
    }
    return true;
}

/* What is filled in: a report, or a row of this table of it. */
struct filled {
    const json_t *values;
    const json_t *table; /* NULL: the report */
    size_t row;
    bool whole; /* nothing that is required may lack */
};

static bool check_filled(const json_t *fields, const struct filled *filled, struct error *err);

static bool check_rows(const json_t *field, const json_t *rows, bool whole, struct error *err)
{
    for (size_t i = 0; form_field_is(field, "table") && i < json_array_size(rows); i++) {
        struct filled row = {json_array_get(rows, i), field, i, whole};
        if (!check_filled(json_object_get(field, "columns"), &row, err)) {
            return false;
        }
    }
    return true;
}

static bool check_presence(const json_t *field, const struct filled *filled,
                           const struct place *place, struct error *err)
{
    const char *other = text_of(field, "unless");

    if (!filled->whole || !json_is_true(json_object_get(field, "required")) ||
        is_filled(filled->values, other)) {
        return true;
    }
    if (other != NULL) {
        return error_set(err, ERROR_INVALID,
                         "the report lacks \"%s\", or \"%s\" in its place: \"%s\"", place->name,
                         other, place->title);
    }
    return error_set(err, ERROR_INVALID, "the report lacks \"%s\": \"%s\"", place->name,
                     place->title);
}

static bool check_filled(const json_t *fields, const struct filled *filled, struct error *err)
{
    for (size_t i = 0; i < json_array_size(fields); i++) {
        const json_t *field = json_array_get(fields, i);
        const char *name = form_field_name(field);
        if (name == NULL) {
            continue;
        }
        struct place place = place_of(filled->table, filled->row, field);
        const json_t *value = json_object_get(filled->values, name);
        bool good = is_filled(filled->values, name)
                        ? check_value(field, value, &place, err) &&
                              check_rows(field, value, filled->whole, err)
                        : check_presence(field, filled, &place, err);
        if (!good) {
            return false;
        }
    }
    return true;
}

bool form_holds(const json_t *form, const json_t *report, bool demonstration, struct error *err)
{
    bool simulated = demonstration && json_is_true(json_object_get(report, "simulated"));
    struct filled filled = {.values = report, .whole = !simulated};

    return check_filled(form, &filled, err);
}
