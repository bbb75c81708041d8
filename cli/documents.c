/* documents.c - documents of the workflow language in files, which see one another
 *
 * Owns:    the reading of files and folders, and the catalog of what was read.
 * In:      words of the command line.
 * Out:     problems and definitions, one document after the other.
 * Always:  the order of the files does not matter: the catalog is whole before anything is checked
 *          against it.
 */
#include "cli/documents.h"

#include "base/limits.h"
#include "base/must.h"
#include "cli/input.h"
#include "cli/language.h"
#include "language/sketch.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FOLDER_DEPTH_MAX 16 /* a link that leads back up would have no end */

/* --- files --------------------------------------------------------------------------------- */

static bool same_file(const char *a, const char *b)
{
    struct stat first;
    struct stat second;

    return strcmp(a, b) == 0 || (stat(a, &first) == 0 && stat(b, &second) == 0 &&
                                 first.st_dev == second.st_dev && first.st_ino == second.st_ino);
}

/* found: in a folder, where other things may be too. */
static bool add_file(struct documents *d, const char *path, bool asked, bool found,
                     struct error *err)
{
    char *text;
    size_t size;

    for (uint32_t i = 0; i < d->count; i++) {
        if (same_file(d->items[i].path, path)) {
            d->items[i].asked = d->items[i].asked || asked;
            return true;
        }
    }
    if (!input_read(path, LIMIT_DOCUMENT_BYTES, &text, &size, err)) {
        return false;
    }
    if (found && !document_meant((struct bytes){text, size})) {
        free(text);
        return true;
    }
    if (d->count == d->room) {
        d->room = d->room ? d->room * 2 : 16;
        d->items = xrealloc(d->items, d->room * sizeof *d->items);
    }
    d->items[d->count] = (struct document){
        .path = xstrdup(path), .text = text, .size = size, .asked = asked, .first = d->count};
    d->count++;
    return true;
}

/* --- folders ------------------------------------------------------------------------------- */

static bool is_document(const char *name)
{
    const char *dot = strrchr(name, '.');

    return name[0] != '.' && dot != NULL && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

static char *join(const char *folder, const char *name)
{
    struct buffer path = BUFFER_INIT;
    size_t size = strlen(folder);

    buffer_text(&path, folder);
    if (size > 0 && folder[size - 1] != '/') {
        buffer_text(&path, "/");
    }
    buffer_text(&path, name);
    char *joined = bytes_strdup(buffer_bytes(&path));
    buffer_fini(&path);
    return joined;
}

static bool is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool add_folder(struct documents *d, const char *path, bool asked, int depth,
                       struct error *err)
{
    struct dirent **entries;
    int count = scandir(path, &entries, NULL, alphasort);
    bool good = true;

    if (count < 0) {
        return error_set(err, ERROR_IO, "%s: %s", path, strerror(errno));
    }
    for (int i = 0; i < count; i++) {
        char *inner = join(path, entries[i]->d_name);
        if (good && entries[i]->d_name[0] != '.' && is_folder(inner)) {
            good = depth == FOLDER_DEPTH_MAX || add_folder(d, inner, asked, depth + 1, err);
        } else if (good && is_document(entries[i]->d_name)) {
            good = add_file(d, inner, asked, true, err);
        }
        free(inner);
        free(entries[i]);
    }
    free(entries);
    return good;
}

bool documents_add(struct documents *d, const char *path, bool asked, struct error *err)
{
    uint32_t before = d->count;

    if (strcmp(path, "-") == 0 || !is_folder(path)) {
        return add_file(d, path, asked, false, err);
    }
    return add_folder(d, path, asked, 1, err) &&
           (d->count > before || asked == false ||
            error_set(err, ERROR_NOT_FOUND, _("%s: there is no document in it"), path));
}

/* --- meaning ------------------------------------------------------------------------------- */

static struct bytes text_of(const struct document *document)
{
    return (struct bytes){document->text, document->size};
}

static uint32_t first_of(const struct documents *d, const struct definition *definition)
{
    const struct definition *found = catalog_find(d->catalog, definition->kind, definition->name);

    return found != NULL ? found->number - 1 : UINT32_MAX; /* numbers are those of documents */
}

void documents_join(struct documents *d)
{
    const struct document_options form_only = {0};

    d->catalog = catalog_create();
    for (uint32_t i = 0; i < d->count; i++) {
        struct problems problems = {0};
        struct definition *definition = NULL;
        document_check(d->items[i].path, text_of(&d->items[i]), &form_only, &problems, &definition);
        problems_fini(&problems);
        definition = definition != NULL ? definition : document_sketch(text_of(&d->items[i]));
        if (definition == NULL) {
            continue;
        }
        d->items[i].first = first_of(d, definition);
        if (d->items[i].first == UINT32_MAX) {
            d->items[i].first = i;
            catalog_add(d->catalog, &definition, i + 1, 1);
        }
        definition_destroy(definition);
    }
}

/* Kinds of which no other document was given: their names say nothing. */
static unsigned unknown_kinds(const struct documents *d, uint32_t index)
{
    unsigned unknown = (1u << DEFINITION_KIND_COUNT) - 1;
    const struct definition *definition;

    for (uint32_t i = 0; (definition = catalog_at(d->catalog, i)) != NULL; i++) {
        if (definition->number != d->items[index].first + 1) {
            unknown &= ~(1u << definition->kind);
        }
    }
    return unknown;
}

static void tell_second(const struct documents *d, uint32_t index, struct problems *problems)
{
    const struct document *document = &d->items[index];
    struct error err;
    int line = 1;
    int column = 1;

    document_name_place(text_of(document), &line, &column);
    error_set_at(&err, ERROR_CONFLICT, document->path, line, column,
                 _("a document of this kind and name is in %s already"),
                 d->items[document->first].path);
    problems_add(problems, SEVERITY_ERROR, &err);
}

void documents_check(const struct documents *d, uint32_t index,
                     const struct document_options *options, struct problems *problems,
                     struct definition **ret_definition)
{
    struct document_options with_catalog = *options;
    const struct document *document = &d->items[index];

    *ret_definition = NULL;
    if (d->catalog != NULL) {
        with_catalog.catalog = d->catalog;
        with_catalog.unknown_kinds = d->whole ? 0 : unknown_kinds(d, index);
    }
    document_check(document->path, text_of(document), &with_catalog, problems, ret_definition);
    if (document->first != index) {
        tell_second(d, index, problems);
    }
    problems_sort(problems);
}

void documents_fini(struct documents *d)
{
    for (uint32_t i = 0; i < d->count; i++) {
        free(d->items[i].path);
        free(d->items[i].text);
    }
    free(d->items);
    catalog_destroy(d->catalog);
    *d = (struct documents){0};
}
