/* why_closed.c - how an assignment ended: accepted, accepted in part, withdrawn; by whom, when, why
 *
 * Owns:    the wording of what is over.
 * In:      why_sentence.c; *closed* of WHY (docs/protocol.md §3.6), the newest first.
 * Always:  no fact is made up: what the engine did not say is left out.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"
#include "cli/why_part.h"

#include <string.h>

#define CLOSED_SHOWN 3u

static void put_list(const struct why *w, const char *before, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        text_put(w->out, "%s%s", i == 0 ? before : ", ",
                 why_or_dash(json_string_value(json_array_get(list, i))));
    }
}

/* «, кем: ЦНППМ (вместо: ЛОИРО); основание: …» */
static void put_actor(const struct why *w)
{
    const char *by = field_text(w->wait, "by_name");
    const char *reason = field_text(w->wait, "reason");

    by = by != NULL ? by : field_text(w->wait, "by");
    if (by != NULL) {
        text_put(w->out, _(", by: %s"), by);
    }
    if (field_body(w->wait, "for") != NULL) {
        text_put(w->out, _(" (in the place of: %s)"), field_body(w->wait, "for"));
    }
    put_list(w, _("; have not answered: "), json_object_get(w->wait, "missing_names"));
    put_list(w, _("; the report lacks: "), json_object_get(w->wait, "missing_results"));
    if (reason != NULL) {
        text_put(w->out, _("; the grounds: %s"), reason);
    }
    buffer_text(w->out, "; ");
}

static bool is_kind(const json_t *row, const char *kind)
{
    const char *is = field_text(row, "kind");

    return is != NULL && strcmp(is, kind) == 0;
}

static void put_end(const struct why *w)
{
    char day[DATES_TEXT_MAX];

    dates_moment_day(w->zone, field_text(w->wait, "time"), day);
    if (is_kind(w->wait, "assignment.accepted")) {
        bool in_part = json_is_true(json_object_get(w->wait, "in_part"));
        why_put_subject(w, true);
        text_put(w->out, in_part ? _(" was accepted in part on %s") : _(" was accepted on %s"),
                 day);
        put_actor(w);
    } else if (is_kind(w->wait, "assignment.withdrawn")) {
        why_put_subject(w, false);
        text_put(w->out, _(" was withdrawn on %s"), day);
        put_actor(w);
    } else if (is_kind(w->wait, "instance.cancelled") && field_text(w->wait, "reason") != NULL) {
        text_put(w->out, _("cancelled by an operator on %s"), day);
        put_actor(w);
    }
}

void why_put_closed(const struct why *w)
{
    const json_t *closed = json_object_get(w->answer, "closed");
    struct why end = *w;

    for (size_t i = 0; i < json_array_size(closed) && i < CLOSED_SHOWN; i++) {
        end.wait = json_array_get(closed, i);
        put_end(&end);
    }
}
