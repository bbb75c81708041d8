/* folder_test.c - files that are there whole or not at all */
#include "workers/notify/folder.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[64];
static struct folder folder;

static void open_it(void)
{
    memcpy(path, "/tmp/marshrut-folder-XXXXXX", 28);
    cr_assert_not_null(mkdtemp(path));
    cr_assert(folder_open(path, &folder, NULL));
}

static void close_it(void)
{
    folder_close(&folder);
    cr_assert_eq(fork() ? 0 : execl("/bin/rm", "rm", "-rf", path, (char *)NULL), 0);
    wait(NULL);
}

TestSuite(folder, .init = open_it, .fini = close_it);

static char *content(const char *name)
{
    struct buffer text = BUFFER_INIT;

    cr_assert(folder_read(&folder, name, 100, &text, NULL), "%s", name);
    return sample_text(&text);
}

Test(folder, what_was_written_is_read)
{
    cr_assert_not(folder_has(&folder, "a"));
    cr_assert(folder_write(&folder, "a", bytes_of("hello"), NULL));
    cr_assert(folder_has(&folder, "a"));
    char *text = content("a");
    cr_assert_str_eq(text, "hello");
    free(text);
}

Test(folder, what_a_crash_left_half_written_is_not_seen_and_written_over)
{
    int fd = openat(folder.fd, ".a.tmp", O_WRONLY | O_CREAT, 0600);
    cr_assert_eq(write(fd, "a half-written letter that is longer", 36), 36);
    close(fd);

    cr_assert_not(folder_has(&folder, "a"));
    cr_assert(folder_write(&folder, "a", bytes_of("whole"), NULL));
    char *text = content("a");
    cr_assert_str_eq(text, "whole");
    cr_assert_not(folder_has(&folder, ".a.tmp"));
    free(text);
}

Test(folder, a_file_that_cannot_be_written_leaves_nothing)
{
    struct error err = ERROR_INIT;

    cr_assert_eq(mkdirat(folder.fd, ".a.tmp", 0700), 0);
    cr_assert_not(folder_write(&folder, "a", bytes_of("x"), &err));
    cr_assert_eq(err.code, ERROR_IO);
    cr_assert_not(folder_has(&folder, "a"));
}

Test(folder, a_file_beyond_the_size_is_refused)
{
    struct buffer text = BUFFER_INIT;
    struct error err = ERROR_INIT;

    cr_assert(folder_write(&folder, "a", bytes_of("12345"), NULL));
    cr_assert(folder_read(&folder, "a", 5, &text, NULL));
    buffer_fini(&text);
    cr_assert_not(folder_read(&folder, "a", 4, &text, &err));
    cr_assert_eq(err.code, ERROR_TOO_LARGE);
    cr_assert_not(folder_read(&folder, "b", 4, &text, &err));
    cr_assert_eq(err.code, ERROR_NOT_FOUND);
}

Test(folder, its_token_is_made_once_and_damage_is_noticed)
{
    char first[FOLDER_TOKEN_MAX];
    char second[FOLDER_TOKEN_MAX];
    struct error err = ERROR_INIT;

    cr_assert(folder_token(&folder, first, NULL));
    cr_assert(folder_token(&folder, second, NULL));
    cr_assert_str_eq(first, second);
    cr_assert_eq(strlen(first), 16);
    cr_assert(folder_write(&folder, "token", bytes_of("a@b\r\nBcc: c@d.ee"), NULL));
    cr_assert_not(folder_token(&folder, second, &err));
    cr_assert_eq(err.code, ERROR_FORMAT);
}

static void do_nothing(int number)
{
    (void)number;
}

/* A second process waits for the lock; a signal ends its wait, with the code of a wait. */
Test(folder, a_second_process_waits_until_a_signal_comes)
{
    pid_t pid = fork();
    if (pid == 0) {
        struct sigaction action = {.sa_handler = do_nothing};
        struct folder mine;
        struct error err = ERROR_INIT;
        sigaction(SIGALRM, &action, NULL);
        ualarm(20000, 20000); /* again and again: the first may come before the wait */
        bool opened = folder_open(path, &mine, &err);
        _exit(!opened && err.code == ERROR_TIMEOUT ? 0 : 1);
    }
    int status = -1;
    cr_assert_eq(waitpid(pid, &status, 0), pid);
    cr_assert_eq(status, 0);
}

Test(folder, a_folder_without_a_parent_is_refused)
{
    struct folder other = {-1, NULL};
    struct error err = ERROR_INIT;

    cr_assert_not(folder_open("/tmp/marshrut-none/none/none", &other, &err));
    cr_assert_eq(err.code, ERROR_IO);
    cr_assert_eq(other.fd, -1);
}
