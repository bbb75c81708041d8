/* buffer_test.c - growing bytes; what is packed is what is unpacked, and hostile bytes do no harm
 */
#include "base/buffer.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* A small generator with a printed seed: xorshift64*. */
static uint64_t seed = 88172645463325252u;

static uint64_t draw(void)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return seed * 2685821657736338717u;
}

/* Numbers of every length in bits, not only of the greatest. */
static uint64_t draw_number(void)
{
    return draw() >> (draw() % 64);
}

static const uint64_t edges[] = {
    0,         1,          127,        128,          16383,     16384,
    INT32_MAX, UINT32_MAX, INT64_MAX,  UINT64_MAX,   (1u << 7), (uint64_t)1 << 63,
    255,       256,        UINT16_MAX, 0x0102030405, 0x7F80,    UINT64_MAX - 1,
};

Test(buffer, borrowed_text_has_no_final_zero_and_null_has_no_bytes)
{
    cr_assert_eq(bytes_of("абв").size, 6);
    cr_assert_eq(bytes_of("").size, 0);
    cr_assert_eq(bytes_of(NULL).size, 0);
}

Test(buffer, equal_is_by_content_and_all_empty_runs_are_equal)
{
    cr_assert(bytes_equal(bytes_of("ab"), (struct bytes){"abc", 2}));
    cr_assert_not(bytes_equal(bytes_of("ab"), bytes_of("abc")));
    cr_assert_not(bytes_equal(bytes_of("ab"), bytes_of("ac")));
    cr_assert(bytes_equal(bytes_of(NULL), bytes_of("")));
}

Test(buffer, runs_stand_in_the_order_of_their_bytes_and_the_shorter_first)
{
    cr_assert_lt(bytes_compare(bytes_of("ab"), bytes_of("ac")), 0);
    cr_assert_gt(bytes_compare(bytes_of("b"), bytes_of("abc")), 0);
    cr_assert_lt(bytes_compare(bytes_of("ab"), bytes_of("abc")), 0);
    cr_assert_gt(bytes_compare(bytes_of("я"), bytes_of("z")), 0, "bytes are not signed");
    cr_assert_lt(bytes_compare(bytes_of(NULL), bytes_of("a")), 0);
    cr_assert_eq(bytes_compare(bytes_of(NULL), bytes_of("")), 0);
    cr_assert_eq(bytes_compare(bytes_of("ab"), (struct bytes){"abc", 2}), 0);
}

/* The values are those of the paper of Fowler, Noll and Vo. */
Test(buffer, a_hash_is_what_stored_keys_were_made_of)
{
    cr_assert_eq(bytes_hash(BYTES_HASH_SEED, bytes_of(NULL)), UINT64_C(0xcbf29ce484222325));
    cr_assert_eq(bytes_hash(BYTES_HASH_SEED, bytes_of("a")), UINT64_C(0xaf63dc4c8601ec8c));
    cr_assert_eq(bytes_hash(BYTES_HASH_SEED, bytes_of("foobar")), UINT64_C(0x85944171f73967e8));
    cr_assert_eq(bytes_hash(bytes_hash(BYTES_HASH_SEED, bytes_of("foo")), bytes_of("bar")),
                 UINT64_C(0x85944171f73967e8));
}

Test(buffer, a_copy_ends_in_zero)
{
    char *copy = bytes_strdup((struct bytes){"abcdef", 3});

    cr_assert_str_eq(copy, "abc");
    free(copy);
    copy = bytes_strdup(bytes_of(NULL));
    cr_assert_str_eq(copy, "");
    free(copy);
}

Test(buffer, it_grows_and_keeps_what_it_has)
{
    struct buffer b = BUFFER_INIT;

    for (unsigned i = 0; i < 5000; i++) {
        unsigned char byte = (unsigned char)(i * 7);
        buffer_append(&b, &byte, 1);
    }
    cr_assert_eq(b.size, 5000);
    for (unsigned i = 0; i < 5000; i++) {
        cr_assert_eq(b.data[i], (unsigned char)(i * 7));
    }
    buffer_fini(&b);
    cr_assert_null(b.data);
    cr_assert_eq(b.capacity, 0);
}

Test(buffer, clearing_keeps_the_memory_and_appending_nothing_is_nothing)
{
    struct buffer b = BUFFER_INIT;

    buffer_text(&b, "some text");
    size_t capacity = b.capacity;
    buffer_clear(&b);
    buffer_append(&b, NULL, 0);
    cr_assert_eq(buffer_bytes(&b).size, 0);
    cr_assert_eq(b.capacity, capacity);
    buffer_fini(&b);
}

Test(buffer, one_large_piece_fits_at_once)
{
    struct buffer b = BUFFER_INIT;
    char *large = calloc(1, 1000003);

    cr_assert_not_null(large);
    buffer_text(&b, "x");
    buffer_append(&b, large, 1000003);
    cr_assert_eq(b.size, 1000004);
    cr_assert_eq(b.data[0], 'x');
    free(large);
    buffer_fini(&b);
}

