/* descriptor_test.c - a write that is cut short, and what nobody reads */
#include "base/descriptor.h"

#include "base/must.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define BYTES ((size_t)300000) /* a pipe of Linux holds 65,536 */

struct reader {
    pthread_t writer;
    int fd;
    size_t sum;
};

static void nothing(int number)
{
    (void)number;
}

/* A signal after the first piece: the writer is in its write then, since the rest does not fit. */
static void *read_all(void *arg)
{
    struct reader *r = arg;
    unsigned char buf[5000];
    ssize_t size = read(r->fd, buf, sizeof buf);

    pthread_kill(r->writer, SIGUSR1);
    while (size > 0) {
        for (ssize_t i = 0; i < size; i++) {
            r->sum += buf[i];
        }
        size = read(r->fd, buf, sizeof buf);
    }
    return NULL;
}

static void on(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};

    cr_assert_eq(sigaction(number, &action, NULL), 0);
}

Test(descriptor, what_a_signal_cuts_short_is_written_whole)
{
    unsigned char *data = xmalloc(BYTES);
    struct reader r = {.writer = pthread_self()};
    size_t wanted = 0;
    pthread_t thread;
    int ends[2];

    for (size_t i = 0; i < BYTES; i++) {
        data[i] = (unsigned char)(i * 7);
        wanted += data[i];
    }
    on(SIGUSR1, nothing);
    cr_assert_eq(pipe(ends), 0);
    r.fd = ends[0];
    cr_assert_eq(pthread_create(&thread, NULL, read_all, &r), 0);
    cr_assert(descriptor_write(ends[1], (struct bytes){data, BYTES}));
    cr_assert(descriptor_write(ends[1], (struct bytes){NULL, 0}));
    close(ends[1]);
    pthread_join(thread, NULL);
    cr_assert_eq(r.sum, wanted);
    free(data);
}

Test(descriptor, a_pipe_that_nobody_reads_is_refused)
{
    int ends[2];

    on(SIGPIPE, SIG_IGN);
    cr_assert_eq(pipe(ends), 0);
    close(ends[0]);
    cr_assert_not(descriptor_write(ends[1], bytes_of("x")));
    cr_assert_eq(errno, EPIPE);
    close(ends[1]);
}
