/* sentence_test.c - formats taken apart, and every translation of the catalogue put together */
#include "base/error.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *to_russian(const char *text)
{
    return strcmp(text, "reported") == 0 ? "отчёт сдан" : text;
}

/* The sentence in English again, from what an error keeps of it. */
static void say_again(const struct error *err)
{
    const char *args[SENTENCE_ARGS_MAX];
    char said[ERROR_TEXT_MAX];

    cr_assert_not_null(err->format, "%s", err->text);
    size_t count = error_args(err, args);
    cr_assert(sentence_say(err->format, err->format, args, count, NULL, said, sizeof said), "%s",
              err->format);
    cr_expect_str_eq(said, err->text);
}

#define SAYS(...)                                                                                  \
    do {                                                                                           \
        struct error made;                                                                         \
        error_set(&made, ERROR_INVALID, __VA_ARGS__);                                              \
        say_again(&made);                                                                          \
    } while (0)

Test(sentence, what_an_error_keeps_gives_what_printf_gave)
{
    static const long long numbers[] = {0, 1, -1, 7, -42, 1000000, INT64_MAX, INT64_MIN};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        long long n = numbers[i];
        SAYS("%d of %i|%u%%", (int)n, (int)n, (unsigned)n);
        SAYS("%ld %lu %lld %llu", (long)n, (unsigned long)n, n, (unsigned long long)n);
        SAYS("%zu %" PRIu64 " %" PRId64, (size_t)n, (uint64_t)n, (int64_t)n);
        SAYS("%x %o %lx %llo", (unsigned)n, (unsigned)n, (unsigned long)n, (unsigned long long)n);
        SAYS("%03d|%03o|%08x|%4u|%5lld|%016llx", (int)n, (unsigned)n, (unsigned)n, (unsigned)n, n,
             (unsigned long long)n);
    }
    SAYS("%s|%8s|%.3s|%.*s|%*s|%c%%", "a", "b", "cdefg", 2, "hijk", 5, "l", 'm');
    SAYS("\"%s\" is a list", "%s%n");
    SAYS("nothing in it");
    SAYS("100%% %s", "");
}

Test(sentence, an_argument_that_is_not_understood_leaves_the_text_alone)
{
    struct error err;

    error_set(&err, ERROR_INVALID, "%s %f", "x", 0.5);
    cr_expect_null(err.format);
    cr_expect_eq(error_args(&err, (const char *[SENTENCE_ARGS_MAX]){0}), 0);
    cr_expect_str_eq(err.text, "x 0.500000");
    error_set(&err, ERROR_INVALID, "%d%d%d%d%d%d%d%d%d", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    cr_expect_null(err.format);
    cr_expect_str_eq(err.text, "123456789");
    error_set(&err, ERROR_INVALID, "%+d", 1);
    cr_expect_null(err.format);
}

Test(sentence, arguments_just_fit_or_are_not_kept)
{
    char text[ERROR_TEXT_MAX + 1];
    struct error err;

    memset(text, 'a', sizeof text);
    text[ERROR_TEXT_MAX - 2] = '\0';
    error_set(&err, ERROR_INVALID, "%s%c", text, 'b');
    cr_expect_null(err.format, "one zero too many");
    cr_expect_eq(strlen(err.text), ERROR_TEXT_MAX - 1);
    text[ERROR_TEXT_MAX - 3] = '\0';
    error_set(&err, ERROR_INVALID, "%s%c", text, 'b');
    say_again(&err);
}

static void expect_said(const char *format, const char *translated, const char *const *args,
                        size_t count, const char *expected)
{
    char said[64] = "untouched";
    bool good = sentence_say(format, translated, args, count, to_russian, said, sizeof said);

    cr_expect_eq(good, expected != NULL, "%s", translated);
    if (expected != NULL) {
        cr_expect_str_eq(said, expected);
    }
}

Test(sentence, a_translation_has_its_own_order_and_its_own_words)
{
    const char *const args[] = {"reported", "reported"};

    expect_said("it is %s: \"%s\"", "«%2$s»: %1$s", args, 2, "«reported»: отчёт сдан");
    expect_said("it is %s: \"%s\"", "%s — «%s»", args, 2, "отчёт сдан — «reported»");
    expect_said("%d%%", "%d %%", args, 1, "reported %");
    expect_said("no", "нет", args, 0, "нет");
}

Test(sentence, a_translation_that_does_not_fit_is_not_said)
{
    const char *const args[] = {"one", "two", "%s"};
    char longest[80];

    memset(longest, 'x', sizeof longest);
    longest[64] = '\0';
    expect_said("%s %s", "%s", args, 2, NULL);
    expect_said("%s", "%s %s", args, 1, NULL);
    expect_said("%s %s", "%s %s", args, 3, NULL);
    expect_said("%s", "%2$s", args, 1, NULL);
    expect_said("%s", "%n", args, 1, NULL);
    expect_said("%s", "%", args, 1, NULL);
    expect_said("%99999999999999999999$s", "%s", args, 1, "one");
    expect_said("%s", "%99999999999999999999$s", args, 1, NULL);
    expect_said("%99999999999999999999s", "%s", args, 1, NULL);
    expect_said("%s", longest, args, 1, NULL);
    expect_said("x", longest, args, 0, NULL);
    expect_said("x", longest + 1, args, 0, longest + 1);
    expect_said("%s%s%s", "%s%s%s", args, 3, "onetwo%s");
}

/* --- the catalogue --------------------------------------------------------------------------- */

/* The text of msgid "…" or msgstr "…", in place. NULL when the line is neither. */
static char *quoted(char *line, const char *keyword)
{
    size_t size = strlen(keyword);
    char *to;

    if (strncmp(line, keyword, size) != 0 || strncmp(line + size, " \"", 2) != 0) {
        return NULL;
    }
    char *text = to = line + size + 2;
    for (char *at = text; *at != '\0' && *at != '"'; at++) {
        if (strncmp(at, "<PRI", 4) == 0) { /* %<PRIu64> is what xgettext makes of a macro */
            at = strchr(at, '>');
            *to++ = 'd';
        } else {
            at += *at == '\\';
            *to++ = *at;
        }
    }
    *to = '\0';
    return text;
}

Test(sentence, every_refusal_of_the_engine_can_be_said_in_the_words_of_its_translation)
{
    static const char *const args[SENTENCE_ARGS_MAX] = {"1", "2", "3", "4", "5", "6", "7", "8"};
    static char line[8192];
    static char id[8192];
    FILE *file = fopen(SOURCE_DIR "/po/ru.po", "r");
    bool of_engine = false;
    unsigned said = 0;

    cr_assert_not_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char buf[2 * ERROR_TEXT_MAX];
        char *text;
        if (line[0] == '\n') {
            of_engine = false;
        } else if (strncmp(line, "#: ", 3) == 0) {
            of_engine = of_engine || strstr(line, "engine/") != NULL || strstr(line, "store/");
        } else if ((text = quoted(line, "msgid")) != NULL) {
            snprintf(id, sizeof id, "%s", text);
        } else if (of_engine && (text = quoted(line, "msgstr")) != NULL) {
            size_t count = 0;
            while (count < SENTENCE_ARGS_MAX &&
                   !sentence_say(id, id, args, count, NULL, buf, sizeof buf)) {
                count++;
            }
            cr_expect(sentence_say(id, text, args, count, NULL, buf, sizeof buf), "%s", text);
            said++;
        }
    }
    fclose(file);
    cr_expect_gt(said, 100);
}
