/* top_frame.c - one frame of `top`: lines that fit the screen
 *
 * Owns:    what stands where: numbers above, one list in the middle, keys below.
 * In:      top.c.
 * Always:  no line is wider than the screen, and no frame higher.
 */
#include "cli/top_frame.h"

#include "base/must.h"
#include "cli/counts.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/size_text.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define LINES_MAX 4000

/* --- lines --------------------------------------------------------------------------------- */

/* Takes the text. style: "" or what is printed before it. */
static void add_line(struct top_frame *frame, char *text, size_t columns, const char *style,
                     const char *plain)
{
    struct buffer out = BUFFER_INIT;

    must(frame->count < LINES_MAX);
    char *harmless = text_harmless(text, strlen(text));
    char *cut = columns > 0 ? text_fit(harmless, columns) : xstrdup(harmless);
    text_put(&out, "%s%s%s", style, cut, plain);
    frame->lines[frame->count++] = text_take(&out);
    free(cut);
    free(harmless);
    free(text);
}

static void begin(struct top_frame *frame)
{
    *frame = (struct top_frame){.lines = xcalloc(LINES_MAX, sizeof *frame->lines)};
}

void top_frame_fini(struct top_frame *frame)
{
    for (size_t i = 0; i < frame->count; i++) {
        free(frame->lines[i]);
    }
    free(frame->lines);
    *frame = (struct top_frame){0};
}

/* --- the numbers above --------------------------------------------------------------------- */

static char *first_line(const struct top_data *data, const struct top_view *view,
                        const struct zone *zone)
{
    const char *clock = field_text(data->stats, "clock");
    struct buffer out = BUFFER_INIT;
    char now[DATES_TEXT_MAX];
    char uptime[SIZE_TEXT_MAX];

    dates_moment(zone, field_text(data->stats, "now"), now);
    duration_text((int64_t)field_number(data->stats, "uptime_ms"), uptime);
    buffer_text(&out, "marshrut top · ");
    if (data->lost) {
        text_put(&out, "%s · ", _("THE ENGINE DOES NOT ANSWER"));
    }
    if (view->paused) {
        text_put(&out, "%s · ", _("PAUSED"));
    }
    text_put(&out, "%s · ", now);
    text_put(&out, _("up for %s"), uptime);
    if (clock != NULL && strcmp(clock, "demo") == 0) {
        text_put(&out, " · %s", _("demonstration clock"));
    }
    return text_take(&out);
}

/* What is nothing is not told, but for the first: «просрочено 0». */
static char *counts_line(const char *label, const struct count *counts, size_t count)
{
    struct buffer out = BUFFER_INIT;

    text_put(&out, "%s: ", label);
    counts_put(&out, counts, count, 1);
    return text_take(&out);
}

static char *instances_line(const struct top_data *data)
{
    const json_t *instances = json_object_get(data->stats, "instances");
    const struct count counts[] = {
        {language_word(N_("count|running")), field_number(instances, "running")},
        {language_word(N_("count|suspended")), field_number(instances, "suspended")},
        {language_word(N_("count|completed")), field_number(instances, "completed")},
        {language_word(N_("count|tasks ready")), field_number(data->stats, "ready")},
        {language_word(N_("count|letters on their way")), field_number(data->stats, "letters")},
    };

    return counts_line(_("Instances"), counts, sizeof counts / sizeof *counts);
}

/* Counts of OVERVIEW: those that `today` tells, without all, paused and incidents, and here with
 * open and planned. */
static char *terms_line(const struct top_data *data)
{
    const json_t *numbers = json_object_get(data->overview, "counts");
    const struct count counts[] = {
        {word_standing("overdue"), field_number(numbers, "overdue")},
        {language_word(N_("count|of them long")), field_number(numbers, "critical")},
        {word_standing("today"), field_number(numbers, "today")},
        {word_standing("soon"), field_number(numbers, "soon")},
        {word_standing("reported"), field_number(numbers, "reported")},
        {word_standing("asked"), field_number(numbers, "asked")},
        {word_standing("open"), field_number(numbers, "open")},
        {word_standing("planned"), field_number(numbers, "planned")},
    };

    return counts_line(_("Assignments"), counts, sizeof counts / sizeof *counts);
}

static char *rates_line(const struct top_data *data)
{
    const json_t *workers = json_object_get(data->workers, "rows");
    json_int_t running = 0;
    json_int_t room = 0;
    struct buffer out = BUFFER_INIT;

    for (size_t i = 0; i < json_array_size(workers); i++) {
        running += field_number(json_array_get(workers, i), "running");
        room += field_number(json_array_get(workers, i), "credit");
    }
    text_put(&out, _("Workers: %zu, at work %lld of %lld"), json_array_size(workers),
             (long long)running, (long long)(running + room));
    if (data->rates_known) {
        text_put(&out, _(" · per second: records %.1f, results %.1f, commands %.1f"),
                 data->rates[RATE_RECORDS], data->rates[RATE_RESULTS], data->rates[RATE_COMMANDS]);
    }
    return text_take(&out);
}

