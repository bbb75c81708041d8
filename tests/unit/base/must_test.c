/* must_test.c - invariants abort in every build; memory never comes back NULL */
#include "base/must.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

Test(must, what_holds_goes_on)
{
    int calls = 0;

    must(++calls == 1);
    cr_assert_eq(calls, 1, "the condition is evaluated once");
}

Test(must, what_does_not_hold_aborts, .signal = SIGABRT)
{
    must(1 + 1 == 3);
}

Test(must, no_bytes_are_still_some_memory)
{
    void *a = xmalloc(0);
    void *b = xcalloc(0, 0);

    cr_assert_not_null(a);
    cr_assert_not_null(b);
    a = xrealloc(a, 0);
    cr_assert_not_null(a);
    free(a);
    free(b);
}

Test(must, counted_memory_is_zero)
{
    unsigned char *a = xcalloc(100, 10);

    for (int i = 0; i < 1000; i++) {
        cr_assert_eq(a[i], 0);
    }
    free(a);
}

Test(must, copies_of_text_end_in_zero)
{
    char *whole = xstrdup("дорожная карта");
    char *part = xstrndup("abcdef", 2);
    char *none = xstrndup(NULL, 0);

    cr_assert_str_eq(whole, "дорожная карта");
    cr_assert_str_eq(part, "ab");
    cr_assert_str_eq(none, "");
    free(whole);
    free(part);
    free(none);
}
