/* arena_test.c - memory that is given back all at once */
#include "base/arena.h"

#include <criterion/criterion.h>
#include <stdalign.h>
#include <stddef.h>
#include <string.h>

Test(arena, everything_taken_is_zero_aligned_and_apart)
{
    struct arena arena = ARENA_INIT;
    unsigned char *taken[1000];

    for (size_t i = 0; i < 1000; i++) {
        taken[i] = arena_alloc(&arena, i % 100);
        cr_assert_eq((uintptr_t)taken[i] % alignof(max_align_t), 0);
        for (size_t k = 0; k < i % 100; k++) {
            cr_assert_eq(taken[i][k], 0);
        }
        memset(taken[i], (int)(i % 251), i % 100);
    }
    for (size_t i = 0; i < 1000; i++) {
        for (size_t k = 0; k < i % 100; k++) {
            cr_assert_eq(taken[i][k], i % 251, "piece %zu was written over", i);
        }
    }
    arena_fini(&arena);
}

Test(arena, a_piece_larger_than_a_chunk_fits_and_small_ones_follow)
{
    struct arena arena = ARENA_INIT;
    unsigned char *large = arena_alloc(&arena, 20u << 20);

    large[(20u << 20) - 1] = 7;
    unsigned char *small = arena_alloc(&arena, 10);
    memset(small, 9, 10);
    cr_assert_eq(large[(20u << 20) - 1], 7);
    arena_fini(&arena);
}

Test(arena, after_a_reset_memory_is_zero_again)
{
    struct arena arena = ARENA_INIT;

    for (int turn = 0; turn < 50; turn++) {
        for (size_t i = 0; i < 200; i++) {
            unsigned char *piece = arena_alloc(&arena, 1000);
            for (size_t k = 0; k < 1000; k += 13) {
                cr_assert_eq(piece[k], 0, "turn %d", turn);
            }
            memset(piece, 0xEE, 1000);
        }
        arena_reset(&arena);
    }
    arena_fini(&arena);
    cr_assert_null(arena.chunks);
}

Test(arena, an_arena_that_gave_nothing_can_be_reset_and_ended)
{
    struct arena arena = ARENA_INIT;

    arena_reset(&arena);
    arena_fini(&arena);
    arena_fini(&arena);
}

Test(arena, copies_are_equal_and_text_ends_in_zero)
{
    struct arena arena = ARENA_INIT;
    struct bytes copy = arena_copy(&arena, bytes_of("поручение"));

    cr_assert(bytes_equal(copy, bytes_of("поручение")));
    cr_assert_str_eq(arena_text(&arena, (struct bytes){"abcdef", 3}), "abc");
    cr_assert_str_eq(arena_text(&arena, bytes_of(NULL)), "");
    cr_assert_eq(arena_copy(&arena, bytes_of(NULL)).size, 0);
    arena_fini(&arena);
}
