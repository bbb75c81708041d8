/* problem_lines.h - what is wrong with documents, for people and as JSON */
#ifndef CLI_PROBLEM_LINES_H
#define CLI_PROBLEM_LINES_H

#include "cli/documents.h"
#include "cli/session.h"

#include <jansson.h>

/* `file:line:col: error: sentence`, the line of the document and a caret, for each. */
void problem_lines_print(const struct problems *problems, const struct document *document,
                         const struct output *output);

/* How many warnings are among them. */
uint32_t problem_lines_warnings(const struct problems *problems);

/* {"file","errors","warnings","problems":[{"severity","code","line","column","text"}]}; yours. */
json_t *problem_lines_json(const struct problems *problems, const struct document *document);
/* The document of `check --json`: {"errors","warnings","files"}; files are the document's now. */
json_t *problem_lines_report(uint32_t errors, uint32_t warnings, json_t *files);

/* A command can't use this document: its lines on standard error, and with --json that document. */
void problem_lines_refuse(const struct session *session, const struct problems *problems,
                          const struct document *document);

#endif
