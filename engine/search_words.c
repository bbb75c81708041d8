/* search_words.c - from words to instances, through the tables `word` and `said`
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

static int compare_said(const void *a, const void *b)
{
    const struct said *x = a;
    const struct said *y = b;
    int order = compare_ids(&x->instance, &y->instance);

    return order != 0 ? order : (x->task > y->task) - (x->task < y->task);
}

/* --- one word ------------------------------------------------------------------------------ */

/* What one word finds. */
struct found {
    uint64_t *ids; /* ascending, each once */
    size_t count;
    size_t room;
    bool all; /* false: there are more, older ones */
};

static void sort_ids(struct found *f)
{
    size_t kept = 0;

    if (f->count > 1) {
        qsort(f->ids, f->count, sizeof *f->ids, compare_ids);
    }
    for (size_t i = 0; i < f->count; i++) {
        if (kept == 0 || f->ids[kept - 1] != f->ids[i]) {
            f->ids[kept++] = f->ids[i];
        }
    }
    f->count = kept;
}

static void add_id(struct found *f, uint64_t id)
{
    if (f->count == f->room) {
        f->room = f->room ? f->room * 2 : 64;
        f->ids = xrealloc(f->ids, f->room * sizeof *f->ids);
    }
    f->ids[f->count++] = id;
}

/* The beginning of its keys; of exact words with the NUL behind it. */
static void put_word(const struct word *word, bool exact, struct buffer *key)
{
    pack_u8(key, TENANT);
    buffer_append(key, word->text, word->size);
    if (exact) {
        pack_u8(key, 0);
    }
}

/* Of one table; said: NULL for one whose keys name no task. */
static void look_up_in(const struct view *v, enum table table, struct bytes from, struct found *f,
                       struct said_list *said)
{
    size_t tail_bytes = said != NULL ? 12 : 8;
    struct store_cursor *c = store_cursor_open(v->txn, table);
    size_t room = 0;
    struct bytes key;

    bool found = store_seek(c, from, &key, NULL);
    for (size_t n = 0;
         found && key.size >= from.size + tail_bytes && memcmp(key.data, from.data, from.size) == 0;
         n++) {
        if (n == SEARCH_CANDIDATES) {
            f->all = false;
            break;
        }
        const unsigned char *end = (const unsigned char *)key.data + key.size;
        struct cursor tail = cursor_of((struct bytes){end - tail_bytes, tail_bytes});
        uint64_t id = UINT64_MAX - unpack_key64(&tail);
        add_id(f, id);
        if (said != NULL) {
            if (n == room) {
                room = room ? room * 2 : 64;
                said->all = xrealloc(said->all, room * sizeof *said->all);
            }
            said->all[said->count++] = (struct said){id, unpack_key32(&tail)};
        }
        found = store_next(c, &key, NULL);
    }
    store_cursor_close(&c);
}

static struct found look_up(const struct view *v, const struct word *word, bool exact,
                            struct said_list *said)
{
    struct found f = {.all = true};
    struct buffer from = BUFFER_INIT;

    put_word(word, exact, &from);
    look_up_in(v, TABLE_WORD, buffer_bytes(&from), &f, NULL);
    look_up_in(v, TABLE_SAID, buffer_bytes(&from), &f, said);
    buffer_fini(&from);
    sort_ids(&f);
    if (said->count > 1) {
        qsort(said->all, said->count, sizeof *said->all, compare_said);
    }
    return f;
}

/* --- all words ----------------------------------------------------------------------------- */

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
    bool any = false;

    *ret = (struct candidates){.query = *q};
    for (uint32_t i = 0; i < q->count; i++) {
        if (q->exact && !word_is_kept(&q->words[i])) {
            continue; /* "и": looked for in what others find */
        }
        struct found f = look_up(v, &q->words[i], q->exact, &ret->said[i]);
        if (any && best.all && f.all) {
            intersect(&best, &f);
        } else if (!any || better(&f, &best)) {
            struct found other = best;
            best = f;
            f = other;
        }
        any = true;
        free(f.ids);
    }
    ret->ids = best.ids;
    ret->count = best.count;
    ret->more = any && !best.all;
}

void search_candidates_fini(struct candidates *c)
{
    for (uint32_t i = 0; i < SEARCH_WORDS; i++) {
        free(c->said[i].all);
    }
    free(c->ids);
    *c = (struct candidates){.count = 0};
}

/* --- does it have all of them? ------------------------------------------------------------- */

static bool has_all(const struct query *q, uint32_t seen)
{
    return seen == (UINT32_C(1) << q->count) - 1;
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
    return has_all(q, *seen);
}

/* Very words are asked for by key: short ones too, which have no candidates. */
static bool was_said(const struct view *v, const struct word *word, struct said task)
{
    struct buffer key = BUFFER_INIT;
    struct bytes value;

    put_word(word, true, &key);
    pack_key64(&key, UINT64_MAX - task.instance);
    pack_key32(&key, task.task);
    bool said = store_get(v->txn, TABLE_SAID, buffer_bytes(&key), &value);
    buffer_fini(&key);
    return said;
}

static bool is_in(const struct said_list *list, struct said task)
{
    return list->count > 0 &&
           bsearch(&task, list->all, list->count, sizeof task, compare_said) != NULL;
}

bool search_said_has(const struct view *v, const struct query *q, const struct candidates *c,
                     struct said task, uint32_t *seen)
{
    for (uint32_t i = 0; i < q->count; i++) {
        bool said = q->exact ? was_said(v, &q->words[i], task) : is_in(&c->said[i], task);
        *seen |= said ? UINT32_C(1) << i : 0;
    }
    return has_all(q, *seen);
}

/* Where those of this instance begin. */
static size_t first_of(const struct said_list *list, uint64_t instance)
{
    size_t low = 0;
    size_t high = list->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->all[middle].instance < instance) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool search_said_of(const struct view *v, const struct candidates *c, uint64_t instance)
{
    const struct said_list *list = &c->said[0];

    for (uint32_t i = 1; i < c->query.count && list->count == 0; i++) {
        list = &c->said[i]; /* of a short word there is none */
    }
    size_t at = first_of(list, instance);
    for (; at < list->count && list->all[at].instance == instance; at++) {
        uint32_t seen = 0;
        if (search_said_has(v, &c->query, c, list->all[at], &seen)) {
            return true;
        }
    }
    return false;
}

/* --- for lists ----------------------------------------------------------------------------- */

struct candidates *search_find(const struct view *v, const char *query, struct error *err)
{
    struct query q;

    if (!search_read(query, &q, err)) {
        return NULL;
    }
    struct candidates *c = xcalloc(1, sizeof *c);
    search_candidates(v, &q, c);
    return c;
}

void search_free(struct candidates **c)
{
    if (*c != NULL) {
        search_candidates_fini(*c);
        free(*c);
        *c = NULL;
    }
}

bool search_has_instance(const struct candidates *c, uint64_t instance)
{
    return c->count > 0 &&
           bsearch(&instance, c->ids, c->count, sizeof instance, compare_ids) != NULL;
}

bool search_row_fits(const struct view *v, const struct candidates *c, uint64_t instance,
                     uint32_t task, const json_t *row)
{
    static const char *const texts[] = {"title", "no"};
    uint32_t seen = 0;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *text = json_string_value(json_object_get(row, texts[i]));
        if (search_text_has(&c->query, bytes_of(text), &seen)) {
            return true;
        }
    }
    return search_said_has(v, &c->query, c, (struct said){instance, task}, &seen);
}
