/* watch_line.h - one line of `watch`: date, word, item, title, fact, who
 *
 *   18.02.2023  напоминание   п. 1.1   «Разработка и внедрение…», осталось 10 дней — КОПО ЛО
 */
#ifndef CLI_WATCH_LINE_H
#define CLI_WATCH_LINE_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

enum watch_word {
    WATCH_STARTED,
    WATCH_OPENED,
    WATCH_REMINDER,
    WATCH_TODAY,
    WATCH_OVERDUE,
    WATCH_ESCALATED,
    WATCH_REPORTED,
    WATCH_ACCEPTED,
    WATCH_RETURNED,
    WATCH_WITHDRAWN,
    WATCH_INCIDENT,
    WATCH_FINISHED,
    WATCH_CANCELLED,
    WATCH_SUSPENDED,
    WATCH_RESUMED,
    WATCH_FAULTED,
    /* from here on: parts, terms and hands */
    WATCH_PART,
    WATCH_ASKED,
    WATCH_TERM,
    WATCH_REFUSED,
    WATCH_PAUSED,
    WATCH_RUNS_ON,
    WATCH_DELEGATED,
    WATCH_REASSIGNED,
    WATCH_HANDED,
    WATCH_WORD_COUNT
};

struct watch_line {
    const char *day; /* "18.02.2023" */
    enum watch_word word;
    const char *item;  /* "п. 1.1"; may be NULL */
    const char *title; /* shortened as needed, down to nothing */
    const char *fact;  /* how late, how long still; may be "" */
    const char *who;   /* may be "" */
    bool by_title;     /* only the title says what it is about: names are cut first */
};

/* The line without a line end. columns 0: not a terminal, nothing is cut. Everything in it is made
 * harmless here. */
void watch_line_print(const struct watch_line *line, size_t columns, bool colour,
                      struct buffer *out);

#endif
