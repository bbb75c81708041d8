/* watch_status.c - numbers of STATS as one line
 *
 * Owns:    which numbers an operator wants before his eyes all the time.
 * In:      the answer of STATS (docs/protocol.md §3.6).
 */
#include "cli/watch_status.h"

#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"

static void put(struct buffer *out, const char *name, json_int_t count)
{
    text_put(out, " · %s %lld", language_word(name), (long long)count);
}

/* Trouble is named only when there is some. */
static void put_trouble(struct buffer *out, const char *name, json_int_t count)
{
    if (count > 0) {
        put(out, name, count);
    }
}

char *watch_status(const json_t *stats)
{
    const json_t *assignments = json_object_get(stats, "assignments");
    const json_t *phases = json_object_get(stats, "phases");
    struct buffer out = BUFFER_INIT;
    char today[DATES_TEXT_MAX];

    dates_day_of(field_text(stats, "today"), today);
    buffer_text(&out, today);
    put(&out, N_("status|planned"), field_number(assignments, "planned"));
    put(&out, N_("status|open"), field_number(assignments, "open"));
    put(&out, N_("status|due soon"), field_number(phases, "soon") + field_number(phases, "today"));
    put(&out, N_("status|overdue"),
        field_number(phases, "overdue") + field_number(phases, "critical"));
    put(&out, N_("status|being checked"), field_number(assignments, "reported"));
    put(&out, N_("status|done"), field_number(assignments, "accepted"));
    put_trouble(&out, N_("status|withdrawn"), field_number(assignments, "withdrawn"));
    put_trouble(&out, N_("status|incidents"), field_number(stats, "incidents"));
    return text_take(&out);
}
