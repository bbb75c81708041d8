/* facets_part.h - inside facets: how a row is written, and who writes which
 *
 * Only facets*.c include this. A row is begun, its key and then its value are put byte by byte into
 * the arena of the set, and it is ended.
 */
#ifndef CORE_FACETS_PART_H
#define CORE_FACETS_PART_H

#include "engine/core/facets.h"

struct row {
    unsigned char *at;
};

/* The tenant is put. size: of the texts and lists of key and value together; numbers fit beside. */
struct row row_begin(struct facets *set, enum table table, size_t size);
/* The key ends here; what is put from now on is the value. */
void row_key_end(struct facets *set, const struct row *row);
void row_end(struct facets *set, const struct row *row); /* of a row that has a value */

void row_put8(struct row *row, unsigned v);
void row_put32(struct row *row, uint32_t v);
void row_put64(struct row *row, uint64_t v);
void row_put_bytes(struct row *row, struct bytes b); /* as they are */
/* Text and a NUL after it: texts in keys never contain one. */
void row_put_text(struct row *row, struct bytes text);

/* facets_word.c: the words of some texts of one instance, each in a row of its own. Begin with
 * set, table and instance. */
#define FACETS_WORDS_MAX  64u   /* more say nothing that is looked for */
#define FACETS_TEXT_BYTES 1000u /* of one text; what stands behind is not searched */
struct words {
    struct facets *set;
    enum table table; /* TABLE_WORD; TABLE_PLACE; TABLE_SAID: with the task, every word, "384-р" */
    uint64_t instance;
    uint64_t place; /* of TABLE_PLACE */
    uint32_t task;
    uint64_t hashes[FACETS_WORDS_MAX]; /* of those that are there */
    uint32_t count;
};
void words_put(struct words *words, struct bytes text);

/* facets_task.c: the rows of its tasks. */
void facets_of_tasks(struct facets *set, const struct instance *instance,
                     const struct catalog *catalog);
/* facets_index.c: what lists and search look through. */
void facets_of_index(struct facets *set, const struct instance *instance,
                     const struct catalog *catalog);

#endif
