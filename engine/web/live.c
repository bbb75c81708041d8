/* live.c - listeners, and the watch over the journal
 *
 * Owns:    the list of listeners, each with the events it has not taken yet.
 * In:      GET /api/v1/events; the newest entry of the journal, four times a second.
 * Out:     `event: change` to all, a comment each 15 s to who heard nothing.
 * Always:  without listeners nothing is looked at. What waits for one listener has a bound. A
 *          listener's connection rests whenever nothing waits for it.
 * See:     docs/http.md §1.10; HTML Living Standard, server-sent events
 */
#include "engine/web/live.h"

#include "base/clock.h"
#include "base/must.h"
#include "engine/journal.h"
#include "engine/web/answer_part.h"
#include "engine/web/change.h"
#include "engine/web/web_part.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#define LOOK_MS      250
#define HEARTBEAT_MS 15000 /* proxies and browsers close what says nothing for longer */
#define BLOCK_BYTES  4096
#define RETRY_TEXT   "retry: 1000\n\n" /* how long a browser waits before it comes again */

struct listener {
    struct live *live;
    struct listener *next;
    struct connection *connection;
    struct buffer out; /* from `sent` on: not taken yet */
    size_t sent;
    int64_t told_ms; /* monotonic */
    bool resting;
    bool gone; /* its stream ends with the next look */
    bool cut;  /* … as an error */
};

struct live {
    struct web *web;
    struct listener *listeners;
    unsigned count;
    uint64_t entry; /* of the journal, all have been told of */
    civil_day today;
    bool watching;
    bool stopping;
};

struct live *live_create(struct web *web)
{
    struct live *l = xcalloc(1, sizeof *l);

    l->web = web;
    return l;
}

void live_destroy(struct live *l)
{
    must(l == NULL || l->listeners == NULL);
    free(l);
}

unsigned live_count(const struct live *l)
{
    return l->count;
}

/* --- one listener -------------------------------------------------------------------------- */

static void wake(struct listener *s)
{
    if (s->resting) {
        s->resting = false;
        serve_resume(s->live->web, s->connection);
    }
}

static void tell(struct listener *s, struct bytes text, int64_t mono_ms)
{
    if (s->gone) {
        return;
    }
    if (s->out.size - s->sent + text.size > LIMIT_HTTP_EVENTS_BYTES) {
        s->gone = s->cut = true;
        serve_close(s->connection);
    } else {
        buffer_append(&s->out, text.data, text.size);
        s->told_ms = mono_ms;
    }
    wake(s);
}

/* The HTTP library wants bytes. */
static ssize_t on_read(void *context, uint64_t position, char *to, size_t room)
{
    struct listener *s = context;
    size_t left = s->out.size - s->sent;

    (void)position;
    if (left > 0 && !s->cut) {
        size_t size = left < room ? left : room;
        memcpy(to, s->out.data + s->sent, size);
        s->sent += size;
        return (ssize_t)size;
    }
    buffer_clear(&s->out);
    s->sent = 0;
    if (s->gone) {
        return s->cut ? MHD_CONTENT_READER_END_WITH_ERROR : MHD_CONTENT_READER_END_OF_STREAM;
    }
    s->resting = true;
    MHD_suspend_connection(s->connection->handle);
    return 0;
}

static void on_end(void *context)
{
    struct listener *s = context;
    struct listener **at = &s->live->listeners;

    while (*at != s) {
        at = &(*at)->next;
    }
    *at = s->next;
    s->live->count--;
    buffer_fini(&s->out);
    free(s);
}

/* --- the watch ----------------------------------------------------------------------------- */

static void put_event(struct buffer *out, json_t *change)
{
    char id[32];
    char *data = json_dumps(change, JSON_COMPACT);

    snprintf(id, sizeof id, "%lld", (long long)json_integer_value(json_object_get(change, "seq")));
    buffer_text(out, "event: change\nid: ");
    buffer_text(out, id);
    buffer_text(out, "\ndata: ");
    buffer_text(out, data);
    buffer_text(out, "\n\n");
    free(data);
}

static civil_day today_of(const struct view *v)
{
    civil_day day;
    int minute;

    zone_civil(v->world->zone, v->world->now_ms, &day, &minute);
    return day;
}

