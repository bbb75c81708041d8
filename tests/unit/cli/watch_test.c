/* watch_test.c - `marshrut watch` against a puppet: pages, bookmarks, an engine that goes away */
#include "program.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The puppet's journal: letters about one assignment each, at most two a page. */
struct world {
    int last;  /* records it has */
    int asked; /* the last "after" of JOURNAL while it catches up */
    const char *clock;
    bool repeats;     /* pages begin with a row that was there before */
    bool silent_once; /* the next question gets no answer */
};

static struct program p;

static void open_program(void)
{
    program_open(&p);
}

static void close_program(void)
{
    program_close(&p);
}

TestSuite(watch, .init = open_program, .fini = close_program, .timeout = 60);

static void say(const char *json)
{
    char header[64];
    const char *number = strrchr(p.engine.header, ' ');

    snprintf(header, sizeof header, "MC1 OK%s", number);
    engine_say(&p.engine, header, json);
}

static void say_stats(const struct world *world)
{
    char json[256];

    snprintf(json, sizeof json,
             "{\"today\":\"2023-01-09\",\"clock\":\"%s\",\"journal\":{\"seq\":%d},\"assignments\":"
             "{\"open\":%d}}",
             world->clock != NULL ? world->clock : "demo", world->last, world->last);
    say(json);
}

static void append_row(json_t *rows, int seq)
{
    char title[32];

    snprintf(title, sizeof title, "Пункт %d", seq);
    json_array_append_new(rows, json_pack("{si ss ss ss s{ss ss ss ss}}", "seq", seq, "kind",
                                          "assignment.noticed", "notice", "opened", "time",
                                          "2023-01-09T06:00:00.000Z", "assignment", "task", title,
                                          "no", "1", "title", title, "to", "2023-02-28"));
}

static void say_journal(struct world *world)
{
    json_t *request = json_loads(p.engine.payload, 0, NULL);
    int after = (int)json_integer_value(json_object_get(request, "after"));
    json_t *rows = json_array();

    if (json_object_get(request, "limit") != NULL) {
        world->asked = after;
    }
    for (int seq = after + (world->repeats && after > 0 ? 0 : 1);
         seq <= world->last && seq <= after + 2; seq++) {
        append_row(rows, seq);
    }
    json_t *answer = json_pack("{so}", "rows", rows);
    char *text = json_dumps(answer, 0);
    say(text);
    free(text);
    json_decref(answer);
    json_decref(request);
}

static void serve_one(struct world *world)
{
    engine_hear(&p.engine);
    if (world->silent_once) {
        world->silent_once = false;
    } else if (strncmp(p.engine.header, "MC1 STATS ", 10) == 0) {
        say_stats(world);
    } else if (strncmp(p.engine.header, "MC1 JOURNAL ", 12) == 0) {
        say_journal(world);
    } else {
        say("{\"rows\":[]}");
    }
}

/* Answer until it has asked for what comes after the last record; then the lines are shown. */
static void serve_all(struct world *world)
{
    while (world->asked != world->last) {
        serve_one(world);
    }
}

static void stop(struct world *world)
{
    /* the status line follows the records: once STATS is answered, all was printed */
    do {
        serve_one(world);
    } while (strncmp(p.engine.header, "MC1 STATS ", 10) != 0);
    do {
        serve_one(world);
    } while (strncmp(p.engine.header, "MC1 JOURNAL ", 12) != 0);
    kill(p.pid, SIGTERM);
    program_end(&p);
    cr_assert_eq(p.status, 0);
}

static int count(const char *text, const char *part)
{
    int n = 0;

    for (const char *at = text; (at = strstr(at, part)) != NULL; at++) {
        n++;
    }
    return n;
}

#define start(...)                                                                                 \
    program_start(&p, (const char *const[]){"watch", "--events", "tcp://127.0.0.1:9", __VA_ARGS__})

Test(watch, every_record_is_shown_once_over_many_pages)
{
    struct world world = {.last = 7};

    start("--from-start", NULL);
    serve_all(&world);
    stop(&world);
    cr_assert_eq(count(p.out, "  дано"), 7);
    for (int seq = 1; seq <= 7; seq++) {
        char title[32];
        snprintf(title, sizeof title, "«Пункт %d»", seq);
        cr_expect_eq(count(p.out, title), 1, "%s", title);
    }
}

Test(watch, a_record_that_comes_again_is_not_shown_again)
{
    struct world world = {.last = 5, .repeats = true};

    start("--from-start", NULL);
    serve_all(&world);
    stop(&world);
    for (int seq = 1; seq <= 5; seq++) {
        char title[32];
        snprintf(title, sizeof title, "«Пункт %d»", seq);
        cr_expect_eq(count(p.out, title), 1, "%s", title);
    }
}

