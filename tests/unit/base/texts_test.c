/* texts_test.c - numbers for texts */
#include "base/texts.h"

#include <criterion/criterion.h>
#include <stdio.h>

Test(texts, equal_texts_have_one_number_and_others_another)
{
    struct texts texts = TEXTS_INIT;
    char text[16];

    cr_expect_eq(texts_number(&texts, bytes_of("")), 1, "the empty text is one like any other");
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < 10000; i++) {
            snprintf(text, sizeof text, "b-%u", i);
            cr_assert_eq(texts_number(&texts, bytes_of(text)), i + 2);
        }
    }
    cr_expect_eq(texts.count, 10001);
    cr_expect(bytes_equal(texts_get(&texts, 1), bytes_of("")));
    cr_expect(bytes_equal(texts_get(&texts, 10001), bytes_of("b-9999")));
    texts_fini(&texts);
    cr_expect_eq(texts_number(&texts, bytes_of("b-9999")), 1, "all is forgotten");
    texts_fini(&texts);
}

Test(texts, a_text_is_kept_when_what_it_was_read_from_changes)
{
    struct texts texts = TEXTS_INIT;
    char text[] = "school";
    uint32_t number = texts_number(&texts, bytes_of(text));

    text[0] = 'x';
    cr_expect(bytes_equal(texts_get(&texts, number), bytes_of("school")));
    cr_expect_neq(texts_number(&texts, bytes_of(text)), number);
    texts_fini(&texts);
}

Test(texts, a_zero_byte_belongs_to_a_text)
{
    struct texts texts = TEXTS_INIT;
    uint32_t number = texts_number(&texts, (struct bytes){"a\0b", 3});

    cr_expect_neq(texts_number(&texts, (struct bytes){"a\0c", 3}), number);
    cr_expect_neq(texts_number(&texts, (struct bytes){"a", 1}), number);
    texts_fini(&texts);
}
