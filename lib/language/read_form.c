/* read_form.c - the form of a report: fields that people fill in beside its text and documents
 *
 * Owns:    the words of `form` of an assignment.
 * In:      read_assignment().
 * Out:     nothing: the engine keeps a form as it is, and looks at it in engine/core/people_form.c.
 * Always:  each field has a name of its own, which is no word of a report.
 * See:     docs/language.md §3.4
 */
#include "language/read_form.h"

#include "base/limits.h"
#include "language/form.h"

#include <stdlib.h>
#include <string.h>

/* What a list of fields, or of columns, is made of. */
struct list_rules {
    const char *what; /* N_() */
    const struct form_kind *kinds;
    const char *const *taken; /* names that are no field's, or NULL */
};

static bool check_fields(const struct reader *reader, const struct node *list, const char *key,
                         const struct list_rules *rules);

static bool check_text(const struct reader *reader, const struct node *map, const char *key,
                       enum need need)
{
    char *text = NULL;
    bool good = fields_text(reader, map, key, need, LIMIT_TEXT_BYTES, &text);

    free(text);
    return good;
}

static bool check_count(const struct reader *reader, const struct node *list, const char *key,
                        uint32_t count_max)
{
    return (list->count > 0 && list->count <= count_max) ||
           refuse(reader, list, list->count ? ERROR_TOO_LARGE : ERROR_INVALID,
                  "\"%s\" must have from 1 to %u entries", key, count_max);
}

/* Texts, or {value, title}. */
static bool check_options(const struct reader *reader, const struct node *field)
{
    static const char *const known[] = {"value", "title", NULL};
    static const struct words words = {N_("a choice of a form"), known, NULL};
    const struct node *list;

    if (!fields_node(reader, field, "options", REQUIRED, NODE_LIST, &list) ||
        !check_count(reader, list, "options", LIMIT_FORM_OPTIONS)) {
        return false;
    }
    bool good = true;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct node *option = list->items[i];
        char *text = NULL;
        if (option->kind == NODE_TEXT) {
            good &= node_text(reader, option, LIMIT_TEXT_BYTES, &text);
            free(text);
            continue;
        }
        good &=
            fields_check(reader, option, &words) && (check_text(reader, option, "value", REQUIRED) &
                                                     check_text(reader, option, "title", REQUIRED));
    }
    return good;
}

static bool check_choice(const struct reader *reader, const struct node *field)
{
    char *name = NULL;
    bool good = check_options(reader, field);

    good &= fields_name(reader, field, "title_as", OPTIONAL, &name);
    free(name);
    return good;
}

static bool check_bound(const struct reader *reader, const struct node *field, const char *key)
{
    const struct node *node = node_find(field, key);
    json_t *value = NULL;

    if (node == NULL || node_is_template(node)) {
        return true;
    }
    if (!node_json(reader, node, &value)) {
        return false;
    }
    bool good = json_is_number(value);
    json_decref(value);
    return good || refuse(reader, node, ERROR_INVALID, "\"%s\" must be a number", key);
}

static bool check_columns(const struct reader *reader, const struct node *field)
{
    static const struct list_rules rules = {N_("a column of a form"), form_column_kinds, NULL};
    const struct node *list;

    return fields_node(reader, field, "columns", REQUIRED, NODE_LIST, &list) &&
           check_fields(reader, list, "columns", &rules);
}

/* NULL: there is no such kind, which was said. */
static const struct form_kind *kind_of(const struct reader *reader, const struct node *field,
                                       const struct form_kind *kinds)
{
    const struct node *node = NULL;
    const char *names[8] = {NULL};

    if (!fields_node(reader, field, "kind", OPTIONAL, NODE_TEXT, &node)) {
        return NULL;
    }
    for (int i = 0; kinds[i].name != NULL; i++) {
        if (node == NULL || strcmp(kinds[i].name, node->text) == 0) {
            return &kinds[i];
        }
        names[i] = kinds[i].name;
    }
    refuse_name(reader, node, N_("kind of field"), node->text, names);
    return NULL;
}

/* "" for what has no name, which is said where it is looked at. */
static const char *name_of(const struct node *field)
{
    const struct node *name = field->kind == NODE_MAP ? node_find(field, "name") : NULL;

    return name != NULL && name->kind == NODE_TEXT ? name->text : "";
}

/* Is this name free: no word of a report, and of no field before this one? */
static bool check_name(const struct reader *reader, const struct node *list, uint32_t at,
                       const char *const *taken)
{
    char *name = NULL;

    if (!fields_name(reader, list->items[at], "name", REQUIRED, &name)) {
        return false;
    }
    const struct node *node = node_find(list->items[at], "name");
    bool good = true;
    for (; taken != NULL && *taken != NULL && good; taken++) {
        good = strcmp(*taken, name) != 0 ||
               refuse(reader, node, ERROR_INVALID,
                      "a report has \"%s\" of its own: a field needs another name", name);
    }
    for (uint32_t i = 0; i < at && good; i++) {
        good = strcmp(name_of(list->items[i]), name) != 0 ||
               refuse(reader, node, ERROR_INVALID, "there are two fields \"%s\"", name);
    }
    free(name);
    return good;
}

/* Another field of the list. */
static bool check_unless(const struct reader *reader, const struct node *list, uint32_t at)
{
    char *name = NULL;
    const struct node *field = list->items[at];

    if (!fields_name(reader, field, "unless", OPTIONAL, &name)) {
        return false;
    }
    if (name == NULL) {
        return true;
    }
    bool known = false;
    for (uint32_t i = 0; i < list->count; i++) {
        known = known || (i != at && strcmp(name_of(list->items[i]), name) == 0);
    }
    free(name);
    const struct node *node = node_find(field, "unless");
    return known || refuse(reader, node, ERROR_INVALID, "there is no other field \"%s\"",
                           show(node->text).text);
}

static bool check_field(const struct reader *reader, const struct node *list, uint32_t at,
                        const struct list_rules *rules)
{
    const struct node *field = list->items[at];
    bool required = false;
    struct words words = {rules->what, rules->kinds->words, NULL};

    if (field->kind != NODE_MAP) {
        return fields_check(reader, field, &words);
    }
    const struct form_kind *kind = kind_of(reader, field, rules->kinds);
    if (kind == NULL) {
        return false;
    }
    words.known = kind->words;
    bool good = fields_check(reader, field, &words);
    good &= check_name(reader, list, at, rules->taken);
    good &= check_text(reader, field, "title", REQUIRED);
    good &= check_text(reader, field, "hint", OPTIONAL);
    good &= fields_flag(reader, field, "required", OPTIONAL, &required);
    good &= check_unless(reader, list, at);
    good &= check_bound(reader, field, "min") && check_bound(reader, field, "max");
    good &= strcmp(kind->name, "choice") != 0 || check_choice(reader, field);
    good &= strcmp(kind->name, "table") != 0 || check_columns(reader, field);
    return good;
}

static bool check_fields(const struct reader *reader, const struct node *list, const char *key,
                         const struct list_rules *rules)
{
    if (!check_count(reader, list, key, LIMIT_FORM_FIELDS)) {
        return false;
    }
    bool good = true;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= check_field(reader, list, i, rules);
    }
    return good;
}

bool check_form(const struct reader *reader, const struct node *map, const char *key)
{
    static const struct list_rules rules = {N_("a field of a form"), form_field_kinds,
                                            form_report_words};
    const struct node *form = node_find(map, key);

    if (form == NULL || node_is_template(form)) {
        return true;
    }
    return fields_node(reader, map, key, REQUIRED, NODE_LIST, &form) &&
           check_fields(reader, form, key, &rules);
}
