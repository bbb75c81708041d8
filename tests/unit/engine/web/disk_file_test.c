/* disk_file_test.c - a new file, and the word for why there is none */
#include "engine/web/disk_file.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char folder[] = "/tmp/disk-file-XXXXXX";
static char path[sizeof folder + 8];

static void set_up(void)
{
    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/file", folder);
}

static void tear_down(void)
{
    unlink(path);
    rmdir(folder);
}

TestSuite(disk_file, .init = set_up, .fini = tear_down);

Test(disk_file, a_new_one_holds_the_text_and_is_not_written_again)
{
    struct error err = ERROR_INIT;
    char text[16];

    cr_assert(disk_file_new(path, bytes_of("id: a\n"), &err));
    cr_assert_not(disk_file_new(path, bytes_of("other"), &err));
    cr_assert_eq(err.code, ERROR_IO);
    cr_assert_not_null(strstr(err.text, path));
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file);
    cr_assert_eq(fread(text, 1, sizeof text, file), 6);
    cr_assert_eq(memcmp(text, "id: a\n", 6), 0);
    fclose(file);
}

Test(disk_file, a_write_that_stops_halfway_is_refused_for_what_stopped_it)
{
    struct rlimit most = {1000, 1000};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct error err = ERROR_INIT;
    static char text[3000];

    cr_assert_eq(sigaction(SIGXFSZ, &ignore, NULL), 0);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &most), 0);
    cr_assert_not(disk_file_new(path, (struct bytes){text, sizeof text}, &err));
    cr_assert_eq(err.code, ERROR_IO);
    cr_assert_not_null(strstr(err.text, strerror(EFBIG)));
}

Test(disk_file, a_full_disk_has_a_code_of_its_own)
{
    struct error err = ERROR_INIT;

    cr_assert_not(disk_file_refuse(path, ENOSPC, &err));
    cr_assert_eq(err.code, ERROR_DISK_FULL);
    cr_assert_not(disk_file_refuse(path, EACCES, &err));
    cr_assert_eq(err.code, ERROR_IO);
}
