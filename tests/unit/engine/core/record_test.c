/* record_test.c - records of the journal: packed, unpacked, damaged */
#include "fixture.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static uint64_t any_number(uint64_t *seed)
{
    return random_below(seed, 3) ? random_next(seed) >> random_below(seed, 64) : 0;
}

static struct record any_record(uint64_t *seed)
{
    static const char text[] = "Приложение № 2 к распоряжению";
    struct record r = {.kind = 1 + random_below(seed, RECORD_KIND_COUNT - 1)};

    r.instance = any_number(seed);
    r.before = any_number(seed);
    r.task = (uint32_t)any_number(seed);
    r.attempt = (uint32_t)any_number(seed);
    r.at_ms = (int64_t)any_number(seed);
    r.number = random_below(seed, 2) ? (int64_t)any_number(seed) : -(int64_t)random_below(seed, 99);
    r.other = any_number(seed);
    r.text = (struct bytes){text, random_below(seed, sizeof text)};
    r.data = (struct bytes){text, random_below(seed, sizeof text)};
    r.extra = random_below(seed, 3) ? r.extra : r.text;
    r.by = random_below(seed, 3) ? r.by : r.data;
    return r;
}

static bool same(const struct record *a, const struct record *b)
{
    return a->kind == b->kind && a->instance == b->instance && a->before == b->before &&
           a->task == b->task && a->attempt == b->attempt && a->at_ms == b->at_ms &&
           a->number == b->number && a->other == b->other && bytes_equal(a->text, b->text) &&
           bytes_equal(a->data, b->data) && bytes_equal(a->extra, b->extra) &&
           bytes_equal(a->by, b->by);
}

Test(record, what_was_packed_is_unpacked)
{
    for (uint64_t n = 0; n < 5000; n++) {
        uint64_t seed = n;
        struct record r = any_record(&seed);
        struct record next = any_record(&seed);
        struct record back;
        struct buffer b = BUFFER_INIT;

        record_pack(&r, &b);
        record_pack(&next, &b);
        struct cursor c = cursor_of(buffer_bytes(&b));
        cr_assert(record_unpack(&c, &back));
        cr_assert(same(&r, &back), "seed %d", (int)n);
        cr_assert(record_unpack(&c, &back), "the next one begins where it ended");
        cr_assert(same(&next, &back));
        cr_assert(cursor_done(&c));
        buffer_fini(&b);
    }
}

Test(record, a_record_that_is_cut_is_refused)
{
    uint64_t seed = 3;

    for (int n = 0; n < 200; n++) {
        struct record r = any_record(&seed);
        struct buffer b = BUFFER_INIT;
        record_pack(&r, &b);
        for (size_t size = 0; size < b.size; size++) {
            char *cut = bytes_strdup((struct bytes){b.data, size});
            struct cursor c = cursor_of((struct bytes){cut, size});
            struct record back;
            cr_assert_not(record_unpack(&c, &back));
            free(cut);
        }
        buffer_fini(&b);
    }
}

Test(record, bytes_at_random_never_crash)
{
    uint64_t seed = 11;

    for (int n = 0; n < 50000; n++) {
        unsigned char noise[48];
        struct record r = {.kind = 0};
        size_t size = random_below(&seed, sizeof noise);
        for (size_t i = 0; i < size; i++) {
            noise[i] = (unsigned char)random_next(&seed);
        }
        struct cursor c = cursor_of((struct bytes){noise, size});
        if (record_unpack(&c, &r)) {
            cr_assert(r.kind > 0 && r.kind < RECORD_KIND_COUNT);
            cr_assert(r.text.size <= size && r.data.size <= size && r.by.size <= size);
        }
    }
}

Test(record, one_with_a_field_of_a_later_program_is_refused)
{
    struct record r = {.kind = RECORD_RESUMED, .instance = 1, .by = bytes_of("k")};
    struct buffer b = BUFFER_INIT;
    struct record back;

    record_pack(&r, &b);
    struct cursor c = cursor_of(buffer_bytes(&b));
    cr_assert(record_unpack(&c, &back));
    b.data[4] |= 0x20; /* the byte of bits of the rare fields */
    c = cursor_of(buffer_bytes(&b));
    cr_assert_not(record_unpack(&c, &back), "what follows it can't be read");
    buffer_fini(&b);
}

Test(record, most_records_are_a_few_bytes)
{
    struct record ready = {
        .kind = RECORD_TASK_READY, .instance = 1000000, .before = 500000, .task = 3, .attempt = 2};
    struct buffer b = BUFFER_INIT;

    record_pack(&ready, &b);
    cr_assert_leq(b.size, 10, "%d bytes", (int)b.size);
    buffer_fini(&b);
}

Test(record, every_kind_has_a_name_of_its_own)
{
    for (int a = 1; a < RECORD_KIND_COUNT; a++) {
        cr_assert_not_null(strchr(record_kind_name((enum record_kind)a), '.'));
        for (int b = 1; b < a; b++) {
            cr_assert_str_neq(record_kind_name((enum record_kind)a),
                              record_kind_name((enum record_kind)b));
        }
    }
    cr_assert_str_eq(record_kind_name(0), "?");
    cr_assert_str_eq(record_kind_name(RECORD_KIND_COUNT), "?");
}
