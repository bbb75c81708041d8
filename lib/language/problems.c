/* problems.c - the list of everything that is wrong with a document
 *
 * Owns:    the list, its order and its bound.
 * In:      refuse() and warn() of the readers (fields.c), the checks of meaning, jq's own
 *          complaints.
 * Out:     problems in the order of the document.
 * Always:  one sentence about one place is there once: a function that is called ten times is read
 *          ten times. The first errors are kept, and all of them are counted.
 * See:     problems.h
 */
#include "language/problems.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

static bool same(const struct error *a, const struct error *b)
{
    return a->line == b->line && a->column == b->column && strcmp(a->text, b->text) == 0;
}

static bool known(const struct problems *problems, const struct error *error)
{
    for (uint32_t i = 0; i < problems->count; i++) {
        if (same(&problems->items[i].error, error)) {
            return true;
        }
    }
    return false;
}

static void make_room(struct problems *problems)
{
    uint32_t room = problems->room ? problems->room * 2 : 8;

    problems->room = room < LIMIT_PROBLEMS ? room : LIMIT_PROBLEMS;
    problems->items = xrealloc(problems->items, problems->room * sizeof *problems->items);
}

void problems_add(struct problems *problems, enum severity severity, const struct error *error)
{
    if (known(problems, error)) {
        return;
    }
    problems->error_count += severity == SEVERITY_ERROR ? 1 : 0;
    if (problems->count == LIMIT_PROBLEMS) {
        problems->left_out++;
        return;
    }
    if (problems->count == problems->room) {
        make_room(problems);
    }
    problems->items[problems->count++] = (struct problem){severity, *error};
}

bool problems_at(const struct problems *problems, int line, int column)
{
    for (uint32_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        if (problem->severity == SEVERITY_ERROR && problem->error.line == line &&
            problem->error.column == column) {
            return true;
        }
    }
    return false;
}

static bool after(const struct error *a, const struct error *b)
{
    return a->line != b->line ? a->line > b->line : a->column > b->column;
}

/* By insertion: stable, and there are at most LIMIT_PROBLEMS. */
void problems_sort(struct problems *problems)
{
    for (uint32_t i = 1; i < problems->count; i++) {
        struct problem moved = problems->items[i];
        uint32_t to = i;
        for (; to > 0 && after(&problems->items[to - 1].error, &moved.error); to--) {
            problems->items[to] = problems->items[to - 1];
        }
        problems->items[to] = moved;
    }
}

void problems_fini(struct problems *problems)
{
    free(problems->items);
    *problems = (struct problems){0};
}
