/* search_places.c - the municipalities and schools where people of cycles are
 *
 * Owns:    finding places through the table `place`, each once.
 * In:      search.c, once for very words and once for beginnings.
 * Always:  who is there is not walked over: a place is a seek, and one of its people is read for its
 *          name. Bounded: of a word that very many places have, only so many are looked at.
 * See:     docs/storage.md §2.8
 */
#include "engine/search_part.h"

#include "engine/funnel.h"
#include "engine/snapshot.h"

#include <string.h>

#define PLACES_LOOKED 200u /* of one word: 2 us each */
#define PLACES_READ   50u  /* 30 us each */

/* Who is at each place of one word: one of them. */
struct places {
    uint64_t people[PLACES_LOOKED];
    uint32_t count;
    bool more;
};

/* In the order of their keys: municipalities before schools. */
static struct places look_up(const struct search *s, const struct word *word)
{
    struct places places = {.count = 0};
    struct store_cursor *c = store_cursor_open(s->v->txn, TABLE_PLACE);
    struct buffer prefix = BUFFER_INIT;
    struct buffer next = BUFFER_INIT;
    struct bytes key;

    search_put_word(word, s->query.exact, &prefix);
    bool found = store_seek(c, buffer_bytes(&prefix), &key, NULL);
    while (found && key.size > prefix.size + 8 && memcmp(key.data, prefix.data, prefix.size) == 0) {
        struct cursor tail =
            cursor_of((struct bytes){(const unsigned char *)key.data + key.size - 8, 8});
        if (places.count == PLACES_LOOKED) {
            places.more = true;
            break;
        }
        places.people[places.count++] = UINT64_MAX - unpack_key64(&tail);
        buffer_clear(&next);
        buffer_append(&next, key.data, key.size - 8);
        pack_key64(&next, UINT64_MAX); /* behind all who are there */
        found = store_seek(c, buffer_bytes(&next), &key, NULL);
    }
    store_cursor_close(&c);
    buffer_fini(&next);
    buffer_fini(&prefix);
    return places;
}

/* Of the word that says most. */
static struct places look_up_best(const struct search *s)
{
    struct places best = {.count = 0};
    bool any = false;

    for (uint32_t i = 0; i < s->query.count && (!any || best.count > 0); i++) {
        if (s->query.exact && !word_is_kept(&s->query.words[i])) {
            continue; /* "и": looked for in what others find */
        }
        struct places places = look_up(s, &s->query.words[i]);
        if (!any || places.count < best.count) {
            best = places;
        }
        any = true;
    }
    return best;
}

static json_t *text(struct bytes b)
{
    return b.size > 0 ? json_stringn(b.data, b.size) : NULL;
}

/* A word of both leads to the municipality and to each of its schools; of no school only there. */
static void add_place(struct search *s, const struct stage_row *row, struct bytes school)
{
    struct subject x = {.texts = {row->municipality, school}};
    size_t n;
    json_t *other;

    if (!search_fits(s, &x)) {
        return;
    }
    json_t *place = json_pack("{so so* so*}", "definition", text(row->cycle), "municipality",
                              text(row->municipality), "school", text(school));
    json_array_foreach(s->places, n, other)
    {
        if (json_equal(place, other)) {
            json_decref(place);
            return;
        }
    }
    search_add(s, s->places, place);
}

void search_places(struct search *s)
{
    static const struct bytes none = {NULL, 0};
    struct places places = look_up_best(s);

    s->more = s->more || places.more;
    for (uint32_t i = 0; i < places.count; i++) {
        struct instance *instance;
        struct stage_row row;
        if (s->more && json_array_size(s->places) == s->limit) {
            break; /* all is said */
        }
        if (i == PLACES_READ) {
            s->more = true;
            break;
        }
        if (snapshot_instance(s->v->txn, s->v->catalog, s->v->arena, places.people[i], &instance,
                              NULL) &&
            funnel_row_of(s->v, instance, &row)) {
            add_place(s, &row, none);
            add_place(s, &row, row.school);
        }
        arena_reset(s->v->arena);
    }
}