/* What came after an entry, as an event. */
static void put_change(struct buffer *out, const struct view *v, uint64_t after, uint64_t last)
{
    char today[CIVIL_TEXT_MAX];
    json_t *change = change_between(v->txn, after, last);
    struct journal_reader reader;
    struct record record;

    if (after == last && journal_open(v->txn, last, &reader, NULL)) { /* only a day has begun */
        while (journal_next(&reader, &record)) {
        }
        json_object_set_new(change, "seq", json_integer((json_int_t)(reader.seq - 1)));
    }
    civil_print(today_of(v), today);
    json_object_set_new(change, "today", json_string(today));
    put_event(out, change);
    json_decref(change);
}

static void tell_all(struct live *l, struct bytes text, int64_t mono_ms)
{
    for (struct listener *s = l->listeners; s != NULL; s = s->next) {
        tell(s, text, mono_ms);
    }
}

/* Who has left is only seen when something is written: look at the sockets. */
static void look_at_listeners(struct live *l, int64_t mono_ms)
{
    for (struct listener *s = l->listeners; s != NULL; s = s->next) {
        if (serve_is_gone(s->connection)) {
            s->gone = s->cut = true;
            wake(s);
        } else if (mono_ms - s->told_ms >= HEARTBEAT_MS) {
            tell(s, bytes_of(": here\n\n"), mono_ms);
        }
    }
}

static bool look(void *context)
{
    struct live *l = context;
    struct buffer text = BUFFER_INIT;
    int64_t mono_ms = monotonic_ms();
    const struct view *v = reader_begin(l->web->reader, NULL);

    if (l->listeners == NULL || l->stopping) {
        l->watching = false;
        return false;
    }
    if (v != NULL) {
        uint64_t last = reader_entry(l->web->reader);
        civil_day today = today_of(v);
        if (last != l->entry || today != l->today) {
            put_change(&text, v, l->entry, last);
            l->entry = last;
            l->today = today;
            tell_all(l, buffer_bytes(&text), mono_ms);
        }
    }
    look_at_listeners(l, mono_ms);
    buffer_fini(&text);
    return true;
}

static void watch(struct live *l, const struct view *v)
{
    if (!l->watching) {
        l->watching = true;
        l->entry = reader_entry(l->web->reader);
        l->today = today_of(v);
        loop_at(l->web, monotonic_ms() + LOOK_MS, LOOK_MS, look, l);
    }
}

void live_stop(struct live *l)
{
    l->stopping = true;
    for (struct listener *s = l->listeners; s != NULL; s = s->next) {
        s->gone = true;
        wake(s);
    }
}

/* --- a new listener ------------------------------------------------------------------------ */

/* What it missed since the event it saw last. Others are told of changes from l->entry on, and so
 * is it: until there it is told now. */
static void catch_up(struct listener *s, const struct view *v, const char *last_id)
{
    uint64_t last = s->live->entry;
    char *end;
    uint64_t seq = strtoull(last_id, &end, 10);

    if (*end != '\0' || end == last_id) {
        return;
    }
    uint64_t after = journal_entry_of(v->txn, seq);
    if (after < last) {
        put_change(&s->out, v, after, last);
    }
}

static void begin(struct exchange *x, const struct view *v)
{
    struct live *l = x->web->live;
    struct listener *s = xcalloc(1, sizeof *s);
    const char *last_id =
        MHD_lookup_connection_value(x->connection->handle, MHD_HEADER_KIND, "Last-Event-ID");

    watch(l, v);
    s->live = l;
    s->connection = x->connection;
    s->next = l->listeners;
    s->told_ms = monotonic_ms();
    l->listeners = s;
    l->count++;
    buffer_text(&s->out, RETRY_TEXT);
    if (last_id != NULL) {
        catch_up(s, v, last_id);
    }
    answer_stream(
        x, "text/event-stream",
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_BYTES, on_read, s, on_end));
}

void live_answer(struct exchange *x)
{
    const struct live *l = x->web->live;
    struct error err;

    if (!request_end(x)) {
        return;
    }
    if (l->count >= LIMIT_HTTP_LISTENERS || l->stopping) {
        error_set(&err, ERROR_BUSY, "%u pages follow what changes already: try again",
                  LIMIT_HTTP_LISTENERS);
        answer_refusal(x, &err);
        return;
    }
    const struct view *v = reader_view(x);
    if (v != NULL) {
        begin(x, v);
    }
}