/* --- packing ---------------------------------------------------------------------------------- */

Test(pack, numbers_have_the_bytes_that_journals_of_older_releases_have)
{
    struct buffer b = BUFFER_INIT;

    pack_u8(&b, 255);
    pack_uint(&b, 300);
    pack_int(&b, -1);
    pack_int(&b, 64);
    pack_text(&b, "да");
    pack_text(&b, NULL);
    pack_key32(&b, 0x01020304);
    pack_key64(&b, 5);
    static const unsigned char want[] = {255,  0xAC, 0x02, 0x01, 0x80, 0x01, 4, 0xD0,
                                         0xB4, 0xD0, 0xB0, 0,    1,    2,    3, 4,
                                         0,    0,    0,    0,    0,    0,    0, 5};
    cr_assert(bytes_equal(buffer_bytes(&b), (struct bytes){want, sizeof want}));
    buffer_fini(&b);
}

Test(pack, numbers_at_the_edges_come_back)
{
    struct buffer b = BUFFER_INIT;
    size_t count = sizeof edges / sizeof edges[0];

    for (size_t i = 0; i < count; i++) {
        pack_uint(&b, edges[i]);
        pack_int(&b, (int64_t)edges[i]);
        pack_int(&b, -(int64_t)(edges[i] >> 1) - 1);
        pack_key32(&b, (uint32_t)edges[i]);
        pack_key64(&b, edges[i]);
    }
    struct cursor c = cursor_of(buffer_bytes(&b));
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(unpack_uint(&c), edges[i]);
        cr_assert_eq(unpack_int(&c), (int64_t)edges[i]);
        cr_assert_eq(unpack_int(&c), -(int64_t)(edges[i] >> 1) - 1);
        cr_assert_eq(unpack_key32(&c), (uint32_t)edges[i]);
        cr_assert_eq(unpack_key64(&c), edges[i]);
    }
    cr_assert(cursor_done(&c));
    buffer_fini(&b);
}

struct field {
    unsigned kind;
    uint64_t v;
    struct bytes text;
};

static struct field draw_field(void)
{
    static const char noise[64] = "Приказ № 17 — от 9 января";
    unsigned kind = (unsigned)(draw() % 5);
    uint64_t v = kind == 0 ? draw() & 0xFF : draw_number();

    return (struct field){kind, v, {noise, (size_t)(v % sizeof noise)}};
}

static void pack_field(struct buffer *b, struct field f)
{
    switch (f.kind) {
    case 0:
        pack_u8(b, (unsigned)f.v);
        break;
    case 1:
        pack_uint(b, f.v);
        break;
    case 2:
        pack_int(b, (int64_t)f.v);
        break;
    case 3:
        pack_bytes(b, f.text);
        break;
    default:
        pack_key64(b, f.v);
        break;
    }
}

static bool field_comes_back(struct cursor *c, struct field f)
{
    switch (f.kind) {
    case 0:
        return unpack_u8(c) == f.v;
    case 1:
        return unpack_uint(c) == f.v;
    case 2:
        return unpack_int(c) == (int64_t)f.v;
    case 3:
        return bytes_equal(unpack_bytes(c), f.text);
    default:
        return unpack_key64(c) == f.v;
    }
}

Test(pack, any_record_that_is_packed_is_unpacked_as_it_was)
{
    for (int record = 0; record < 2000; record++) {
        unsigned long long start = seed;
        struct field fields[40];
        struct buffer b = BUFFER_INIT;
        int count = record % 40;

        for (int i = 0; i < count; i++) {
            fields[i] = draw_field();
            pack_field(&b, fields[i]);
        }
        struct cursor c = cursor_of(buffer_bytes(&b));
        for (int i = 0; i < count; i++) {
            cr_assert(field_comes_back(&c, fields[i]), "seed %llu, field %d", start, i);
        }
        cr_assert(cursor_done(&c), "seed %llu", start);
        buffer_fini(&b);
    }
}

Test(pack, keys_sort_as_their_numbers_do)
{
    for (int i = 0; i < 2000; i++) {
        uint64_t x = draw_number();
        uint64_t y = draw_number();
        struct buffer a = BUFFER_INIT;
        struct buffer b = BUFFER_INIT;

        pack_key64(&a, x);
        pack_key64(&b, y);
        int order = memcmp(a.data, b.data, 8);
        cr_assert_eq(order < 0, x < y);
        cr_assert_eq(order == 0, x == y);
        buffer_fini(&a);
        buffer_fini(&b);
    }
}

/* --- hostile bytes ---------------------------------------------------------------------------- */

