/* child_test.c - real programs, driven by poll() as the worker's loop would */
#include "workers/exec/child.h"

#include "base/must.h"
#include "workers/exec/config.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

#define PATIENCE_MS 20000 /* a test that waits longer has found a bug */

static void ignore_sigpipe(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    sigaction(SIGPIPE, &ignore, NULL);
}

TestSuite(child, .init = ignore_sigpipe, .timeout = 60);

static struct child *start(const char *script, struct bytes input)
{
    static const char *args[4] = {"/bin/sh", "-c", NULL, NULL};
    static const char *variables[] = {"GREETING=hello", "MARSHRUT_X=mine", NULL};
    struct program program = {
        .service = "score", .path = "/bin/sh", .folder = "/", .args = args, .variables = variables};
    struct child *child = NULL;
    struct error err = ERROR_INIT;

    args[2] = script;
    cr_assert(child_start(&program, "17.2", 3, input, &child, &err), "%s", err.text);
    return child;
}

/* One wait and what is there to do; true when it is over. */
static bool turn(struct child *child)
{
    struct pollfd fd = {child_fd(child), POLLIN, 0};

    cr_assert_eq(poll(&fd, 1, PATIENCE_MS), 1, "nothing happens");
    return child_work(child);
}

static struct child_end finish(struct child *child)
{
    while (!turn(child)) {
    }
    return child_end(child);
}

/* Run until it has written this much. */
static void until_output(struct child *child, size_t size)
{
    while (child_output(child).size < size) {
        cr_assert_not(turn(child), "it ended before");
    }
}

static void says(struct bytes bytes, const char *text)
{
    cr_assert(bytes_equal(bytes, bytes_of(text)), "%.*s", (int)bytes.size,
              (const char *)bytes.data);
}

Test(child, input_goes_in_and_output_comes_out)
{
    struct child *child = start("cat; echo trouble >&2; exit 3", bytes_of("{\"a\":1}"));
    struct child_end end = finish(child);

    cr_assert_eq(end.exit_code, 3);
    cr_assert_eq(end.signal, 0);
    cr_assert_not(end.stopped);
    says(child_output(child), "{\"a\":1}");
    says(child_complaint(child), "trouble\n");
    child_destroy(&child);
    cr_assert_null(child);
}

Test(child, input_larger_than_any_pipe_goes_through)
{
    char *input = xmalloc(1 << 20);

    memset(input, 'x', 1 << 20);
    struct child *child = start("cat", (struct bytes){input, 1 << 20});
    cr_assert_eq(finish(child).exit_code, 0);
    cr_assert(bytes_equal(child_output(child), (struct bytes){input, 1 << 20}));
    child_destroy(&child);
    free(input);
}

Test(child, a_program_that_reads_nothing_ends_as_it_likes)
{
    char *input = xmalloc(1 << 20);

    memset(input, 'x', 1 << 20);
    struct child *child = start("exec <&-; echo {}", (struct bytes){input, 1 << 20});
    cr_assert_eq(finish(child).exit_code, 0);
    says(child_output(child), "{}\n");
    child_destroy(&child);
    free(input);
}

Test(child, it_knows_its_task_and_has_its_environment_and_folder)
{
    setenv("MARSHRUT_X", "inherited", 1);
    struct child *child = start("echo $MARSHRUT_TASK $MARSHRUT_ATTEMPT $MARSHRUT_SERVICE $GREETING "
                                "$MARSHRUT_X ${PATH:+path} $PWD",
                                bytes_of(""));
    finish(child);
    says(child_output(child), "17.2 3 score hello mine path /\n");
    child_destroy(&child);
}

Test(child, nothing_of_ours_is_open_in_it)
{
    struct child *child =
        start("for f in /proc/self/fd/*; do n=${f##*/}; [ -e $f ] && [ $n -gt 2 ] && "
              "readlink $f; done; true",
              bytes_of(""));

    finish(child);
    /* the shell itself may hold the folder it lists */
    struct bytes output = child_output(child);
    char *text = bytes_strdup(output);
    cr_assert(strstr(text, "pipe:") == NULL && strstr(text, "socket:") == NULL &&
                  strstr(text, "anon_inode") == NULL,
              "%s", text);
    free(text);
    child_destroy(&child);
}

Test(child, output_is_good_at_the_limit)
{
    struct child *child = start("head -c 1048576 /dev/zero", bytes_of(""));
    struct child_end end = finish(child);

    cr_assert_eq(end.exit_code, 0);
    cr_assert_not(end.overflowed);
    cr_assert_eq(child_output(child).size, CHILD_OUTPUT_MAX);
    child_destroy(&child);
}

