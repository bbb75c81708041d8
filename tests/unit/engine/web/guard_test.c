/* guard_test.c - names that point at us, and names that only look so */
#include "engine/web/guard.h"

#include "engine/config.h"

#include <criterion/criterion.h>

Test(guard, hosts_of_this_machine_with_our_port_are_ours)
{
    static const char *const ours[] = {"localhost:8080", "127.0.0.1:8080", "127.200.1.9:8080",
                                       "[::1]:8080", "LocalHost:8080"};
    static const char *const others[] = {"",
                                         ":8080",
                                         "localhost",
                                         "localhost:",
                                         "localhost:80",
                                         "localhost:08080",
                                         "localhost:8080:8080",
                                         "[localhost]:8080",
                                         "[127.0.0.1]:8080",
                                         "::1:8080",
                                         "[::1",
                                         "[::1]x:8080",
                                         "[::2]:8080",
                                         "128.0.0.1:8080",
                                         "127.0.0.1.evil.example:8080",
                                         "localhost.:8080",
                                         "evil.example:8080",
                                         "127.1:8080",
                                         "2130706433:8080"};

    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        cr_expect(guard_host(ours[i], 8080), "%s", ours[i]);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        cr_expect(!guard_host(others[i], 8080), "%s", others[i]);
    }
    cr_expect(guard_host("localhost", 80));
}

Test(guard, an_origin_is_a_scheme_and_such_a_host)
{
    cr_expect(guard_origin("http://localhost:8080", 8080));
    cr_expect(!guard_origin("https://localhost:8080", 8080));
    cr_expect(!guard_origin("null", 8080));
    cr_expect(!guard_origin("http://localhost:8080/", 8080));
    cr_expect(!guard_origin("localhost:8080", 8080));
}

Test(guard, a_link_on_another_page_may_open_ours_and_nothing_else)
{
    struct guard_headers h = {.host = "localhost:8080",
                              .fetch_site = "cross-site",
                              .fetch_mode = "navigate",
                              .method = "GET"};
    struct error err = ERROR_INIT;

    cr_expect_eq(guard_request(&h, 8080, &err), 0);
    h.method = "POST";
    cr_expect_eq(guard_request(&h, 8080, &err), 403);
    h = (struct guard_headers){.host = "localhost:8080", .fetch_site = "none", .method = "POST"};
    cr_expect_eq(guard_request(&h, 8080, &err), 403);
    h.method = "GET";
    cr_expect_eq(guard_request(&h, 8080, &err), 0);
    h.host_twice = true;
    cr_expect_eq(guard_request(&h, 8080, &err), 421);
    h = (struct guard_headers){.method = "GET"};
    cr_expect_eq(guard_request(&h, 8080, &err), 421);
    cr_expect_eq(err.code, ERROR_REFUSED);
}
