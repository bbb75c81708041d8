/* target_test.c - where requests may go */
#include "workers/http/target.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static bool allows(const char *pattern, const char *uri)
{
    struct targets targets = {.hosts = {pattern}, .count = pattern != NULL};
    struct problem problem = PROBLEM_INIT;
    bool good = target_check(&targets, uri, &problem);

    cr_assert(good || problem.type == PROBLEM_AUTHORIZATION, "%s: %s", uri, problem.title);
    return good;
}

static void invalid(const char *uri)
{
    struct targets targets = {.count = 0};
    struct problem problem = PROBLEM_INIT;

    cr_expect(!target_check(&targets, uri, &problem), "%s", uri);
    cr_expect_eq(problem.type, PROBLEM_VALIDATION, "%s", uri);
    cr_expect(strstr(problem.title, "secret") == NULL);
}

Test(target, without_a_list_everything_is_allowed)
{
    cr_expect(allows(NULL, "http://example.org/a") && allows(NULL, "https://[::1]:8443/"));
}

Test(target, a_host_is_allowed_on_the_usual_ports_only)
{
    cr_expect(allows("example.org", "http://example.org/"));
    cr_expect(allows("Example.ORG", "https://exAMple.org:443/a?b"));
    cr_expect(!allows("example.org", "http://example.org:8080/"));
    cr_expect(!allows("example.org", "http://example.org:443/"));
    cr_expect(!allows("example.org", "http://www.example.org/"));
    cr_expect(!allows("example.org", "http://example.org.evil.net/"));
}

Test(target, a_host_with_a_port_is_allowed_on_that_one)
{
    cr_expect(allows("example.org:8080", "http://example.org:8080/"));
    cr_expect(!allows("example.org:8080", "http://example.org/"));
    cr_expect(allows("[::1]:8080", "http://[::1]:8080/"));
    cr_expect(!allows("[::1]:8080", "http://[::1]/"));
}

Test(target, a_domain_allows_what_is_below_it)
{
    cr_expect(allows("*.example.org", "http://a.b.example.org/"));
    cr_expect(!allows("*.example.org", "http://example.org/"));
    cr_expect(!allows("*.example.org", "http://evilexample.org/"));
    cr_expect(!allows("*.example.org", "http://org/"));
    cr_expect(allows("*.example.org:81", "http://a.example.org:81/"));
}

Test(target, only_whole_http_addresses_without_a_user)
{
    invalid("");
    invalid("/a/b");
    invalid("example.org/a");
    invalid("file:///etc/passwd");
    invalid("ftp://example.org/");
    invalid("http://");
    invalid("http://anna:secret@example.org/");
    invalid("http://anna@example.org/");
    invalid("http://example.org:99999/");
    invalid("http://exa mple.org/");
}

Test(target, problems_show_addresses_without_their_query)
{
    char *shown = target_shown("http://a/b?key=1#c");

    cr_expect_str_eq(shown, "http://a/b");
    free(shown);
}

Test(target, references_are_made_whole)
{
    char *whole = target_resolve("http://a:81/b/c.json?d", "/api");

    cr_expect_str_eq(whole, "http://a:81/api");
    free(whole);
    cr_expect(target_resolve("no address", "/api") == NULL);
}
