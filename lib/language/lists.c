/* lists.c - lists and choices of words under a key
 *
 * Owns:    the sentences of refusals about the length of a list and about a word that is no choice.
 * In:      the readers (read_*.c).
 * Out:     borrowed nodes, or the reader's error with the place.
 * Always:  on failure outputs are untouched.
 * See:     lists.h
 */
#include "language/lists.h"

#include "language/suggest.h"

#include <stdio.h>
#include <string.h>

#define CHOICES_BYTES_MAX 200

bool fields_list(const struct reader *reader, const struct node *map, const char *key,
                 enum need need, uint32_t count_max, const struct node **ret_list)
{
    const struct node *list;

    if (!fields_node(reader, map, key, need, NODE_LIST, &list)) {
        return false;
    }
    if (list != NULL && list->count == 0) {
        return refuse(reader, list, ERROR_INVALID, "the list \"%s\" is empty", key);
    }
    if (list != NULL && list->count > count_max) {
        return refuse(reader, list, ERROR_TOO_LARGE, "\"%s\" has %u entries; the limit is %u", key,
                      list->count, count_max);
    }
    *ret_list = list;
    return true;
}

/* "five-day, six-day" */
static void print_choices(const char *const *words, char out[CHOICES_BYTES_MAX])
{
    size_t used = 0;

    out[0] = '\0';
    for (int i = 0; words[i] != NULL && used + strlen(words[i]) + 3 < CHOICES_BYTES_MAX; i++) {
        used += (size_t)snprintf(out + used, CHOICES_BYTES_MAX - used, "%s%s", i > 0 ? ", " : "",
                                 words[i]);
    }
}

bool node_choice(const struct reader *reader, const struct node *node, const char *const *words,
                 const char *what, int *ret_index)
{
    char choices[CHOICES_BYTES_MAX];
    const char *text = node->kind == NODE_TEXT ? node->text : "";

    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(text, words[i]) == 0) {
            *ret_index = i;
            return true;
        }
    }
    const char *near = suggest(text, words);
    if (near != NULL) {
        return refuse(reader, node, ERROR_INVALID, "\"%s\" is not %s: did you mean \"%s\"?",
                      show(text).text, error_word(what), near);
    }
    print_choices(words, choices);
    return refuse(reader, node, ERROR_INVALID, "\"%s\" is not %s; one of these is expected: %s",
                  show(text).text, error_word(what), choices);
}

bool fields_choice(const struct reader *reader, const struct node *map, const char *key,
                   enum need need, const char *const *words, const char *what, int *ret_index)
{
    const struct node *node;

    return fields_node(reader, map, key, need, NODE_TEXT, &node) &&
           (node == NULL || node_choice(reader, node, words, what, ret_index));
}
