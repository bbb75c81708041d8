/* due.c - a due phrase from its letters to its windows
 *
 * Owns:    the order of the stages; that a phrase and its plain form mean the same.
 * In:      readers of documents, and `marshrut due`.
 * Out:     struct due, in the caller's arena.
 * See:     due.h; docs/time.md §3
 */
#include "calendar/due_reader.h"
#include "calendar/due_say.h"

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

/* *text lives as long as the tree. */
static bool read_tree(struct bytes phrase, struct arena *arena, struct due_text *text,
                      struct tree *ret_tree, struct error *err)
{
    struct due_reader reader = {.arena = arena};

    return due_text_read(phrase, arena, text, err) && due_lex(text, arena, &reader.tokens, err) &&
           due_read(&reader, ret_tree, err) && due_complete(&reader, ret_tree, err);
}

/* The plain form is what counts: it is read again, and must come out as it went in. What cannot be
 * said so that it is understood the same was not understood. */
static bool read_again(const struct due_text *text, struct tree *tree, struct arena *arena,
                       struct bytes *ret_printed, struct error *err)
{
    struct bytes printed = due_print(tree, arena);
    struct due_text *other = arena_alloc(arena, sizeof *other);
    struct tree again;

    if (bytes_equal(printed, (struct bytes){text->data, text->size})) { /* it was plain already */
        *ret_printed = printed;
        return true;
    }
    if (!read_tree(printed, arena, other, &again, NULL) ||
        !bytes_equal(due_print(&again, arena), printed)) {
        return error_set_at(err, ERROR_SYNTAX, NULL, 1, 1,
                            "the parts of this term do not make one sense together");
    }
    *tree = again;
    *ret_printed = printed;
    return true;
}

bool due_parse(struct bytes phrase, const struct due_context *context, struct arena *arena,
               struct due *ret_due, struct error *err)
{
    struct due_text *text = arena_alloc(arena, sizeof *text);
    struct bytes printed;
    struct tree tree;
    struct due due;

    if (!read_tree(phrase, arena, text, &tree, err) ||
        !read_again(text, &tree, arena, &printed, err)) {
        return false;
    }
    due_read_out(&tree, context, arena, &due);
    due.printed = printed;
    if (!has_days(&due, &tree, err)) {
        return false;
    }
    *ret_due = due;
    return true;
}
