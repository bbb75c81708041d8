/* lists.h - lists of a document whose entries a reader reads itself. Private to lib/language. */
#ifndef LANGUAGE_LISTS_H
#define LANGUAGE_LISTS_H

#include "language/fields.h"

/* The list under this key with 1..count_max entries; NULL (and true) when OPTIONAL and absent.
 * Refused: ERROR_INVALID when it is empty or no list, ERROR_TOO_LARGE when it is longer. */
bool fields_list(const struct reader *reader, const struct node *map, const char *key,
                 enum need need, uint32_t count_max, const struct node **ret_list);

/* One of these words; *ret_index is its place in the NULL-terminated list. OPTIONAL and absent:
 * untouched. what: for the sentence, N_("a week"). */
bool fields_choice(const struct reader *reader, const struct node *map, const char *key,
                   enum need need, const char *const *words, const char *what, int *ret_index);

bool node_choice(const struct reader *reader, const struct node *node, const char *const *words,
                 const char *what, int *ret_index);

#endif
