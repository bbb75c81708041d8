/* paper.h - what simulated officials write: documents, and reasons; invented, and says so
 *
 * Pure; the same row on the same day gives the same paper.
 */
#ifndef OFFICIALS_PAPER_H
#define OFFICIALS_PAPER_H

#include "workers/officials/plan.h"

#include <jansson.h>

/* What of a row of ASSIGNMENTS counts here. All is borrowed. */
struct row {
    const char *task;
    const char *state;
    const char *title;       /* NULL: none */
    const json_t *result;    /* expected: a text, a list of them, or NULL: any */
    bool in_plan;            /* else something may wait for it */
    const char *responsible; /* body ids */
    const char *controller;  /* NULL: none */
    const char *decider;     /* who may decide about the report; NULL: anybody else */
    const json_t *co_executors;
    const json_t *parts;
    const json_t *extension; /* one that waits for an answer; NULL: none */
    bool extended;           /* the term has moved before */
    civil_day from;
    civil_day to;
    civil_day reported; /* the last report; CIVIL_DAY_NONE */
    json_int_t returns;
};

/* A report about the whole: a document for each that is expected. */
json_t *paper_report(const struct habits *habits, const struct row *row, civil_day today);
/* Of a co-executor about its part. */
json_t *paper_part(const struct habits *habits, const struct row *row, const char *body,
                   civil_day today);

const char *paper_return_reason(const struct habits *habits, const struct row *row);
const char *paper_extension_reason(const struct habits *habits, const struct row *row);
const char *paper_refusal_reason(const struct habits *habits, const struct row *row);

#define PAPER_IN_PART                                                                                                                                                \
    "Поручение исполнено ответственным исполнителем; сведения от части соисполнителей не " \
    "поступили (демонстрация)."

/* Stands in every report. */
#define DESK_MARK "Отчёт подготовлен имитатором исполнителей (демонстрация)."

#endif
