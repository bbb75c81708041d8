/* result.h - reading the input of the service `diagnostics` */
#ifndef DIAGNOSTICS_RESULT_H
#define DIAGNOSTICS_RESULT_H

#include "base/error.h"

#include <jansson.h>
#include <stddef.h>

/* Tenths of a per cent, 0..1000. */
typedef int tenths;

enum level { LEVEL_BELOW, LEVEL_BASE, LEVEL_ADVANCED, LEVEL_HIGH, LEVEL_COUNT };

struct result {
    const char *competence; /* borrowed from the input */
    const char *title;
    tenths score;
    tenths threshold; /* below it is a deficit */
    enum level level;
};

struct diagnosis {
    struct result *results; /* in the order of the input */
    size_t count;
    tenths from[LEVEL_COUNT]; /* where each level begins; LEVEL_BELOW: 0 */
};

/* "ниже базового" … */
const char *level_name(enum level level);
enum level level_of(const struct diagnosis *diagnosis, tenths score);

/* input must outlive it. diagnosis_fini() it in any case. */
bool diagnosis_read(const json_t *input, struct diagnosis *ret_diagnosis, struct error *err);
void diagnosis_fini(struct diagnosis *diagnosis);

#endif
