/* roadmap_rows.c - a plan as it was approved, on the screen
 *
 * Owns:    the lines of its head, and the table of items of each section.
 * In:      roadmap.c; the answer to ROADMAP (docs/protocol.md §3.6).
 * Always:  an item with several windows has a line for each; its number stands on the first.
 */
#include "cli/roadmap_rows.h"

#include "base/must.h"
#include "cli/assignment_rows.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS 7

/* --- the head ------------------------------------------------------------------------------ */

static void put_period(struct buffer *out, const json_t *period)
{
    char from[DATES_TEXT_MAX];
    char to[DATES_TEXT_MAX];

    dates_day_of(field_text(period, "from"), from);
    dates_day_of(field_text(period, "to"), to);
    if (json_is_true(json_object_get(period, "open_ended"))) {
        text_put(out, _("From %s on"), from);
    } else {
        text_put(out, _("From %s to %s"), from, to);
    }
}

/* «; утверждён 1 декабря 2022 г., № 1982-р» */
static void put_act(struct buffer *out, const json_t *act)
{
    const char *number = field_text(act, "number");
    char date[DATES_TEXT_MAX];

    dates_day_of(field_text(act, "date"), date);
    if (number != NULL) {
        text_put(out, _("; approved on %s, No. %s"), date, number);
    } else {
        text_put(out, _("; approved on %s"), date);
    }
}

static void put_instance(struct buffer *out, const json_t *plan)
{
    json_int_t instance = field_number(plan, "instance");

    if (instance != 0) {
        text_put(out, _("; instance No. %lld: %s"), (long long)instance,
                 word_instance_state(field_text(plan, "state")));
    } else {
        text_put(out, _("; not started yet: marshrut start %s"), field_text(plan, "name"));
    }
}

static void print_wrapped(const struct session *session, struct buffer *line)
{
    char *text = text_harmless((const char *)line->data, line->size);
    char *wrapped = text_wrap(text, output_columns(&session->out));

    fprintf(session->out.file, "%s\n", wrapped);
    free(wrapped);
    free(text);
    buffer_fini(line);
}

void roadmap_rows_head(const struct session *session, const json_t *plan)
{
    const json_t *act = json_object_get(plan, "act");
    const char *title = field_text(plan, "title");
    const char *controller = field_body(plan, "controller");
    struct buffer name = BUFFER_INIT;
    struct buffer facts = BUFFER_INIT;

    text_put(&name, "%s: %s", field_text(plan, "name"), title != NULL ? title : "—");
    print_wrapped(session, &name);
    put_period(&facts, json_object_get(plan, "period"));
    if (act != NULL) {
        put_act(&facts, act);
    }
    if (controller != NULL) {
        text_put(&facts, _("; controlled by: %s"), controller);
    }
    put_instance(&facts, plan);
    print_wrapped(session, &facts);
}

/* --- items --------------------------------------------------------------------------------- */

static char *bodies_of(const json_t *item)
{
    const json_t *bodies = json_object_get(item, "responsible");
    struct buffer out = BUFFER_INIT;

    for (size_t i = 0; i < json_array_size(bodies); i++) {
        const json_t *body = json_array_get(bodies, i);
        const char *name = field_text(body, "short");
        name = name != NULL ? name : field_text(body, "name");
        text_put(&out, "%s%s", i > 0 ? ", " : "", name != NULL ? name : "—");
    }
    return text_take(&out);
}

/* Its last day; one that moved says from where. */
static char *due_of(const json_t *window)
{
    const char *due = field_text(window, "due");
    struct buffer out = BUFFER_INIT;
    char day[DATES_TEXT_MAX];

    dates_short_of(due != NULL ? due : field_text(window, "to"), day);
    text_put(&out, "%s%s", day, json_is_true(json_object_get(window, "moved")) ? "*" : "");
    return text_take(&out);
}

static void add_window(struct table *table, const json_t *item, const json_t *window, bool first,
                       const char *bodies)
{
    const char *task = field_text(window, "task");
    char *due = due_of(window);
    const char *cells[COLUMNS] = {first ? field_text(item, "no") : "",
                                  due,
                                  word_standing(field_text(window, "standing")),
                                  task != NULL ? task : "",
                                  first ? bodies : "",
                                  first ? field_text(item, "phrase") : "",
                                  first ? field_text(item, "title") : ""};

    table_add(table, cells);
    free(due);
}

static void add_item(struct table *table, const json_t *item)
{
    const json_t *windows = json_object_get(item, "windows");
    char *bodies = bodies_of(item);

    for (size_t i = 0; i < json_array_size(windows); i++) {
        add_window(table, item, json_array_get(windows, i), i == 0, bodies);
    }
    free(bodies);
}

/* The items of this section; NULL: those in none. */
static void print_section(const struct session *session, const json_t *items, const char *section,
                          const char *heading)
{
    const struct column columns[COLUMNS] = {{.heading = _("Item")},
                                            {.heading = _("Due")},
                                            {.heading = _("State")},
                                            {.heading = _("Task")},
                                            {.heading = _("Responsible"), .flexible = true},
                                            {.heading = _("Term as approved"), .flexible = true},
                                            {.heading = _("Title"), .flexible = true}};
    struct table *table = table_create(columns, COLUMNS);

    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        const char *of = field_text(item, "section");
        if (section == NULL ? of == NULL : of != NULL && strcmp(of, section) == 0) {
            add_item(table, item);
        }
    }
    if (table_rows(table) > 0) {
        size_t width = output_columns(&session->out);
        char *line = width > 0 ? text_fit(heading, width) : xstrdup(heading);
        assignment_rows_heading(&session->out, line);
        free(line);
        table_print(table, &session->out);
    }
    table_destroy(table);
}

static bool has_moved(const json_t *items)
{
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *windows = json_object_get(json_array_get(items, i), "windows");
        for (size_t w = 0; w < json_array_size(windows); w++) {
            if (json_is_true(json_object_get(json_array_get(windows, w), "moved"))) {
                return true;
            }
        }
    }
    return false;
}

bool roadmap_rows_print(const struct session *session, const json_t *plan)
{
    const json_t *items = json_object_get(plan, "items");
    const json_t *sections = json_object_get(plan, "sections");

    for (size_t i = 0; i < json_array_size(sections); i++) {
        const json_t *section = json_array_get(sections, i);
        struct buffer out = BUFFER_INIT;
        text_put(&out, "%s. %s", field_text(section, "no"), field_text(section, "title"));
        char *heading = text_harmless((const char *)out.data, out.size);
        print_section(session, items, field_text(section, "no"), heading);
        free(heading);
        buffer_fini(&out);
    }
    print_section(session, items, NULL,
                  json_array_size(sections) > 0 ? _("Outside of sections") : _("Items"));
    if (has_moved(items)) {
        fprintf(session->out.file, "%s\n",
                _("* the term has moved: marshrut why --no ITEM tells how"));
    }
    return json_array_size(items) > 0;
}
