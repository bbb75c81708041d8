/* document.h - YAML text -> checked definition, or file:line:col and why not
 *
 * The only way into the language: reads (yaml.c is the one file that includes yaml.h), builds,
 * checks form, then checks meaning against the catalog. Pure: nothing is changed outside.
 */
#ifndef LANGUAGE_DOCUMENT_H
#define LANGUAGE_DOCUMENT_H

#include "base/buffer.h"
#include "base/error.h"
#include "language/catalog.h"
#include "language/definition.h"

/* text: UTF-8 YAML 1.2 with one document, at most LIMIT_DOCUMENT_BYTES. file is for messages only.
 * catalog: where names of bodies, policies and workflows are looked up; NULL = form only.
 * Refusals: ERROR_SYNTAX, ERROR_INVALID, ERROR_UNSUPPORTED, ERROR_TOO_LARGE, each with the place.
 */
bool document_parse(const char *file, struct bytes text, const struct catalog *catalog,
                    struct definition **ret_definition, struct error *err);

#endif
