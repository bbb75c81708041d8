/* watch.c - `marshrut watch`: what happens, line by line, as it happens
 *
 * Owns:    the place in the journal up to which everything was shown.
 * In:      JOURNAL page by page; events on ru.marshrut.journal.v1 are only the nudge to ask, and so
 *          is a second without one: events may be lost, records are not.
 * Out:     lines of watch_lines.c above the status line; with --json each row on a line of its own.
 * Always:  no record is passed over. An engine that is away is waited for, and that is said once.
 * See:     docs/protocol.md §4
 */
#include "base/clock.h"
#include "base/limits.h"
#include "cli/bookmark.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/screen.h"
#include "cli/session.h"
#include "cli/text.h"
#include "cli/watch_lines.h"
#include "cli/watch_status.h"
#include "marshrut.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define POLL_MS         1000 /* events may be lost: ask this often anyway */
#define STATUS_LEAST_MS 250  /* the status line changes no faster than people read */
#define ASK_MS          2000
#define NUDGES          "ru.marshrut.journal.v1"

struct watch {
    struct session *session;
    struct screen screen;
    struct watch_lines *lines;
    struct mr_subscriber *subscriber;
    char *bookmark;        /* a file, or NULL */
    uint64_t seq;          /* the last record that was shown */
    uint64_t status_every; /* days; 0 = at the first of each month */
    civil_day status_day;  /* when it was printed last; not on a terminal */
    int64_t status_ms;
    bool lost; /* the engine is away, and that was said */
};

static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
    (void)number;
    stopped = 1;
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};

    sigaction(SIGINT, &action, NULL); /* without SA_RESTART: waiting ends */
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

/* --- asking ------------------------------------------------------------------------------- */

static void say(struct watch *w, const char *sentence)
{
    if (!w->session->json) {
        screen_line(&w->screen, sentence);
        screen_show(&w->screen);
    }
}

/* The answer, or NULL when there is none now; then the next question uses a new socket. */
static json_t *ask(struct watch *w, const char *verb, json_t *request)
{
    struct answer answer;
    struct error err;

    if (stopped) {
        json_decref(request);
        return NULL;
    }
    if (!connection_ask(&w->session->connection, verb, request, ASK_MS, &answer, &err)) {
        connection_reset(&w->session->connection);
        if (!w->lost && !stopped) {
            w->lost = true;
            say(w, _("There is no connection with the engine; waiting for it…"));
        }
        return NULL;
    }
    if (w->lost) {
        w->lost = false;
        say(w, _("The engine is there again."));
    }
    json_t *json = answer.ok ? json_incref(answer.json) : NULL;
    answer_fini(&answer);
    return json;
}

/* Wait for an event, the end of a second, or a signal; take all events that came. */
static void wait_for_nudge(struct watch *w)
{
    struct mr_event event;

    if (mr_subscriber_receive(w->subscriber, POLL_MS, &event, NULL)) {
        while (!stopped && mr_subscriber_receive(w->subscriber, 0, &event, NULL)) {
        }
    }
}

/* --- lines -------------------------------------------------------------------------------- */

static void show_line(const struct watch_line *line, void *arg)
{
    struct watch *w = arg;
    struct buffer out = BUFFER_INIT;

    watch_line_print(line, output_columns(&w->session->out), w->session->out.colour, &out);
    char *text = text_take(&out);
    screen_line(&w->screen, text);
    free(text);
}

static void show_row(struct watch *w, const json_t *row)
{
    if (!w->session->json) {
        watch_lines_row(w->lines, row);
        return;
    }
    char *text = json_dumps(row, JSON_COMPACT);
    if (text != NULL) {
        session_print_json(w->session, text, strlen(text));
    }
    free(text);
}

/* One page of the journal. False when it brought nothing new. */
static bool show_page(struct watch *w)
{
    json_t *answer =
        ask(w, "JOURNAL",
            json_pack("{sIsI}", "after", (json_int_t)w->seq, "limit", (json_int_t)LIMIT_PAGE));
    uint64_t before = w->seq;
    size_t count;
    const json_t *rows = field_rows(answer, &count);

    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, i);
        json_int_t seq = field_number(row, "seq");
        if (seq > (json_int_t)w->seq) {
            show_row(w, row);
            w->seq = (uint64_t)seq;
        }
    }
    json_decref(answer);
    return w->seq > before;
}