static char *tabs_line(const struct top_data *data, const struct top_view *view)
{
    struct buffer out = BUFFER_INIT;

    for (unsigned i = 0; i < PANES; i++) {
        json_t *rows = top_pane_rows((enum top_pane)i, data, 0);
        bool more = i == PANE_TERMS && !json_is_null(json_object_get(data->assignments, "next"));
        text_put(&out, i == view->pane ? "[%u %s %zu%s]" : " %u %s %zu%s ", i + 1,
                 top_pane_name((enum top_pane)i), json_array_size(rows), more ? "+" : "");
        json_decref(rows);
    }
    return text_take(&out);
}

/* --- the list ------------------------------------------------------------------------------ */

static void bring_into_bounds(struct top_view *view, size_t count, size_t room)
{
    if (view->selected >= count) {
        view->selected = count > 0 ? count - 1 : 0;
    }
    if (view->first > view->selected) {
        view->first = view->selected;
    }
    if (view->selected >= view->first + room) {
        view->first = view->selected - room + 1;
    }
    if (view->first + room > count) {
        view->first = count > room ? count - room : 0;
    }
}

/* The lines of a table: the heading, then those of the view. */
static void add_list(struct top_frame *frame, const struct table *table, struct top_view *view,
                     const struct output *output, size_t columns)
{
    struct buffer out = BUFFER_INIT;
    size_t row = 0;

    bring_into_bounds(view, table_rows(table), frame->body);
    table_layout(table, columns, "", "", &out);
    char *text = text_take(&out);
    for (char *line = text; *line != '\0'; row++) {
        char *end = strchr(line, '\n');
        *end = '\0';
        bool selected = columns > 0 && row == view->selected + 1;
        if (row == 0) {
            add_line(frame, xstrdup(line), columns, output_style(output, STYLE_BOLD),
                     output_plain(output));
        } else if (row > view->first && row <= view->first + frame->body) {
            const char *mark = output->colour ? "\033[7m" : "";
            add_line(frame, xstrdup(line), columns, selected ? mark : "",
                     selected && output->colour ? "\033[0m" : "");
        }
        line = end + 1;
    }
    free(text);
}

static char *keys_line(const struct top_view *view)
{
    struct buffer out = BUFFER_INIT;

    text_put(&out, _("q quit  p pause  s order: %s  1-5 lists  Enter why  ? help"),
             top_pane_sort_name(view->pane, view->sort[view->pane]));
    return text_take(&out);
}

static void add_head(struct top_frame *frame, const struct top_data *data,
                     const struct top_view *view, const struct session *session, size_t columns)
{
    const struct output *out = &session->out;

    add_line(frame, first_line(data, view, session->zone), columns, output_style(out, STYLE_BOLD),
             output_plain(out));
    add_line(frame, instances_line(data), columns, "", "");
    add_line(frame, terms_line(data), columns, "", "");
    add_line(frame, rates_line(data), columns, "", "");
    add_line(frame, tabs_line(data, view), columns, output_style(out, STYLE_BLUE),
             output_plain(out));
}

void top_frame_make(struct top_frame *ret_frame, const struct top_data *data, struct top_view *view,
                    const json_t *rows, const struct session *session, size_t height,
                    size_t columns)
{
    struct top_frame frame;

    begin(&frame);
    add_head(&frame, data, view, session, columns);
    size_t taken = frame.count + 2; /* the heading of the list, the keys */
    frame.body = height == 0 ? LINES_MAX - taken - 1 : height > taken ? height - taken : 1;
    if (json_array_size(rows) == 0) {
        add_line(&frame, xstrdup(top_pane_empty(view->pane)), columns, "", "");
        bring_into_bounds(view, 0, frame.body);
    } else {
        struct table *table = top_pane_table(view->pane, rows, data, session->zone);
        add_list(&frame, table, view, &session->out, columns);
        table_destroy(table);
    }
    if (height > 0) {
        while (frame.count + 1 < height) {
            add_line(&frame, xstrdup(""), columns, "", "");
        }
        frame.count = frame.count < height ? frame.count : height - 1;
        add_line(&frame, keys_line(view), columns, output_style(&session->out, STYLE_DIM),
                 output_plain(&session->out));
    }
    *ret_frame = frame;
}

void top_frame_text(struct top_frame *ret_frame, const char *heading, const char *text,
                    size_t height, size_t columns)
{
    struct top_frame frame;
    char *wrapped = text_wrap(text, columns);

    begin(&frame);
    add_line(&frame, xstrdup(heading), columns, "", "");
    add_line(&frame, xstrdup(""), columns, "", "");
    for (char *line = wrapped; *line != '\0' && frame.count + 2 < height;) {
        size_t size = strcspn(line, "\n");
        add_line(&frame, xstrndup(line, size), columns, "", "");
        line += size + (line[size] == '\n' ? 1 : 0);
    }
    add_line(&frame, xstrdup(""), columns, "", "");
    add_line(&frame, xstrdup(_("Any key leads back.")), columns, "", "");
    *ret_frame = frame;
    free(wrapped);
}
