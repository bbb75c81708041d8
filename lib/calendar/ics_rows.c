/* ics_rows.c - rows of assignments gathered into a calendar
 *
 * Owns:    which rows are in it, and what it is called.
 * In:      `marshrut ics`; whoever serves calendars.
 * Out:     text by ics.h.
 * Always:  the same rows at the same moment give the same bytes.
 * See:     docs/time.md §8
 */
#include "calendar/ics_rows.h"

#include "base/must.h"
#include "calendar/ics_text.h"

#include <stdlib.h>
#include <string.h>

#define PRODUCT "-//Marshrut//Marshrut//RU"

void ics_rows_init(struct ics_rows *rows, const struct ics_wish *wish)
{
    must(wish->words != NULL && (wish->token != NULL || wish->domain != NULL));
    *rows = (struct ics_rows){.wish = *wish, .arena = ARENA_INIT};
}

void ics_rows_fini(struct ics_rows *rows)
{
    free(rows->entries);
    arena_fini(&rows->arena);
}

static const char *text_of(const json_t *row, const char *field)
{
    return json_string_value(json_object_get(row, field));
}

static void note_name(struct ics_rows *rows, const json_t *row)
{
    const json_t *responsible = json_object_get(row, "responsible");
    const char *id = text_of(responsible, "id");
    const char *name = text_of(responsible, "short");

    if (rows->body_name == NULL && rows->wish.body != NULL && id != NULL && name != NULL &&
        strcmp(id, rows->wish.body) == 0) {
        rows->body_name = arena_text(&rows->arena, bytes_of(name));
    }
}

bool ics_rows_add(struct ics_rows *rows, const json_t *row, struct error *err)
{
    const char *plan = text_of(row, "plan");
    bool other = rows->wish.plan != NULL && (plan == NULL || strcmp(plan, rows->wish.plan) != 0);
    struct ics_entry entry;

    note_name(rows, row);
    if (other || !ics_row_entry(row, &rows->wish, &rows->arena, &entry)) {
        return true;
    }
    if (rows->count == ICS_ROWS_MAX) {
        return error_set(err, ERROR_TOO_LARGE,
                         "there are more than %d terms: name a body or a plan", ICS_ROWS_MAX);
    }
    if (rows->count == rows->room) {
        rows->room = rows->room > 0 ? rows->room * 2 : 64;
        rows->entries = xrealloc(rows->entries, rows->room * sizeof *rows->entries);
    }
    rows->entries[rows->count++] = entry;
    return true;
}

/* "Сроки: ЦНППМ, lo-2023" */
static void put_name(const struct ics_rows *rows, struct buffer *out)
{
    const struct ics_wish *wish = &rows->wish;

    buffer_text(out, wish->words->terms);
    buffer_text(out, wish->body != NULL || wish->plan != NULL ? ": " : "");
    ics_text_put(out, rows->body_name != NULL ? rows->body_name : wish->body);
    buffer_text(out, wish->body != NULL && wish->plan != NULL ? ", " : "");
    ics_text_put(out, wish->plan);
    buffer_append(out, "", 1);
}

void ics_rows_print(const struct ics_rows *rows, int64_t now_ms, struct buffer *out)
{
    struct buffer name = BUFFER_INIT;

    put_name(rows, &name);
    struct ics_calendar calendar = {
        .name = (const char *)name.data, .product = PRODUCT, .now_ms = now_ms};
    ics_print(&calendar, rows->entries, rows->count, out);
    buffer_fini(&name);
}
