/* indicators_test.c - indicators and computed items: counts, shares and targets */
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REFERENCE SOURCE_DIR "/../shared/reference/indicators.json"

#define INDICATOR                                                                                  \
    "document: {kind: indicators, name: i, version: '1'}\n"                                        \
    "indicators:\n"                                                                                \
    "  - id: a\n"                                                                                  \
    "    title: T\n"                                                                               \
    "    unit: '%'\n"                                                                              \
    "    formula: F\n"                                                                             \
    "    period: year\n"
#define SHARE INDICATOR "    value: {share: {done: {workflow: w}, of: {workflow: w}}}\n"

#define ROADMAP                                                                                    \
    "document: {kind: roadmap, name: r, version: '1'}\n"                                           \
    "period: {from: 2023-01-01, to: 2023-12-31}\n"                                                 \
    "controller: c\n"                                                                              \
    "policy: p\n"                                                                                  \
    "sections: [{no: '1', title: S}]\n"                                                            \
    "items:\n"                                                                                     \
    "  - no: '1.1'\n"                                                                              \
    "    section: '1'\n"                                                                           \
    "    title: T\n"                                                                               \
    "    responsible: [a]\n"                                                                       \
    "    due: {phrase: p, kind: date, windows: [{from: 2023-01-01, to: 2023-12-01}]}\n"

Test(indicators, a_share_is_one_count_of_another)
{
    struct definition *d = parsed(
        "document: {kind: indicators, name: i, version: '1'}\n"
        "source: an order\n"
        "indicators:\n"
        "  - id: routes\n"
        "    title: Routes that were built\n"
        "    unit: '%'\n"
        "    formula: built of all\n"
        "    note: a note\n"
        "    period: half-year\n"
        "    value:\n"
        "      share:\n"
        "        done: {workflow: cycle, state: [running, completed], where: .context.route}\n"
        "        of: {number: 1200, source: a form}\n"
        "    target: {at_most: 6.25 %, wording: at most}\n");
    const struct indicator *i = &d->indicators.indicators[0];

    cr_assert_eq(d->kind, DEFINITION_INDICATORS);
    cr_assert_str_eq(d->indicators.source, "an order");
    cr_assert_eq(d->indicators.indicator_count, 1);
    cr_assert_str_eq(i->id, "routes");
    cr_assert_str_eq(i->note, "a note");
    cr_assert_eq(i->period, PERIOD_HALF_YEAR);
    cr_assert_null(i->reported);
    cr_assert_eq(i->measure.done.kind, COUNT_INSTANCES);
    cr_assert_str_eq(i->measure.done.name, "cycle");
    cr_assert_eq(i->measure.done.state_count, 2);
    cr_assert_str_eq(i->measure.done.states[1], "completed");
    cr_assert_str_eq(program_text(d->indicators.program, i->measure.done.where), ".context.route");
    cr_assert_eq(i->measure.of.kind, COUNT_NUMBER);
    cr_assert_eq(i->measure.of.number, 1200);
    cr_assert_str_eq(i->measure.of.source, "a form");
    cr_assert_eq(i->measure.target.kind, TARGET_AT_MOST);
    cr_assert_float_eq(i->measure.target.value, 6.25, 1e-9);
    cr_assert_str_eq(i->measure.target.wording, "at most");
    definition_destroy(d);
}

Test(indicators, a_count_can_be_of_assignments_of_one_plan_or_of_all)
{
    struct definition *d =
        parsed("document: {kind: indicators, name: i, version: '1'}\n"
               "indicators:\n"
               "  - {id: a, title: T, unit: pieces, formula: F, period: month, value: {count: "
               "{plan: lo, state: accepted}}, target: 12}\n"
               "  - {id: b, title: T, unit: pieces, formula: F, period: quarter, value: {count: "
               "{plan: '*'}}}\n");
    const struct indicator *i = d->indicators.indicators;

    cr_assert_eq(i[0].measure.done.kind, COUNT_ASSIGNMENTS);
    cr_assert_str_eq(i[0].measure.done.name, "lo");
    cr_assert_eq(i[0].measure.done.state_count, 1);
    cr_assert_eq(i[0].measure.of.kind, COUNT_NONE);
    cr_assert_eq(i[0].measure.target.kind, TARGET_AT_LEAST);
    cr_assert_float_eq(i[0].measure.target.value, 12, 1e-9);
    cr_assert_null(i[1].measure.done.name);
    cr_assert_eq(i[1].measure.done.state_count, 0);
    cr_assert_eq(i[1].measure.target.kind, TARGET_NONE);
    definition_destroy(d);
}

