/* due_read_hour.c - hours of a day: «до 12:00», «с 15:00 до 17:00», «к 15 часам»
 *
 * Owns:    what is a clock time, and what is a length («2 часа»), which is none.
 * In:      due_read.c.
 * Out:     the minutes of a term.
 * Always:  the hour at which something begins is never one by which it must be done.
 * See:     due_reader.h; docs/time.md §3
 */
#include "calendar/due_reader.h"

#define MINUTES   60
#define DAY_HOURS 24
#define NOON      12

static int take_minutes(struct due_reader *r)
{
    const struct due_token *token = due_peek(r, 0);

    if (token->token == TOKEN_NUMBER && due_is(r, 1, WORD_MINUTE) && token->value < MINUTES) {
        due_skip(r, 2);
        return token->value;
    }
    return 0;
}

/* 17-00: no day has the number 0; 17-30 before a date or «ч.» */
static bool hyphen_time(const struct due_reader *r)
{
    const struct due_token *hour = due_peek(r, 0);
    const struct due_token *minute = due_peek(r, 2);
    const struct due_token *next = due_peek(r, 3);

    return hour->token == TOKEN_NUMBER && hour->value < DAY_HOURS && due_is_sign(r, 1, '-') &&
           minute->token == TOKEN_NUMBER && minute->count == 2 && minute->value < MINUTES &&
           due_peek(r, 1)->glued && minute->glued &&
           (minute->value == 0 || next->token == TOKEN_DATE || due_is_unit(r, 3, UNIT_HOUR));
}

/* «утра», «дня», which is none of «дня» of a month. */
static bool part_of_day(const struct due_reader *r, uint32_t ahead)
{
    return due_is(r, ahead, WORD_CLOCK) ||
           (due_is_unit(r, ahead, UNIT_DAY) && !due_is_unit(r, ahead + 1, UNIT_DAY));
}

struct hour {
    int minute;
    bool words; /* «12 часов» */
};

/* 18:00, 10.00, 17-00, 10.05 ч, 18 часов 30 минут. said: after a preposition; without one and
 * without «утра» hours are a length. */
static bool take_time(struct due_reader *r, bool said, struct hour *ret_hour)
{
    const struct due_token *token = due_peek(r, 0);
    bool hours = due_is_unit(r, 1, UNIT_HOUR);

    *ret_hour = (struct hour){.words = false};
    if (token->token == TOKEN_TIME) {
        ret_hour->minute = token->value;
    } else if (token->token == TOKEN_DATE && token->year == 0 && hours && token->day < DAY_HOURS) {
        ret_hour->minute = token->day * MINUTES + token->month;
    } else if (hyphen_time(r)) {
        ret_hour->minute = token->value * MINUTES + due_peek(r, 2)->value;
        due_skip(r, 2);
        hours = due_is_unit(r, 1, UNIT_HOUR);
    } else if (token->token == TOKEN_NUMBER && hours && token->value <= DAY_HOURS &&
               (said || part_of_day(r, 2))) {
        ret_hour->minute = token->value * MINUTES;
        ret_hour->words = true;
    } else {
        return false;
    }
    due_skip(r, hours ? 2 : 1);
    ret_hour->minute += take_minutes(r);
    if (part_of_day(r, 0)) { /* 6 часов вечера, 3 часа дня */
        bool later = due_is_unit(r, 0, UNIT_DAY) || due_peek(r, 0)->value > 0;
        ret_hour->minute += later && ret_hour->minute < NOON * MINUTES ? NOON * MINUTES : 0;
        due_skip(r, 1);
    }
    due_take(r, WORD_CLOCK);
    return ret_hour->minute <= DAY_HOURS * MINUTES;
}

/* The first of «с 10 до 12 часов»: the word stands behind the second. */
static bool take_first(struct due_reader *r, bool since, struct hour *ret_hour)
{
    const struct due_token *token = due_peek(r, 0);
    bool joins = due_is(r, 1, WORD_TO) || due_is(r, 1, WORD_BY);

    if (since && joins && token->token == TOKEN_NUMBER && token->value < DAY_HOURS) {
        *ret_hour = (struct hour){.minute = token->value * MINUTES, .words = true};
        due_skip(r, 1);
        return true;
    }
    return take_time(r, since, ret_hour);
}

/* «с 15:00 до 17:00», «15:00-17:00»; *ret_joined: a second hour is named, and must be later. */
static bool read_span(struct due_reader *r, struct term *term, bool *ret_joined)
{
    uint32_t begin = r->at;
    enum bound bound = BOUND_IN;
    struct hour first;
    struct hour last;

    *ret_joined = false;
    bool since = due_take_bound(r, &bound) && bound == BOUND_SINCE;
    if (take_first(r, since, &first) &&
        (due_take_sign(r, '-') || (since && (due_take(r, WORD_TO) || due_take(r, WORD_BY)))) &&
        take_time(r, true, &last)) {
        *ret_joined = true;
        if (first.minute < last.minute && (since || bound == BOUND_IN)) {
            term->from_minute = first.minute;
            term->by_minute = last.minute;
            term->hour_past = last.words ? r->at : 0;
            return true;
        }
    }
    r->at = begin;
    return false;
}

bool due_read_hour(struct due_reader *r, struct term *term)
{
    uint32_t begin = r->at;
    enum bound bound = BOUND_IN;
    struct hour hour;
    bool joined;

    if (term->by_minute >= 0 || term->from_minute >= 0) {
        return false;
    }
    if (read_span(r, term, &joined) || joined) {
        return !joined || term->by_minute >= 0;
    }
    bool said = due_take_bound(r, &bound);
    if (!take_time(r, said, &hour)) {
        r->at = begin;
        return false;
    }
    bool since = bound == BOUND_SINCE || bound == BOUND_NOT_BEFORE || bound == BOUND_AFTER;
    *(since ? &term->from_minute : &term->by_minute) = hour.minute;
    term->hour_by = !since && bound != BOUND_IN;
    term->hour_past = hour.words ? r->at : 0;
    return true;
}
