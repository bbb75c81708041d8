/* expressions.c - what a condition and a mapping in each step cost
 *
 * Owns:    the comparison: the same five calls without them, with plain ones, and with some that jq
 *          is asked for, in turn, several times over; the ratios of the medians.
 * In:      throughput_level().
 * Out:     a line with the three figures and the two ratios.
 * See:     docs/performance.md §2.6
 */
#include "base/must.h"
#include "tests/bench/throughput.h"

#include <stdlib.h>

#define ROUNDS            3
#define IN_FLIGHT         1024
#define INSTANCES_DEFAULT 20000

static const char *const kinds[] = {"bench-five", "bench-plain", "bench-jq"};
static const char *const labels[] = {"none", "plain", "jq"};

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, ascending);
    return values[ROUNDS / 2];
}

static bool measure_round(struct bench *bench, int round, double rates[3][ROUNDS],
                          double costs[3][ROUNDS], struct error *err)
{
    uint64_t total = bench->options.n ? bench->options.n : INSTANCES_DEFAULT;

    for (int k = 0; k < 3; k++) {
        json_t *figures;
        if (!throughput_level(bench, kinds[k], IN_FLIGHT, total, &figures, err)) {
            return false;
        }
        rates[k][round] = json_number_value(json_object_get(figures, "tasks_per_s"));
        costs[k][round] = json_number_value(
            json_object_get(json_object_get(figures, "cpu_us_per_task"), "engine"));
        json_decref(figures);
    }
    return true;
}

bool measure_expressions(struct bench *bench, struct error *err)
{
    double rates[3][ROUNDS];
    double costs[3][ROUNDS];
    json_t *figures = json_object();
    json_t *engine = json_object();

    for (int round = 0; round < ROUNDS; round++) {
        if (!measure_round(bench, round, rates, costs, err)) {
            json_decref(figures);
            json_decref(engine);
            return false;
        }
    }
    for (int k = 0; k < 3; k++) {
        json_object_set_new(figures, labels[k], json_real(median(rates[k])));
        json_object_set_new(engine, labels[k], json_real(median(costs[k])));
    }
    json_object_set_new(figures, "plain_ratio",
                        json_real(rates[1][ROUNDS / 2] / rates[0][ROUNDS / 2]));
    json_object_set_new(figures, "jq_ratio",
                        json_real(rates[2][ROUNDS / 2] / rates[0][ROUNDS / 2]));
    json_object_set_new(figures, "engine_us_per_task", engine);
    report_add(
        bench->report, "expressions", figures,
        json_pack("{si si si}", "rounds", ROUNDS, "in_flight", IN_FLIGHT, "steps", BENCH_STEPS));
    return true;
}
