/* options_test.c - the command line of marshrut-notify */
#include "workers/notify/options.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BASE "notify", "--workers", "ipc:///x", "--mail", "/m"

static bool reads(struct options *options, struct error *err, char **argv)
{
    int argc = 0;

    while (argv[argc] != NULL) {
        argc++;
    }
    return options_read(argc, argv, options, err);
}

#define READS(options, err, ...) reads(options, err, (char *[]){__VA_ARGS__, NULL})

Test(options, without_smtp_letters_are_files)
{
    struct options o;

    cr_assert(READS(&o, NULL, BASE));
    cr_assert_null(o.smtp.url);
    cr_assert_str_eq(o.name, "notify");
    cr_assert_str_eq(o.sender, "marshrut@marshrut.invalid");
    options_fini(&o);
}

Test(options, the_environment_fills_in)
{
    struct options o;

    setenv("MARSHRUT_WORKERS", "ipc:///w", 1);
    setenv("MARSHRUT_FOLDER", "/srv/m", 1);
    cr_assert(READS(&o, NULL, "notify"));
    cr_assert_str_eq(o.workers, "ipc:///w");
    cr_assert_str_eq(o.mail, "/srv/m/mail");
    options_fini(&o);
}

Test(options, a_password_comes_from_a_file_and_asks_for_tls)
{
    struct options o;
    char file[] = "/tmp/marshrut-password-XXXXXX";
    int fd = mkstemp(file);

    cr_assert_eq(write(fd, "sec ret\r\n", 9), 9);
    close(fd);
    cr_assert(READS(&o, NULL, BASE, "--smtp", "smtp://h:25", "--smtp-user", "u",
                    "--smtp-password-file", file));
    cr_assert_str_eq(o.smtp.password, "sec ret");
    cr_assert_eq(o.smtp.tls, SMTP_TLS_REQUIRE);
    options_fini(&o);
    cr_assert(
        READS(&o, NULL, BASE, "--smtp", "smtp://h:25", "--smtp-user", "u", "--smtp-tls", "never"));
    cr_assert_eq(o.smtp.tls, SMTP_TLS_NEVER);
    options_fini(&o);
    cr_assert(READS(&o, NULL, BASE, "--smtp", "smtp://h:25"));
    cr_assert_eq(o.smtp.tls, SMTP_TLS_TRY);
    options_fini(&o);
    unlink(file);
}

Test(options, what_makes_no_sense_is_refused)
{
    struct options o;
    struct error err = ERROR_INIT;

#define REFUSED(...)                                                                               \
    do {                                                                                           \
        cr_assert_not(READS(&o, &err, __VA_ARGS__));                                               \
        cr_assert_neq(err.code, ERROR_NONE);                                                       \
        options_fini(&o);                                                                          \
        err = ERROR_INIT;                                                                          \
    } while (0)
    unsetenv("MARSHRUT_WORKERS");
    unsetenv("MARSHRUT_FOLDER");
    REFUSED("notify");
    REFUSED(BASE, "--unknown", "x");
    REFUSED(BASE, "--name");
    REFUSED(BASE, "--name", "a b");
    REFUSED(BASE, "--domain", "a b");
    REFUSED(BASE, "--smtp", "http://h");
    REFUSED(BASE, "--smtp-from", "a\r\nb@c");
    REFUSED(BASE, "--smtp-tls", "perhaps");
    REFUSED(BASE, "--smtp-password-file", "/nonexistent/file");
    REFUSED(BASE, "more");
}
