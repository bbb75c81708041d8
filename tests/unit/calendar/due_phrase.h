/* due_phrase.h - due phrases in tests: read, and their windows as text */
#ifndef TESTS_UNIT_CALENDAR_DUE_PHRASE_H
#define TESTS_UNIT_CALENDAR_DUE_PHRASE_H

#include "calendar/due.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define WINDOWS_TEXT 4096

static inline civil_day due_test_day(const char *text)
{
    civil_day day = CIVIL_DAY_NONE;

    cr_assert(text == NULL || civil_parse(bytes_of(text), &day), "%s", text ? text : "");
    return day;
}

/* from, to: of the period, NULL: unknown. */
static inline struct due_context due_test_context(const char *from, const char *to, int year)
{
    return (struct due_context){.period = {due_test_day(from), due_test_day(to)},
                                .year = year,
                                .signed_day = CIVIL_DAY_NONE};
}

/* The year 2023. */
static inline struct due_context due_test_2023(void)
{
    return due_test_context("2023-01-01", "2023-12-31", 2023);
}

static inline void due_test_windows(const struct due_reading *reading, char text[WINDOWS_TEXT])
{
    text[0] = '\0';
    for (uint32_t i = 0; i < reading->window_count; i++) {
        char from[CIVIL_TEXT_MAX] = "";
        char to[CIVIL_TEXT_MAX];
        size_t size = strlen(text);
        if (reading->windows[i].from != CIVIL_DAY_NONE) {
            civil_print(reading->windows[i].from, from);
        }
        civil_print(reading->windows[i].to, to);
        snprintf(text + size, WINDOWS_TEXT - size, "%s%s%s%s", i > 0 ? " " : "",
                 strcmp(from, to) == 0 ? "" : from, strcmp(from, to) == 0 ? "" : "..", to);
    }
}

/* What the phrase is read as; its texts are in the arena. */
static inline struct due due_test_parsed(struct due_context context, const char *phrase,
                                         struct arena *arena)
{
    struct error err = ERROR_INIT;
    struct due due;

    cr_assert(due_parse(bytes_of(phrase), &context, arena, &due, &err), "%s: %s", phrase, err.text);
    return due;
}

/* The phrase is of this kind and has these windows: "2023-05-01..2023-05-31 2023-06-05". */
static inline void due_test_reads(struct due_context context, const char *phrase,
                                  enum due_kind kind, const char *windows)
{
    struct arena arena = ARENA_INIT;
    struct due due = due_test_parsed(context, phrase, &arena);
    char text[WINDOWS_TEXT];

    due_test_windows(&due.reading, text);
    cr_expect_eq(due.reading.kind, kind, "%s: %s", phrase, due_kind_name(due.reading.kind));
    cr_expect_str_eq(text, windows, "%s: %s", phrase, text);
    arena_fini(&arena);
}

#endif
