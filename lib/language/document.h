/* document.h - YAML text -> checked definition, or everything that is wrong with it
 *
 * The only way into the language: reads (yaml.c is the one file that includes yaml.h), builds,
 * checks form, then checks meaning against the catalog. Nothing is changed outside.
 */
#ifndef LANGUAGE_DOCUMENT_H
#define LANGUAGE_DOCUMENT_H

#include "base/buffer.h"
#include "base/error.h"
#include "expression/evaluator.h"
#include "language/catalog.h"
#include "language/definition.h"
#include "language/problems.h"

struct document_options {
    const struct catalog *catalog; /* where names of bodies, policies and workflows are looked up;
                                      NULL = the document by itself */
    struct evaluator *evaluator;   /* asked whether jq compiles the expressions; NULL = only the
                                      guard (expression/guard.h) looks at them */
    unsigned unknown_kinds;        /* 1u << kind: the catalog has not all definitions of this kind;
                                      their names are not looked up */
    const char *const *services;   /* those that workers are known to offer, NULL-terminated: a call
                                      of another is a warning; NULL = any may be offered */
};

/* text: UTF-8 YAML 1.2 with one document, at most LIMIT_DOCUMENT_BYTES. file is for messages only.
 * Adds all errors and warnings to *problems (zeroed, or from another file; yours to fini), in the
 * order of their places. True when there was no error: then *ret_definition is yours. It may be
 * NULL: only the problems are wanted.
 * Errors: ERROR_SYNTAX, ERROR_INVALID, ERROR_UNSUPPORTED, ERROR_TOO_LARGE, each with the place;
 * from the evaluator also its own, without one. */
bool document_check(const char *file, struct bytes text, const struct document_options *options,
                    struct problems *problems, struct definition **ret_definition);

/* The same for who needs one sentence: *err is the first error by its place. */
bool document_parse_with(const char *file, struct bytes text,
                         const struct document_options *options, struct definition **ret_definition,
                         struct error *err);
/* Without an evaluator. */
bool document_parse(const char *file, struct bytes text, const struct catalog *catalog,
                    struct definition **ret_definition, struct error *err);

#endif
