/* document.c - where an OpenAPI document is
 *
 * Owns:    telling files and addresses apart, and what may be read from the disk.
 * In:      calls.c, for `call: openapi`.
 * Out:     the document, or the request that fetches it.
 * Always:  nothing outside the folder of --openapi is opened (but for links the administrator put
 *          there).
 * See:     docs/workers.md §4
 */
#include "workers/http/document.h"

#include "base/limits.h"
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_SCHEME "file://"

/* document: {"endpoint": "uri" | {"uri": …}}. */
static const char *uri_of(const json_t *document)
{
    const json_t *endpoint = json_object_get(document, "endpoint");

    return json_string_value(json_is_object(endpoint) ? json_object_get(endpoint, "uri")
                                                      : endpoint);
}

static bool is_file(const char *uri)
{
    return strncmp(uri, FILE_SCHEME, sizeof FILE_SCHEME - 1) == 0 || strstr(uri, "://") == NULL;
}

/* registry.json, file://registry.json and file:///registry.json are the same: below the folder. */
static const char *name_of(const char *uri)
{
    if (strncmp(uri, FILE_SCHEME, sizeof FILE_SCHEME - 1) == 0) {
        uri += sizeof FILE_SCHEME - 1;
        uri += *uri == '/' ? 1 : 0;
    }
    return uri;
}

bool document_source(const json_t *document, const json_t *data, json_t **ret_with,
                     struct problem *problem)
{
    const char *uri = uri_of(document);

    if (uri == NULL) {
        return problem_set(problem, PROBLEM_VALIDATION,
                           "document — это объект с endpoint: адресом или именем файла");
    }
    *ret_with = NULL;
    if (!is_file(uri)) {
        *ret_with = json_pack("{ss ss sO}", "method", "get", "output", "content", "endpoint",
                              json_object_get(document, "endpoint"));
        must(*ret_with != NULL);
        if (data != NULL) {
            json_object_set(*ret_with, "data", (json_t *)data);
        }
    }
    return true;
}

static bool below(const char *name)
{
    if (name[0] == '/' || name[0] == '\0') {
        return false;
    }
    for (const char *at = name; at != NULL; at = strchr(at, '/')) {
        at += *at == '/' ? 1 : 0;
        if (strncmp(at, "..", 2) == 0 && (at[2] == '/' || at[2] == '\0')) {
            return false;
        }
    }
    return true;
}

static bool read_file(const char *path, struct buffer *out)
{
    FILE *file = fopen(path, "re");

    if (file == NULL) {
        return false;
    }
    buffer_reserve(out, LIMIT_DOCUMENT_BYTES + 1);
    out->size = fread(out->data, 1, LIMIT_DOCUMENT_BYTES + 1, file);
    bool good = ferror(file) == 0 && out->size <= LIMIT_DOCUMENT_BYTES;
    fclose(file);
    return good;
}

json_t *document_parse(struct bytes text, struct problem *problem)
{
    json_error_t trouble = {.line = 0};
    json_t *document = text.size > 0 ? json_loadb(text.data, text.size, 0, &trouble) : NULL;

    if (!json_is_object(document)) {
        problem_set(problem, PROBLEM_CONFIGURATION,
                    "Документ OpenAPI — не объект JSON (YAML не поддерживается)");
        snprintf(problem->detail, sizeof problem->detail, "line %d, column %d: %s", trouble.line,
                 trouble.column, trouble.text);
        json_decref(document);
        return NULL;
    }
    return document;
}

json_t *document_read(const char *folder, const json_t *document, struct problem *problem)
{
    const char *name = name_of(uri_of(document));
    struct buffer path = BUFFER_INIT;
    struct buffer text = BUFFER_INIT;
    json_t *read = NULL;

    if (folder == NULL) {
        problem_set(problem, PROBLEM_CONFIGURATION,
                    "Документ «%s» — файл, а служба запущена без --openapi", name);
        return NULL;
    }
    buffer_text(&path, folder);
    buffer_text(&path, "/");
    buffer_text(&path, name);
    buffer_append(&path, "", 1);
    if (!below(name) || !read_file((const char *)path.data, &text)) {
        problem_set(problem, PROBLEM_CONFIGURATION, "Документ OpenAPI «%s» не удалось прочитать",
                    name);
    } else {
        read = document_parse(buffer_bytes(&text), problem);
    }
    buffer_fini(&path);
    buffer_fini(&text);
    return read;
}
