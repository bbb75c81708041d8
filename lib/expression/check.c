/* check.c - what jq has against the entries of a program, under the author's own word
 *
 * Owns:    finding the pieces that do not compile, and the word in them: jq names lines only, so a
 *          piece is compiled again with a line for each token.
 * In:      evaluator_check() when a document is checked.
 * Out:     one report for each piece that does not compile.
 * Always:  plain entries compile, so they are not looked at. A chunk that compiles costs one
 *          compilation; one that does not is halved until the entries at fault stand alone.
 * See:     evaluator.h, source.h
 */
#include "expression/asking.h"

#include "base/limits.h"
#include "base/must.h"
#include "expression/source.h"

#include <stdlib.h>
#include <string.h>

#define REPORTS_MAX 100u /* of one check: whoever gets them all has enough to do */

struct check {
    struct evaluator *evaluator;
    const struct program *program;
    report_fn *report;
    void *context;
    unsigned reports;
};

/* What jq adds for those who use it from a shell. */
static const char SHELL[] = " (Unix shell quoting issues?)";
static const char PLACE[] = " at <top-level>, line ";

char *complaint_text(struct bytes message, size_t *ret_line)
{
    char *whole = bytes_strdup(message);
    const char *start = strncmp(whole, "jq: error: ", 11) == 0 ? whole + 11 : whole;
    const char *place = strstr(start, PLACE);
    const char *end = place != NULL ? place : start + strcspn(start, "\n");
    const char *shell = strstr(start, SHELL);

    *ret_line = place != NULL ? (size_t)strtoul(place + strlen(PLACE), NULL, 10) : 0;
    end = shell != NULL && shell < end ? shell : end;
    char *text = xstrndup(start, (size_t)(end - start));
    free(whole);
    return text;
}

/* A child that had answered before may be gone for a reason of its own: then another is asked. */
static enum child_end ask(struct evaluator *evaluator, const struct buffer *source,
                          struct error *err)
{
    enum child_end end = CHILD_DIED;

    for (bool again = true; again && end == CHILD_DIED;) {
        if (!evaluator_wake(evaluator, err)) {
            return CHILD_DIED;
        }
        again = evaluator->answered > 0;
        buffer_clear(&evaluator->request);
        pack_u8(&evaluator->request, REQUEST_COMPILE);
        pack_text(&evaluator->request, (const char *)source->data);
        end = evaluator_ask(evaluator, LIMIT_COMPILE_MS, err);
    }
    return end;
}

/* The first complaint about this text, or NULL. false: nobody can be asked. */
static bool compile(struct check *check, const struct buffer *source, char **ret_text,
                    size_t *ret_line, struct error *err)
{
    struct error failure = ERROR_INIT;
    enum child_end end = ask(check->evaluator, source, &failure);

    *ret_text = NULL;
    *ret_line = 0;
    if (end != CHILD_ANSWERED && failure.code == ERROR_IO) {
        return error_set(err, ERROR_IO, "%s", failure.text);
    }
    if (end != CHILD_ANSWERED) {
        *ret_text = xstrdup(end == CHILD_LATE ? "jq takes too long to compile it"
                                              : "jq ends while it compiles it");
        return true;
    }
    struct cursor answer = cursor_of(buffer_bytes(&check->evaluator->answer));
    if (unpack_u8(&answer) == ANSWER_COMPLAINTS) {
        unpack_uint(&answer);
        *ret_text = complaint_text(unpack_bytes(&answer), ret_line);
    }
    return true;
}

static void say(struct check *check, const struct piece *piece, size_t offset, const char *message)
{
    check->reports++;
    check->report(check->context, piece->place, piece->text, offset, message);
}

/* Behind the last token jq meets the bracket that we put there: for the author it is the end. */
static void say_at_line(struct check *check, const struct piece *piece, const size_t *offsets,
                        size_t lines, size_t line, char *message)
{
    static const char BRACKET[] = "unexpected ')'";
    char *bracket = strstr(message, BRACKET);
    size_t offset = line > 0 && line <= lines ? offsets[line - 1] : 0;

    if (line >= lines - 1 && bracket != NULL) {
        char *copy = xmalloc(strlen(message) + sizeof "unexpected end");
        size_t before = (size_t)(bracket - message);
        memcpy(copy, message, before);
        memcpy(copy + before, "unexpected end", sizeof "unexpected end");
        say(check, piece, offset, copy);
        free(copy);
        return;
    }
    say(check, piece, offset, message);
}

/* *ret_good: nothing is wrong with this piece by itself. */
static bool check_piece(struct check *check, const struct piece *piece, bool *ret_good,
                        struct error *err)
{
    struct buffer source = BUFFER_INIT;
    size_t *offsets;
    size_t lines;
    size_t line = 0;
    char *message = NULL;

    source_print_piece(piece, &source, &offsets, &lines);
    bool asked = compile(check, &source, &message, &line, err);
    if (message != NULL) {
        say_at_line(check, piece, offsets, lines, line, message);
    }
    *ret_good = message == NULL;
    free(message);
    free(offsets);
    buffer_fini(&source);
    return asked;
}

static bool check_entry(struct check *check, const struct entry *entry, const char *message,
                        struct error *err)
{
    unsigned before = check->reports;

    for (size_t i = 0; i < entry->piece_count; i++) {
        bool good;
        if (!check_piece(check, &check->program->pieces[entry->first_piece + i], &good, err)) {
            return false;
        }
    }
    if (check->reports == before && entry->piece_count > 0) {
        say(check, &check->program->pieces[entry->first_piece], 0, message);
    }
    return true;
}

/* Entries from to before `to` of a chunk. Halves what does not compile: at most a dozen levels. */
static bool check_range(struct check *check, uint32_t chunk, uint32_t from, uint32_t to,
                        uint32_t *ret_count, struct error *err)
{
    struct buffer source = BUFFER_INIT;
    char *message = NULL;
    size_t line;

    *ret_count = source_print(check->program, chunk, from, to, &source);
    to = to < *ret_count ? to : *ret_count;
    bool good = from >= to || compile(check, &source, &message, &line, err);
    buffer_fini(&source);
    if (message != NULL && to - from == 1) {
        uint32_t number = source_number(check->program, (struct source_place){chunk, from});
        good = check_entry(check, program_entry(check->program, number), message, err);
    } else if (message != NULL && check->reports < REPORTS_MAX) {
        uint32_t middle = from + (to - from) / 2;
        good = check_range(check, chunk, from, middle, ret_count, err) &&
               check_range(check, chunk, middle, to, ret_count, err);
    }
    free(message);
    return good;
}

bool evaluator_check(struct evaluator *evaluator, const struct program *program, report_fn *report,
                     void *context, struct error *err)
{
    struct check check = {evaluator, program, report, context, 0};
    uint32_t left = program->count - program->plain_count;

    for (uint32_t chunk = 0; left > 0; chunk += 2) { /* even: not plain */
        uint32_t count;
        if (!check_range(&check, chunk, 0, SOURCE_CHUNK_ENTRIES, &count, err)) {
            return false;
        }
        left -= count;
    }
    return check.reports == 0;
}
