/* post_test.c - a letter becomes one file, whatever happens */
#include "workers/notify/post.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[64];
static struct folder folder;
static const struct sender sender = {"a@b", "b", "0123456789abcdef"};

static void open_it(void)
{
    memcpy(path, "/tmp/marshrut-post-XXXXXX", 26);
    cr_assert_not_null(mkdtemp(path));
    cr_assert(folder_open(path, &folder, NULL));
}

static void close_it(void)
{
    folder_close(&folder);
    cr_assert_eq(fork() ? 0 : execl("/bin/rm", "rm", "-rf", path, (char *)NULL), 0);
    wait(NULL);
}

TestSuite(post, .init = open_it, .fini = close_it);

static bool post(bool *ret_repeated)
{
    struct notice notice = sample_notice(sample());
    struct error err = ERROR_INIT;
    bool good = post_as_file(&folder, &notice, &sender, ret_repeated, &err);

    cr_assert(good, "%s", err.text);
    notice_fini(&notice);
    return good;
}

static struct stat info(void)
{
    struct stat result;

    cr_assert_eq(fstatat(folder.fd, "17.3.eml", &result, 0), 0);
    return result;
}

Test(post, a_notice_that_comes_again_touches_nothing)
{
    bool repeated = true;

    post(&repeated);
    cr_assert_not(repeated);
    struct stat before = info();
    post(&repeated);
    cr_assert(repeated);
    struct stat after = info();
    cr_assert_eq(before.st_ino, after.st_ino);
    cr_assert_eq(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

Test(post, after_a_crash_before_the_rename_the_letter_is_written_whole)
{
    bool repeated = true;
    int fd = openat(folder.fd, ".17.3.eml.tmp", O_WRONLY | O_CREAT, 0600);

    cr_assert_eq(write(fd, "Date: Sat", 9), 9); /* as far as it came */
    close(fd);
    post(&repeated);
    cr_assert_not(repeated);
    struct buffer text = BUFFER_INIT;
    cr_assert(folder_read(&folder, "17.3.eml", 100000, &text, NULL));
    cr_assert(text.size > 1000 && memcmp(text.data, "Date: Sat, 18 Feb 2023", 22) == 0);
    cr_assert_eq(memcmp(text.data + text.size - 2, "\r\n", 2), 0);
    cr_assert_not(folder_has(&folder, ".17.3.eml.tmp"));
    buffer_fini(&text);
}

Test(post, a_folder_that_cannot_be_written_is_told)
{
    struct notice notice = sample_notice(sample());
    struct error err = ERROR_INIT;
    bool repeated;

    cr_assert_eq(mkdirat(folder.fd, ".17.3.eml.tmp", 0700), 0);
    cr_assert_not(post_as_file(&folder, &notice, &sender, &repeated, &err));
    cr_assert_eq(err.code, ERROR_IO);
    cr_assert_not(folder_has(&folder, "17.3.eml"));
    notice_fini(&notice);
}
