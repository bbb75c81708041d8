/* mirror_rows.h - rows of assignments in memory, in the order of their keys
 *
 * Only for mirror.c. Runs of rows, each in a piece of memory of one size: a walk goes through them
 * one after another, a change moves half a piece at most.
 */
#ifndef ENGINE_MIRROR_ROWS_H
#define ENGINE_MIRROR_ROWS_H

#include "base/texts.h"
#include "engine/core/entry.h"

/* A struct assignment_entry with numbers for its texts: one line of a processor's cache. */
struct mirror_row {
    uint64_t instance;
    int64_t since_ms;
    uint32_t task;
    civil_day to;
    civil_day from;
    civil_day first_to;
    civil_day reported;
    uint32_t responsible;
    uint32_t controller;
    uint32_t item; /* plan and number together */
    uint32_t co;
    uint32_t acting;
    uint8_t state;
    uint8_t phase;
    uint8_t outcomes; /* 16 times the one, and against the first term */
    uint8_t flags;
};

#define MIRROR_RUN_ROWS 256u /* 16 KiB */

struct mirror_run {
    uint32_t count;
    struct mirror_row rows[MIRROR_RUN_ROWS];
};

struct mirror_rows {
    struct mirror_run **runs; /* none is empty */
    uint32_t count;
    uint32_t room;
};

/* A row is named by its key: closed or not, to, instance, task. */
void mirror_rows_put(struct mirror_rows *rows, const struct mirror_row *row);
void mirror_rows_delete(struct mirror_rows *rows, const struct mirror_row *key);
void mirror_rows_fini(struct mirror_rows *rows); /* empty afterwards */

/* A walk: it must not be changed meanwhile. */
struct mirror_place {
    uint32_t run;
    uint32_t row;
};
/* The first row whose key is not less. */
struct mirror_place mirror_rows_seek(const struct mirror_rows *rows, const struct mirror_row *key);
/* The row there, and on to the next; NULL: that was all. */
static inline const struct mirror_row *mirror_rows_next(const struct mirror_rows *rows,
                                                        struct mirror_place *place)
{
    if (place->run < rows->count && place->row == rows->runs[place->run]->count) {
        *place = (struct mirror_place){place->run + 1, 0};
    }
    return place->run < rows->count ? &rows->runs[place->run]->rows[place->row++] : NULL;
}

enum mirror_flag {
    MIRROR_CLOSED = 1,
    MIRROR_ASKED = 2,
    MIRROR_EXTENDED = 4,
    MIRROR_PAUSED = 8,
    MIRROR_DELEGATED = 16,
    MIRROR_CHILD = 32,
};

#endif
