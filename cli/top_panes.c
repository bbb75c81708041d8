/* top_panes.c - the lists of `top`: what rows they have, in which order, in which columns
 *
 * Owns:    the panes and their orders.
 * In:      top_frame.c with what top_data.c has collected.
 * Always:  the order does not change between two frames unless the data does.
 */
#include "cli/top_panes.h"

#include "base/must.h"
#include "cli/assignment_rows.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define SORTS_MAX 3

struct sort {
    const char *field; /* NULL: as the engine has it */
    const char *name;  /* N_() */
    bool down;         /* numbers: the largest first */
};

static const struct {
    const char *name;  /* N_() */
    const char *empty; /* N_() */
    struct sort sorts[SORTS_MAX];
    unsigned sort_count;
} panes[PANES] = {
    [PANE_TERMS] = {N_("pane|Terms"),
                    N_("No assignment is open."),
                    {{NULL, N_("order|last day"), false},
                     {"responsible", N_("order|body"), false},
                     {"title", N_("order|title"), false}},
                    3},
    [PANE_DECISIONS] = {N_("pane|Decisions"),
                        N_("Nothing waits for a decision."),
                        {{NULL, N_("order|last day"), false},
                         {"controller", N_("order|controller"), false}},
                        2},
    [PANE_BODIES] = {N_("pane|Bodies"),
                     N_("No body has an open assignment."),
                     {{NULL, N_("order|late"), false},
                      {"total", N_("order|open"), true},
                      {"id", N_("order|body"), false}},
                     3},
    [PANE_INCIDENTS] = {N_("pane|Incidents"),
                        N_("There are no incidents: nothing waits for an operator."),
                        {{NULL, N_("order|age"), false}, {"service", N_("order|service"), false}},
                        2},
    [PANE_WORKERS] = {N_("pane|Workers"),
                      N_("No worker is connected."),
                      {{"name", N_("order|name"), false}, {"running", N_("order|load"), true}},
                      2},
};

const char *top_pane_name(enum top_pane pane)
{
    return language_word(panes[pane].name);
}

const char *top_pane_empty(enum top_pane pane)
{
    return _(panes[pane].empty);
}

unsigned top_pane_sorts(enum top_pane pane)
{
    return panes[pane].sort_count;
}

const char *top_pane_sort_name(enum top_pane pane, unsigned sort)
{
    must(sort < panes[pane].sort_count);
    return language_word(panes[pane].sorts[sort].name);
}

/* --- rows ---------------------------------------------------------------------------------- */

struct place {
    json_t *row;
    size_t at;
    const struct sort *sort;
};

static int compare_values(const json_t *a, const json_t *b, const struct sort *sort)
{
    json_int_t x = field_number(a, sort->field);
    json_int_t y = field_number(b, sort->field);

    if (sort->down) {
        return (x < y) - (x > y);
    }
    const char *left = field_body(a, sort->field);
    const char *right = field_body(b, sort->field);
    return strcmp(left != NULL ? left : "", right != NULL ? right : "");
}

static int compare(const void *a, const void *b)
{
    const struct place *x = a;
    const struct place *y = b;
    int order = compare_values(x->row, y->row, x->sort);

    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static json_t *sorted(const json_t *rows, const struct sort *sort)
{
    size_t count = json_array_size(rows);
    struct place *places = xcalloc(count + 1, sizeof *places);
    json_t *out = json_array();

    for (size_t i = 0; i < count; i++) {
        places[i] = (struct place){json_array_get(rows, i), i, sort};
    }
    if (sort->field != NULL) {
        qsort(places, count, sizeof *places, compare);
    }
    for (size_t i = 0; i < count; i++) {
        json_array_append(out, places[i].row);
    }
    free(places);
    return out;
}

json_t *top_pane_rows(enum top_pane pane, const struct top_data *data, unsigned sort)
{
    const json_t *rows[PANES] = {
        [PANE_TERMS] = json_object_get(data->assignments, "rows"),
        [PANE_DECISIONS] = json_object_get(data->overview, "decisions"),
        [PANE_BODIES] = json_object_get(data->overview, "bodies"),
        [PANE_INCIDENTS] = json_object_get(data->incidents, "rows"),
        [PANE_WORKERS] = json_object_get(data->workers, "rows"),
    };

    must(sort < panes[pane].sort_count);
    return sorted(rows[pane], &panes[pane].sorts[sort]);
}

/* --- columns ------------------------------------------------------------------------------- */

/* Fields as text, in the order of the columns. */
static void add_fields(struct table *table, const json_t *row, const char *const *fields,
                       size_t count)
{
    const char *cells[TABLE_COLUMNS_MAX];
    char *printed[TABLE_COLUMNS_MAX];

    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_object_get(row, fields[i]);
        printed[i] = field_printed(row, fields[i]);
        cells[i] = json_is_object(value) ? field_body(row, fields[i]) : printed[i];
    }
    table_add(table, cells);
    for (size_t i = 0; i < count; i++) {
        free(printed[i]);
    }
}

