/* diff_values.h - values of documents as people read them
 *
 * Values are JSON as lib/language/diff.h gives them. Text is that of the document, NOT harmless
 * yet.
 */
#ifndef CLI_DIFF_VALUES_H
#define CLI_DIFF_VALUES_H

#include "base/buffer.h"
#include "language/catalog.h"

#include <jansson.h>

enum value_form {
    FORM_NONE,     /* the phrase says it all */
    FORM_PLAIN,    /* numbers, expressions, words of the language: as they are */
    FORM_TEXT,     /* «a title» */
    FORM_DAY,      /* 15 августа 2023 г. */
    FORM_DUE_KIND, /* window, recurring … in words */
    FORM_BODY,     /* «short name (id)» where bodies are known */
    FORM_BODIES,   /* a set of them */
    FORM_TEXTS,    /* a list of texts */
    FORM_WINDOWS,  /* 1–30 сентября 2023 г., … */
};

/* names: where names of bodies are looked up; may be NULL. */
void value_print(enum value_form form, const json_t *value, const struct catalog *names,
                 struct buffer *out);

/* Two long values that differ in few places: what both begin and end with is left out. They are
 * zero-terminated texts, yours. */
void value_print_both(enum value_form form, const json_t *before, const json_t *after,
                      const struct catalog *names, char **ret_before, char **ret_after);

/* The members of a list that are not in the other one; a new reference. */
json_t *value_missing(const json_t *list, const json_t *other);

#endif
