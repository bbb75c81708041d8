/* examples_test.c - workflows of others: each is read, or refused by name with a place
 *
 * MARSHRUT_DSL_EXAMPLES names a folder of them, as the specification of the DSL has one. No such
 * file is part of the project; without the folder the test is skipped.
 */
#include "reading.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct buffer file_bytes(const char *folder, const char *name)
{
    struct buffer b = BUFFER_INIT;
    char path[4096];
    char chunk[4096];
    size_t got;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    cr_assert_not_null(f, "%s", path);
    while ((got = fread(chunk, 1, sizeof chunk, f)) > 0) {
        buffer_append(&b, chunk, got);
    }
    fclose(f);
    return b;
}

static void read_or_refused(const char *name, struct bytes text)
{
    struct document_options options = {0};
    struct problems problems = {0};
    struct definition *d = NULL;

    bool good = document_check(name, text, &options, &problems, &d);
    cr_assert_eq(good, d != NULL);
    cr_assert_eq(good, problems.error_count == 0);
    for (uint32_t i = 0; i < problems.count; i++) {
        const struct error *err = &problems.items[i].error;
        cr_assert(err->line > 0 && err->column > 0, "%s: %s", name, err->text);
        cr_assert(good || err->code == ERROR_UNSUPPORTED, "%s:%d:%d: %s", name, err->line,
                  err->column, err->text);
    }
    definition_destroy(d);
    problems_fini(&problems);
}

Test(examples, workflows_of_others_are_read_or_refused_by_name)
{
    const char *folder = getenv("MARSHRUT_DSL_EXAMPLES");
    struct dirent *entry;
    int count = 0;

    if (folder == NULL) {
        cr_skip_test("MARSHRUT_DSL_EXAMPLES names no folder of examples");
    }
    DIR *dir = opendir(folder);
    cr_assert_not_null(dir, "%s", folder);
    while ((entry = readdir(dir)) != NULL) {
        size_t length = strlen(entry->d_name);
        if (length < 5 || strcmp(entry->d_name + length - 5, ".yaml") != 0) {
            continue;
        }
        struct buffer b = file_bytes(folder, entry->d_name);
        read_or_refused(entry->d_name, buffer_bytes(&b));
        buffer_fini(&b);
        count++;
    }
    closedir(dir);
    cr_assert_gt(count, 0);
}
