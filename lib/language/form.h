/* form.h - what the form of a report may be made of (docs/language.md §3.4)
 *
 * One table for documents, where a form is written out (read_form.c), and for the engine, which
 * looks at what an expression has given (engine/core/people_form.c).
 */
#ifndef LANGUAGE_FORM_H
#define LANGUAGE_FORM_H

/* What a field holds, and the words that it then may have (NULL ends them). */
struct form_kind {
    const char *name;
    const char *const *words;
};

/* Of fields, and of columns of a table; a NULL name ends them. The first is the kind of a field
 * that names none. */
extern const struct form_kind form_field_kinds[];
extern const struct form_kind form_column_kinds[];

/* Names that are no field's: what a report has of its own (docs/protocol.md §3.5). NULL ends them.
 */
extern const char *const form_report_words[];

#endif
