/* result.c - reading the input of the service `diagnostics`
 *
 * Owns:    its members, their defaults, and the sentences about what is wrong in them.
 * In:      scoring.c.
 * Out:     struct diagnosis. Pure.
 * Always:  every score and threshold lies between 0 and 100 %; no competence is there twice.
 * See:     docs/workers.md §5
 */
#include "workers/diagnostics/result.h"

#include "base/limits.h"
#include "base/must.h"
#include "workers/diagnostics/scoring.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where the levels begin unless the input says so; the documents name the levels, not the borders.
 */
static const tenths usual_from[LEVEL_COUNT] = {0, 600, 750, 900};

const char *level_name(enum level level)
{
    static const char *const names[LEVEL_COUNT] = {"ниже базового", "базовый", "повышенный",
                                                   "высокий"};

    return names[level];
}

enum level level_of(const struct diagnosis *diagnosis, tenths score)
{
    enum level level = LEVEL_HIGH;

    while (level > LEVEL_BELOW && score < diagnosis->from[level]) {
        level--;
    }
    return level;
}

static bool refuse(struct error *err, const char *what, const char *sentence)
{
    return error_set(err, ERROR_INVALID, "%s: %s", what, sentence);
}

/* A share of max, which is > 0, in tenths of a per cent. */
static bool read_share(const json_t *value, double max, tenths *ret_share)
{
    double number = json_number_value(value);

    if (!json_is_number(value) || !(number >= 0 && number <= max)) {
        return false;
    }
    *ret_share = (tenths)lround(number * 1000 / max);
    return true;
}

/* --- levels and thresholds -------------------------------------------------------------------- */

static bool read_levels(const json_t *input, struct diagnosis *d, struct error *err)
{
    static const char *const names[LEVEL_COUNT] = {NULL, "base", "advanced", "high"};
    const json_t *levels = json_object_get(input, "levels");

    memcpy(d->from, usual_from, sizeof d->from);
    if (levels != NULL && !json_is_object(levels)) {
        return refuse(err, "levels", "нужен объект с числами base, advanced и high");
    }
    for (int i = LEVEL_BASE; i < LEVEL_COUNT; i++) {
        const json_t *value = json_object_get(levels, names[i]);
        if (value != NULL && !read_share(value, 100, &d->from[i])) {
            return refuse(err, names[i], "граница уровня — это число от 0 до 100");
        }
        if (d->from[i] < d->from[i - 1]) {
            return refuse(err, "levels", "границы уровней должны расти: base, advanced, high");
        }
    }
    return true;
}

static bool find_threshold(const json_t *thresholds, const struct diagnosis *d, struct result *r,
                           struct error *err)
{
    const json_t *value = json_object_get(thresholds, r->competence);

    value = value != NULL ? value : json_object_get(thresholds, "default");
    r->threshold = d->from[LEVEL_BASE];
    if (value != NULL && !read_share(value, 100, &r->threshold)) {
        return refuse(err, r->competence, "порог — это число от 0 до 100 (процентов)");
    }
    return true;
}

/* --- results ---------------------------------------------------------------------------------- */

static bool read_names(const json_t *entry, size_t number, struct result *r, struct error *err)
{
    const json_t *competence = json_object_get(entry, "competence");
    const json_t *title = json_object_get(entry, "title");
    size_t size = json_string_length(competence);

    if (size == 0 || size > LIMIT_NAME_BYTES) {
        return error_set(
            err, ERROR_INVALID,
            "Результат № %zu: competence — это название компетенции, строка до %u байт", number,
            LIMIT_NAME_BYTES);
    }
    r->competence = json_string_value(competence);
    if (title != NULL && (!json_is_string(title) || json_string_length(title) > LIMIT_TEXT_BYTES)) {
        return refuse(err, r->competence, "title — это строка");
    }
    r->title = json_string_length(title) > 0 ? json_string_value(title) : r->competence;
    return true;
}

static bool read_score(const json_t *entry, struct result *r, struct error *err)
{
    const json_t *given = json_object_get(entry, "max");
    double max = given != NULL ? json_number_value(given) : 100;

    if ((given != NULL && !json_is_number(given)) || !(max > 0)) {
        return refuse(err, r->competence, "max — это наибольший балл, число больше нуля");
    }
    if (!read_share(json_object_get(entry, "score"), max, &r->score)) {
        return refuse(err, r->competence, "score — это балл, число от нуля до max");
    }
    return true;
}

static bool is_new(const struct diagnosis *d, const char *competence)
{
    for (size_t i = 0; i < d->count; i++) {
        if (strcmp(d->results[i].competence, competence) == 0) {
            return false;
        }
    }
    return true;
}

static bool read_result(const json_t *entry, const json_t *thresholds, struct diagnosis *d,
                        struct error *err)
{
    struct result r = {.competence = NULL};

    if (!read_names(entry, d->count + 1, &r, err) || !read_score(entry, &r, err) ||
        !find_threshold(thresholds, d, &r, err)) {
        return false;
    }
    if (!is_new(d, r.competence)) {
        return refuse(err, r.competence, "у этой компетенции два результата");
    }
    r.level = level_of(d, r.score);
    d->results[d->count++] = r;
    return true;
}

bool diagnosis_read(const json_t *input, struct diagnosis *ret_diagnosis, struct error *err)
{
    const json_t *results = json_object_get(input, "results");
    const json_t *thresholds = json_object_get(input, "thresholds");
    size_t count = json_array_size(results);

    *ret_diagnosis = (struct diagnosis){.results = NULL};
    if (count == 0) {
        return refuse(err, "results", "нужен непустой список результатов диагностики");
    }
    if (count > SCORING_RESULTS_MAX) {
        return error_set(err, ERROR_INVALID, "results: результатов %zu, а можно не больше %d",
                         count, SCORING_RESULTS_MAX);
    }
    if (thresholds != NULL && !json_is_object(thresholds) && !json_is_null(thresholds)) {
        return refuse(err, "thresholds", "нужен объект: компетенция и порог, или default и порог");
    }
    if (!read_levels(input, ret_diagnosis, err)) {
        return false;
    }
    ret_diagnosis->results = xcalloc(count, sizeof *ret_diagnosis->results);
    for (size_t i = 0; i < count; i++) {
        if (!read_result(json_array_get(results, i), thresholds, ret_diagnosis, err)) {
            return false;
        }
    }
    return true;
}

void diagnosis_fini(struct diagnosis *diagnosis)
{
    free(diagnosis->results);
    *diagnosis = (struct diagnosis){.results = NULL};
}