static struct table *bodies_table(const json_t *rows)
{
    static const char *const fields[] = {"id",   "short",    "overdue", "critical", "today",
                                         "soon", "reported", "asked",   "total"};
    const struct column columns[] = {
        {.heading = _("Body"), .flexible = true},
        {.heading = _("Title"), .flexible = true},
        {.heading = language_word(N_("column|Overdue")), .right = true},
        {.heading = language_word(N_("column|Long")), .right = true},
        {.heading = language_word(N_("column|Today")), .right = true},
        {.heading = language_word(N_("column|Soon")), .right = true},
        {.heading = language_word(N_("column|To decide")), .right = true},
        {.heading = language_word(N_("column|Asked")), .right = true},
        {.heading = language_word(N_("column|Open")), .right = true}};
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);

    for (size_t i = 0; i < json_array_size(rows); i++) {
        add_fields(table, json_array_get(rows, i), fields, sizeof fields / sizeof *fields);
    }
    return table;
}

static struct table *incidents_table(const json_t *rows, const struct zone *zone)
{
    const struct column columns[] = {{.heading = _("Task")},
                                     {.heading = _("Service")},
                                     {.heading = _("Since")},
                                     {.heading = _("Step"), .flexible = true},
                                     {.heading = _("Cause"), .flexible = true}};
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);

    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        const json_t *problem = json_object_get(row, "problem");
        const char *detail = field_text(problem, "detail");
        char since[DATES_TEXT_MAX];
        const char *cells[] = {field_text(row, "task"), field_text(row, "service"), since,
                               field_step(row),
                               detail != NULL ? detail : field_text(problem, "title")};
        dates_moment_short(zone, field_text(row, "since"), since);
        table_add(table, cells);
    }
    return table;
}

/* «######····», of ten: work under way of what it can take. */
static char *load_of(const json_t *row)
{
    json_int_t running = field_number(row, "running");
    json_int_t room = running + field_number(row, "credit");
    json_int_t marks = room > 0 ? (running * 10 + room / 2) / room : 0;
    struct buffer out = BUFFER_INIT;

    for (json_int_t i = 0; i < 10; i++) {
        buffer_text(&out, i < marks ? "#" : "·");
    }
    return text_take(&out);
}

static struct table *workers_table(const json_t *rows)
{
    const struct column columns[] = {{.heading = _("Program")},
                                     {.heading = _("Load")},
                                     {.heading = _("At work"), .right = true},
                                     {.heading = _("Can take"), .right = true},
                                     {.heading = _("Last heard"), .right = true},
                                     {.heading = _("Services"), .flexible = true}};
    struct table *table = table_create(columns, sizeof columns / sizeof *columns);

    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        json_t *services = json_object_get(row, "services");
        struct buffer seen = BUFFER_INIT;
        struct buffer names = BUFFER_INIT;
        for (size_t k = 0; k < json_array_size(services); k++) {
            const char *name = json_string_value(json_array_get(services, k));
            text_put(&names, "%s%s", k > 0 ? ", " : "", name != NULL ? name : "?");
        }
        text_put(&seen, _("%.1f s ago"), (double)field_number(row, "seen_ms_ago") / 1000);
        char *parts[] = {load_of(row), field_printed(row, "running"), field_printed(row, "credit"),
                         text_take(&seen), text_take(&names)};
        table_add(table, (const char *const[]){field_text(row, "name"), parts[0], parts[1],
                                               parts[2], parts[3], parts[4]});
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
            free(parts[k]);
        }
    }
    return table;
}

struct table *top_pane_table(enum top_pane pane, const json_t *rows, const struct top_data *data,
                             const struct zone *zone)
{
    switch (pane) {
    case PANE_BODIES:
        return bodies_table(rows);
    case PANE_INCIDENTS:
        return incidents_table(rows, zone);
    case PANE_WORKERS:
        return workers_table(rows);
    default:
        return assignment_rows_table(rows, field_text(data->stats, "today"));
    }
}
