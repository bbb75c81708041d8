/* check_expressions.c - what jq has against the expressions of a document
 *
 * Owns:    from a piece of an expression to a place in the document.
 * In:      check_expressions() from document.c.
 * Out:     problems with jq's own words.
 * Always:  a document whose form is wrong is asked about too: everything is said at once.
 * See:     expression/evaluator.h
 */
#include "language/readers.h"

struct report {
    const struct reader *reader;
    bool made;
};

static void report_piece(void *context, struct piece_place place, const char *piece_text,
                         size_t offset, const char *message)
{
    struct report *report = context;
    struct error err = ERROR_INIT;
    int column = place.column;

    for (size_t i = 0; place.continuous && i < offset && piece_text[i] != '\0'; i++) {
        column += ((unsigned char)piece_text[i] & 0xC0) != 0x80 ? 1 : 0;
    }
    error_set_at(&err, ERROR_INVALID, report->reader->file, place.line, column,
                 "jq does not compile this: %s", message);
    problems_add(report->reader->problems, SEVERITY_ERROR, &err);
    report->made = true;
}

static const struct program *program_of(const struct definition *d)
{
    switch (d->kind) {
    case DEFINITION_WORKFLOW:
        return d->workflow.program;
    case DEFINITION_ROADMAP:
        return d->roadmap.program;
    case DEFINITION_ROUTES:
        return d->routes.program;
    case DEFINITION_INDICATORS:
        return d->indicators.program;
    default:
        return NULL;
    }
}

void check_expressions(const struct reader *reader, const struct definition *definition,
                       struct evaluator *evaluator)
{
    struct report report = {reader, false};
    const struct program *program = program_of(definition);
    struct error err = ERROR_INIT;

    if (evaluator == NULL || program == NULL) {
        return;
    }
    if (!evaluator_check(evaluator, program, report_piece, &report, &err) && !report.made) {
        problems_add(reader->problems, SEVERITY_ERROR, &err);
    }
}
