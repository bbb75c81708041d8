/* top.c - `marshrut top`: where everything stands, on the whole terminal, as it changes
 *
 * Owns:    the keys, and when the engine is asked.
 * In:      keys of terminal.c; STATS, OVERVIEW and the rest by top_data.c; WHY of the chosen row.
 * Out:     frames of top_frame.c. Without a terminal, or with --once or --json: one frame.
 * Always:  an engine that goes away is said, and waited for; what was known stays on the screen.
 */
#include "base/clock.h"
#include "base/must.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/terminal.h"
#include "cli/text.h"
#include "cli/top_frame.h"
#include "cli/why_sentence.h"

#include <stdlib.h>
#include <string.h>

#define EVERY_S     1
#define EVERY_MAX_S 3600
#define ANSWER_MS   2000 /* longer, and keys would seem dead */

struct top {
    struct session *session;
    struct top_data data;
    struct top_view view;
    json_t *rows; /* of the list that is shown */
    int64_t every_ms;
    int64_t due_ms; /* when the engine is asked next */
    size_t room;    /* rows of the list on the screen */
};

static void choose_rows(struct top *top)
{
    json_decref(top->rows);
    top->rows = top_pane_rows(top->view.pane, &top->data, top->view.sort[top->view.pane]);
}

static void collect(struct top *top)
{
    struct error err;

    top_data_collect(&top->data, top->session, &err);
    session_use_zone(top->session, field_text(top->data.stats, "zone"));
    top->due_ms = monotonic_ms() + top->every_ms;
    choose_rows(top);
}

static void draw(struct top *top)
{
    struct top_frame frame;
    size_t height;
    size_t columns;

    terminal_size(&height, &columns);
    top_frame_make(&frame, &top->data, &top->view, top->rows, top->session, height, columns);
    terminal_show((const char *const *)frame.lines, frame.count);
    top->room = frame.body;
    top_frame_fini(&frame);
}

/* --- a text in place of the frame ---------------------------------------------------------- */

/* Until a key. False: it is to end. */
static bool show_text(const char *heading, const char *text)
{
    unsigned key = KEY_RESIZE;

    while (key == KEY_RESIZE) {
        struct top_frame frame;
        size_t height;
        size_t columns;
        terminal_size(&height, &columns);
        top_frame_text(&frame, heading, text, height, columns);
        terminal_show((const char *const *)frame.lines, frame.count);
        top_frame_fini(&frame);
        key = terminal_key(-1);
    }
    return key != KEY_STOP;
}

static bool show_help(void)
{
    return show_text(_("Keys of marshrut top"),
                     _("q - quit\n"
                       "p - pause: nothing is asked until p is pressed again\n"
                       "s - another order of the rows\n"
                       "1 … 5, Tab - the lists: terms, decisions, bodies, incidents, workers\n"
                       "arrows, PgUp, PgDn, Home, End - choose a row\n"
                       "Enter - why the chosen one waits\n"
                       "? - this help\n\n"
                       "Keys of the Russian layout do the same."));
}

/* The instance of the row: of an assignment, a decision, an incident. */
static json_int_t chosen_instance(const struct top *top)
{
    const json_t *row = json_array_get(top->rows, top->view.selected);
    const char *task = field_text(row, "task");
    json_int_t instance = field_number(row, "instance");

    return instance != 0 || task == NULL ? instance : (json_int_t)strtoull(task, NULL, 10);
}

static bool show_why(struct top *top)
{
    json_int_t instance = chosen_instance(top);
    struct buffer heading = BUFFER_INIT;
    struct answer answer;
    struct error err;

    if (instance == 0) {
        return true;
    }
    if (!connection_ask(&top->session->connection, "WHY", json_pack("{sI}", "instance", instance),
                        top->session->timeout_ms, &answer, &err)) {
        connection_reset(&top->session->connection);
        top->data.lost = true;
        return true;
    }
    char *sentence = answer.ok ? why_sentence(answer.json, top->session->zone)
                               : xstrdup(_("The instance is not there any more."));
    text_put(&heading, _("Why instance %lld waits"), (long long)instance);
    char *text = text_take(&heading);
    bool on = show_text(text, sentence);
    answer_fini(&answer);
    free(text);
    free(sentence);
    return on;
}

/* --- keys ---------------------------------------------------------------------------------- */

