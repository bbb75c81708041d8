/* assignment_report.c - the report that the words of a command line describe
 *
 * Owns:    the options of `marshrut assignment report`.
 * Out:     {text, documents: [{kind, number, date, title, link, sha256}], covers}, docs/protocol.md
 *          §3.5; or what the file of --report has, to which the options are added.
 */
#include "calendar/civil.h"
#include "cli/assignment_part.h"
#include "cli/file_digest.h"
#include "cli/input.h"
#include "cli/language.h"

#include <string.h>

static const char *const document_fields[] = {"kind", "number", "date", "title", "link"};

static bool check_date(const char *value, struct error *err)
{
    civil_day day;

    return civil_parse(bytes_of(value), &day) ||
           error_set(err, ERROR_INVALID, _("--date must be a date like 2023-08-15"));
}

/* The one document that the options name; empty when they name none. */
static bool make_document(const struct arguments *arguments, json_t **ret_document,
                          struct error *err)
{
    const char *file = arguments_get(arguments, "file");
    char digest[FILE_DIGEST_TEXT];
    json_t *document = json_object();

    for (size_t i = 0; i < sizeof document_fields / sizeof *document_fields; i++) {
        const char *value = arguments_get(arguments, document_fields[i]);
        if (value == NULL) {
            continue;
        }
        if (strcmp(document_fields[i], "date") == 0 && !check_date(value, err)) {
            json_decref(document);
            return false;
        }
        json_object_set_new(document, document_fields[i], json_string(value));
    }
    if (file != NULL && !file_digest(file, digest, err)) {
        json_decref(document);
        return false;
    }
    if (file != NULL) {
        const char *name = strrchr(file, '/');
        json_object_set_new(document, "sha256", json_string(digest));
        json_object_set_new(document, "file", json_string(name != NULL ? name + 1 : file));
    }
    *ret_document = document;
    return true;
}

/* --covers all, or the bodies one by one. */
static void add_covers(const struct arguments *arguments, json_t *report)
{
    const char *first = arguments_get_at(arguments, "covers", 0);

    if (first == NULL) {
        return;
    }
    if (strcmp(first, "all") == 0) {
        json_object_set_new(report, "covers", json_string("all"));
        return;
    }
    json_t *bodies = json_array();
    const char *body;
    for (size_t i = 0; (body = arguments_get_at(arguments, "covers", i)) != NULL; i++) {
        json_array_append_new(bodies, json_string(body));
    }
    json_object_set_new(report, "covers", bodies);
}

static void add_document(json_t *report, json_t *document)
{
    json_t *results = json_object_get(report, "documents");

    if (json_object_size(document) == 0) {
        json_decref(document);
        return;
    }
    if (!json_is_array(results)) {
        results = json_array();
        json_object_set_new(report, "documents", results);
    }
    json_array_append_new(results, document);
}

bool assignment_report(const struct arguments *arguments, json_t **ret_report, struct error *err)
{
    const char *path = arguments_get(arguments, "report");
    const char *text = arguments_get(arguments, "text");
    json_t *document;
    json_t *report = NULL;

    if ((path != NULL && !input_read_json(path, &report, err)) ||
        !make_document(arguments, &document, err)) {
        return false;
    }
    if (report == NULL) {
        report = json_object();
    } else if (!json_is_object(report)) {
        json_decref(report);
        json_decref(document);
        return error_set(err, ERROR_INVALID, _("--report: the file must hold a JSON object"));
    }
    bool only_date = json_object_size(document) == 1 && arguments_has(arguments, "date");
    if (path == NULL && text == NULL && (json_object_size(document) == 0 || only_date)) {
        json_decref(report);
        json_decref(document);
        return error_set(
            err, ERROR_INVALID,
            _("a report needs --text, a document (--kind, --number, --date, --link, --file) or "
              "--report FILE"));
    }
    if (text != NULL) {
        json_object_set_new(report, "text", json_string(text));
    }
    add_document(report, document);
    add_covers(arguments, report);
    *ret_report = report;
    return true;
}
