/* descriptor_test.c - what is longer than a pipe takes, and what nobody reads */
#include "base/descriptor.h"

#include "base/must.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define BYTES ((size_t)300000) /* a pipe of Linux holds 65,536 */

static void *read_all(void *fd)
{
    static unsigned char buf[5000];
    size_t *sum = xcalloc(1, sizeof *sum);
    ssize_t size;

    while ((size = read(*(int *)fd, buf, sizeof buf)) > 0) {
        for (ssize_t i = 0; i < size; i++) {
            *sum += buf[i];
        }
    }
    return sum;
}

Test(descriptor, what_is_longer_than_a_pipe_takes_goes_through_it_whole)
{
    unsigned char *data = xmalloc(BYTES);
    size_t wanted = 0;
    pthread_t reader;
    void *sum;
    int ends[2];

    for (size_t i = 0; i < BYTES; i++) {
        data[i] = (unsigned char)(i * 7);
        wanted += data[i];
    }
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(pthread_create(&reader, NULL, read_all, &ends[0]), 0);
    cr_assert(descriptor_write(ends[1], (struct bytes){data, BYTES}));
    cr_assert(descriptor_write(ends[1], (struct bytes){NULL, 0}));
    close(ends[1]);
    pthread_join(reader, &sum);
    cr_assert_eq(*(size_t *)sum, wanted);
    free(sum);
    free(data);
}

Test(descriptor, a_pipe_that_nobody_reads_is_refused)
{
    int ends[2];

    signal(SIGPIPE, SIG_IGN);
    cr_assert_eq(pipe(ends), 0);
    close(ends[0]);
    cr_assert_not(descriptor_write(ends[1], bytes_of("x")));
    cr_assert_eq(errno, EPIPE);
    close(ends[1]);
}
