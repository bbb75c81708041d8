/* loopback.h - is an address one of this machine alone? */
#ifndef BASE_LOOPBACK_H
#define BASE_LOOPBACK_H

#include <stdbool.h>

/* 127.0.0.0/8 or ::1, as it is written; no name is one, and no IPv4 address within IPv6. */
bool address_is_loopback(const char *address);

#endif
