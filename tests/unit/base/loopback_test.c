/* loopback_test.c - which addresses are of this machine alone */
#include "base/loopback.h"

#include <criterion/criterion.h>

Test(loopback, only_addresses_of_this_machine_alone_are)
{
    cr_expect(address_is_loopback("127.0.0.1"));
    cr_expect(address_is_loopback("127.255.255.254"));
    cr_expect(address_is_loopback("::1"));
    cr_expect(!address_is_loopback("0.0.0.0"));
    cr_expect(!address_is_loopback("128.0.0.1"));
    cr_expect(!address_is_loopback("::"));
    cr_expect(!address_is_loopback("::ffff:127.0.0.1"));
    cr_expect(!address_is_loopback("localhost"));
    cr_expect(!address_is_loopback("127.0.0.1.example.org"));
}
