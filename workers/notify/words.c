/* words.c - numbers, days and names as Russian sentences need them
 *
 * Owns:    the agreement of a number with its noun, and where a sentence ends.
 * In:      whoever words a letter.
 * Always:  text from outside passes text_append_line().
 * See:     docs/letters.md §2
 */
#include "workers/notify/words.h"

#include "workers/notify/extract.h"
#include "workers/notify/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define DAY_MS 86400000

const char *words_form(int n, const char *one, const char *few, const char *many)
{
    int tens = abs(n) % 100;
    int ones = tens % 10;

    if (ones == 1 && tens != 11) {
        return one;
    }
    return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? few : many;
}

void words_days(int days, char buf[WORDS_MAX])
{
    snprintf(buf, WORDS_MAX, "%d %s", abs(days), words_form(days, "день", "дня", "дней"));
}

void words_working_days(int days, char buf[WORDS_MAX])
{
    snprintf(buf, WORDS_MAX, "%d %s", abs(days),
             words_form(days, "рабочий день", "рабочих дня", "рабочих дней"));
}

civil_day words_day_at(int64_t utc_ms, int offset)
{
    int64_t there = utc_ms + (int64_t)offset * WORDS_MINUTE_MS;

    return (civil_day)((there - (there < 0 ? DAY_MS - 1 : 0)) / DAY_MS);
}

void say_day_off(struct buffer *out, civil_day day, bool holiday)
{
    static const char *const names[] = {"понедельник", "вторник", "среда",      "четверг",
                                        "пятница",     "суббота", "воскресенье"};

    say(out, holiday ? "нерабочий праздничный день (" : "выходной день (",
        names[civil_weekday(day) - 1], ")", NULL);
}

void say(struct buffer *out, ...)
{
    va_list parts;

    va_start(parts, out);
    for (const char *part = va_arg(parts, const char *); part != NULL;
         part = va_arg(parts, const char *)) {
        bool stopped = part[0] == '.' && out->size > 0 && out->data[out->size - 1] == '.';
        buffer_text(out, stopped ? part + 1 : part);
    }
    va_end(parts);
}

void say_name(struct buffer *out, const struct party *party)
{
    text_append_line(out, party->name, EXTRACT_NAME_CHARS);
}

void say_day(struct buffer *out, civil_day day)
{
    char text[CIVIL_TEXT_MAX];

    civil_print_ru(day, text);
    buffer_text(out, text);
}
