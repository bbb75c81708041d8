/* why_told.c - who was told what of an assignment, and who will be told next
 *
 * Owns:    short lists of what was told and what will be, each with where the term stands then.
 * In:      why.c; *told* and *ahead* of WHY (docs/protocol.md §3.6).
 */
#include "cli/why_told.h"

#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define TOLD_SHOWN 5u

/* «за 3 рабочих дня до срока», «просрочка 5 дней»: where the term stands on the day of the letter;
 * nothing for what people did. */
static void put_distance(const json_t *row, struct buffer *out)
{
    json_int_t left = field_number(row, "left");
    json_int_t working = field_number(row, "left_working");
    bool by_working = json_is_true(json_object_get(row, "working")) && working > 0;
    unsigned long n = (unsigned long)(left < 0 ? -left : by_working ? working : left);

    if (!json_is_integer(json_object_get(row, "left"))) {
        return;
    }
    if (left == 0) {
        buffer_text(out, _(", on the last day of the term"));
    } else if (left < 0) {
        text_put(out, ngettext(", overdue by %lu day", ", overdue by %lu days", n), n);
    } else if (by_working) {
        text_put(
            out,
            ngettext(", %lu working day before the term", ", %lu working days before the term", n),
            n);
    } else {
        text_put(out, ngettext(", %lu day before the term", ", %lu days before the term", n), n);
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

static bool has_state(const json_t *row, const char *state)
{
    const char *is = field_text(row, "state");

    return state == NULL || strcmp(is != NULL ? is : "sent", state) == 0;
}

void why_told_put(const json_t *row, struct buffer *out)
{
    const char *notice = field_text(row, "notice");
    const char *word = word_letter(notice);
    json_int_t left = field_number(row, "left");
    unsigned long late = (unsigned long)(left < 0 ? -left : 0);

    if (late > 0 && notice != NULL && strcmp(notice, "overdue") == 0) {
        text_put(out, ngettext("overdue by %lu day", "overdue by %lu days", late), late);
        return;
    }
    buffer_text(out, word != NULL ? word : "—");
    put_distance(row, out);
}

/* When its letter left, or will; else when it was decided. task: of which assignment, or NULL. */
static void print_row(const struct session *session, const json_t *row, bool task)
{
    struct buffer out = BUFFER_INIT;
    char at[DATES_TEXT_MAX];
    const char *when = field_text(row, "at");

    dates_moment(session->zone, when != NULL ? when : field_text(row, "time"), at);
    text_put(&out, "  %s — ", at);
    put_bodies(json_object_get(row, "to"), &out);
    if (field_body(row, "for") != NULL) {
        text_put(&out, _(" (in the place of: %s)"), field_body(row, "for"));
    }
    buffer_text(&out, ": ");
    why_told_put(row, &out);
    if (task) {
        text_put(&out, _(" (assignment %s)"), field_text(row, "task"));
    }
    char *text = text_harmless((const char *)out.data, out.size);
    fprintf(session->out.file, "%s\n", text);
    free(text);
    buffer_fini(&out);
}

/* Are they of several assignments? Then each says of which. */
static bool of_several(const json_t *rows)
{
    const char *first = field_text(json_array_get(rows, 0), "task");

    for (size_t i = 1; i < json_array_size(rows); i++) {
        const char *task = field_text(json_array_get(rows, i), "task");
        if (first != NULL && task != NULL && strcmp(first, task) != 0) {
            return true;
        }
    }
    return false;
}

/* Those of this state; NULL: all. */
static void print_list(const struct session *session, const char *heading, const json_t *rows,
                       const char *state)
{
    bool several = of_several(rows);
    size_t shown = 0;
    size_t more = 0;

    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        if (!has_state(row, state)) {
            continue;
        }
        if (shown == TOLD_SHOWN) {
            more++;
            continue;
        }
        if (shown++ == 0) {
            fprintf(session->out.file, "%s\n", heading);
        }
        print_row(session, row, several && field_text(row, "task") != NULL);
    }
    if (more > 0) {
        fprintf(session->out.file, ngettext("  and %zu more\n", "  and %zu more\n", more), more);
    }
}

static size_t with_letters_ahead(const json_t *waiting)
{
    size_t count = 0;

    for (size_t i = 0; i < json_array_size(waiting); i++) {
        count += json_array_size(json_object_get(json_array_get(waiting, i), "ahead")) > 0;
    }
    return count;
}

/* Of a delegated assignment there are two lists: each says whose it is. */
static void print_ahead(const struct session *session, const json_t *waiting)
{
    bool several = with_letters_ahead(waiting) > 1;

    for (size_t i = 0; i < json_array_size(waiting); i++) {
        const json_t *wait = json_array_get(waiting, i);
        const char *task = field_text(wait, "task");
        const char *body = field_body(wait, "on");
        struct buffer heading = BUFFER_INIT;
        if (several && task != NULL && body != NULL) {
            text_put(&heading, _("Will be told of assignment %s (%s), as things are now:"), task,
                     body);
        } else {
            buffer_text(&heading, _("Will be told, as things are now:"));
        }
        char *text = text_take(&heading);
        print_list(session, text, json_object_get(wait, "ahead"), NULL);
        free(text);
    }
}

void why_told_print(const struct session *session, const json_t *answer)
{
    const json_t *told = json_object_get(answer, "told");

    print_list(session, _("Told:"), told, "sent");
    print_list(session, _("Will be told by a letter that has not left yet:"), told, "waits");
    print_ahead(session, json_object_get(answer, "waiting"));
}
