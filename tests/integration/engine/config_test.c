/* config_test.c - the configuration file is read, or refused with its place */
#include "engine/config.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[64];

static void make_file(void)
{
    snprintf(path, sizeof path, "/tmp/marshrut-config-XXXXXX");
    int fd = mkstemp(path);
    cr_assert(fd >= 0);
    close(fd);
}

static void remove_file(void)
{
    unlink(path);
}

static bool read_text(const char *text, struct config **ret_config, struct error *err)
{
    FILE *file = fopen(path, "w");

    cr_assert(file != NULL);
    fputs(text, file);
    fclose(file);
    *err = ERROR_INIT;
    return config_read(path, ret_config, err);
}

static void expect_refused(const char *text, enum error_code code, int line, int column)
{
    struct config *config;
    struct error err;

    cr_assert_not(read_text(text, &config, &err), "accepted: %s", text);
    cr_expect_eq(err.code, code, "%s: %s", error_name(err.code), err.text);
    cr_expect_eq(err.line, line, "line %d: %s", err.line, err.text);
    cr_expect_eq(err.column, column, "column %d: %s", err.column, err.text);
}

Test(config, a_folder_is_enough_and_the_rest_has_defaults, .init = make_file, .fini = remove_file)
{
    struct config *config;
    struct error err;

    cr_assert(read_text("folder: /x/y\n", &config, &err), "%s", err.text);
    cr_expect_str_eq(config->endpoints[SERVER_CLIENTS], "ipc:///x/y/clients.sock");
    cr_expect_str_eq(config->zone, "Europe/Moscow");
    cr_expect_not(config->demo);
    cr_expect_eq(config->heartbeat_ms, 2000);
    cr_expect_eq(config->turn_commands, LIMIT_TURN_COMMANDS);
    config_destroy(config);
}

Test(config, the_start_of_a_demonstration_is_a_civil_time_in_its_zone, .init = make_file,
     .fini = remove_file)
{
    struct config *config;
    struct error err;

    cr_assert(read_text("folder: f\nzone: Asia/Kamchatka\n"
                        "clock:\n  demo:\n    start: '2023-01-09T09:00'\n    day_seconds: 2\n",
                        &config, &err),
              "%s", err.text);
    cr_expect(config->demo);
    cr_expect_eq(config->demo_start_ms, 1673211600000); /* 2023-01-08 21:00 UTC */
    cr_expect_eq(config->demo_rate, 43200);
    config_destroy(config);
}

Test(config, the_environment_comes_before_the_file_and_must_be_a_number_too, .init = make_file,
     .fini = remove_file)
{
    const char *text = "folder: f\nhttp: {port: 1}\n"
                       "clock: {demo: {start: '2023-01-09T09:00', day_seconds: 2}}\n";
    struct config *config;
    struct error err;

    setenv("MARSHRUT_DAY_SECONDS", "60", 1);
    setenv("MARSHRUT_HTTP_PORT", "9000", 1);
    cr_assert(read_text(text, &config, &err), "%s", err.text);
    cr_expect_eq(config->demo_rate, 1440);
    cr_expect_eq(config->http_port, 9000);
    config_destroy(config);
    setenv("MARSHRUT_DAY_SECONDS", "0", 1);
    cr_assert_not(read_text(text, &config, &err));
    cr_expect_str_eq(err.text, "MARSHRUT_DAY_SECONDS is a number from 1 to 86400");
    setenv("MARSHRUT_DAY_SECONDS", "", 1);
    setenv("MARSHRUT_HTTP_PORT", "9000x", 1);
    cr_expect_not(read_text(text, &config, &err));
}

Test(config, the_folder_of_secrets_is_beside_the_configuration_unless_it_is_absolute,
     .init = make_file, .fini = remove_file)
{
    struct config *config;
    struct error err;

    cr_assert(read_text("folder: f\n", &config, &err), "%s", err.text);
    cr_expect_null(config->secrets);
    config_destroy(config);
    cr_assert(read_text("folder: f\nsecrets: keys\n", &config, &err), "%s", err.text);
    cr_expect_str_eq(config->secrets, "/tmp/keys");
    config_destroy(config);
    cr_assert(read_text("folder: f\nsecrets: /etc/keys\n", &config, &err), "%s", err.text);
    cr_expect_str_eq(config->secrets, "/etc/keys");
    config_destroy(config);
    expect_refused("folder: f\nsecrets: [a]\n", ERROR_INVALID, 2, 10);
}

Test(config, documents_are_looked_for_beside_the_configuration, .init = make_file,
     .fini = remove_file)
{
    struct config *config;
    struct error err;

    cr_assert(read_text("folder: f\ndeploy: [a.yaml, /b.yaml]\n", &config, &err));
    cr_expect_str_eq(config->deploy[0], "/tmp/a.yaml");
    cr_expect_str_eq(config->deploy[1], "/b.yaml");
    config_destroy(config);
}

Test(config, programs_limits_and_starts_are_read, .init = make_file, .fini = remove_file)
{
    struct config *config;
    struct error err;

    cr_assert(read_text("folder: f\n"
                        "start: [{definition: plan, key: plan-1}]\n"
                        "programs: [{name: n, run: [prog, --x, 'a b']}]\n"
                        "limits: [{service: s, concurrency: 3, per_second: 7}]\n",
                        &config, &err),
              "%s", err.text);
    cr_expect_str_eq(config->starts[0].key, "plan-1");
    cr_expect_str_eq(config->programs[0].argv[2], "a b");
    cr_expect_null(config->programs[0].argv[3]);
    cr_expect_eq(config->limits[0].concurrency, 3);
    cr_expect_eq(config->limits[0].per_second, 7);
    config_destroy(config);
}

Test(config, what_is_wrong_is_refused_with_its_place, .init = make_file, .fini = remove_file)
{
    expect_refused("folder: f\nfoldr: x\n", ERROR_INVALID, 2, 1);
    expect_refused("zone: Europe/Moscow\n", ERROR_INVALID, 1, 1);
    expect_refused("folder: f\nheartbeat_ms: often\n", ERROR_INVALID, 2, 15);
    expect_refused("folder: f\nheartbeat_ms: 9\n", ERROR_INVALID, 2, 15);
    expect_refused("folder: f\nlog: loud\n", ERROR_INVALID, 2, 6);
    expect_refused("folder: f\nclock: fast\n", ERROR_INVALID, 2, 8);
    expect_refused("folder: f\nclock: {demo: {start: yesterday}}\n", ERROR_INVALID, 2, 23);
    expect_refused("folder: f\nprograms: [{name: n, run: []}]\n", ERROR_INVALID, 2, 27);
    expect_refused("folder: [\n", ERROR_SYNTAX, 2, 1);
}

Test(config, a_file_that_is_not_there_is_an_io_error)
{
    struct config *config;
    struct error err;

    cr_expect_not(config_read("/nonexistent/marshrut.yaml", &config, &err));
    cr_expect_eq(err.code, ERROR_IO);
}
