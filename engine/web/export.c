/* export.c - pages of a list, one after another, into a file
 *
 * Owns:    the turning of pages, the thread that ends a file, the name of the file. What stands in
 *          it: export_rows.c.
 * In:      what handlers answer, through answer_json().
 * Out:     the file, as the answer.
 * Always:  a page a round of the loop, each from a snapshot of its own: a row that moves between
 *          two pages may come twice or not at all, as it may for who turns pages by hand. While a
 *          file is ended in its thread, nobody else touches it.
 * See:     docs/http.md §5
 */
#include "engine/web/export.h"

#include "base/must.h"
#include "base/thread.h"
#include "base/wake.h"
#include "engine/web/answer.h"
#include "engine/web/answer_part.h"
#include "engine/web/export_rows.h"
#include "engine/web/gateway.h"
#include "engine/web/web_part.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAGE_ROWS  "250"      /* read and written in some ms */
#define ASK_EXPORT UINT64_MAX /* in place of the number of a question on the link */

struct export
{
    struct exchange *x;
    struct export_rows rows;
    struct zone *zone;
    char *cursor; /* of the next page; NULL = the first */
    bool begun;   /* one of web->exports */
    bool failed;  /* the file can't be made: err */
    struct error err;
    /* the thread that ends the file */
    pthread_t thread;
    bool ending;
    struct wake done; /* rings when it has */
    int fd;
    uint64_t bytes;
};

/* --- the request --------------------------------------------------------------------------- */

static const char *query_value(const struct exchange *x, const char *name)
{
    for (size_t i = 0; i < x->target.parameter_count; i++) {
        if (strcmp(x->target.parameters[i].name, name) == 0) {
            return x->target.parameters[i].value;
        }
    }
    return "";
}

void export_begin(struct exchange *x)
{
    const char *format = query_value(x, "format");
    bool csv = strcmp(format, "csv") == 0;

    if (!csv && strcmp(format, "xlsx") != 0) {
        return;
    }
    struct export *e = xcalloc(1, sizeof *e);
    e->x = x;
    e->rows.table = export_table_find(x->route->operation);
    e->rows.writer = csv ? &export_csv : &export_xlsx;
    e->fd = -1;
    must(e->rows.table != NULL);
    x->export = e;
}

const char *export_parameter(const struct exchange *x, const char *name, const char *asked)
{
    const struct export *e = x->export;
    bool cursor = strcmp(name, "after") == 0;

    if (e == NULL || (!cursor && strcmp(name, "limit") != 0)) {
        return asked;
    }
    return cursor ? e->cursor : PAGE_ROWS;
}

/* --- the end of the file ------------------------------------------------------------------- */

static void *end_file(void *export)
{
    struct export *e = export;
    void *file = e->rows.file;

    e->rows.file = NULL;
    e->failed = !e->rows.writer->close(file, &e->fd, &e->bytes, &e->err);
    wake_ring(&e->done);
    return NULL;
}

/* «Поручения 2023-08-15.xlsx»: of today, as the engine's clock has it. */
static void file_name(const struct export *e, char *name, size_t size)
{
    const struct view *view = reader_begin(e->x->web->reader, NULL);
    const struct export_table *table = e->rows.table;
    char day[CIVIL_TEXT_MAX] = "";
    civil_day today;
    int minute;

    if (view != NULL) {
        zone_civil(e->zone, view->world->now_ms, &today, &minute);
        civil_print(today, day);
    }
    snprintf(name, size, "%s %s%s",
             e->x->language == LANGUAGE_RUSSIAN ? table->russian : table->english, day,
             e->rows.writer->suffix);
}

static void join(struct export *e)
{
    pthread_join(e->thread, NULL);
    e->ending = false;
    loop_unwatch(e->x->web, wake_fd(&e->done));
    wake_close(&e->done);
}

static void ended(void *context, short revents)
{
    struct export *e = context;
    char name[256];

    (void)revents;
    join(e);
    e->x->ask = 0;
    if (e->failed) {
        answer_refusal(e->x, &e->err);
        return;
    }
    file_name(e, name, sizeof name);
    int fd = e->fd;
    e->fd = -1;
    answer_file(e->x, e->rows.writer->type, fd, e->bytes, name);
}

static bool begin_end(struct export *e)
{
    e->ending = wake_open(&e->done, &e->err) && thread_start(&e->thread, end_file, e, &e->err);
    if (e->ending) {
        loop_watch(e->x->web, wake_fd(&e->done), POLLIN, ended, e);
    } else {
        wake_close(&e->done);
    }
    return e->ending;
}

/* --- pages --------------------------------------------------------------------------------- */

/* The handler sees the same request once more, with another "after". */
static bool turn_page(void *context)
{
    struct export *e = context;
    struct exchange *x = e->x;

    x->ask = 0;
    x->asked_query = 0;
    x->asked_all_fields = false;
    x->asked_field_count = 0;
    x->route->run(x);
    must(x->state == EXCHANGE_ANSWERED || x->ask != 0 || x->step != NULL);
    return false;
}

static bool take_page(struct export *e, const json_t *page)
{
    const json_t *next = json_object_get(page, "next");
    bool more = next != NULL && !json_is_null(next);

    export_rows_put(&e->rows, page);
    free(e->cursor);
    e->cursor = more ? json_is_string(next) ? xstrdup(json_string_value(next))
                                            : json_dumps(next, JSON_ENCODE_ANY)
                     : NULL;
    if (more && e->rows.count < LIMIT_EXPORT_ROWS) {
        return true;
    }
    export_rows_end(&e->rows, page, more);
    return false;
}

static bool begin(struct export *e, const json_t *page)
{
    struct web *web = e->x->web;
    char folder[4096];

    if (web->exports >= LIMIT_EXPORTS) {
        return error_set(&e->err, ERROR_BUSY, "%u files are made already: try again",
                         LIMIT_EXPORTS);
    }
    e->begun = true;
    web->exports++;
    if (!zone_open(web->config->zone, &e->zone, &e->err)) {
        return false;
    }
    e->rows.words = (struct export_words){e->x->language, e->zone};
    snprintf(folder, sizeof folder, "%s/tmp", web_folder(web));
    return export_rows_open(&e->rows, folder, page, &e->err);
}

void export_take(struct exchange *x, const json_t *page)
{
    struct export *e = x->export;

    if (!e->begun && !begin(e, page)) {
        answer_refusal(x, &e->err);
        return;
    }
    bool more = take_page(e, page);
    if (!more && !begin_end(e)) {
        answer_refusal(x, &e->err);
        return;
    }
    x->ask = ASK_EXPORT;
    if (more) {
        loop_begin(x->web, turn_page, e);
    }
}

/* --- its life ------------------------------------------------------------------------------ */

void export_stop(struct exchange *x)
{
    struct export *e = x->export;
    struct error err;

    if (e == NULL || x->state != EXCHANGE_RUNNING || x->ask != ASK_EXPORT) {
        return;
    }
    if (e->ending) {
        join(e);
    }
    loop_drop(x->web, e);
    x->ask = 0;
    error_set(&err, ERROR_BUSY, "the engine stops: try again");
    answer_refusal(x, &err);
}

void export_destroy(struct export *e)
{
    if (e == NULL) {
        return;
    }
    must(!e->ending);
    if (e->fd >= 0) {
        close(e->fd);
    }
    e->x->web->exports -= e->begun ? 1 : 0;
    export_rows_fini(&e->rows);
    zone_close(&e->zone);
    free(e->cursor);
    free(e);
}
