/* why_told.c - who was told what of an assignment, and who will be told next
 *
 * Owns:    two short lists, each with the rule that makes the notice.
 * In:      why.c; *told* and *ahead* of WHY (docs/protocol.md §3.6).
 */
#include "cli/why_told.h"

#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"

#include <stdlib.h>

#define TOLD_SHOWN 5u

/* «за 3 рабочих дня до срока»: which day the rule counts; nothing for what people did. */
static void put_rule(const json_t *row, struct buffer *out)
{
    json_int_t days = field_number(row, "days");
    bool working = json_is_true(json_object_get(row, "working"));
    unsigned long n = (unsigned long)(days < 0 ? -days : days);

    if (days < 0 && working) {
        text_put(
            out,
            ngettext(", %lu working day before the term", ", %lu working days before the term", n),
            n);
    } else if (days < 0) {
        text_put(out, ngettext(", %lu day before the term", ", %lu days before the term", n), n);
    } else if (days > 0 && working) {
        text_put(
            out,
            ngettext(", %lu working day after the term", ", %lu working days after the term", n),
            n);
    } else if (days > 0) {
        text_put(out, ngettext(", %lu day after the term", ", %lu days after the term", n), n);
    }
}

static void put_bodies(const json_t *to, struct buffer *out)
{
    if (!json_is_array(to)) {
        const char *name = field_text(to, "short");
        buffer_text(out, name != NULL ? name : "—");
        return;
    }
    for (size_t i = 0; i < json_array_size(to); i++) {
        const char *name = field_text(json_array_get(to, i), "short");
        text_put(out, "%s%s", i > 0 ? ", " : "", name != NULL ? name : "—");
    }
}

static void print_row(const struct session *session, const json_t *row, const char *moment)
{
    struct buffer out = BUFFER_INIT;
    char at[DATES_TEXT_MAX];
    const char *word = word_letter(field_text(row, "notice"));

    dates_moment(session->zone, field_text(row, moment), at);
    text_put(&out, "  %s — ", at);
    put_bodies(json_object_get(row, "to"), &out);
    text_put(&out, ": %s", word != NULL ? word : "—");
    put_rule(row, &out);
    char *text = text_harmless((const char *)out.data, out.size);
    fprintf(session->out.file, "%s\n", text);
    free(text);
    buffer_fini(&out);
}

static void print_list(const struct session *session, const char *heading, const json_t *rows,
                       const char *moment)
{
    size_t count = json_array_size(rows);

    if (count == 0) {
        return;
    }
    fprintf(session->out.file, "%s\n", heading);
    for (size_t i = 0; i < count && i < TOLD_SHOWN; i++) {
        print_row(session, json_array_get(rows, i), moment);
    }
    if (count > TOLD_SHOWN) {
        size_t more = count - TOLD_SHOWN;
        fprintf(session->out.file, ngettext("  and %zu more\n", "  and %zu more\n", more), more);
    }
}

void why_told_print(const struct session *session, const json_t *answer)
{
    const json_t *waiting = json_object_get(answer, "waiting");

    print_list(session, _("Told:"), json_object_get(answer, "told"), "time");
    for (size_t i = 0; i < json_array_size(waiting); i++) {
        print_list(session, _("Will be told, as things are now:"),
                   json_object_get(json_array_get(waiting, i), "ahead"), "at");
    }
}
