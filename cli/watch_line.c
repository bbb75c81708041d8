/* watch_line.c - laying out one line of `watch` for a screen of any width
 *
 * Owns:    the words, their colours, and what gives way when it is too narrow: first the title,
 *          then the end of the line.
 * Always:  with columns given, a line takes at most that many.
 */
#include "cli/watch_line.h"

#include "base/must.h"
#include "cli/language.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define DAY_COLUMNS  10
#define WORD_COLUMNS 12 /* the longest word: «срок сегодня» */
#define ITEM_COLUMNS 8  /* «п. 1.12.3» is longer and rare */
#define TITLE_LEAST  16
#define TITLE_MOST   60

static const struct {
    const char *word;
    const char *colour;
} words[WATCH_WORD_COUNT] = {
    [WATCH_STARTED] = {N_("watch|started"), "\033[1m"},
    [WATCH_OPENED] = {N_("watch|opened"), "\033[34m"},
    [WATCH_REMINDER] = {N_("watch|reminder"), "\033[33m"},
    [WATCH_TODAY] = {N_("watch|due today"), "\033[1;33m"},
    [WATCH_OVERDUE] = {N_("watch|overdue"), "\033[1;31m"},
    [WATCH_ESCALATED] = {N_("watch|escalated"), "\033[1;35m"},
    [WATCH_REPORTED] = {N_("watch|reported"), "\033[36m"},
    [WATCH_ACCEPTED] = {N_("watch|accepted"), "\033[32m"},
    [WATCH_RETURNED] = {N_("watch|returned"), "\033[33m"},
    [WATCH_WITHDRAWN] = {N_("watch|withdrawn"), "\033[2m"},
    [WATCH_INCIDENT] = {N_("watch|incident"), "\033[1;31m"},
    [WATCH_FINISHED] = {N_("watch|finished"), "\033[1;32m"},
    [WATCH_CANCELLED] = {N_("watch|cancelled"), "\033[1m"},
};

static void put_padded(struct buffer *out, const char *text, size_t columns)
{
    size_t taken = text_columns(text);

    buffer_text(out, text);
    text_blanks(out, taken < columns ? columns - taken : 0);
}

/* How much of the title there is room for. */
static size_t title_room(const char *item, const char *who, size_t columns)
{
    size_t taken = 2; /* the quotes */

    if (columns == 0) {
        return TITLE_MOST;
    }
    if (item != NULL) {
        size_t width = text_columns(item);
        taken += (width > ITEM_COLUMNS ? width : ITEM_COLUMNS) + 1;
    }
    if (who[0] != '\0') {
        taken += text_columns(who) + 3;
    }
    size_t room = columns > taken ? columns - taken : 0;
    return room < TITLE_LEAST ? TITLE_LEAST : room > TITLE_MOST ? TITLE_MOST : room;
}

/* «п. 1.1   «Разработка…» — КОПО ЛО, …» */
static char *subject_text(const struct watch_line *line, size_t columns)
{
    struct buffer out = BUFFER_INIT;
    char *who = text_harmless(line->who, strlen(line->who));
    char *title = text_harmless(line->title, strlen(line->title));
    char *item = line->item != NULL ? text_harmless(line->item, strlen(line->item)) : NULL;
    char *cut = text_fit(title, title_room(item, who, columns));

    if (item != NULL) {
        put_padded(&out, item, ITEM_COLUMNS);
        buffer_text(&out, " ");
    }
    text_put(&out, "«%s»", cut);
    if (who[0] != '\0') {
        text_put(&out, " — %s", who);
    }
    free(cut);
    free(item);
    free(title);
    free(who);
    return text_take(&out);
}

void watch_line_print(const struct watch_line *line, size_t columns, bool colour,
                      struct buffer *out)
{
    size_t before = DAY_COLUMNS + 2 + WORD_COLUMNS + 2;
    size_t room = columns > before ? columns - before : 0;

    must(line->word < WATCH_WORD_COUNT);
    put_padded(out, line->day, DAY_COLUMNS);
    buffer_text(out, "  ");
    buffer_text(out, colour ? words[line->word].colour : "");
    put_padded(out, language_word(words[line->word].word), WORD_COLUMNS);
    buffer_text(out, colour ? "\033[0m" : "");
    if (columns > 0 && room == 0) {
        return; /* a screen for a date and a word */
    }
    char *subject = subject_text(line, room);
    char *cut = room > 0 ? text_fit(subject, room) : xstrdup(subject);
    text_put(out, "  %s", cut);
    free(cut);
    free(subject);
}
