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

bool search_read(const char *query, struct search_query *ret_query, struct error *err)
{
    struct search_query q = {.count = 0};
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

void search_put_word(const struct word *word, bool exact, struct buffer *key)
{
    pack_u8(key, TENANT);
    buffer_append(key, word->text, word->size);
    if (exact) {
        pack_u8(key, 0);
    }
}

/* The rows of a word in one of the two tables; keys of TABLE_WORD name no task. */
static struct said_list look_up_in(const struct view *v, enum table table, struct bytes from)
{
    size_t tail_bytes = table == TABLE_SAID ? 12 : 8;
    struct said_list list = {.whole = true};
    struct store_cursor *c = store_cursor_open(v->txn, table);
    size_t room = 0;
    struct bytes key;

    bool found = store_seek(c, from, &key, NULL);
    while (found && key.size >= from.size + tail_bytes &&
           memcmp(key.data, from.data, from.size) == 0) {
        if (list.count == SEARCH_CANDIDATES) {
            list.whole = false;
            break;
        }
        if (list.count == room) {
            room = room ? room * 2 : 64;
            list.all = xrealloc(list.all, room * sizeof *list.all);
        }
        const unsigned char *end = (const unsigned char *)key.data + key.size;
        struct cursor tail = cursor_of((struct bytes){end - tail_bytes, tail_bytes});
        struct said *row = &list.all[list.count++];
        row->instance = UINT64_MAX - unpack_key64(&tail);
        row->task = table == TABLE_SAID ? unpack_key32(&tail) : 0;
        found = store_next(c, &key, NULL);
    }
    store_cursor_close(&c);
    return list;
}

static void add_ids(struct found *f, const struct said_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        f->ids[f->count++] = list->all[i].instance;
    }
    f->all = f->all && list->whole;
}

static struct found look_up(const struct view *v, const struct word *word, bool exact,
                            struct said_list *ret_said)
{
    struct found f = {.all = true};
    struct buffer from = BUFFER_INIT;

    search_put_word(word, exact, &from);
    struct said_list titles = look_up_in(v, TABLE_WORD, buffer_bytes(&from));
    struct said_list said = look_up_in(v, TABLE_SAID, buffer_bytes(&from));
    buffer_fini(&from);
    f.ids = xmalloc((titles.count + said.count + 1) * sizeof *f.ids);
    add_ids(&f, &titles);
    add_ids(&f, &said);
    sort_ids(&f);
    free(titles.all);
    if (said.count > 1) {
        qsort(said.all, said.count, sizeof *said.all, compare_said);
    }
    *ret_said = said;
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

void search_candidates(const struct view *v, const struct search_query *q, struct candidates *ret)
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

static bool has_all(const struct search_query *q, uint32_t seen)
{
    return seen == (UINT32_C(1) << q->count) - 1;
}

bool search_text_has(const struct search_query *q, struct bytes text, uint32_t *seen)
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

    search_put_word(word, true, &key);
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

static bool has_word(const struct view *v, const struct search_query *q, const struct candidates *c,
                     uint32_t word, struct said task)
{
    bool listed = is_in(&c->said[word], task);

    if (!q->exact) {
        return listed;
    }
    return (listed || !c->said[word].whole) && was_said(v, &q->words[word], task);
}

bool search_said_has(const struct view *v, const struct search_query *q, const struct candidates *c,
                     struct said task, uint32_t *seen)
{
    for (uint32_t i = 0; i < q->count; i++) {
        *seen |= has_word(v, q, c, i, task) ? UINT32_C(1) << i : 0;
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
    struct search_query q;

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

const uint64_t *search_instances(const struct candidates *c, size_t *ret_count)
{
    *ret_count = c->count;
    return c->ids;
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
