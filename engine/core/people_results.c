/* people_results.c - documents that an assignment must give, and those a report has
 *
 * Owns:    what counts as a document: its kind, and one thing to find it by.
 * In:      people_report.c before a report is taken or accepted; rows of the engine.
 * Always:  as many good documents as are wanted are enough: which is which, people see.
 */
#include "engine/core/people_results.h"

#include "base/limits.h"

#include <string.h>

#define SHA256_TEXT 64 /* hexadecimal digits */

/* --- what is wanted ------------------------------------------------------------------------ */

static const json_t *slot_at(const json_t *result, size_t index)
{
    return json_is_array(result) ? json_array_get(result, index) : result;
}

static size_t slot_count(const json_t *result)
{
    if (json_is_array(result)) {
        return json_array_size(result);
    }
    bool text = json_is_string(result) && json_string_length(result) > 0;
    return text || json_is_object(result) ? 1 : 0;
}

uint32_t results_expected(const json_t *input)
{
    size_t count = slot_count(json_object_get(input, "result"));

    return count > LIMIT_RESULTS ? LIMIT_RESULTS : (uint32_t)count;
}

static json_t *slot_text(const json_t *slot)
{
    const json_t *title = json_object_get(slot, "title");
    const json_t *kind = json_object_get(slot, "kind");
    const char *text = json_string_value(title ? title : kind ? kind : slot);

    return json_string(text != NULL ? text : "?");
}

/* --- what is there ------------------------------------------------------------------------- */

static bool has_text(const json_t *document, const char *field)
{
    return json_string_length(json_object_get(document, field)) > 0;
}

static bool is_good(const json_t *document)
{
    bool numbered = has_text(document, "number") && has_text(document, "date");

    return has_text(document, "kind") &&
           (numbered || has_text(document, "link") || has_text(document, "sha256"));
}

const json_t *results_document(const json_t *report, size_t index)
{
    const json_t *list = json_object_get(report, "documents");
    size_t own = json_object_get(report, "kind") != NULL ? 1 : 0;

    return index < own ? report : json_array_get(list, index - own);
}

uint32_t results_given(const json_t *report)
{
    uint32_t good = 0;

    for (size_t i = 0; results_document(report, i) != NULL; i++) {
        good += is_good(results_document(report, i));
    }
    return good;
}

json_t *results_missing(const json_t *input, const json_t *report)
{
    const json_t *result = json_object_get(input, "result");
    json_t *missing = json_array();

    for (uint32_t i = results_given(report); i < results_expected(input); i++) {
        json_array_append_new(missing, slot_text(slot_at(result, i)));
    }
    return missing;
}

/* --- is it well-formed --------------------------------------------------------------------- */

static bool is_text(const json_t *document, const char *field, struct error *err)
{
    const json_t *value = json_object_get(document, field);

    return value == NULL || json_is_null(value) || json_is_string(value) ||
           error_set(err, ERROR_INVALID, "\"%s\" of a document must be text", field);
}

static bool check_hash(const json_t *document, struct error *err)
{
    const char *hash = json_string_value(json_object_get(document, "sha256"));
    bool good =
        hash == NULL || *hash == '\0' ||
        (strlen(hash) == SHA256_TEXT && strspn(hash, "0123456789abcdefABCDEF") == SHA256_TEXT);

    return good ||
           error_set(err, ERROR_INVALID, "\"sha256\" of a document must have %d hexadecimal digits",
                     SHA256_TEXT);
}

/* Any day before: a document may be older than the assignment, and than the plan. */
static bool check_date(const json_t *document, civil_day today, struct error *err)
{
    const char *date = json_string_value(json_object_get(document, "date"));
    civil_day day;
    char text[CIVIL_TEXT_MAX];

    if (date == NULL || *date == '\0') {
        return true;
    }
    if (!civil_parse(bytes_of(date), &day)) {
        return error_set(err, ERROR_INVALID,
                         "\"date\" of a document must be a date like 2023-08-15");
    }
    civil_print(today, text);
    return day <= today || error_set(err, ERROR_INVALID,
                                     "a document of %s is not signed yet: today is %s", date, text);
}

static bool check_document(const json_t *document, civil_day today, struct error *err)
{
    static const char *const texts[] = {"kind", "number", "date", "title", "link", "sha256"};

    if (!json_is_object(document)) {
        return error_set(err, ERROR_INVALID, "a document must be an object");
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (!is_text(document, texts[i], err)) {
            return false;
        }
    }
    return check_date(document, today, err) && check_hash(document, err);
}

bool results_check(const json_t *report, civil_day today, struct error *err)
{
    const json_t *list = json_object_get(report, "documents");

    if (list != NULL && !json_is_array(list)) {
        return error_set(err, ERROR_INVALID, "\"documents\" must be a list");
    }
    if (json_array_size(list) > LIMIT_RESULTS) {
        return error_set(err, ERROR_TOO_LARGE, "too many documents in a report: the limit is %u",
                         LIMIT_RESULTS);
    }
    for (size_t i = 0; results_document(report, i) != NULL; i++) {
        if (!check_document(results_document(report, i), today, err)) {
            return false;
        }
    }
    return true;
}
