/* wake.c - a pipe of which only the ends matter
 *
 * Owns:    its two descriptors.
 * Always:  a pipe that is full rings as one with a byte does.
 */
#include "base/wake.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool wake_open(struct wake *wake, struct error *err)
{
    if (pipe(wake->fds) != 0) {
        *wake = (struct wake){{0, 0}};
        return error_set(err, ERROR_IO, "no pipe: %s", strerror(errno));
    }
    for (int i = 0; i < 2; i++) {
        fcntl(wake->fds[i], F_SETFD, FD_CLOEXEC);
        fcntl(wake->fds[i], F_SETFL, O_NONBLOCK);
    }
    return true;
}

void wake_close(struct wake *wake)
{
    for (int i = 0; i < 2; i++) {
        if (wake->fds[i] > 0) {
            close(wake->fds[i]);
        }
    }
    *wake = (struct wake){{0, 0}};
}

void wake_ring(struct wake *wake)
{
    int saved = errno; /* of who a signal interrupts */
    ssize_t written = write(wake->fds[1], "", 1);

    (void)written; /* full: it has rung already */
    errno = saved;
}

void wake_clear(struct wake *wake)
{
    char bytes[64];

    while (read(wake->fds[0], bytes, sizeof bytes) > 0) {
        /* how often it rang says nothing */
    }
}

int wake_fd(const struct wake *wake)
{
    return wake->fds[0];
}
