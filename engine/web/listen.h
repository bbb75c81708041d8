/* listen.h - the socket we listen on, loopback only */
#ifndef WEB_LISTEN_H
#define WEB_LISTEN_H

#include "base/error.h"

/* port 0: the system chooses. ERROR_IO with a sentence that says what to do when it is taken. */
bool listen_open(const char *address, unsigned port, int *ret_fd, unsigned *ret_port,
                 struct error *err);

/* "http://127.0.0.1:8080/" */
void listen_url(const char *address, unsigned port, char ret_url[static 64]);

#endif