static void remember(struct watch *w)
{
    struct error err;

    if (w->bookmark != NULL && !bookmark_write(w->bookmark, w->seq, &err)) {
        say(w, err.text);
        free(w->bookmark);
        w->bookmark = NULL;
    }
}

/* Letters of one turn may lie on two pages, so what is joined is said only at the end. */
static void catch_up(struct watch *w)
{
    uint64_t before = w->seq;

    while (!stopped && show_page(w)) {
        screen_show(&w->screen);
    }
    watch_lines_flush(w->lines);
    if (w->seq != before) {
        remember(w);
    }
}

/* --- the status line ---------------------------------------------------------------------- */

static bool status_due(struct watch *w, const json_t *stats)
{
    const char *today = field_text(stats, "today");
    civil_day day;

    if (w->session->out.terminal) {
        return true;
    }
    if (today == NULL || !civil_parse(bytes_of(today), &day)) {
        return false;
    }
    bool due = w->status_every > 0 ? day >= w->status_day + (civil_day)w->status_every
                                   : civil_of_day(day).month != civil_of_day(w->status_day).month ||
                                         civil_of_day(day).year != civil_of_day(w->status_day).year;
    if (w->status_day == CIVIL_DAY_NONE || due) {
        w->status_day = day;
        return true;
    }
    return false;
}

static void show_status(struct watch *w, const json_t *stats)
{
    if (w->session->json || stats == NULL || !status_due(w, stats)) {
        return;
    }
    size_t columns = output_columns(&w->session->out);
    char *status = watch_status(stats, columns > 0 ? columns - 1 : 0);
    if (w->session->out.terminal) {
        screen_set_status(&w->screen, status);
    } else {
        screen_line(&w->screen, status);
    }
    screen_show(&w->screen);
    free(status);
}

/* Also finds out that the store is another one: its journal is shorter. */
static void look(struct watch *w)
{
    int64_t now_ms = monotonic_ms();

    if (now_ms - w->status_ms < STATUS_LEAST_MS) {
        return;
    }
    w->status_ms = now_ms;
    json_t *stats = ask(w, "STATS", NULL);
    json_t *seq = json_object_get(json_object_get(stats, "journal"), "seq");
    if (json_is_integer(seq) && json_integer_value(seq) < (json_int_t)w->seq) {
        w->seq = 0;
        say(w, _("The journal begins anew."));
    }
    show_status(w, stats);
    json_decref(stats);
}

/* --- the beginning ------------------------------------------------------------------------ */

static json_t *first_stats(struct watch *w)
{
    json_t *stats;

    while ((stats = ask(w, "STATS", NULL)) == NULL && !stopped) {
        wait_for_nudge(w);
    }
    return stats;
}

static void learn_definition(struct watch *w, const json_t *definition)
{
    struct watch_names *names = watch_lines_names(w->lines);
    const char *name = watch_names_learn_definition(names, definition);
    size_t count;

    if (name == NULL) {
        return;
    }
    json_t *answer =
        ask(w, "LIST", json_pack("{sssI}", "definition", name, "limit", (json_int_t)LIMIT_PAGE));
    const json_t *rows = field_rows(answer, &count);
    for (size_t i = 0; i < count; i++) {
        watch_names_set_plan(names, field_number(json_array_get(rows, i), "instance"), name);
    }
    json_decref(answer);
}

/* Names that records before ours have told, from the last page of them. */
static void learn(struct watch *w)
{
    json_t *definitions = ask(w, "DEFINITIONS", NULL);
    size_t count;
    const json_t *rows = field_rows(definitions, &count);

    for (size_t i = 0; i < count; i++) {
        learn_definition(w, json_array_get(rows, i));
    }
    json_decref(definitions);
    if (w->seq > 0) {
        uint64_t after = w->seq > LIMIT_PAGE ? w->seq - LIMIT_PAGE : 0;
        json_t *answer = ask(w, "JOURNAL", json_pack("{sI}", "after", (json_int_t)after));
        rows = field_rows(answer, &count);
        for (size_t i = 0; i < count; i++) {
            watch_lines_learn(w->lines, json_array_get(rows, i));
        }
        json_decref(answer);
    }
}

