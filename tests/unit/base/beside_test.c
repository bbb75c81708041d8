/* beside_test.c - found where this test stands, or not at all */
#include "base/beside.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

Test(beside, what_is_there_is_found_also_one_folder_up)
{
    char path[BESIDE_PATH_MAX];
    char known[BESIDE_PATH_MAX];

    cr_assert(beside_find("unit-base-beside_test", X_OK, path), "this program");
    snprintf(known, sizeof known, "%s/bin/unit-base-beside_test", BINARY_DIR);
    cr_assert_str_eq(path, known);
    cr_assert(beside_find("../bin", R_OK, path));
}

Test(beside, what_is_not_there_leaves_no_path)
{
    char path[BESIDE_PATH_MAX] = "x";
    char longest[BESIDE_PATH_MAX];

    cr_assert_not(beside_find("no-such-program", X_OK, path));
    cr_assert_str_eq(path, "");
    memset(longest, 'a', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    cr_assert_not(beside_find(longest, R_OK, path));
    cr_assert_str_eq(path, "");
}

Test(beside, a_program_that_is_not_there_is_left_to_the_path)
{
    char path[BESIDE_PATH_MAX];

    beside_program("no-such-program", path);
    cr_assert_str_eq(path, "no-such-program");
    beside_program("./unit-base-beside_test", path);
    cr_assert_str_eq(path, "./unit-base-beside_test", "who writes a slash means a place");
    beside_program("unit-base-beside_test", path);
    cr_assert_not_null(strstr(path, "/bin/unit-base-beside_test"));
}