/* The bytes are copied to the heap, so that the sanitizer sees a read past the end. */
static struct cursor cursor_on_heap(const void *data, size_t size, void **ret_heap)
{
    *ret_heap = malloc(size ? size : 1);
    cr_assert_not_null(*ret_heap);
    if (size > 0) {
        memcpy(*ret_heap, data, size);
    }
    return cursor_of((struct bytes){*ret_heap, size});
}

Test(unpack, nothing_gives_zeros_and_a_bad_cursor)
{
    struct cursor c = cursor_of((struct bytes){NULL, 0});

    cr_assert(cursor_done(&c));
    cr_assert_eq(unpack_u8(&c), 0);
    cr_assert(c.bad);
    cr_assert_not(cursor_done(&c));
    cr_assert_eq(unpack_uint(&c), 0);
    cr_assert_eq(unpack_int(&c), 0);
    cr_assert_eq(unpack_key32(&c), 0);
    cr_assert_eq(unpack_key64(&c), 0);
    cr_assert_eq(unpack_bytes(&c).size, 0);
    char *text = unpack_text(&c);
    cr_assert_str_eq(text, "");
    free(text);
}

Test(unpack, once_bad_a_cursor_stays_bad_though_bytes_are_left)
{
    void *heap;
    struct cursor c = cursor_on_heap("\x01\x02\x03", 3, &heap);

    cr_assert_eq(unpack_key32(&c), 0);
    cr_assert(c.bad);
    cr_assert_eq(unpack_u8(&c), 0, "the three bytes are worthless now");
    cr_assert_eq(unpack_bytes(&c).size, 0);
    cr_assert_not(cursor_done(&c));
    free(heap);
}

Test(unpack, bytes_left_over_are_not_done)
{
    struct cursor c = cursor_of(bytes_of("ab"));

    unpack_u8(&c);
    cr_assert_not(cursor_done(&c));
    unpack_u8(&c);
    cr_assert(cursor_done(&c));
}

Test(unpack, a_number_of_more_than_64_bits_is_bad)
{
    static const char most[] = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01";
    static const char one_past[] = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02";
    static const char endless[] = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
    struct cursor c = cursor_of(bytes_of(most));

    cr_assert_eq(unpack_uint(&c), UINT64_MAX);
    cr_assert(cursor_done(&c));
    c = cursor_of(bytes_of(one_past));
    unpack_uint(&c);
    cr_assert(c.bad);
    c = cursor_of(bytes_of(endless));
    unpack_uint(&c);
    cr_assert(c.bad);
}

Test(unpack, a_length_beyond_the_end_is_bad)
{
    static const char *const lies[] = {"\x05"
                                       "abcd",
                                       "\xFF\xFF\xFF\xFF\x0F"
                                       "abcd",
                                       "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"
                                       "abcd",
                                       "\x80"};
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        void *heap;
        struct cursor c = cursor_on_heap(lies[i], strlen(lies[i]), &heap);
        struct bytes got = unpack_bytes(&c);
        cr_assert(c.bad, "lie %zu", i);
        cr_assert_eq(got.size, 0);
        cr_assert_null(got.data);
        free(heap);
    }
}

/* Read a record of every kind of field until the cursor is done or bad. */
static void read_anything(struct cursor *c)
{
    while (!c->bad && !cursor_done(c)) {
        const unsigned char *before = c->at;
        switch (draw() % 7) {
        case 0:
            unpack_u8(c);
            break;
        case 1:
            unpack_uint(c);
            break;
        case 2:
            unpack_int(c);
            break;
        case 3:
            unpack_key32(c);
            break;
        case 4:
            unpack_key64(c);
            break;
        case 5:
            free(unpack_text(c));
            break;
        default:
            unpack_bytes(c);
            break;
        }
        cr_assert(c->bad || c->at > before, "reading goes on");
        cr_assert_leq(c->at, c->end);
    }
}

Test(unpack, random_bytes_are_read_or_refused_and_never_overrun)
{
    for (int round = 0; round < 20000; round++) {
        unsigned char junk[48];
        size_t size = (size_t)(draw() % (sizeof junk + 1));
        void *heap;

        for (size_t i = 0; i < size; i++) {
            uint64_t v = draw();
            junk[i] = (unsigned char)(v & 0x100 ? v : v & 0x0F); /* half of it small lengths */
        }
        struct cursor c = cursor_on_heap(junk, size, &heap);
        read_anything(&c);
        free(heap);
    }
}

Test(unpack, a_record_cut_anywhere_is_noticed)
{
    struct buffer b = BUFFER_INIT;

    pack_uint(&b, 1000000);
    pack_text(&b, "Положение о наставничестве");
    pack_key64(&b, 17);
    for (size_t size = 0; size < b.size; size++) {
        void *heap;
        struct cursor c = cursor_on_heap(b.data, size, &heap);
        unpack_uint(&c);
        unpack_bytes(&c);
        unpack_key64(&c);
        cr_assert(c.bad, "cut at %zu", size);
        free(heap);
    }
    buffer_fini(&b);
}