Test(child, one_byte_past_the_limit_ends_it)
{
    struct child *child = start("head -c 1048577 /dev/zero; sleep 1000", bytes_of(""));
    struct child_end end = finish(child);

    cr_assert(end.overflowed);
    cr_assert_eq(end.signal, SIGKILL);
    cr_assert_leq(child_output(child).size, CHILD_OUTPUT_MAX);
    child_destroy(&child);
}

Test(child, only_the_end_of_its_complaints_is_kept)
{
    struct child *child =
        start("head -c 100000 /dev/zero | tr '\\0' x >&2; printf end >&2", bytes_of(""));

    finish(child);
    struct bytes complaint = child_complaint(child);
    cr_assert_eq(complaint.size, CHILD_STDERR_MAX);
    cr_assert_eq(memcmp((const char *)complaint.data + complaint.size - 4, "xend", 4), 0);
    child_destroy(&child);
}

Test(child, a_stop_reaches_the_whole_group)
{
    /* a grandchild that holds the pipes; both would live for long */
    struct child *child = start("sleep 1000 & echo up; wait", bytes_of(""));

    until_output(child, 3);
    child_stop(child);
    struct child_end end = finish(child);
    cr_assert(end.stopped);
    cr_assert_eq(end.signal, SIGTERM);
    child_destroy(&child);
}

Test(child, who_ignores_the_stop_is_killed)
{
    struct child *child =
        start("trap '' TERM; echo up; while :; do sleep 0.01; done", bytes_of(""));

    until_output(child, 3);
    child_stop(child);
    cr_assert_not(child_work(child));
    child_kill(child);
    cr_assert_eq(finish(child).signal, SIGKILL);
    child_destroy(&child);
}

Test(child, what_it_leaves_running_is_killed_and_not_waited_for)
{
    struct child *child = start("sleep 1000 & echo $!", bytes_of(""));

    cr_assert_eq(finish(child).exit_code, 0);
    char *text = bytes_strdup(child_output(child));
    pid_t left = (pid_t)strtol(text, NULL, 10);
    cr_assert_gt(left, 0);
    int fd = pidfd_open(left, 0); /* fails when it is gone altogether */
    struct pollfd ended = {fd, POLLIN, 0};
    cr_assert(fd < 0 || poll(&ended, 1, PATIENCE_MS) == 1, "it lives on");
    close(fd);
    free(text);
    child_destroy(&child);
}

Test(child, somebody_who_left_the_group_does_not_hold_the_result)
{
    struct child *child = start("setsid sleep 30 & echo {}", bytes_of(""));

    cr_assert_eq(finish(child).exit_code, 0);
    says(child_output(child), "{}\n");
    child_destroy(&child);
}

Test(child, a_signal_that_ends_it_is_told)
{
    struct child *child = start("kill -SEGV $$", bytes_of(""));
    struct child_end end = finish(child);

    cr_assert_eq(end.signal, SIGSEGV);
    cr_assert_eq(end.exit_code, -1);
    cr_assert_not(end.stopped);
    child_destroy(&child);
}

Test(child, one_that_is_destroyed_while_it_runs_is_gone)
{
    struct child *child = start("echo $$; exec sleep 1000", bytes_of(""));

    until_output(child, 2);
    char *text = bytes_strdup(child_output(child));
    pid_t pid = (pid_t)strtol(text, NULL, 10);
    child_destroy(&child);
    cr_assert_eq(kill(pid, 0), -1);
    cr_assert_eq(errno, ESRCH);
    free(text);
}

Test(child, a_program_that_cannot_be_started_is_told_at_once)
{
    static const char *args[] = {"/nonexistent/program", NULL};
    static const char *none[] = {NULL};
    struct program program = {.service = "score", .path = args[0], .args = args, .variables = none};
    struct child *child = NULL;
    struct error err = ERROR_INIT;

    cr_assert_not(child_start(&program, "17.2", 1, bytes_of(""), &child, &err));
    cr_assert_null(child);
    cr_assert_eq(err.code, ERROR_IO);
    cr_assert(strstr(err.text, "No such file") != NULL, "%s", err.text);

    static const char *shell[] = {"/bin/sh", NULL};
    program = (struct program){.service = "score",
                               .path = shell[0],
                               .args = shell,
                               .variables = none,
                               .folder = "/nonexistent"};
    cr_assert_not(child_start(&program, "17.2", 1, bytes_of(""), &child, &err));
    cr_assert_eq(err.code, ERROR_IO);
}
