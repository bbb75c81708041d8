/* due.c - a due phrase from its letters to its windows
 *
 * Owns:    the order of the stages.
 * In:      readers of documents, and `marshrut due`.
 * Out:     struct due, in the caller's arena.
 * See:     due.h; docs/time.md §3
 */
#include "calendar/due_calendar.h"
#include "calendar/due_reader.h"

/* A day that the years of the document have not: 29 February in a plan for 2023. */
static bool has_days(const struct due *due, const struct tree *tree, struct error *err)
{
    const struct term *term = &tree->clauses[0].term;
    bool named = due->reading.kind == DUE_DATE || due->reading.kind == DUE_WINDOW;

    if (due->reading.window_count == 0 && due->alternative_count == 0 && named &&
        term->item_count > 0 && !due->year_missing) {
        return error_set_at(err, ERROR_INVALID, NULL, 1, 1,
                            "the years of the document have no such day");
    }
    return true;
}

bool due_parse(struct bytes phrase, const struct due_context *context, struct arena *arena,
               struct due *ret_due, struct error *err)
{
    struct due_text text;
    struct due_reader reader = {.arena = arena};
    struct tree tree;

    if (!due_text_read(phrase, arena, &text, err) || !due_lex(&text, arena, &reader.tokens, err) ||
        !due_read(&reader, &tree, err) || !due_complete(&reader, &tree, err)) {
        return false;
    }
    struct due due;
    due_read_out(&tree, context, arena, &due);
    if (!has_days(&due, &tree, err)) {
        return false;
    }
    *ret_due = due;
    return true;
}