Test(indicators, what_the_system_does_not_know_is_reported)
{
    struct definition *d = parsed(INDICATOR "    value: {reported: the centre}\n    target: 10%\n");

    cr_assert_str_eq(d->indicators.indicators[0].reported, "the centre");
    cr_assert_eq(d->indicators.indicators[0].measure.done.kind, COUNT_NONE);
    cr_assert_float_eq(d->indicators.indicators[0].measure.target.value, 10, 1e-9);
    definition_destroy(d);
}

Test(indicators, a_value_has_one_way_to_come_to_it)
{
    refused(INDICATOR "    value: {}\n", ERROR_INVALID, 8, 12, "one of");
    refused(INDICATOR "    value: {reported: a, share: {done: {workflow: w}, of: {workflow: w}}}\n",
            ERROR_INVALID, 8, 12, "one of");
    refused(INDICATOR "    value: {shared: a}\n", ERROR_INVALID, 8, 13, "did you mean \"share\"");
    refused(INDICATOR "    value: {share: {done: {workflow: w}}}\n", ERROR_INVALID, 8, 20,
            "\"of\"");
    refused(INDICATOR, ERROR_INVALID, 3, 5, "\"value\"");
    refused(INDICATOR "    value: {count: {workflow: w}}\n", ERROR_INVALID, 5, 11, "unit");
}

Test(indicators, what_is_counted_must_be_said)
{
    refused(INDICATOR "    value: {share: {done: {state: open}, of: {workflow: w}}}\n",
            ERROR_INVALID, 8, 27, "what is counted");
    refused(INDICATOR "    value: {share: {done: {workflow: w, state: open}, of: {workflow: w}}}\n",
            ERROR_INVALID, 8, 48, "running, suspended");
    refused(INDICATOR "    value: {share: {done: {plan: p, state: [opened]}, of: {plan: p}}}\n",
            ERROR_INVALID, 8, 45, "did you mean \"open\"");
    refused(INDICATOR
            "    value: {share: {done: {workflow: w, where: $input}, of: {workflow: w}}}\n",
            ERROR_INVALID, 8, 48, "input");
    refused(INDICATOR "    value: {share: {done: {number: 5}, of: {workflow: w}}}\n", ERROR_INVALID,
            8, 27, "\"source\"");
    refused(INDICATOR "    value: {share: {done: {workflow: w}, of: {number: 0, source: s}}}\n",
            ERROR_INVALID, 8, 55, "from 1");
}

Test(indicators, a_share_has_its_target_in_percent_and_a_number_has_not)
{
    refused(SHARE "    target: 80\n", ERROR_INVALID, 9, 13, "in percent");
    refused(SHARE "    target: 101 %\n", ERROR_INVALID, 9, 13, "100 %");
    definition_destroy(parsed(SHARE "    target: 100%\n"));
    refused(SHARE "    target: all\n", ERROR_INVALID, 9, 13, "a number (12)");
    refused(SHARE "    target: 6,5 %\n", ERROR_INVALID, 9, 13, "a number (12)");
    refused(SHARE "    target: -5 %\n", ERROR_INVALID, 9, 13, "a number (12)");
    refused(SHARE "    target: {at_least: 5 %, at_most: 6 %}\n", ERROR_INVALID, 9, 13, "one of");
    refused(SHARE "    target: {wording: a lot}\n", ERROR_INVALID, 9, 13, "one of");
    refused("document: {kind: indicators, name: i, version: '1'}\n"
            "indicators:\n"
            "  - {id: a, title: T, unit: x, formula: F, period: year, value: {count: "
            "{workflow: w}}, target: 5 %}\n",
            ERROR_INVALID, 3, 97, "without the percent sign");
}

Test(indicators, ids_are_unique_and_periods_known)
{
    refused("document: {kind: indicators, name: i, version: '1'}\n"
            "indicators:\n"
            "  - {id: a, title: T, unit: x, formula: F, period: year, value: {reported: r}}\n"
            "  - {id: a, title: T, unit: x, formula: F, period: year, value: {reported: r}}\n",
            ERROR_INVALID, 4, 10, "second time (first in line 3)");
    refused("document: {kind: indicators, name: i, version: '1'}\n"
            "indicators:\n"
            "  - {id: a, title: T, unit: x, formula: F, period: years, value: {reported: r}}\n",
            ERROR_INVALID, 3, 52, "did you mean \"year\"");
}

Test(indicators, a_name_that_is_not_there_yet_is_a_warning)
{
    struct catalog *catalog = catalog_create();

    warned(catalog,
           INDICATOR "    value: {share: {done: {workflow: w}, of: {number: 5, source: s}}}\n", 8,
           38, "there is no workflow \"w\" yet");
    warned(catalog,
           "document: {kind: indicators, name: i, version: '1'}\n"
           "indicators:\n"
           "  - {id: a, title: T, unit: x, formula: F, period: year, value: {count: {plan: p}}}\n",
           3, 80, "there is no roadmap \"p\" yet");
    catalog_destroy(catalog);
}

