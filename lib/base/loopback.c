/* loopback.c - is an address one of this machine alone?
 *
 * Owns:    what the gateway listens on and lets in, and where the terminal looks for it.
 * See:     docs/http.md §1.1
 */
#include "base/loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

bool address_is_loopback(const char *address)
{
    struct in_addr four;
    struct in6_addr six;

    if (inet_pton(AF_INET, address, &four) == 1) {
        return (ntohl(four.s_addr) >> 24) == 127;
    }
    return inet_pton(AF_INET6, address, &six) == 1 &&
           memcmp(&six, &in6addr_loopback, sizeof six) == 0;
}