Test(watch, the_header_says_that_people_are_simulated_only_in_a_demonstration)
{
    struct world world = {.last = 1};

    start("--from-start", NULL);
    serve_all(&world);
    stop(&world);
    cr_assert_not_null(strstr(p.out, "исполнители имитируются"));

    world = (struct world){.last = 1, .clock = "real"};
    start("--from-start", NULL);
    serve_all(&world);
    stop(&world);
    cr_assert_null(strstr(p.out, "имитируются"));
}

Test(watch, what_is_watched_stands_under_the_heading)
{
    struct world world = {.last = 1};

    start("--about", "Рядом — цикл педагогов.", NULL);
    serve_all(&world);
    stop(&world);
    cr_assert_not_null(strstr(p.out, "исполняются\nРядом — цикл педагогов.\nДемонстрация"), "%s",
                       p.out);
}

Test(watch, the_status_line_is_printed_once_a_month_when_it_is_no_terminal)
{
    struct world world = {.last = 3};

    start("--from-start", NULL);
    serve_all(&world);
    stop(&world);
    cr_assert_eq(count(p.out, "9 января 2023 · "), 1);
    cr_assert_null(strchr(p.out, '\033'));
}

Test(watch, a_bookmark_makes_the_next_watch_go_on)
{
    struct world world = {.last = 3};
    char *const environment[] = {malloc(128), malloc(160), NULL};

    snprintf(environment[0], 128, "MARSHRUT_FOLDER=%s", p.folder);
    snprintf(environment[1], 160, "MARSHRUT_CLIENTS=%s", p.engine.endpoint);
    p.environment = environment;
    start("--bookmark", NULL);
    serve_all(&world);
    stop(&world);
    cr_assert_eq(count(p.out, "  дано"), 3);

    world = (struct world){.last = 5};
    start("--bookmark", NULL);
    serve_all(&world);
    stop(&world);
    cr_assert_eq(count(p.out, "  дано"), 2);
    cr_assert_not_null(strstr(p.out, "«Пункт 4»"));
    free(environment[0]);
    free(environment[1]);
}

Test(watch, after_says_where_to_begin)
{
    struct world world = {.last = 5};

    start("--after", "4", NULL);
    serve_all(&world);
    stop(&world);
    cr_assert_eq(count(p.out, "  дано"), 1);
}

Test(watch, an_engine_that_goes_away_is_waited_for_and_nothing_is_lost)
{
    struct world world = {.last = 3};

    start("--from-start", NULL);
    serve_all(&world);
    world.silent_once = true;
    world.last = 6;
    serve_all(&world);
    stop(&world);
    cr_assert_eq(count(p.out, "Нет связи с системой, жду…"), 1);
    cr_assert_eq(count(p.out, "Связь с системой восстановлена."), 1);
    cr_assert_eq(count(p.out, "  дано"), 6);
}

Test(watch, another_store_is_shown_from_its_beginning)
{
    struct world world = {.last = 5};

    start("--after", "5", NULL);
    stop(&world);
    world = (struct world){.last = 2};
    start("--after", "5", NULL);
    serve_all(&world);
    stop(&world);
    cr_assert_eq(count(p.out, "Журнал начат заново."), 1);
    cr_assert_eq(count(p.out, "  дано"), 2);
}

Test(watch, with_json_each_record_is_a_line)
{
    struct world world = {.last = 3};

    start("--from-start", "--json", NULL);
    serve_all(&world);
    stop(&world);
    cr_assert_eq(count(p.out, "\n"), 3);
    cr_assert_eq(count(p.out, "\"seq\":2,"), 1);
}

Test(watch, on_a_terminal_the_status_line_is_redrawn_and_nothing_is_too_wide)
{
    struct world world = {.last = 3};

    p.columns = 60;
    start("--from-start", NULL);
    serve_all(&world);
    do {
        serve_one(&world);
    } while (strncmp(p.engine.header, "MC1 STATS ", 10) != 0);
    world.last = 4;
    serve_all(&world);
    stop(&world);
    cr_assert_not_null(strstr(p.out, "\r\033[K"), "the status line goes before a new line comes");
    cr_assert_not_null(strstr(p.out, "9 января 2023 · сроков 4: в работе 4"));
    cr_assert_not_null(strstr(p.out, "в работе 4\r\nНаблюдение остановлено.\r\n"),
                       "its end has a line of its own");
}
