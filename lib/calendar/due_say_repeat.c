/* due_say_repeat.c - lengths and repetitions in words: «10 рабочих дней», «2 раза в месяц»
 *
 * Owns:    the forms of nouns after numbers.
 * In:      due_print.c, due_say_items.c.
 * Out:     text.
 * See:     due_say.h
 */
#include "calendar/due_say.h"

#include <stdio.h>

void due_say_length(struct buffer *out, int count, enum unit unit, enum grammatical_case how)
{
    char text[16];
    bool one = count % 10 == 1 && count % 100 != 11;
    bool few = count % 10 >= 2 && count % 10 <= 4 && (count % 100 < 12 || count % 100 > 14);

    snprintf(text, sizeof text, "%d ", count);
    buffer_text(out, text);
    if (one) {
        due_say_unit(out, unit, how);
    } else if (few && how != GENITIVE && unit == UNIT_WORKDAY) {
        buffer_text(out, "рабочих дня");
    } else if (few && how != GENITIVE && unit == UNIT_SCHOOL_YEAR) {
        buffer_text(out, "учебных года");
    } else {
        few &&how != GENITIVE ? due_say_unit(out, unit, GENITIVE) : due_say_units(out, unit);
    }
}

void due_say_short_length(struct buffer *out, int count, enum unit unit, enum grammatical_case how)
{
    bool alone = unit == UNIT_WEEK || unit == UNIT_MONTH || unit == UNIT_YEAR;

    if (count == 1 && unit == UNIT_HALF) {
        buffer_text(out, how == GENITIVE ? "полугода" : "полгода");
    } else if (count == 1 && alone) {
        due_say_unit(out, unit, how);
    } else {
        due_say_length(out, count, unit, how);
    }
}

static void say_times(struct buffer *out, int count, enum grammatical_case how)
{
    char text[24];
    bool few = count % 10 >= 2 && count % 10 <= 4 && (count % 100 < 12 || count % 100 > 14);
    bool one = count % 10 == 1 && count % 100 != 11;

    snprintf(text, sizeof text, "%d %s", count,
             how == GENITIVE ? one ? "раза" : "раз"
             : few           ? "раза"
                             : "раз");
    buffer_text(out, text);
}

void due_say_repeat(struct buffer *out, const struct repeat *repeat)
{
    static const char *const adverbs[UNIT_COUNT] = {
        [UNIT_DAY] = "ежедневно",    [UNIT_WEEK] = "еженедельно",      [UNIT_DECADE] = "ежедекадно",
        [UNIT_MONTH] = "ежемесячно", [UNIT_QUARTER] = "ежеквартально", [UNIT_YEAR] = "ежегодно",
    };
    char text[24];
    bool single = repeat->count == 1 && repeat->times == TIMES_EXACTLY;

    if (repeat->thing.size > 0) {
        buffer_append(out, repeat->thing.data, repeat->thing.size);
        return;
    }
    if (single && repeat->interval == 1 && adverbs[repeat->unit] != NULL) {
        buffer_text(out, adverbs[repeat->unit]);
        return;
    }
    if (single && repeat->interval == 1 && repeat->unit != UNIT_PERIOD && !repeat->percent) {
        due_say_each(out, repeat->unit, ACCUSATIVE);
        return;
    }
    buffer_text(out, repeat->times == TIMES_AT_LEAST  ? "не реже "
                     : repeat->times == TIMES_AT_MOST ? "не чаще "
                                                      : "");
    snprintf(text, sizeof text, "%d %%", repeat->count);
    if (repeat->percent) {
        buffer_text(out, text);
    } else {
        say_times(out, repeat->count, repeat->times == TIMES_EXACTLY ? ACCUSATIVE : GENITIVE);
    }
    if (repeat->unit != UNIT_PERIOD) {
        buffer_text(out, " в ");
        if (repeat->interval > 1) {
            due_say_length(out, repeat->interval, repeat->unit, ACCUSATIVE);
        } else {
            due_say_unit(out, repeat->unit, ACCUSATIVE);
        }
    }
}
