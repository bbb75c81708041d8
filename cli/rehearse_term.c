/* rehearse_term.c - the parts of a term, from its row of ASSIGNMENTS and its item
 *
 * Owns:    where each of them stands in a row (docs/protocol.md §3.6).
 * Always:  what the plan says goes before what the row says: rows are cut.
 */
#include "cli/rehearse_term.h"

#include "cli/fields.h"

#include <string.h>

const char *rehearse_body_id(const json_t *row, const char *field)
{
    const json_t *body = json_object_get(row, field);
    const char *id = json_is_object(body) ? field_text(body, "id") : json_string_value(body);

    return id != NULL && id[0] != '\0' ? id : NULL;
}

const char *term_task(const struct rehearsed_term *t)
{
    return field_text(t->given, "task");
}

const char *term_responsible(const struct rehearsed_term *t)
{
    return rehearse_body_id(t->given, "responsible");
}

const char *term_controller(const struct rehearsed_term *t)
{
    return rehearse_body_id(t->given, "controller");
}

/* An id, or an object with one. */
const char *term_co_executor(const struct rehearsed_term *t, size_t index)
{
    const json_t *one = json_array_get(json_object_get(t->given, "co_executors"), index);

    return json_is_object(one) ? field_text(one, "id") : json_string_value(one);
}

const char *term_title(const struct rehearsed_term *t)
{
    const char *title = t->item != NULL ? t->item->title : field_text(t->given, "title");

    return title != NULL ? title : "?";
}

const char *term_no(const struct rehearsed_term *t)
{
    const char *no = t->item != NULL ? t->item->no : field_text(t->given, "no");

    return no != NULL ? no : term_task(t);
}

bool term_is_open(const struct rehearsed_term *t)
{
    static const char *const closed[] = {"accepted", "accepted_in_part", "withdrawn"};
    const char *state = field_text(t->row, "state");

    for (size_t i = 0; state != NULL && i < sizeof closed / sizeof *closed; i++) {
        if (strcmp(state, closed[i]) == 0) {
            return false;
        }
    }
    return true;
}

uint32_t term_occurrences(const struct rehearsed_term *t)
{
    return t->item != NULL ? t->item->window_count : 1;
}

const char *rehearsal_body(const struct rehearsal *r, const char *id)
{
    const struct body *body = id != NULL ? catalog_find_body(r->catalog, id) : NULL;

    return body != NULL ? body->short_name : id != NULL ? id : "?";
}

const struct workdays *rehearsal_workdays(const struct rehearsal *r, const char *id)
{
    const struct body *body = id != NULL ? catalog_find_body(r->catalog, id) : NULL;

    return catalog_workdays(r->catalog, body != NULL ? body->calendar : NULL);
}
