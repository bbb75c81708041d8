/* ledger_test.c - what was sent is known after any crash */
#include "workers/notify/ledger.h"

#include "base/must.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[64];
static struct folder folder;

static void open_it(void)
{
    memcpy(path, "/tmp/marshrut-ledger-XXXXXX", 28);
    cr_assert_not_null(mkdtemp(path));
    cr_assert(folder_open(path, &folder, NULL));
}

static void close_it(void)
{
    folder_close(&folder);
    cr_assert_eq(fork() ? 0 : execl("/bin/rm", "rm", "-rf", path, (char *)NULL), 0);
    wait(NULL);
}

TestSuite(ledger, .init = open_it, .fini = close_it);

static struct ledger *opened(size_t lines_max)
{
    struct ledger *ledger = NULL;
    struct error err = ERROR_INIT;

    cr_assert(ledger_open(&folder, lines_max, &ledger, &err), "%s", err.text);
    return ledger;
}

static struct task_id id(uint64_t instance, uint32_t seq)
{
    return (struct task_id){instance, seq};
}

static void append(const char *text)
{
    int fd = openat(folder.fd, "delivered", O_WRONLY | O_CREAT | O_APPEND, 0600);

    cr_assert_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

Test(ledger, a_letter_that_was_noted_is_known_after_reopen)
{
    struct ledger *ledger = opened(100);

    cr_assert_not(ledger_has(ledger, id(17, 3)));
    cr_assert(ledger_add(ledger, id(17, 3), NULL));
    cr_assert(ledger_add(ledger, id(17, 3), NULL));
    cr_assert(ledger_has(ledger, id(17, 3)));
    ledger_close(&ledger);

    ledger = opened(100);
    cr_assert(ledger_has(ledger, id(17, 3)));
    cr_assert_not(ledger_has(ledger, id(17, 4)));
    cr_assert_not(ledger_has(ledger, id(3, 17)));
    ledger_close(&ledger);
}

Test(ledger, a_line_that_a_crash_cut_is_dropped_and_written_over)
{
    append("17.3\n123456789.123456789"); /* longer than what comes in its place */
    struct ledger *ledger = opened(100);
    cr_assert(ledger_has(ledger, id(17, 3)));
    cr_assert(ledger_add(ledger, id(18, 1), NULL));
    ledger_close(&ledger);

    ledger = opened(100);
    cr_assert(ledger_has(ledger, id(17, 3)));
    cr_assert(ledger_has(ledger, id(18, 1)));
    ledger_close(&ledger);
}

Test(ledger, a_whole_line_that_is_no_id_is_refused_with_its_place)
{
    struct ledger *ledger = NULL;
    struct error err = ERROR_INIT;

    append("17.3\nrubbish\n17.4\n");
    cr_assert_not(ledger_open(&folder, 100, &ledger, &err));
    cr_assert_eq(err.code, ERROR_FORMAT);
    cr_assert(strstr(err.text, "byte 5") != NULL, "%s", err.text);
}

Test(ledger, it_forgets_only_what_is_older_than_its_two_files)
{
    struct ledger *ledger = opened(3);

    for (uint32_t i = 1; i <= 7; i++) {
        cr_assert(ledger_add(ledger, id(1, i), NULL));
    }
    for (int reopened = 0; reopened < 2; reopened++) {
        for (uint32_t i = 1; i <= 7; i++) { /* 1-3 gone, 4-6 old, 7 now */
            cr_assert_eq(ledger_has(ledger, id(1, i)), i > 3, "%u", i);
        }
        ledger_close(&ledger);
        ledger = opened(3);
    }
    ledger_close(&ledger);
}

Test(ledger, at_its_last_line_nothing_is_forgotten_yet)
{
    struct ledger *ledger = opened(3);

    for (uint32_t i = 1; i <= 6; i++) {
        cr_assert(ledger_add(ledger, id(1, i), NULL));
    }
    cr_assert(ledger_has(ledger, id(1, 1)));
    ledger_close(&ledger);
}
