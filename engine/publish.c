/* publish.c - life-cycle CloudEvents on the events endpoint (protocol §4)
 *
 * Owns:    topics and the CloudEvent around a journal row.
 * In:      committed turns; the change of the day.
 * Always:  an event is made only when somebody subscribed to it; events may be lost on the way,
 *          the journal is the truth.
 */
#include "base/log.h"
#include "engine/engine.h"
#include "engine/rows.h"
#include "engine/snapshot.h"

#include <stdio.h>
#include <stdlib.h>

#define TOPIC_MAX     96
#define TOPIC_JOURNAL "ru.marshrut.journal.v1"
#define TOPIC_DAY     "ru.marshrut.clock.day.v1"

static void send_event(struct engine *e, const char *topic, const char *id, uint64_t seq,
                       json_t *data)
{
    json_t *event =
        json_pack("{ss ss ss ss so sI ss so}", "specversion", "1.0", "id", id, "source",
                  "/marshrut", "type", topic, "time", rows_time_json(e->now_ms), "journalseq",
                  (json_int_t)seq, "datacontenttype", "application/json", "data", data);
    char *text = json_dumps(event, JSON_COMPACT);

    server_publish(e->server, topic, bytes_of(text));
    free(text);
    json_decref(event);
}

static void publish_record(struct engine *e, struct store_txn *txn, const struct record *r)
{
    char topic[TOPIC_MAX];
    char id[32];

    snprintf(topic, sizeof topic, "ru.marshrut.%s.v1", record_kind_name(r->kind));
    if (!server_is_subscribed(e->server, topic)) {
        return;
    }
    const struct instance *i = r->instance ? turn_look(&e->turn, txn, r->instance) : NULL;
    snprintf(id, sizeof id, "%llu", (unsigned long long)r->seq);
    send_event(e, topic, id, r->seq, rows_record(e->catalog, i, r));
}

static bool records_wanted(const struct engine *e)
{
    for (int kind = 1; kind < RECORD_KIND_COUNT; kind++) {
        char topic[TOPIC_MAX];
        snprintf(topic, sizeof topic, "ru.marshrut.%s.v1",
                 record_kind_name((enum record_kind)kind));
        if (server_is_subscribed(e->server, topic)) {
            return true;
        }
    }
    return false;
}

/* Most turns write one entry. */
void engine_publish_turn(struct engine *e, uint64_t first_entry)
{
    struct journal_reader reader;
    struct store_txn *txn;
    struct record r;
    uint64_t seq = e->turn.world.next_record - 1;
    uint64_t entry = e->turn.world.entry - 1; /* the last one */
    char id[32];

    if (server_is_subscribed(e->server, TOPIC_JOURNAL)) {
        snprintf(id, sizeof id, "turn-%llu", (unsigned long long)entry);
        send_event(e, TOPIC_JOURNAL, id, seq,
                   json_pack("{sI sI}", "entry", (json_int_t)entry, "seq", (json_int_t)seq));
    }
    if (!records_wanted(e) || !store_begin_read(e->store, &txn, NULL)) {
        return;
    }
    for (uint64_t n = first_entry; n <= entry && journal_open(txn, n, &reader, NULL); n++) {
        while (journal_next(&reader, &r)) {
            publish_record(e, txn, &r);
        }
    }
    store_abort(&txn);
}

void engine_publish_day(struct engine *e)
{
    civil_day day;
    int minute;
    char text[CIVIL_TEXT_MAX];
    char id[64];

    zone_civil(e->zone, e->now_ms, &day, &minute);
    if (day == e->today) {
        return;
    }
    e->today = day;
    civil_print(day, text);
    if (server_is_subscribed(e->server, TOPIC_DAY)) {
        snprintf(id, sizeof id, "day-%s", text);
        send_event(e, TOPIC_DAY, id, e->turn.world.next_record - 1, json_pack("{ss}", "day", text));
    }
}
