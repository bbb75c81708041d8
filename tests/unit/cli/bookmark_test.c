/* bookmark_test.c - the place in the journal that `watch` remembers */
#include "cli/bookmark.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64];
static char path[128];

static void open_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/marshrut-test-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/watch.bookmark", folder);
}

static void close_folder(void)
{
    unlink(path);
    rmdir(folder);
}

TestSuite(bookmark, .init = open_folder, .fini = close_folder);

static void write_text(const char *text)
{
    FILE *file = fopen(path, "w");

    fputs(text, file);
    fclose(file);
}

Test(bookmark, what_was_written_is_read)
{
    uint64_t seq = 0;

    cr_assert(bookmark_write(path, 1042, NULL));
    cr_assert(bookmark_write(path, UINT64_MAX, NULL));
    cr_assert(bookmark_read(path, &seq));
    cr_assert_eq(seq, UINT64_MAX);
}

Test(bookmark, none_or_a_damaged_one_is_no_bookmark)
{
    uint64_t seq = 7;

    cr_assert_not(bookmark_read(path, &seq));
    write_text("");
    cr_assert_not(bookmark_read(path, &seq));
    write_text("10x\n");
    cr_assert_not(bookmark_read(path, &seq));
    write_text("99999999999999999999999999999999999999\n");
    cr_assert_not(bookmark_read(path, &seq));
    cr_assert_eq(seq, 7);
}

Test(bookmark, where_nothing_can_be_written_it_says_so)
{
    struct error err;

    cr_assert_not(bookmark_write("/nowhere/at/all/watch.bookmark", 1, &err));
    cr_assert_eq(err.code, ERROR_IO);
}
