/* documents.h - documents of the workflow language in files, which see one another
 *
 * Files and folders are named on the command line. All of them together make a catalog, in whatever
 * order they were named; then each is checked against it.
 */
#ifndef CLI_DOCUMENTS_H
#define CLI_DOCUMENTS_H

#include "language/document.h"
#include "language/problems.h"

#include <stdint.h>

struct document {
    char *path;
    char *text; /* zero-terminated */
    size_t size;
    bool asked;     /* to be checked; else it is only there to be seen by others */
    uint32_t first; /* an earlier one of the same kind and name, or its own index */
};

struct documents {
    struct document *items;
    uint32_t count;
    uint32_t room;
    bool whole;              /* there is nothing else: what is not among them can't be named */
    struct catalog *catalog; /* after documents_join() */
};

/* A file, or the .yaml and .yml files of a folder and those below it that have a `document`. A file
 * that is there already stays once. "-" is standard input. ERROR_IO, ERROR_TOO_LARGE, ERROR_SYNTAX
 * (not UTF-8); ERROR_NOT_FOUND: a folder without documents. */
bool documents_add(struct documents *documents, const char *path, bool asked, struct error *err);

/* Make the catalog, when all are added. What can't be read is known by its name at least, so that
 * one mistake is not told by every document that names this one. */
void documents_join(struct documents *documents);

/* Everything that is wrong with one of them; the definition is yours, NULL when it has errors.
 * The catalog in the options is set here, if there is one. */
void documents_check(const struct documents *documents, uint32_t index,
                     const struct document_options *options, struct problems *problems,
                     struct definition **ret_definition);

void documents_fini(struct documents *documents);

#endif
