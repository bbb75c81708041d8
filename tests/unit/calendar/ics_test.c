/* ics_test.c - entries as text of a calendar: RFC 5545 */
#include "calendar/ics.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct ics_calendar calendar = {
    .name = "Сроки", .product = "-//T//T//RU", .now_ms = 1672531199999}; /* 2022-12-31T23:59:59Z */

static struct ics_entry entry(void)
{
    civil_day day = civil_to_day((struct civil){2022, 12, 31});

    return (struct ics_entry){
        .uid = "1@t", .from = day, .to = day, .summary = "Отчёт", .alarm_days = ICS_NO_ALARM};
}

static char *print(const struct ics_entry *entries, size_t count)
{
    struct buffer out = BUFFER_INIT;

    ics_print(&calendar, entries, count, &out);
    char *text = bytes_strdup(buffer_bytes(&out));
    buffer_fini(&out);
    return text;
}

static bool has(const char *text, const char *line)
{
    const char *at = strstr(text, line);

    return at != NULL && (at == text || at[-1] == '\n') &&
           strncmp(at + strlen(line), "\r\n", 2) == 0;
}

Test(ics, a_calendar_may_be_empty)
{
    char *text = print(NULL, 0);

    cr_assert_str_eq(text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//T//RU\r\n"
                           "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:Сроки\r\n"
                           "X-PUBLISHED-TTL:PT1H\r\nEND:VCALENDAR\r\n");
    free(text);
}

Test(ics, the_last_day_of_a_year_ends_in_the_next)
{
    struct ics_entry one = entry();
    char *text = print(&one, 1);

    cr_assert(has(text, "DTSTART;VALUE=DATE:20221231"));
    cr_assert(has(text, "DTEND;VALUE=DATE:20230101"));
    cr_assert(has(text, "DTSTAMP:20221231T235959Z"));
    cr_assert(has(text, "STATUS:CONFIRMED"));
    cr_assert(has(text, "TRANSP:TRANSPARENT"));
    cr_assert_null(strstr(text, "LAST-MODIFIED"), "nobody knows when");
    cr_assert_null(strstr(text, "VALARM"));
    free(text);
}

Test(ics, what_was_taken_back_reminds_nobody)
{
    struct ics_entry one = entry();

    one.alarm_days = 0;
    one.sequence = 3;
    one.modified_ms = 86400000;
    char *text = print(&one, 1);
    cr_assert(has(text, "TRIGGER:PT9H"));
    cr_assert(has(text, "SEQUENCE:3"));
    cr_assert(has(text, "LAST-MODIFIED:19700102T000000Z"));
    free(text);
    one.status = ICS_CANCELLED;
    text = print(&one, 1);
    cr_assert(has(text, "STATUS:CANCELLED"));
    cr_assert_null(strstr(text, "VALARM"));
    free(text);
}

Test(ics, text_is_escaped_and_lines_are_short)
{
    struct ics_entry one = entry();
    char words[4001] = "";

    for (size_t i = 0; i + 2 < sizeof words; i += 2) {
        memcpy(words + i, "ё", 3);
    }
    one.summary = "один, два; три \\";
    one.description = words;
    one.category = "план";
    char *text = print(&one, 1);
    cr_assert(has(text, "SUMMARY:один\\, два\\; три \\\\"));
    for (const char *line = text; *line != '\0'; line = strstr(line, "\r\n") + 2) {
        cr_assert_leq(strcspn(line, "\r"), 75);
        cr_assert_neq((unsigned char)line[0] & 0xC0, 0x80, "a character is cut");
        cr_assert(line[0] != ' ' || ((unsigned char)line[1] & 0xC0) != 0x80, "a character is cut");
    }
    free(text);
}