/* What is watched, in the words of whoever started this. */
static void say_about(struct watch *w, const char *about)
{
    char *wrapped = text_wrap(about, output_columns(&w->session->out));

    say(w, wrapped);
    free(wrapped);
}

static void say_header(struct watch *w, const json_t *stats, const char *about)
{
    const char *clock = field_text(stats, "clock");

    say(w, _("MARSHRUT - plans and roadmaps that get carried out"));
    if (about != NULL) {
        say_about(w, about);
    }
    if (clock != NULL && strcmp(clock, "demo") == 0) {
        say(w, _("Demonstration: time is sped up, the people are simulated."));
        say(w, _("Ctrl-C stops it; the same command goes on where it stopped."));
    } else {
        say(w, _("Ctrl-C ends watching; the engine goes on."));
    }
    say(w, "");
}

/* As told, at the bookmark, at the beginning of a short journal, else at its end. */
static bool choose_start(struct watch *w, const struct arguments *arguments, const json_t *stats,
                         struct error *err)
{
    json_int_t last = field_number(json_object_get(stats, "journal"), "seq");

    w->seq = last <= (json_int_t)LIMIT_PAGE ? 0 : (uint64_t)last;
    if ((w->bookmark != NULL && !bookmark_read(w->bookmark, &w->seq)) ||
        arguments_has(arguments, "from-start") || w->seq > (uint64_t)last) {
        w->seq = 0;
    }
    return arguments_number(arguments, "after", 0, INT64_MAX, &w->seq, err);
}

static enum exit_code watch(struct watch *w, const struct arguments *arguments)
{
    struct error err;
    json_t *stats = first_stats(w);

    if (stats == NULL) {
        return EXIT_CODE_DONE; /* a signal came first */
    }
    if (!choose_start(w, arguments, stats, &err)) {
        json_decref(stats);
        return session_usage(w->session, &err);
    }
    session_use_zone(w->session, field_text(stats, "zone"));
    w->lines = watch_lines_create(w->session->zone, show_line, w);
    watch_lines_be_brief(w->lines, arguments_has(arguments, "brief"));
    say_header(w, stats, arguments_get(arguments, "about"));
    learn(w);
    json_decref(stats);
    while (!stopped) {
        catch_up(w);
        look(w);
        screen_show(&w->screen);
        wait_for_nudge(w);
    }
    screen_end(&w->screen);
    say(w, _("Watching has ended."));
    return EXIT_CODE_DONE;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    struct watch w = {.session = session, .status_day = CIVIL_DAY_NONE};
    struct mr_error reason;
    struct error err;

    if (!arguments_number(arguments, "status-every", 1, 366, &w.status_every, &err)) {
        return session_usage(session, &err);
    }
    w.subscriber = mr_subscriber_create(session->connection.events, NUDGES, &reason);
    if (w.subscriber == NULL) {
        error_set(&err, ERROR_INVALID, "%s", reason.text);
        return session_usage(session, &err);
    }
    if (arguments_has(arguments, "bookmark")) {
        struct buffer path = BUFFER_INIT;
        text_put(&path, "%s/watch.bookmark", session->connection.folder);
        w.bookmark = text_take(&path);
    }
    screen_init(&w.screen, &session->out);
    catch_signals();
    enum exit_code code = watch(&w, arguments);
    screen_fini(&w.screen);
    watch_lines_destroy(w.lines);
    mr_subscriber_destroy(w.subscriber);
    free(w.bookmark);
    return code;
}

static const struct option options[] = {
    {"from-start", NULL, N_("show everything since the beginning of the journal first")},
    {"after", N_("N"), N_("begin after this record of the journal")},
    {"bookmark", NULL, N_("go on where watching ended last; kept in the engine's folder")},
    {"brief", NULL, N_("of assignments in no plan only what is accepted, returned or escalated")},
    {"about", N_("TEXT"), N_("what is watched: said under the heading")},
    {"status-every", N_("DAYS"),
     N_("not on a terminal: a status line every so many days (each month)")},
    {NULL, NULL, NULL},
};

const struct command command_watch = {
    .name = "watch",
    .words = "",
    .summary = N_("what happens, line by line, as it happens"),
    .more = N_("Without options it begins with new records, or with the first when there are few. "
               "With --json each record of the journal is a line of JSON."),
    .examples = "marshrut watch\n"
                "marshrut watch --from-start --status-every 7",
    .options = options,
    .run = run,
};
