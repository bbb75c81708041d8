/* watch_status.c - numbers of STATS as one line
 *
 * Owns:    which numbers an operator wants before his eyes all the time.
 * Always:  what stands side by side adds up to all terms; what overlaps stands in brackets.
 * In:      the answer of STATS (docs/protocol.md §3.6).
 */
#include "cli/watch_status.h"

#include "cli/counts.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

/* In long words, in short ones, and without what the sum implies. */
enum width { WIDE, SHORT, SHORTEST };

struct words {
    const char *planned;
    const char *soon;
    const char *reported;
    const char *withdrawn;
};

static struct words words_of(enum width width)
{
    const struct words wide = {word_standing("planned"), word_standing("soon"),
                               word_standing("reported"), word_standing("withdrawn")};
    const struct words narrow = {
        language_word(N_("short status|planned")), language_word(N_("short status|soon")),
        language_word(N_("short status|to decide")), language_word(N_("short status|withdrawn"))};

    return width == WIDE ? wide : narrow;
}

/* «, word 5»; nothing for none. *started tells whether a comma is needed. */
static void put(struct buffer *out, const char *word, json_int_t count, bool *started)
{
    if (count > 0) {
        text_put(out, "%s%s %lld", *started ? ", " : "", word, (long long)count);
        *started = true;
    }
}

/* «28 февраля 2023» or «28.02» */
static void put_day(struct buffer *out, const char *today, enum width width)
{
    char text[DATES_TEXT_MAX];
    civil_day day;

    if (width == WIDE || today == NULL || !civil_parse(bytes_of(today), &day)) {
        dates_day_of(today, text);
        char *end = strstr(text, " г.");
        text[end != NULL ? (size_t)(end - text) : strlen(text)] = '\0';
    } else {
        snprintf(text, sizeof text, _("%2$02d.%1$02d"), civil_of_day(day).month,
                 civil_of_day(day).day);
    }
    buffer_text(out, text);
}

/* Those at work by what is special about them: not all are, some are twice. */
static void put_at_work(struct buffer *out, const json_t *stats, const struct words *words)
{
    const json_t *assignments = json_object_get(stats, "assignments");
    const json_t *phases = json_object_get(stats, "phases");
    const struct count counts[] = {
        {words->soon, field_number(phases, "soon") + field_number(phases, "today")},
        {word_standing("overdue"), counts_overdue(phases)},
        {words->reported, field_number(assignments, "reported")}};
    struct buffer parts = BUFFER_INIT;

    counts_put(&parts, counts, sizeof counts / sizeof *counts, 0);
    char *text = text_take(&parts);
    if (text[0] != '\0') {
        text_put(out, " (%s)", text);
    }
    free(text);
}

static void put_terms(struct buffer *out, const json_t *stats, enum width width)
{
    const struct words words = words_of(width);
    const json_t *assignments = json_object_get(stats, "assignments");
    json_int_t planned = field_number(assignments, "planned");
    json_int_t at_work = field_number(assignments, "open") + field_number(assignments, "reported") +
                         field_number(assignments, "delegated") +
                         field_number(assignments, "paused");
    json_int_t done =
        field_number(assignments, "accepted") + field_number(assignments, "accepted_in_part");
    json_int_t withdrawn = field_number(assignments, "withdrawn");
    bool started = false;

    text_put(out, " · %s %lld", language_word(N_("status|terms")),
             (long long)(planned + at_work + done + withdrawn));
    buffer_text(out, planned + at_work + done + withdrawn > 0 ? ": " : "");
    put(out, words.planned, width == SHORTEST ? 0 : planned, &started);
    put(out, language_word(N_("status|at work")), at_work, &started);
    if (at_work > 0) {
        put_at_work(out, stats, &words);
    }
    put(out, word_standing("accepted"), done, &started);
    put(out, words.withdrawn, withdrawn, &started);
}

static char *status_of(const json_t *stats, enum width width)
{
    json_int_t incidents = field_number(stats, "incidents");
    struct buffer out = BUFFER_INIT;

    put_day(&out, field_text(stats, "today"), width);
    if (incidents > 0) {
        text_put(&out, " · %s %lld", language_word(N_("status|incidents")), (long long)incidents);
    }
    put_terms(&out, stats, width);
    return text_take(&out);
}

char *watch_status(const json_t *stats, size_t columns)
{
    enum width width = WIDE;
    char *text = status_of(stats, width);

    while (columns > 0 && width < SHORTEST && text_columns(text) > columns) {
        free(text);
        text = status_of(stats, ++width);
    }
    return text;
}
