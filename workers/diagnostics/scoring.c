/* scoring.c - results of a diagnosis and thresholds -> deficits
 *
 *   score < threshold      a deficit, of the level that the score has; the widest gap first
 *   level «высокий»        strong, unless it is a deficit
 *   level of the teacher   that of the mean score; with a deficit not above «базовый»
 *
 * Owns:    these rules, and the sentences that explain them.
 * In:      main.c, a task at a time.
 * Out:     the output of the task. Pure.
 * Always:  the same input gives the same output; equal gaps keep the order of the input.
 * See:     docs/workers.md §5
 */
#include "workers/diagnostics/scoring.h"

#include "base/limits.h"
#include "base/must.h"
#include "wire/json.h"
#include "workers/diagnostics/result.h"

#include <stdio.h>
#include <stdlib.h>

/* 42.5 as it is, 42.0 as 42. */
static json_t *json_of(tenths share)
{
    return share % 10 == 0 ? json_integer(share / 10) : json_real(share / 10.0);
}

/* As Russian texts have it: 42,5. */
static void print_share(tenths share, char buf[16])
{
    if (share % 10 == 0) {
        snprintf(buf, 16, "%d", share / 10);
    } else {
        snprintf(buf, 16, "%d,%d", share / 10, share % 10);
    }
}

static bool is_deficit(const struct result *r)
{
    return r->score < r->threshold;
}

static json_t *explain(const struct result *r)
{
    struct buffer text = BUFFER_INIT;
    char score[16];
    char threshold[16];
    char gap[16];
    char numbers[256];

    print_share(r->score, score);
    print_share(r->threshold, threshold);
    print_share(r->threshold - r->score, gap);
    snprintf(numbers, sizeof numbers,
             "»: результат %s %% при пороге %s %%, не хватает %s п. п.; уровень — %s.", score,
             threshold, gap, level_name(r->level));
    buffer_text(&text, "«");
    buffer_text(&text, r->title);
    buffer_text(&text, numbers);
    json_t *sentence = json_stringn((const char *)text.data, text.size);
    buffer_fini(&text);
    must(sentence != NULL); /* it was JSON before */
    return sentence;
}

static json_t *deficit_of(const struct result *r)
{
    return json_pack("{ss ss so so so ss}", "competence", r->competence, "title", r->title, "score",
                     json_of(r->score), "threshold", json_of(r->threshold), "gap",
                     json_of(r->threshold - r->score), "level", level_name(r->level));
}

/* The widest gap first; equal ones as they came. */
static int by_gap(const void *a, const void *b)
{
    const struct result *left = *(const struct result *const *)a;
    const struct result *right = *(const struct result *const *)b;
    tenths gap_left = left->threshold - left->score;
    tenths gap_right = right->threshold - right->score;

    if (gap_left != gap_right) {
        return gap_left > gap_right ? -1 : 1;
    }
    return left < right ? -1 : left > right;
}

static size_t find_deficits(const struct diagnosis *d, const struct result **ret_list)
{
    size_t count = 0;

    for (size_t i = 0; i < d->count; i++) {
        if (is_deficit(&d->results[i])) {
            ret_list[count++] = &d->results[i];
        }
    }
    qsort(ret_list, count, sizeof *ret_list, by_gap);
    return count;
}

static enum level level_of_all(const struct diagnosis *d, size_t deficits)
{
    long sum = 0;
    long count = (long)d->count;

    for (size_t i = 0; i < d->count; i++) {
        sum += d->results[i].score;
    }
    enum level level = level_of(d, (tenths)((sum + count / 2) / count));
    return deficits > 0 && level > LEVEL_BASE ? LEVEL_BASE : level;
}

static json_t *strong_of(const struct diagnosis *d)
{
    json_t *list = json_array();

    for (size_t i = 0; i < d->count; i++) {
        const struct result *r = &d->results[i];
        if (r->level == LEVEL_HIGH && !is_deficit(r)) {
            json_array_append_new(list, json_pack("{ss ss so}", "competence", r->competence,
                                                  "title", r->title, "score", json_of(r->score)));
        }
    }
    return list;
}

static json_t *score(const struct diagnosis *d)
{
    const struct result **list = xcalloc(d->count, sizeof *list);
    size_t count = find_deficits(d, list);
    json_t *deficits = json_array();
    json_t *explanation = json_array();

    for (size_t i = 0; i < count; i++) {
        json_array_append_new(deficits, deficit_of(list[i]));
        json_array_append_new(explanation, explain(list[i]));
    }
    if (count == 0) {
        json_array_append_new(explanation,
                              json_string("Дефициты не выявлены: все результаты не ниже порогов."));
    }
    free(list);
    json_t *output = json_pack("{so ss so so}", "deficits", deficits, "level",
                               level_name(level_of_all(d, count)), "strong", strong_of(d),
                               "explanation", explanation);
    must(output != NULL);
    return output;
}

json_t *scoring_score(struct bytes input, struct error *err)
{
    json_t *value = wire_json_within(input, LIMIT_JSON_DEPTH)
                        ? json_loadb(input.data, input.size, 0, NULL)
                        : NULL;
    struct diagnosis diagnosis;
    json_t *output = NULL;

    if (!json_is_object(value)) {
        error_set(err, ERROR_INVALID, "Данные диагностики — не объект JSON");
        json_decref(value);
        return NULL;
    }
    if (diagnosis_read(value, &diagnosis, err)) {
        output = score(&diagnosis);
    }
    diagnosis_fini(&diagnosis);
    json_decref(value);
    return output;
}
