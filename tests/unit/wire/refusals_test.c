/* refusals_test.c - one sentence for many refusals */
#include "wire/refusals.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const char *shortened(const char *sentence)
{
    static char text[200];

    snprintf(text, sizeof text, "%s", sentence);
    refusals_shorten(text);
    return text;
}

Test(refusals, what_they_name_differently_is_left_out)
{
    cr_expect_str_eq(shortened("незавершённого поручения ….… нет"), "незавершённого поручения нет");
    cr_expect_str_eq(shortened("незавершённого поручения ….1 нет"), "незавершённого поручения нет");
    cr_expect_str_eq(shortened("there is no open assignment 17.…"), "there is no open assignment");
}

Test(refusals, a_clause_that_has_it_goes)
{
    cr_expect_str_eq(shortened("отчёта на рассмотрении нет; состояние поручения: …"),
                     "отчёта на рассмотрении нет");
}

Test(refusals, what_they_say_alike_stays)
{
    const char *text = "отчёта на рассмотрении нет; состояние поручения: в работе";

    cr_expect_str_eq(shortened(text), text);
    cr_expect_str_eq(shortened(""), "");
}
