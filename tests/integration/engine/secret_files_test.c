/* secret_files_test.c - the folder of secrets is read, or refused without a word of what is in it
 */
#include "engine/secret_files.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET "s3cr3t"

static char folder[64];

static void make_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/marshrut-secrets-XXXXXX");
    cr_assert(mkdtemp(folder) != NULL); /* mode 700 */
}

static void path_of(const char *name, char path[256])
{
    snprintf(path, 256, "%s/%s", folder, name);
}

static void write_file(const char *name, const char *text, size_t size, mode_t mode)
{
    char path[256];

    path_of(name, path);
    FILE *file = fopen(path, "wb");
    cr_assert(file != NULL && fwrite(text, 1, size, file) == size && fclose(file) == 0);
    cr_assert(chmod(path, mode) == 0);
}

static void write_text(const char *name, const char *text)
{
    write_file(name, text, strlen(text), 0600);
}

static void remove_folder(void)
{
    static const char *const names[] = {"a", "b", "mail", ".hidden", "a b", "sub"};
    char path[256];

    chmod(folder, 0700);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        path_of(names[i], path);
        remove(path);
    }
    for (unsigned i = 0; i <= LIMIT_SECRETS; i++) {
        snprintf(path, sizeof path, "%s/n%u", folder, i);
        unlink(path);
    }
    rmdir(folder);
}

static void expect_refused(enum error_code code, const char *words)
{
    json_t *secrets = NULL;
    struct error err = ERROR_INIT;

    cr_assert_not(secret_files_read(folder, &secrets, &err));
    cr_expect_null(secrets);
    cr_expect_eq(err.code, code, "%s: %s", error_name(err.code), err.text);
    cr_expect(strstr(err.text, words) != NULL, "%s", err.text);
    cr_expect(strstr(err.text, SECRET) == NULL, "%s", err.text);
}

TestSuite(secret_files, .init = make_folder, .fini = remove_folder);

Test(secret_files, an_object_is_one_and_all_else_is_text_without_its_last_line_ends)
{
    json_t *secrets = NULL;
    struct error err = ERROR_INIT;

    write_text("mail", "{\"user\": \"u\", \"password\": \"" SECRET "\"}\n");
    write_text("a", SECRET "\r\n\n");
    write_text("b", "17");
    write_text(".hidden", "");
    cr_assert(secret_files_read(folder, &secrets, &err), "%s", err.text);
    json_t *expected = json_pack("{s{ssss} ss ss}", "mail", "user", "u", "password", SECRET, "a",
                                 SECRET, "b", "17");
    cr_expect(json_equal(secrets, expected));
    json_decref(expected);
    json_decref(secrets);
}

Test(secret_files, an_empty_folder_has_none)
{
    json_t *secrets = NULL;
    struct error err = ERROR_INIT;

    cr_assert(secret_files_read(folder, &secrets, &err), "%s", err.text);
    cr_expect_eq(json_object_size(secrets), 0);
    json_decref(secrets);
}

Test(secret_files, what_others_can_reach_is_refused)
{
    write_text("a", SECRET);
    for (int bit = 0; bit < 3; bit++) {
        char path[256];
        path_of("a", path);
        cr_assert(chmod(path, (mode_t)(0600 | 1 << bit)) == 0);
        expect_refused(ERROR_REFUSED, "/a holds secrets");
        cr_assert(chmod(path, 0600) == 0 && chmod(folder, (mode_t)(0700 | 1 << bit)) == 0);
        expect_refused(ERROR_REFUSED, "holds secrets");
        cr_assert(chmod(folder, 0700) == 0);
    }
    write_file("a", SECRET, 6, 0620);
    expect_refused(ERROR_REFUSED, "mode 620");
}

Test(secret_files, a_group_may_read)
{
    json_t *secrets = NULL;
    struct error err = ERROR_INIT;

    write_file("a", SECRET, 6, 0640);
    cr_assert(chmod(folder, 0750) == 0);
    cr_assert(secret_files_read(folder, &secrets, &err), "%s", err.text);
    json_decref(secrets);
}

Test(secret_files, what_is_no_secret_is_refused_by_its_file)
{
    char path[256];

    write_text("a", "");
    expect_refused(ERROR_SYNTAX, "/a is neither");
    write_text("a", "{\"password\": \"" SECRET "\"");
    expect_refused(ERROR_SYNTAX, "/a is neither");
    write_text("a", SECRET "\xff");
    expect_refused(ERROR_SYNTAX, "/a is neither");
    path_of("a", path);
    unlink(path);
    write_text("a b", SECRET);
    expect_refused(ERROR_INVALID, "/a b: a secret is named");
    path_of("a b", path);
    unlink(path);
    path_of("sub", path);
    cr_assert(mkdir(path, 0700) == 0);
    expect_refused(ERROR_INVALID, "/sub is no file");
}

Test(secret_files, a_folder_that_is_not_there_is_refused)
{
    rmdir(folder);
    expect_refused(ERROR_IO, "can't read the folder of secrets");
}

Test(secret_files, a_file_is_as_large_as_the_limit_and_no_larger)
{
    char text[LIMIT_SECRET_BYTES + 1];
    json_t *secrets = NULL;
    struct error err = ERROR_INIT;

    memset(text, 'x', sizeof text);
    write_file("a", text, LIMIT_SECRET_BYTES, 0600);
    cr_assert(secret_files_read(folder, &secrets, &err), "%s", err.text);
    cr_expect_eq(json_string_length(json_object_get(secrets, "a")), LIMIT_SECRET_BYTES);
    json_decref(secrets);
    write_file("a", text, sizeof text, 0600);
    expect_refused(ERROR_TOO_LARGE, "/a has more than 16384 bytes");
}

Test(secret_files, there_are_as_many_as_the_limit_and_no_more)
{
    json_t *secrets = NULL;
    struct error err = ERROR_INIT;
    char name[16];

    for (unsigned i = 0; i < LIMIT_SECRETS; i++) {
        snprintf(name, sizeof name, "n%u", i);
        write_text(name, SECRET);
    }
    cr_assert(secret_files_read(folder, &secrets, &err), "%s", err.text);
    json_decref(secrets);
    secrets = NULL;
    snprintf(name, sizeof name, "n%u", LIMIT_SECRETS);
    write_text(name, SECRET);
    expect_refused(ERROR_TOO_LARGE, "more than 1000 secrets");
}
