/* search_words.c - from words to instances, through the table `word`
 *
 * Owns:    cutting a query, and the intersection of what its words find.
 * In:      search.c, filter.c.
 * Always:  bounded: of a word that is everywhere only so many rows are read, and it is then looked
 *          for in what the other words have found.
 */
#include "engine/search_part.h"

#include "base/limits.h"
#include "base/must.h"

#include <stdlib.h>
#include <string.h>

bool search_read(const char *query, struct query *ret_query, struct error *err)
{
    struct query q = {.count = 0};
    struct bytes text = bytes_of(query);
    size_t at = 0;

    if (text.size > SEARCH_QUERY_BYTES) {
        return error_set(err, ERROR_TOO_LARGE, "a query has at most %u bytes", SEARCH_QUERY_BYTES);
    }
    while (q.count < SEARCH_WORDS && word_next(text, &at, &q.words[q.count])) {
        q.count++;
    }
    *ret_query = q;
    return q.count > 0 || error_set(err, ERROR_INVALID, "\"q\" has no word to look for");
}

static int compare_ids(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* What one word finds. */
struct found {
    uint64_t *ids; /* ascending, each once */
    size_t count;
    bool all; /* false: there are more, older ones */
};

static void sort_ids(struct found *f)
{
    size_t kept = 0;

    qsort(f->ids, f->count, sizeof *f->ids, compare_ids);
    for (size_t i = 0; i < f->count; i++) {
        if (kept == 0 || f->ids[kept - 1] != f->ids[i]) {
            f->ids[kept++] = f->ids[i];
        }
    }
    f->count = kept;
}

static struct found look_up(const struct view *v, const struct word *word, bool exact)
{
    unsigned char prefix[1 + WORD_BYTES_MAX + 1] = {TENANT};
    struct bytes from = {prefix, 1 + word->size + (exact ? 1 : 0)}; /* with the NUL behind it */
    struct found f = {.ids = xmalloc(SEARCH_CANDIDATES * sizeof *f.ids), .all = true};
    struct store_cursor *c = store_cursor_open(v->txn, TABLE_WORD);
    struct bytes key;

    memcpy(prefix + 1, word->text, word->size);
    bool found = store_seek(c, from, &key, NULL);
    while (found && key.size >= from.size + 8 && memcmp(key.data, from.data, from.size) == 0) {
        if (f.count == SEARCH_CANDIDATES) {
            f.all = false;
            break;
        }
        struct cursor tail =
            cursor_of((struct bytes){(const unsigned char *)key.data + key.size - 8, 8});
        f.ids[f.count++] = UINT64_MAX - unpack_key64(&tail);
        found = store_next(c, &key, NULL);
    }
    store_cursor_close(&c);
    sort_ids(&f);
    return f;
}

/* Keep what both have. */
static void intersect(struct found *a, const struct found *b)
{
    size_t kept = 0;
    size_t at = 0;

    for (size_t i = 0; i < a->count; i++) {
        while (at < b->count && b->ids[at] < a->ids[i]) {
            at++;
        }
        if (at < b->count && b->ids[at] == a->ids[i]) {
            a->ids[kept++] = a->ids[i];
        }
    }
    a->count = kept;
}

/* Words that found all they can come before those that did not. */
static bool better(const struct found *a, const struct found *b)
{
    return a->all != b->all ? a->all : a->count < b->count;
}

void search_candidates(const struct view *v, const struct query *q, struct candidates *ret)
{
    struct found best = {.ids = NULL};

    *ret = (struct candidates){.sure = true};
    for (uint32_t i = 0; i < q->count; i++) {
        if (q->exact && !word_is_kept(&q->words[i])) { /* "и": looked for in what others find */
            ret->sure = false;
            continue;
        }
        struct found f = look_up(v, &q->words[i], q->exact);
        bool both_all = best.ids != NULL && best.all && f.all;
        ret->sure = ret->sure && f.all;
        if (both_all) {
            intersect(&best, &f);
        } else if (best.ids == NULL || better(&f, &best)) {
            struct found other = best;
            best = f;
            f = other;
        }
        free(f.ids);
    }
    ret->ids = best.ids;
    ret->count = best.count;
    ret->more = best.ids != NULL && !best.all;
}

bool search_text_has(const struct query *q, struct bytes text, uint32_t *seen)
{
    struct word word;
    size_t at = 0;

    while (word_next(text, &at, &word)) {
        for (uint32_t i = 0; i < q->count; i++) {
            bool long_enough =
                q->exact ? word.size == q->words[i].size : word.size >= q->words[i].size;
            bool begins = long_enough && memcmp(word.text, q->words[i].text, q->words[i].size) == 0;
            *seen |= begins ? UINT32_C(1) << i : 0;
        }
    }
    return *seen == (UINT32_C(1) << q->count) - 1;
}

bool search_instances(const struct view *v, const char *query, uint64_t **ret_ids,
                      size_t *ret_count, struct error *err)
{
    struct candidates c;
    struct query q;

    if (!search_read(query, &q, err)) {
        return false;
    }
    search_candidates(v, &q, &c);
    *ret_ids = c.ids;
    *ret_count = c.count;
    return true;
}
