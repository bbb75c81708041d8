/* facets_word.c - the rows of words
 *
 * Owns:    the keys of the tables `word`, `place` and `said`, and how many words of one instance or
 *          record there are.
 * In:      facets_index.c, facets_record.c.
 */
#include "engine/core/facets_part.h"

#include "engine/core/peek.h"
#include "engine/core/word.h"

static bool is_new(struct words *words, const struct word *word)
{
    uint64_t hash = bytes_hash(BYTES_HASH_SEED, (struct bytes){word->text, word->size});

    for (uint32_t n = 0; n < words->count; n++) {
        if (words->hashes[n] == hash) {
            return false;
        }
    }
    words->hashes[words->count++] = hash;
    return true;
}

static void word_row(const struct words *words, const struct word *word)
{
    struct row w = row_begin(words->set, words->table, word->size);

    row_put_text(&w, (struct bytes){word->text, word->size});
    if (words->table == TABLE_PLACE) {
        row_put64(&w, words->place);
    }
    row_put64(&w, UINT64_MAX - words->instance); /* the newest first */
    if (words->table == TABLE_SAID) {
        row_put32(&w, words->task);
    }
    row_key_end(words->set, &w);
}

void words_put(struct words *words, struct bytes text)
{
    struct word word;
    size_t at = 0;

    text = peek_cut(text, FACETS_TEXT_BYTES);
    while (words->count < FACETS_WORDS_MAX && word_next(text, &at, &word)) {
        bool kept = words->table == TABLE_SAID || word_is_kept(&word);
        if (kept && is_new(words, &word)) {
            word_row(words, &word);
        }
    }
}
