/* listen.c - bind and listen
 *
 * Always:  only a loopback address is ever bound, whatever the configuration said.
 */
#include "engine/web/listen.h"

#include "base/loopback.h"
#include "base/must.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 128

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
};

static socklen_t fill(union address *a, const char *text, unsigned port)
{
    memset(a, 0, sizeof *a);
    if (strchr(text, ':') != NULL) {
        a->six.sin6_family = AF_INET6;
        a->six.sin6_port = htons((uint16_t)port);
        inet_pton(AF_INET6, text, &a->six.sin6_addr);
        return sizeof a->six;
    }
    a->four.sin_family = AF_INET;
    a->four.sin_port = htons((uint16_t)port);
    inet_pton(AF_INET, text, &a->four.sin_addr);
    return sizeof a->four;
}

static bool refuse(const char *text, unsigned port, struct error *err)
{
    if (errno == EADDRINUSE) {
        return error_set(err, ERROR_IO,
                         "port %u of %s is taken by another program: choose another in http.port "
                         "of the configuration, or with MARSHRUT_HTTP_PORT for ./dev run",
                         port, text);
    }
    return error_set(err, ERROR_IO, "can't listen on %s port %u: %s", text, port, strerror(errno));
}

bool listen_open(const char *text, unsigned port, int *ret_fd, unsigned *ret_port,
                 struct error *err)
{
    union address a;
    int on = 1;

    must(address_is_loopback(text));
    socklen_t size = fill(&a, text, port);
    int fd = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        return refuse(text, port, err);
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, &a.any, size) != 0 || listen(fd, BACKLOG) != 0 ||
        getsockname(fd, &a.any, &size) != 0) {
        refuse(text, port, err);
        close(fd);
        return false;
    }
    *ret_port = ntohs(a.any.sa_family == AF_INET6 ? a.six.sin6_port : a.four.sin_port);
    *ret_fd = fd;
    return true;
}

void listen_url(const char *address, unsigned port, char ret_url[static 64])
{
    bool six = strchr(address, ':') != NULL;

    snprintf(ret_url, 64, "http://%s%.46s%s:%u/", six ? "[" : "", address, six ? "]" : "", port);
}
