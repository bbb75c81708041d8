/* outcome_test.c - the table of docs/workers.md §2 */
#include "workers/exec/outcome.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void means(struct child_end end, const char *output, enum outcome_kind kind,
                  const char *words)
{
    struct outcome outcome = outcome_of("score", end, bytes_of(output));

    cr_assert_eq(outcome.kind, kind, "%s", outcome.title);
    cr_assert(strstr(outcome.title, words) != NULL, "%s", outcome.title);
}

Test(outcome, exit_0_with_json_or_nothing_is_done)
{
    struct child_end end = {.exit_code = 0};

    means(end, "{\"points\":3}\n", OUTCOME_DONE, "");
    means(end, "[1]", OUTCOME_DONE, "");
    means(end, "null", OUTCOME_DONE, "");
    means(end, "", OUTCOME_DONE, "");
    means(end, " \r\n\t", OUTCOME_DONE, "");
}

Test(outcome, exit_0_without_json_is_final)
{
    struct child_end end = {.exit_code = 0};

    means(end, "ok", OUTCOME_FINAL, "не JSON");
    means(end, "{} {}", OUTCOME_FINAL, "не JSON");
    means(end, "{\"a\":\"\xFF\"}", OUTCOME_FINAL, "не JSON");
}

Test(outcome, exit_75_asks_for_another_try)
{
    means((struct child_end){.exit_code = 75}, "{}", OUTCOME_RETRY, "75");
}

Test(outcome, other_codes_are_final)
{
    means((struct child_end){.exit_code = 1}, "{}", OUTCOME_FINAL, "кодом 1");
    means((struct child_end){.exit_code = 74}, "", OUTCOME_FINAL, "кодом 74");
    means((struct child_end){.exit_code = 76}, "", OUTCOME_FINAL, "кодом 76");
    means((struct child_end){.exit_code = 255}, "", OUTCOME_FINAL, "кодом 255");
}

Test(outcome, a_signal_is_tried_again)
{
    means((struct child_end){.exit_code = -1, .signal = 11}, "{}", OUTCOME_RETRY, "сигналом 11");
}

Test(outcome, a_stop_is_tried_again_even_when_it_ended_well)
{
    means((struct child_end){.stopped = true}, "{}", OUTCOME_RETRY, "время");
}

Test(outcome, too_much_output_is_final_though_it_was_killed_for_it)
{
    means((struct child_end){.overflowed = true, .stopped = true, .exit_code = -1, .signal = 9},
          "{}", OUTCOME_FINAL, "1 МиБ");
}

Test(outcome, a_long_name_of_a_service_is_cut_not_overrun)
{
    char name[129];

    memset(name, 'x', 128);
    name[128] = '\0';
    struct outcome outcome = outcome_of(name, (struct child_end){.exit_code = 3}, bytes_of(""));
    cr_assert_lt(strlen(outcome.title), OUTCOME_TITLE_MAX);
}

static void complains(struct bytes complaint, const char *expected)
{
    struct buffer line = BUFFER_INIT;

    outcome_complaint(complaint, &line);
    char *got = bytes_strdup(buffer_bytes(&line));
    cr_assert_str_eq(got, expected);
    free(got);
    buffer_fini(&line);
}

Test(outcome, a_complaint_becomes_one_line_without_blanks_around_it)
{
    complains(bytes_of("score: no such table\n"), "score: no such table");
    complains(bytes_of("\n Traceback:\r\n  File \"a\"\n\n\tboom \n\n"),
              "Traceback: / File \"a\" / boom");
    complains((struct bytes){"a\0b", 3}, "a b");
    complains(bytes_of(" \n\t"), "");
    complains((struct bytes){NULL, 0}, "");
}

Test(outcome, of_a_long_complaint_the_end_is_kept_from_a_whole_character_on)
{
    static const char ending[] = "boom";

    for (size_t shift = 0; shift < sizeof ending; shift++) { /* so that characters are hit too */
        struct buffer text = BUFFER_INIT;
        struct buffer line = BUFFER_INIT;

        for (unsigned i = 0; i < CHILD_STDERR_MAX / 3; i++) { /* each grows from 3 bytes to 5 */
            buffer_text(&text, "ж\n");
        }
        buffer_text(&text, ending + shift);
        outcome_complaint(buffer_bytes(&text), &line);
        cr_assert_leq(line.size, CHILD_STDERR_MAX);
        cr_assert_geq(line.size, CHILD_STDERR_MAX - 3);
        cr_assert((line.data[0] & 0xC0u) != 0x80u);
        cr_assert(strlen(ending) == shift || line.data[line.size - 1] == 'm');
        buffer_fini(&text);
        buffer_fini(&line);
    }
}