/* --- computed items --------------------------------------------------------------------------- */

Test(computed, the_progress_of_an_item_is_a_share_of_other_instances)
{
    struct definition *d = parsed(ROADMAP "    computed:\n"
                                          "      of: {workflow: cycle}\n"
                                          "      done: {workflow: cycle, where: .context.route}\n"
                                          "      target: 80 %\n");
    const struct measure *m = d->roadmap.items[0].computed;

    cr_assert_eq(m->of.kind, COUNT_INSTANCES);
    cr_assert_str_eq(program_text(d->roadmap.program, m->done.where), ".context.route");
    cr_assert_float_eq(m->target.value, 80, 1e-9);
    definition_destroy(d);
}

Test(computed, without_a_whole_it_is_a_number)
{
    struct definition *d =
        parsed(ROADMAP "    computed: {done: {plan: lo, state: accepted}, target: 12}\n");

    cr_assert_eq(d->roadmap.items[0].computed->of.kind, COUNT_NONE);
    definition_destroy(d);
    refused(ROADMAP "    computed: {done: {plan: lo}, target: 12 %}\n", ERROR_INVALID, 12, 42,
            "without the percent sign");
    refused(ROADMAP "    computed: {done: {plan: lo}}\n", ERROR_INVALID, 12, 15, "\"target\"");
    refused(ROADMAP "    computed: {target: 12}\n", ERROR_INVALID, 12, 15, "\"done\"");
    refused(ROADMAP "    computed: {done: {plan: lo}, goal: 12}\n", ERROR_INVALID, 12, 34,
            "no field \"goal\"");
}

Test(computed, an_item_that_is_not_has_none)
{
    struct definition *d = parsed(ROADMAP);

    cr_assert_null(d->roadmap.items[0].computed);
    cr_assert_null(d->roadmap.program);
    definition_destroy(d);
}

/* --- the indicators that are bundled -------------------------------------------------------------
 */

static struct definition *bundled(const char *name)
{
    static char text[65536];
    char path[512];

    snprintf(path, sizeof path, "%s/workflows/indicators/%s.yaml", SOURCE_DIR, name);
    FILE *f = fopen(path, "rb");
    cr_assert_not_null(f, "%s", path);
    size_t size = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[size] = '\0';
    return parsed(text);
}

static const struct indicator *find(const struct definition *d, const char *id)
{
    for (uint32_t i = 0; i < d->indicators.indicator_count; i++) {
        if (strcmp(d->indicators.indicators[i].id, id) == 0) {
            return &d->indicators.indicators[i];
        }
    }
    return NULL;
}

static void same(const struct definition *d, const json_t *expected)
{
    const char *id = json_string_value(json_object_get(expected, "id"));
    const struct indicator *i = find(d, id);
    const json_t *target = json_array_get(json_object_get(expected, "targets"), 0);

    cr_assert_not_null(i, "%s", id);
    cr_assert_str_eq(i->title, json_string_value(json_object_get(expected, "name")), "%s", id);
    cr_assert_eq(i->measure.target.kind, target ? TARGET_AT_LEAST : TARGET_NONE, "%s", id);
    if (target != NULL) {
        cr_assert_float_eq(i->measure.target.value,
                           json_number_value(json_object_get(target, "value")), 1e-9, "%s", id);
        const char *written = json_string_value(json_object_get(expected, "target_as_written"));
        cr_assert(strncmp(i->measure.target.wording, written, strlen(i->measure.target.wording)) ==
                      0,
                  "%s: %s", id, written);
    }
}

/* The transcription lies beside the source tree and is not part of the project. */
Test(indicators, the_bundled_ones_say_what_the_approved_documents_say)
{
    static const char *const names[] = {"lo", "dubna"};

    if (access(REFERENCE, R_OK) != 0) {
        cr_skip_test("the transcription of the documents is not here");
    }
    json_t *reference = json_load_file(REFERENCE, 0, NULL);
    for (size_t s = 0; s < 2; s++) {
        const json_t *set = json_array_get(json_object_get(reference, "indicator_sets"), s);
        const json_t *list = json_object_get(set, "indicators");
        struct definition *d = bundled(names[s]);
        cr_assert_str_eq(d->title, json_string_value(json_object_get(set, "title")));
        for (size_t i = 0; i < json_array_size(list); i++) {
            same(d, json_array_get(list, i));
        }
        definition_destroy(d);
    }
    json_decref(reference);
}
