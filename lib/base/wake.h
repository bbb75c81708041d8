/* wake.h - a descriptor that a signal or another thread rings, for who waits in poll(2) */
#ifndef BASE_WAKE_H
#define BASE_WAKE_H

#include "base/error.h"

struct wake {
    int fds[2]; /* 0: it is not open */
};

bool wake_open(struct wake *wake, struct error *err);
void wake_close(struct wake *wake); /* one that is not open is fine */

/* From any thread or signal handler: the descriptor can be read from, until wake_clear(). Never
 * blocks. */
void wake_ring(struct wake *wake);
void wake_clear(struct wake *wake);
int wake_fd(const struct wake *wake);

#endif
