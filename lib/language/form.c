/* form.c - what the form of a report may be made of
 *
 * Owns:    the kinds of fields, their words, and the names that no field may have.
 * See:     form.h, docs/language.md §3.4
 */
#include "language/form.h"

#include <stddef.h>

const char *const form_report_words[] = {"text",   "documents", "covers", "kind",
                                         "number", "date",      "title",  "link",
                                         "sha256", "simulated", NULL};

#define COMMON "name", "title", "kind", "required", "hint"

static const char *const of_plain[] = {COMMON, "unless", NULL};
static const char *const of_number[] = {COMMON, "min", "max", "unless", NULL};
static const char *const of_choice[] = {COMMON, "options", "title_as", "unless", NULL};
static const char *const of_table[] = {COMMON, "columns", "unless", NULL};
static const char *const of_column[] = {COMMON, NULL};
static const char *const of_number_column[] = {COMMON, "min", "max", NULL};
static const char *const of_choice_column[] = {COMMON, "options", "title_as", NULL};

const struct form_kind form_field_kinds[] = {
    {"text", of_plain},    {"number", of_number}, {"date", of_plain}, {"flag", of_plain},
    {"choice", of_choice}, {"table", of_table},   {NULL, NULL}};
const struct form_kind form_column_kinds[] = {
    {"text", of_column}, {"number", of_number_column}, {"date", of_column},
    {"flag", of_column}, {"choice", of_choice_column}, {NULL, NULL}};
