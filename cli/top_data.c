/* top_data.c - what `top` knows of the engine now
 *
 * Owns:    which questions a frame needs, and the rates from the differences of two STATS.
 * In:      STATS and WORKERS each time; OVERVIEW, ASSIGNMENTS and INCIDENTS when the journal or the
 *          day has gone on since (docs/protocol.md §3.6).
 */
#include "cli/top_data.h"

#include "base/clock.h"
#include "cli/fields.h"

#include <stdlib.h>
#include <string.h>

#define ROWS 300 /* of each list: some screens full */

static const char *const rate_names[RATES] = {
    [RATE_RECORDS] = "records",
    [RATE_COMMANDS] = "commands",
    [RATE_RESULTS] = "results",
    [RATE_TURNS] = "turns",
};

void top_data_init(struct top_data *data)
{
    *data = (struct top_data){.rows_entry = -1};
}

void top_data_fini(struct top_data *data)
{
    json_decref(data->stats);
    json_decref(data->overview);
    json_decref(data->assignments);
    json_decref(data->incidents);
    json_decref(data->workers);
    top_data_init(data);
}

/* In place of *kept, when there is an answer. A refusal is none: nothing is known. */
static bool ask(struct session *session, const char *verb, json_t *request, json_t **kept,
                struct error *err)
{
    struct answer answer;

    if (!connection_ask(&session->connection, verb, request, session->timeout_ms, &answer, err)) {
        connection_reset(&session->connection);
        return false;
    }
    json_decref(*kept);
    *kept = answer.ok ? json_incref(answer.json) : NULL;
    answer_fini(&answer);
    return true;
}

static json_int_t counter(const json_t *stats, enum top_rate rate)
{
    return rate == RATE_RECORDS ? field_number(json_object_get(stats, "journal"), "seq")
                                : field_number(stats, rate_names[rate]);
}

/* An engine that began anew counts anew: nothing is known for one frame. */
static void reckon(struct top_data *data, const json_t *before, int64_t before_ms)
{
    double seconds = (double)(data->stats_ms - before_ms) / 1000;

    data->rates_known = before != NULL && seconds > 0;
    for (int i = 0; data->rates_known && i < RATES; i++) {
        json_int_t more =
            counter(data->stats, (enum top_rate)i) - counter(before, (enum top_rate)i);
        data->rates_known = more >= 0;
        data->rates[i] = (double)more / seconds;
    }
}

static bool ask_stats(struct top_data *data, struct session *session, struct error *err)
{
    json_t *before = json_incref(data->stats);
    int64_t before_ms = data->stats_ms;
    bool there = ask(session, "STATS", NULL, &data->stats, err);

    if (there) {
        data->stats_ms = monotonic_ms();
        reckon(data, before, before_ms);
    }
    json_decref(before);
    return there;
}

static bool rows_are_old(const struct top_data *data)
{
    const char *today = field_text(data->stats, "today");

    return data->rows_entry != field_number(json_object_get(data->stats, "journal"), "entry") ||
           today == NULL || strcmp(today, data->rows_today) != 0;
}

static bool ask_rows(struct top_data *data, struct session *session, struct error *err)
{
    const char *today = field_text(data->stats, "today");

    if (!ask(session, "OVERVIEW", json_object(), &data->overview, err) ||
        !ask(session, "ASSIGNMENTS", json_pack("{sb si}", "open", 1, "limit", ROWS),
             &data->assignments, err) ||
        !ask(session, "INCIDENTS", json_pack("{si}", "limit", ROWS), &data->incidents, err)) {
        return false;
    }
    data->rows_entry = field_number(json_object_get(data->stats, "journal"), "entry");
    snprintf(data->rows_today, sizeof data->rows_today, "%s", today != NULL ? today : "");
    return true;
}

bool top_data_collect(struct top_data *data, struct session *session, struct error *err)
{
    bool there = ask_stats(data, session, err);

    if (there && rows_are_old(data)) {
        there = ask_rows(data, session, err);
    }
    there = there && ask(session, "WORKERS", NULL, &data->workers, err);
    data->lost = !there;
    return there;
}

static json_t *rows_of(const json_t *answer)
{
    json_t *rows = json_object_get(answer, "rows");

    return rows != NULL ? json_incref(rows) : json_array();
}

json_t *top_data_json(const struct top_data *data)
{
    json_t *rates = data->rates_known ? json_object() : json_null();

    for (int i = 0; data->rates_known && i < RATES; i++) {
        json_object_set_new(rates, rate_names[i], json_real(data->rates[i]));
    }
    return json_pack("{sO? sO? so so so so}", "stats", data->stats, "overview", data->overview,
                     "assignments", rows_of(data->assignments), "incidents",
                     rows_of(data->incidents), "workers", rows_of(data->workers), "per_second",
                     rates);
}
