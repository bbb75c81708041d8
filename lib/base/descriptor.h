/* descriptor.h - bytes to a file, a pipe or a socket that is not polled */
#ifndef BASE_DESCRIPTOR_H
#define BASE_DESCRIPTOR_H

#include "base/buffer.h"

/* All of them, however many calls that takes; false: errno says why not, and some may be there. */
bool descriptor_write(int fd, struct bytes bytes);

#endif
