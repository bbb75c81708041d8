/* mirror.h - the rows of assignments in memory, for walks over all of them
 *
 * Reading 200,000 rows from the store takes 20 ms, as each is sought out and unpacked; from here a
 * quarter of that.
 * A mirror shows one snapshot at a time: it is made by one walk, and then takes what was written
 * since (store_changes()). Its owner is one thread. A row takes 64 bytes.
 */
#ifndef ENGINE_MIRROR_H
#define ENGINE_MIRROR_H

#include "engine/core/entry.h"
#include "engine/mirror_rows.h"
#include "store/store.h"

struct mirror;

/* With more rows than rows_max there is no mirror. Texts that no row names any more stay, until
 * there are texts_spare more of them than rows: then it is made anew. As a rule LIMIT_MIRROR_…. */
struct mirror *mirror_create(uint64_t rows_max, uint32_t texts_spare);
void mirror_destroy(struct mirror *mirror); /* NULL is fine */

/* Show what this snapshot has, which is none before the last. false: there are too many rows, or
 * the store could not be read. */
bool mirror_follow(struct mirror *mirror, struct store_txn *txn);

/* The open or the closed ones from this day on, in the order of their keys. Texts of an entry are
 * borrowed until mirror_follow(), and have numbers. */
struct mirror_place mirror_seek(const struct mirror *mirror, bool closed, civil_day day);
/* false: that was all. */
bool mirror_next(const struct mirror *mirror, struct mirror_place *place,
                 struct assignment_entry *ret_entry);

/* How often it was made. */
uint64_t mirror_made(const struct mirror *mirror);

#endif
