/* due_lex.h - normalized text -> tokens: words, figures, dates in figures, hours, signs
 *
 * Private to the parser of due phrases. Words are looked up, Latin letters that look like Cyrillic
 * ones become them where a person would read it so, Roman numerals become numbers.
 */
#ifndef CALENDAR_DUE_LEX_H
#define CALENDAR_DUE_LEX_H

#include "calendar/due_text.h"
#include "calendar/due_words.h"

enum token {
    TOKEN_WORD,
    TOKEN_NUMBER, /* in figures, Roman ones too */
    TOKEN_DATE,   /* 15.08.2023, 15.08, 2023-08-15 */
    TOKEN_TIME,   /* 12:00 */
    TOKEN_SIGN,   /* one of , ; : ( ) - / % & and others */
    TOKEN_END
};

struct due_token {
    enum token token;
    enum word word;       /* TOKEN_WORD */
    int value;            /* of the word; the number; minutes of the day */
    int count;            /* WORD_LONG; digits of a number */
    int roman;            /* WORD: the number that the letter may be («п» is II); else 0 */
    int day, month, year; /* TOKEN_DATE: day 0, year 0: not said */
    char sign;            /* '?' for a sign that means nothing here */
    bool glued;           /* nothing stands between it and the token before */
    char near;            /* is it a mistyped word of time? NUL: nobody has asked yet; y or n */
    struct bytes text;    /* normalized */
    uint32_t column;
    uint32_t begin; /* bytes of the original */
    uint32_t end;
};

struct due_tokens {
    const struct due_text *text;
    struct due_token *items; /* ends with TOKEN_END */
    uint32_t count;          /* without it */
};

/* ERROR_INVALID for a date in figures that is no day of the calendar, with its column. */
bool due_lex(const struct due_text *text, struct arena *arena, struct due_tokens *ret_tokens,
             struct error *err);

/* --- figures: due_figures.c ------------------------------------------------------------------- */

/* A number, date or hour that begins here, in a digit. *at moves past it. false: no such day. */
bool due_figures(const char **at, struct due_token *ret_token);
/* A Roman numeral in the letters that are used for one, among them look-alikes; 0: none. */
int due_roman(struct bytes word);
/* A single Cyrillic letter that may stand for one: п is II, ш is III; з is 3. */
int due_roman_letter(struct bytes word);

#endif
