/* publish.c - CloudEvents on the events endpoint (protocol §4)
 *
 * Owns:    topics and the CloudEvent around a journal row; lifecycle.c has those of the DSL.
 * In:      committed turns; the change of the day.
 * Always:  an event is made only when somebody subscribed to it; events may be lost on the way,
 *          the journal is the truth.
 */
#include "engine/publish.h"

#include "engine/lifecycle.h"
#include "engine/rows.h"

#include <stdio.h>
#include <stdlib.h>

#define TOPIC_JOURNAL "ru.marshrut.journal.v1"
#define TOPIC_DAY     "ru.marshrut.clock.day.v1"

void publish_send(struct engine *e, const struct publication *p, json_t *data)
{
    json_t *event = json_pack("{ss ss ss ss ss* so sI ss so}", "specversion", "1.0", "id", p->id,
                              "source", "/marshrut", "type", p->topic, "subject", p->subject,
                              "time", rows_time_json(e->now_ms), "journalseq", (json_int_t)p->seq,
                              "datacontenttype", "application/json", "data", data);
    char *text = json_dumps(event, JSON_COMPACT);

    server_publish(e->server, p->topic, bytes_of(text));
    free(text);
    json_decref(event);
}

/* --- records -------------------------------------------------------------------------------- */

static void kind_topic(enum record_kind kind, char topic[PUBLISH_TOPIC_MAX])
{
    snprintf(topic, PUBLISH_TOPIC_MAX, "ru.marshrut.%s.v1", record_kind_name(kind));
}

static void publish_record(struct engine *e, struct store_txn *txn, const struct record *r)
{
    char topic[PUBLISH_TOPIC_MAX];
    char id[32];
    struct publication p = {.topic = topic, .id = id, .seq = r->seq};

    kind_topic(r->kind, topic);
    if (!server_is_subscribed(e->server, topic)) {
        return;
    }
    const struct instance *i = r->instance ? turn_look(&e->turn, txn, r->instance) : NULL;
    snprintf(id, sizeof id, "%llu", (unsigned long long)r->seq);
    publish_send(e, &p, rows_record(e->catalog, i, r));
}

/* An event that an instance emitted leaves as it is, under its own type. */
static void publish_emitted(struct engine *e, const struct record *r)
{
    json_t *event = r->kind == RECORD_EVENT && r->number != 0
                        ? json_loadb(r->data.data, r->data.size, JSON_ALLOW_NUL, NULL)
                        : NULL;
    const char *type = json_string_value(json_object_get(event, "type"));

    if (type != NULL && server_is_subscribed(e->server, type)) {
        server_publish(e->server, type, r->data);
    }
    json_decref(event);
}

static bool records_wanted(const struct engine *e)
{
    for (int kind = 1; kind < RECORD_KIND_COUNT; kind++) {
        char topic[PUBLISH_TOPIC_MAX];
        kind_topic((enum record_kind)kind, topic);
        if (server_is_subscribed(e->server, topic)) {
            return true;
        }
    }
    return false;
}

static void publish_entries(struct engine *e, struct store_txn *txn, uint64_t first, uint64_t last)
{
    bool lives = lifecycle_is_wanted(e->server);
    struct journal_reader reader;
    struct lifecycle lifecycle;
    struct record r;

    lifecycle_init(&lifecycle, e, txn);
    for (uint64_t n = first; n <= last && journal_open(txn, n, &reader, NULL); n++) {
        while (journal_next(&reader, &r)) {
            publish_record(e, txn, &r);
            publish_emitted(e, &r);
            if (lives) {
                lifecycle_record(&lifecycle, &r);
            }
        }
    }
    if (lives) {
        lifecycle_end(&lifecycle);
    }
    lifecycle_fini(&lifecycle);
}

/* Most turns write one entry. */
void engine_publish_turn(struct engine *e, uint64_t first_entry)
{
    struct store_txn *txn;
    uint64_t seq = e->turn.world.next_record - 1;
    uint64_t entry = e->turn.world.entry - 1; /* the last one */
    char id[32];
    struct publication p = {.topic = TOPIC_JOURNAL, .id = id, .seq = seq};

    if (server_is_subscribed(e->server, TOPIC_JOURNAL)) {
        snprintf(id, sizeof id, "turn-%llu", (unsigned long long)entry);
        publish_send(e, &p,
                     json_pack("{sI sI}", "entry", (json_int_t)entry, "seq", (json_int_t)seq));
    }
    bool wanted = e->turn.emitted || records_wanted(e) || lifecycle_is_wanted(e->server);
    if (wanted && store_begin_read(e->store, &txn, NULL)) {
        publish_entries(e, txn, first_entry, entry);
        store_abort(&txn);
    }
}

/* --- the day -------------------------------------------------------------------------------- */

void engine_publish_day(struct engine *e)
{
    civil_day day;
    int minute;
    char text[CIVIL_TEXT_MAX];
    char id[64];
    struct publication p = {.topic = TOPIC_DAY, .id = id, .seq = e->turn.world.next_record - 1};

    zone_civil(e->zone, e->now_ms, &day, &minute);
    if (day == e->today) {
        return;
    }
    e->today = day;
    civil_print(day, text);
    if (server_is_subscribed(e->server, TOPIC_DAY)) {
        snprintf(id, sizeof id, "day-%s", text);
        publish_send(e, &p, json_pack("{ss}", "day", text));
    }
}
