/* options_test.c - the command line of marshrut-http */
#include "workers/http/options.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define READ(...) read_list((const char *[]){"marshrut-http", __VA_ARGS__, NULL})

static struct options options;
static struct error err;

static bool read_list(const char **list)
{
    static char *argv[2 * TARGET_HOSTS_MAX + 8];
    int argc = 0;

    for (; list[argc] != NULL; argc++) {
        argv[argc] = (char *)list[argc];
    }
    argv[argc] = NULL;
    return options_read(argc, argv, &options, &err);
}

static void set_up(void)
{
    unsetenv("MARSHRUT_WORKERS");
}

TestSuite(options, .init = set_up);

Test(options, defaults)
{
    cr_assert(READ("--workers", "ipc://x"));
    cr_expect_str_eq(options.name, "http");
    cr_expect_eq(options.parallel, 16);
    cr_expect(options.surroundings.secrets == NULL && options.surroundings.documents == NULL);
    cr_expect_eq(options.surroundings.targets.count, 0);
}

Test(options, the_engine_comes_from_the_environment_too)
{
    cr_expect(!READ("--name", "a"));
    setenv("MARSHRUT_WORKERS", "ipc://y", 1);
    cr_assert(READ("--name", "a"));
    cr_expect_str_eq(options.workers, "ipc://y");
}

Test(options, hosts_may_be_many)
{
    cr_assert(READ("--workers", "w", "--allow", "a.org", "--allow", "*.b.org:81"));
    cr_expect_eq(options.surroundings.targets.count, 2);
    cr_expect_str_eq(options.surroundings.targets.hosts[1], "*.b.org:81");
}

Test(options, hosts_that_are_none_are_refused)
{
    cr_expect(!READ("--workers", "w", "--allow", ""));
    cr_expect(!READ("--workers", "w", "--allow", "http://a.org"));
    cr_expect(!READ("--workers", "w", "--allow", "*."));
    cr_expect(!READ("--workers", "w", "--allow", "*"));
    cr_expect(!READ("--workers", "w", "--allow", "a*.org"));
}

Test(options, the_last_host_that_fits_and_one_more)
{
    const char *list[2 * TARGET_HOSTS_MAX + 6] = {"marshrut-http", "--workers", "w"};

    for (size_t i = 0; i <= TARGET_HOSTS_MAX; i++) {
        list[3 + 2 * i] = "--allow";
        list[4 + 2 * i] = "a.org";
    }
    cr_expect(!read_list(list));
    cr_expect_eq(err.code, ERROR_TOO_LARGE);
    list[3 + 2 * TARGET_HOSTS_MAX] = NULL;
    cr_expect(read_list(list));
}

Test(options, how_many_at_a_time_is_bounded)
{
    cr_expect(READ("--workers", "w", "--parallel", "256") && options.parallel == 256);
    cr_expect(!READ("--workers", "w", "--parallel", "257"));
    cr_expect(!READ("--workers", "w", "--parallel", "0"));
    cr_expect(!READ("--workers", "w", "--parallel", "-1"));
    cr_expect(!READ("--workers", "w", "--parallel", "4x"));
}

Test(options, what_is_unknown_is_refused)
{
    cr_expect(!READ("--workers", "w", "--what", "1"));
    cr_expect(!READ("--workers", "w", "rest"));
    cr_expect(!READ("--workers"));
    cr_expect(!READ("--workers", "w", "--name", "a b"));
    cr_expect(READ("--help") && options.help);
}
