/* suggest_test.c - "did you mean" */
#include "language/suggest.h"

#include <criterion/criterion.h>

static const char *const words[] = {"title", "responsible", "due", "no", NULL};

Test(suggest, one_or_two_slips_are_forgiven)
{
    cr_assert_str_eq(suggest("titel", words), "title");
    cr_assert_str_eq(suggest("tilte", words), "title");
    cr_assert_str_eq(suggest("responsable", words), "responsible");
    cr_assert_str_eq(suggest("reponsibel", words), "responsible");
    cr_assert_str_eq(suggest("deu", words), "due");
}

Test(suggest, what_is_far_from_everything_gets_no_suggestion)
{
    cr_assert_null(suggest("owner", words));
    cr_assert_null(suggest("x", (const char *const[]){"title", NULL}));
    cr_assert_null(suggest("ttttttttttttttttttttttttttttttttttttttttttttt", words));
    cr_assert_null(suggest("title", (const char *const[]){NULL}));
}

Test(suggest, short_words_are_not_confused_with_one_another)
{
    cr_assert_null(suggest("abcd", (const char *const[]){"abxy", NULL}));
}
