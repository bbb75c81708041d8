/* shifted_clock.c - a library that is loaded before a program: its real clock is set by a test
 *
 * Owns:    clock_gettime() of CLOCK_REALTIME: the machine's, and the milliseconds that stand in the
 *          file MARSHRUT_SHIFT (8 bytes, this machine's order). A test writes the file whenever it
 *          likes: the clock of the running program is set.
 * Always:  other clocks are not touched, so nothing that is measured changes.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *shift_ms;

static void open_shift(void)
{
    const char *path = getenv("MARSHRUT_SHIFT");
    int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    static const int64_t none;

    shift_ms = &none;
    if (fd >= 0) {
        void *at = mmap(NULL, sizeof *shift_ms, PROT_READ, MAP_SHARED, fd, 0);
        shift_ms = at != MAP_FAILED ? at : &none;
        close(fd);
    }
}

int clock_gettime(clockid_t id, struct timespec *t)
{
    long status = syscall(SYS_clock_gettime, id, t);

    if (status == 0 && id == CLOCK_REALTIME) {
        if (shift_ms == NULL) {
            open_shift();
        }
        int64_t ms = t->tv_nsec / 1000000 + *shift_ms % 1000 + 1000;
        t->tv_sec += *shift_ms / 1000 + ms / 1000 - 1;
        t->tv_nsec = t->tv_nsec % 1000000 + ms % 1000 * 1000000;
    }
    return (int)status;
}
