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

Test(suggest, a_cyrillic_letter_is_the_latin_one_it_looks_like)
{
    struct lookalike found;

    cr_assert_str_eq(suggest("nо", words), "no"); /* the second letter is Cyrillic */
    cr_assert(lookalike_find("titlе", &found));
    cr_assert_eq(found.letter, 5);
    cr_assert_str_eq(found.text, "е");
    cr_assert_not(lookalike_find("title", &found));
    cr_assert_not(lookalike_find("сор", &found));     /* a Russian word */
    cr_assert_not(lookalike_find("п-title", &found)); /* no Latin letter looks like this one */
}

Test(suggest, a_single_letter_is_no_slip_of_another)
{
    cr_assert_null(suggest("c", (const char *const[]){"b", NULL}));
}

Test(suggest, short_words_are_not_confused_with_one_another)
{
    cr_assert_null(suggest("abcd", (const char *const[]){"abxy", NULL}));
}
