/* mirror_rows.c - a sorted sequence in pieces
 *
 * Owns:    the pieces: where a row stands, when one is split or put together with its neighbour.
 * In:      mirror.c.
 * Always:  rows stand in the order of the keys of the table `assignment`, each key once.
 */
#include "engine/mirror_rows.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

static int compare(const struct mirror_row *a, const struct mirror_row *b)
{
    int closed = (a->flags & MIRROR_CLOSED) - (b->flags & MIRROR_CLOSED);

    if (closed != 0) {
        return closed;
    }
    if (a->to != b->to) {
        return a->to < b->to ? -1 : 1;
    }
    if (a->instance != b->instance) {
        return a->instance < b->instance ? -1 : 1;
    }
    return (a->task > b->task) - (a->task < b->task);
}

/* --- finding ------------------------------------------------------------------------------- */

/* The last run that begins at the key or before it; the first when none does. The very last is
 * looked at first: there rows are put that come in their order. */
static uint32_t find_run(const struct mirror_rows *rows, const struct mirror_row *key)
{
    uint32_t low = 0;
    uint32_t high = rows->count;

    if (compare(&rows->runs[high - 1]->rows[0], key) <= 0) {
        return high - 1;
    }
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (compare(&rows->runs[middle]->rows[0], key) <= 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The first row of the run that is not less; its count when all are. */
static uint32_t find_row(const struct mirror_run *run, const struct mirror_row *key)
{
    uint32_t low = 0;
    uint32_t high = run->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare(&run->rows[middle], key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct mirror_place mirror_rows_seek(const struct mirror_rows *rows, const struct mirror_row *key)
{
    struct mirror_place place = {0, 0};

    if (rows->count > 0) {
        place.run = find_run(rows, key);
        place.row = find_row(rows->runs[place.run], key);
    }
    return place;
}

/* --- changing ------------------------------------------------------------------------------ */

/* A new run, empty, at this place among the others. */
static struct mirror_run *add_run(struct mirror_rows *rows, uint32_t at)
{
    if (rows->count == rows->room) {
        rows->room = rows->room ? rows->room * 2 : 16;
        rows->runs = xrealloc(rows->runs, rows->room * sizeof(struct mirror_run *));
    }
    memmove(&rows->runs[at + 1], &rows->runs[at], (rows->count - at) * sizeof(struct mirror_run *));
    rows->runs[at] = xmalloc(sizeof(struct mirror_run));
    rows->runs[at]->count = 0;
    rows->count++;
    return rows->runs[at];
}

static void drop_run(struct mirror_rows *rows, uint32_t at)
{
    free(rows->runs[at]);
    rows->count--;
    memmove(&rows->runs[at], &rows->runs[at + 1], (rows->count - at) * sizeof(struct mirror_run *));
}

static void move_rows(struct mirror_run *from, uint32_t begin, struct mirror_run *to)
{
    uint32_t n = from->count - begin;

    memcpy(&to->rows[to->count], &from->rows[begin], n * sizeof(struct mirror_row));
    to->count += n;
    from->count = begin;
}

/* The run at this place is full: make room. Rows that come in their order fill runs to the brim. */
static void split(struct mirror_rows *rows, uint32_t at, uint32_t row)
{
    bool at_the_end = at + 1 == rows->count && row == MIRROR_RUN_ROWS;
    struct mirror_run *next = add_run(rows, at + 1);

    if (!at_the_end) {
        move_rows(rows->runs[at], MIRROR_RUN_ROWS / 2, next);
    }
}

void mirror_rows_put(struct mirror_rows *rows, const struct mirror_row *row)
{
    if (rows->count == 0) {
        struct mirror_run *first = add_run(rows, 0);
        first->rows[first->count++] = *row;
        return;
    }
    struct mirror_place place = mirror_rows_seek(rows, row);
    struct mirror_run *run = rows->runs[place.run];
    if (place.row < run->count && compare(&run->rows[place.row], row) == 0) {
        run->rows[place.row] = *row;
        return;
    }
    if (run->count == MIRROR_RUN_ROWS) {
        split(rows, place.run, place.row);
        place.run += place.row > run->count || run->count == MIRROR_RUN_ROWS;
        run = rows->runs[place.run];
        place.row = find_row(run, row);
    }
    memmove(&run->rows[place.row + 1], &run->rows[place.row],
            (run->count - place.row) * sizeof *row);
    run->rows[place.row] = *row;
    run->count++;
}

void mirror_rows_delete(struct mirror_rows *rows, const struct mirror_row *key)
{
    struct mirror_place place = mirror_rows_seek(rows, key);
    struct mirror_run *run = place.run < rows->count ? rows->runs[place.run] : NULL;

    if (run == NULL || place.row == run->count || compare(&run->rows[place.row], key) != 0) {
        return;
    }
    run->count--;
    memmove(&run->rows[place.row], &run->rows[place.row + 1],
            (run->count - place.row) * sizeof *key);
    struct mirror_run *next = place.run + 1 < rows->count ? rows->runs[place.run + 1] : NULL;
    if (next != NULL && run->count + next->count <= MIRROR_RUN_ROWS / 2) {
        move_rows(next, 0, run);
        drop_run(rows, place.run + 1);
    }
    if (run->count == 0) {
        drop_run(rows, place.run);
    }
}

void mirror_rows_fini(struct mirror_rows *rows)
{
    while (rows->count > 0) {
        drop_run(rows, rows->count - 1);
    }
    free(rows->runs);
    *rows = (struct mirror_rows){0};
}
