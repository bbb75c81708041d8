/* watch_line.c - laying out one line of `watch` for a screen of any width
 *
 * Owns:    the words, their colours, and what gives way when it is too narrow: first the title,
 *          down to nothing, then the names at the end; without an item it is the names first.
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
#define TITLE_LEAST  6  /* less of it says nothing */
#define TITLE_KEPT   25 /* where only the title says what it is about: «Условный педагог № 17: …» */
#define AROUND_TITLE 5 /* its quotes and « — » */

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
    [WATCH_PART] = {N_("watch|part done"), "\033[36m"},
    [WATCH_ASKED] = {N_("watch|asks for time"), "\033[33m"},
    [WATCH_TERM] = {N_("watch|new term"), "\033[1;34m"},
    [WATCH_REFUSED] = {N_("watch|term stays"), "\033[33m"},
    [WATCH_PAUSED] = {N_("watch|paused"), "\033[2m"},
    [WATCH_RUNS_ON] = {N_("watch|runs on"), "\033[34m"},
    [WATCH_DELEGATED] = {N_("watch|delegated"), "\033[34m"},
    [WATCH_REASSIGNED] = {N_("watch|reassigned"), "\033[1;34m"},
    [WATCH_HANDED] = {N_("watch|deputy"), "\033[34m"},
    [WATCH_INCIDENT] = {N_("watch|incident"), "\033[1;31m"},
    [WATCH_FINISHED] = {N_("watch|finished"), "\033[1;32m"},
    [WATCH_CANCELLED] = {N_("watch|cancelled"), "\033[1m"},
    [WATCH_SUSPENDED] = {N_("watch|suspended"), "\033[33m"},
    [WATCH_RESUMED] = {N_("watch|resumed"), "\033[34m"},
    [WATCH_FAULTED] = {N_("watch|error"), "\033[1;31m"},
};

static void put_padded(struct buffer *out, const char *text, size_t columns)
{
    size_t taken = text_columns(text);

    buffer_text(out, text);
    text_blanks(out, taken < columns ? columns - taken : 0);
}

/* «осталось 10 дней — КОПО ЛО»; "" when there is neither. */
static char *tail_text(const struct watch_line *line)
{
    struct buffer out = BUFFER_INIT;
    char *fact = text_harmless(line->fact, strlen(line->fact));
    char *who = text_harmless(line->who, strlen(line->who));

    text_put(&out, "%s%s%s", fact, fact[0] != '\0' && who[0] != '\0' ? " — " : "", who);
    free(fact);
    free(who);
    return text_take(&out);
}

/* The tail with room left for a title that must be read. */
static char *tail_beside_title(const struct watch_line *line, size_t columns)
{
    char *tail = tail_text(line);
    size_t title = text_columns(line->title);
    size_t kept = (title < TITLE_KEPT ? title : TITLE_KEPT) + AROUND_TITLE;

    if (!line->by_title || columns == 0 || text_columns(tail) + kept <= columns) {
        return tail;
    }
    char *cut = columns > kept ? text_fit(tail, columns - kept) : xstrdup("");
    free(tail);
    return cut;
}

/* The title in quotes and what parts it from the tail, or "" where there is no room for it. */
static char *title_text(const struct watch_line *line, size_t tail, size_t columns)
{
    struct buffer out = BUFFER_INIT;
    const char *gap = tail == 0 ? "" : line->fact[0] != '\0' ? ", " : " — ";
    size_t taken = tail + text_columns(gap) + 2; /* the quotes */
    char *harmless = text_harmless(line->title, strlen(line->title));
    char *title = text_title(harmless);

    if (columns == 0 || taken + text_columns(title) <= columns) {
        text_put(&out, "«%s»%s", title, gap);
    } else if (taken + TITLE_LEAST <= columns || tail == 0) {
        char *cut = text_fit(title, columns > taken ? columns - taken : 1);
        text_put(&out, "«%s»%s", cut, gap);
        free(cut);
    }
    free(title);
    free(harmless);
    return text_take(&out);
}

/* «п. 1.1   «Разработка…», осталось 10 дней — КОПО ЛО» */
static char *subject_text(const struct watch_line *line, size_t columns)
{
    struct buffer out = BUFFER_INIT;
    const char *given = line->item != NULL ? line->item : "";
    char *item = text_harmless(given, strlen(given));
    size_t width = text_columns(item) > ITEM_COLUMNS ? text_columns(item) : ITEM_COLUMNS;
    size_t room = columns > width + 1 ? columns - width - 1 : 1;
    char *tail = tail_beside_title(line, columns == 0 ? 0 : room);
    char *title = title_text(line, text_columns(tail), columns == 0 ? 0 : room);

    put_padded(&out, item, ITEM_COLUMNS);
    text_put(&out, " %s%s", title, tail);
    free(title);
    free(tail);
    free(item);
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
