/* watch_group.c - letters of one occasion, until they are said in one line
 *
 * Owns:    the wording of recipients and days.
 * In:      watch_lines.c.
 */
#include "cli/watch_group.h"

#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"

#include <string.h>

#define RECIPIENTS_SHOWN 3

void watch_group_clear(struct watch_group *group)
{
    json_decref(group->assignment);
    json_decref(group->recipients);
    *group = (struct watch_group){.open = false};
}

bool watch_group_holds(const struct watch_group *group, const json_t *assignment)
{
    const char *id = field_text(assignment, "id"); /* in a letter; "task" in a row */
    const char *mine = field_text(group->assignment, "id");

    id = id != NULL ? id : field_text(assignment, "task");
    mine = mine != NULL ? mine : field_text(group->assignment, "task");
    return id != NULL && mine != NULL && strcmp(id, mine) == 0;
}

static void put_recipients(const json_t *names, struct buffer *out)
{
    size_t count = json_array_size(names);

    for (size_t i = 0; i < count && i < RECIPIENTS_SHOWN; i++) {
        text_put(out, "%s%s", i > 0 ? ", " : "", json_string_value(json_array_get(names, i)));
    }
    if (count > RECIPIENTS_SHOWN) {
        text_put(out, _(" and %zu more"), count - RECIPIENTS_SHOWN);
    }
}

static void put_days(json_int_t days, bool working, struct buffer *out)
{
    unsigned long n = (unsigned long)(days < 0 ? -days : days);

    if (days < 0 && working) {
        text_put(out, ngettext("%lu working day left", "%lu working days left", n), n);
    } else if (days < 0) {
        text_put(out, ngettext("%lu day left", "%lu days left", n), n);
    } else if (days > 0 && working) {
        text_put(out, ngettext("%lu working day late", "%lu working days late", n), n);
    } else if (days > 0) {
        text_put(out, ngettext("%lu day late", "%lu days late", n), n);
    }
}

char *watch_group_fact(const struct watch_group *g)
{
    struct buffer out = BUFFER_INIT;
    char to[DATES_TEXT_MAX];

    dates_short_of(field_text(g->assignment, "to"), to);
    if (g->word == WATCH_OPENED) {
        text_put(&out, _("due by %s"), to);
    } else if (g->word == WATCH_OVERDUE) {
        text_put(&out, _("it was due on %s"), to);
    } else {
        put_days(g->days, g->working, &out);
    }
    return text_take(&out);
}

char *watch_group_who(const struct watch_group *g, const struct watch_names *names)
{
    struct buffer out = BUFFER_INIT;

    if (g->word == WATCH_ESCALATED) {
        text_put(&out, "%s → ", watch_names_body(names, g->assignment, "responsible"));
    }
    put_recipients(g->recipients, &out);
    return text_take(&out);
}
