/* descriptor.c - writing until all is written */
#include "base/descriptor.h"

#include <errno.h>
#include <unistd.h>

bool descriptor_write(int fd, struct bytes bytes)
{
    const char *at = bytes.data;
    size_t left = bytes.size;

    while (left > 0) {
        ssize_t written = write(fd, at, left);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        at += written > 0 ? written : 0;
        left -= written > 0 ? (size_t)written : 0;
    }
    return true;
}
