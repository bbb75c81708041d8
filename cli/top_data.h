/* top_data.h - what `top` knows of the engine now */
#ifndef CLI_TOP_DATA_H
#define CLI_TOP_DATA_H

#include "cli/session.h"

enum top_rate { RATE_RECORDS, RATE_COMMANDS, RATE_RESULTS, RATE_TURNS, RATES };

struct top_data {
    json_t *stats; /* NULL: the engine never answered */
    json_t *overview;
    json_t *assignments; /* pages of rows */
    json_t *incidents;
    json_t *workers;
    int64_t stats_ms;      /* monotonic: when STATS came */
    double rates[RATES];   /* per second */
    bool rates_known;      /* two STATS were seen */
    json_int_t rows_entry; /* of the journal, when overview, assignments and incidents came */
    char rows_today[16];   /* the day then */
    bool lost;             /* the last question had no answer */
};

void top_data_init(struct top_data *data);
void top_data_fini(struct top_data *data);

/* Ask for what may have changed. False and *err: the engine is not there, what was known stays. */
bool top_data_collect(struct top_data *data, struct session *session, struct error *err);

/* All of it as one document (docs/cli.md §top). Yours. */
json_t *top_data_json(const struct top_data *data);

#endif
