/* peek.h - one text out of a JSON object, without reading the rest as values
 *
 * For index rows: they are computed whenever an instance changes, and need three short texts of an
 * input that may have a megabyte.
 */
#ifndef CORE_PEEK_H
#define CORE_PEEK_H

#include "base/arena.h"

/* The text at a path of names, "teacher.name", of JSON that was checked when it came in; a number
 * as it is written. Borrowed from json, or from the arena when it has escapes. No bytes: there is
 * none, or it is neither text nor number. */
struct bytes peek_text(struct arena *arena, struct bytes json, const char *path);

/* The values of these members of an object, as they are written, in one pass; the last of a name
 * counts. No bytes: there is none of that name. Names with escapes in them are not found. */
void peek_members(struct bytes json, const char *const *names, size_t count,
                  struct bytes *ret_values);

/* Items of an array, one after another, as they are written: *array is the array at first, and then
 * what is left of it. false: there is none left. */
bool peek_next(struct bytes *array, struct bytes *ret_item);

/* The beginning of a text, at most so many bytes, cut between characters. */
struct bytes peek_cut(struct bytes text, size_t bytes_max);

#endif