static void move(struct top *top, unsigned key)
{
    size_t count = json_array_size(top->rows);
    size_t page = top->room > 1 ? top->room - 1 : 1;
    size_t *at = &top->view.selected;

    switch (key) {
    case KEY_UP:
    case 'k':
        *at -= *at > 0 ? 1 : 0;
        break;
    case KEY_DOWN:
    case 'j':
        *at += *at + 1 < count ? 1 : 0;
        break;
    case KEY_PAGE_UP:
        *at -= *at > page ? page : *at;
        break;
    case KEY_PAGE_DOWN:
        *at = *at + page < count ? *at + page : count > 0 ? count - 1 : 0;
        break;
    case KEY_HOME:
        *at = 0;
        break;
    case KEY_END:
        *at = count > 0 ? count - 1 : 0;
        break;
    default:
        break;
    }
}

static void show_pane(struct top *top, unsigned pane)
{
    top->view.pane = (enum top_pane)(pane % PANES);
    top->view.selected = 0;
    top->view.first = 0;
    choose_rows(top);
}

/* False: it is to end. */
static bool obey(struct top *top, unsigned key)
{
    unsigned *sort = &top->view.sort[top->view.pane];

    if (key >= '1' && key < '1' + PANES) {
        show_pane(top, key - '1');
        return true;
    }
    switch (key) {
    case 'q':
    case KEY_STOP:
        return false;
    case 'p':
        top->view.paused = !top->view.paused;
        return true;
    case 's':
        *sort = (*sort + 1) % top_pane_sorts(top->view.pane);
        choose_rows(top);
        return true;
    case '\t':
        show_pane(top, top->view.pane + 1u);
        return true;
    case KEY_ENTER:
        return show_why(top);
    case '?':
    case 'h':
        return show_help();
    default:
        move(top, key);
        return true;
    }
}

static int wait_ms(const struct top *top)
{
    int64_t left = top->due_ms - monotonic_ms();

    return top->view.paused ? -1 : left > 0 ? (int)left : 0;
}

static void loop(struct top *top)
{
    bool on = true;

    while (on) {
        if (!top->view.paused && monotonic_ms() >= top->due_ms) {
            collect(top);
        }
        draw(top);
        on = obey(top, terminal_key(wait_ms(top)));
    }
}

/* --- one frame ----------------------------------------------------------------------------- */

static enum exit_code print_once(struct top *top)
{
    struct session *session = top->session;
    struct top_frame frame;
    struct error err;

    if (!top_data_collect(&top->data, session, &err)) {
        return session_unreachable(session, &err);
    }
    if (session->json) {
        json_t *document = top_data_json(&top->data);
        session_print_document(session, document);
        json_decref(document);
        return EXIT_CODE_DONE;
    }
    session_use_zone(session, field_text(top->data.stats, "zone"));
    choose_rows(top);
    top_frame_make(&frame, &top->data, &top->view, top->rows, session, 0,
                   output_columns(&session->out));
    for (size_t i = 0; i < frame.count; i++) {
        fprintf(session->out.file, "%s\n", frame.lines[i]);
    }
    top_frame_fini(&frame);
    return EXIT_CODE_DONE;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct top top = {.session = session};
    uint64_t every = EVERY_S;
    enum exit_code code = EXIT_CODE_DONE;
    struct error err;

    if (!arguments_number(arguments, "every", 1, EVERY_MAX_S, &every, &err)) {
        return session_usage(session, &err);
    }
    top.every_ms = (int64_t)every * 1000;
    top_data_init(&top.data);
    bool once =
        session->json || arguments_has(arguments, "once") || !terminal_open(&session->out, &err);
    if (once) {
        code = print_once(&top);
    } else {
        session->timeout_ms = session->timeout_given ? session->timeout_ms : ANSWER_MS;
        loop(&top);
        terminal_close();
    }
    json_decref(top.rows);
    top_data_fini(&top.data);
    return code;
}

static const struct option options[] = {
    {"once", NULL, N_("print one frame and end, as without a terminal")},
    {"every", N_("SECONDS"), N_("how often the engine is asked (1)")},
    {NULL, NULL, NULL},
};

const struct command command_top = {
    .name = "top",
    .words = "",
    .summary =
        N_("a live view on the whole terminal: terms, decisions, bodies, incidents, workers"),
    .more =
        N_("Keys: q quit, p pause, s another order, 1 to 5 lists, arrows and PgUp choose a row, "
           "Enter tells why it waits, ? help."),
    .examples = "marshrut top\n"
                "marshrut top --once | head -20",
    .options = options,
    .run = run,
};
