/* log_test.c - one line, with level and id; longer ones are cut; quieter ones are dropped */
#include "base/log.h"

#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

static int ends[2];

static void catch_standard_error(void)
{
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
}

TestSuite(log, .init = catch_standard_error);

/* What was written so far; "" when nothing. */
static const char *caught(void)
{
    static char text[8192];

    cr_assert_eq(write(ends[1], "", 1), 1); /* an end to read to */
    ssize_t size = read(ends[0], text, sizeof text - 1);
    cr_assert_geq(size, 1);
    text[size] = '\0';
    return text;
}

Test(log, a_line_is_time_level_id_and_words)
{
    log_warn("MR-LEASE-LOST", "task=%d.%d worker=%s: no heartbeat", 17, 2, "notify-1");
    const char *line = caught();

    cr_assert_eq(line[4], '-');
    cr_assert_eq(line[10], 'T');
    cr_assert_str_eq(line + 23, "Z WARN MR-LEASE-LOST task=17.2 worker=notify-1: no heartbeat\n");
}

Test(log, what_is_quieter_than_the_level_is_dropped)
{
    log_debug("MR-X", "1");
    cr_assert_str_eq(caught(), "");
    log_set_level(LOG_LEVEL_ERROR);
    log_info("MR-X", "2");
    log_warn("MR-X", "3");
    cr_assert_str_eq(caught(), "");
    log_error("MR-X", "4");
    cr_assert_not_null(strstr(caught(), "ERROR MR-X 4\n"));
    log_set_level(LOG_LEVEL_DEBUG);
    log_debug("MR-X", "5");
    cr_assert_not_null(strstr(caught(), "DEBUG MR-X 5\n"));
}

Test(log, a_line_that_is_too_long_is_cut_and_still_one_line)
{
    char words[6000];

    memset(words, 'w', sizeof words - 1);
    words[sizeof words - 1] = '\0';
    log_info("MR-X", "%s", words);
    const char *line = caught();
    cr_assert_lt(strlen(line), sizeof words);
    cr_assert_gt(strlen(line), 1000);
    cr_assert_eq(strchr(line, '\n'), line + strlen(line) - 1);
}
