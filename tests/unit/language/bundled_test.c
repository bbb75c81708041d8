/* bundled_test.c - the documents in workflows/ and docs/language.md, read as an engine reads them
 */
#include "language/document.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct catalog *catalog;

static struct buffer file_bytes(const char *path)
{
    struct buffer b = BUFFER_INIT;
    char chunk[4096];
    size_t got;
    FILE *f = fopen(path, "rb");

    cr_assert_not_null(f, "%s", path);
    while ((got = fread(chunk, 1, sizeof chunk, f)) > 0) {
        buffer_append(&b, chunk, got);
    }
    fclose(f);
    return b;
}

static void load(const char *path)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;
    struct buffer b = file_bytes(path);
    char why[1024] = "";

    bool good = document_parse(path, buffer_bytes(&b), catalog, &d, &err);
    error_print(&err, why, sizeof why);
    cr_assert(good, "%s", why);
    catalog_add(catalog, &d, catalog_next_number(catalog), 1);
    buffer_fini(&b);
}

static void set_up(void)
{
    catalog = catalog_create();
    load(SOURCE_DIR "/workflows/bodies/federal.yaml");
    load(SOURCE_DIR "/workflows/bodies/lo.yaml");
    load(SOURCE_DIR "/workflows/bodies/dubna.yaml");
    load(SOURCE_DIR "/workflows/bodies/aleksandrovsk.yaml");
    load(SOURCE_DIR "/workflows/calendars/ru.yaml");
    load(SOURCE_DIR "/workflows/calendars/ru-six-day.yaml");
    load(SOURCE_DIR "/workflows/policies/default.yaml");
    load(SOURCE_DIR "/workflows/policies/lo-2021.yaml");
    load(SOURCE_DIR "/workflows/roadmap-item.yaml");
    load(SOURCE_DIR "/workflows/roadmaps/lo-2021.yaml");
    load(SOURCE_DIR "/workflows/roadmaps/lo-2021-events.yaml");
    load(SOURCE_DIR "/workflows/roadmaps/dubna-2022.yaml");
    load(SOURCE_DIR "/workflows/roadmaps/aleksandrovsk-2021.yaml");
    load(SOURCE_DIR "/workflows/roadmaps/lo-2023.yaml");
    load(SOURCE_DIR "/workflows/indicators/lo.yaml");
    load(SOURCE_DIR "/workflows/indicators/dubna.yaml");
}

static void tear_down(void)
{
    catalog_destroy(catalog);
}

TestSuite(bundled, .init = set_up, .fini = tear_down);

static const struct definition *definition(enum definition_kind kind, const char *name)
{
    const struct definition *d = catalog_find(catalog, kind, name);

    cr_assert_not_null(d, "%s", name);
    return d;
}

static const struct roadmap_item *item(const char *plan, const char *no)
{
    const struct roadmap *roadmap = &definition(DEFINITION_ROADMAP, plan)->roadmap;

    for (uint32_t i = 0; i < roadmap->item_count; i++) {
        if (strcmp(roadmap->items[i].no, no) == 0) {
            return &roadmap->items[i];
        }
    }
    cr_assert_fail("%s has no item %s", plan, no);
    return NULL;
}

Test(bundled, the_five_plans_have_99_items)
{
    static const struct {
        const char *name;
        uint32_t sections;
        uint32_t items;
    } plans[] = {{"lo-2021", 0, 13},
                 {"lo-2021-events", 4, 25},
                 {"dubna-2022", 0, 4},
                 {"aleksandrovsk-2021", 3, 11},
                 {"lo-2023", 6, 46}};

    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        const struct roadmap *r = &definition(DEFINITION_ROADMAP, plans[i].name)->roadmap;
        cr_assert_eq(r->section_count, plans[i].sections, "%s", plans[i].name);
        cr_assert_eq(r->item_count, plans[i].items, "%s", plans[i].name);
    }
    cr_assert_str_eq(catalog_find_body(catalog, "cnppm_lo")->short_name, "ЦНППМ");
}

/* Of every plan: else a delay would be told to nobody. */
Test(bundled, every_responsible_body_has_somebody_above_it)
{
    for (uint32_t n = 0; catalog_at(catalog, n) != NULL; n++) {
        const struct definition *d = catalog_at(catalog, n);
        for (uint32_t i = 0; d->kind == DEFINITION_ROADMAP && i < d->roadmap.item_count; i++) {
            const char *id = d->roadmap.items[i].responsible[0];
            const struct body *body = catalog_find_body(catalog, id);
            cr_assert_not_null(body->parent, "%s", id);
            cr_assert_not_null(body->email, "%s", id);
        }
    }
}

Test(bundled, no_letter_can_reach_a_real_address)
{
    for (uint32_t n = 0; catalog_at(catalog, n) != NULL; n++) {
        const struct definition *d = catalog_at(catalog, n);
        for (uint32_t i = 0; d->kind == DEFINITION_BODIES && i < d->bodies.body_count; i++) {
            const char *email = d->bodies.bodies[i].email;
            size_t size = email != NULL ? strlen(email) : 0;
            cr_assert(size > 8 && strcmp(email + size - 8, ".invalid") == 0, "%s", email);
        }
    }
}

Test(bundled, a_term_ends_at_midnight_where_the_body_is)
{
    cr_assert_str_eq(zone_name(catalog_find_body(catalog, "kopo_lo")->zone), "Europe/Moscow");
    cr_assert_str_eq(zone_name(catalog_find_body(catalog, "cro_dubna")->zone), "Europe/Moscow");
    cr_assert_str_eq(zone_name(catalog_find_body(catalog, "oo_aleksandrovsk")->zone),
                     "Asia/Yekaterinburg");
}

/* Not by a transcription, but from the documents themselves. */
Test(bundled, a_few_terms_are_as_a_person_reads_them)
{
    const struct roadmap_item *yearly = item("dubna-2022", "2");
    const struct roadmap_item *twice = item("lo-2021-events", "5.4");
    const struct roadmap_item *needed = item("aleksandrovsk-2021", "2.6");

    cr_assert_eq(yearly->window_count, 2); /* of the two years that an open plan shows */
    cr_assert_eq(yearly->windows[1].to, civil_to_day((struct civil){2023, 8, 15}));
    cr_assert_eq(yearly->opens[0], civil_to_day((struct civil){2022, 8, 8}), "the day of the act");
    cr_assert_eq(yearly->opens[1], yearly->windows[0].to + 1);
    cr_assert_eq(twice->window_count, 8);
    cr_assert_eq(civil_weekday(twice->windows[7].to), 2, "a Tuesday");
    cr_assert_not_null(twice->due_why);
    cr_assert(needed->bounded);
    cr_assert_eq(needed->due_kind, DUE_ON_DEMAND);
}

Test(bundled, the_workflow_of_an_item_asks_for_what_an_instance_is_given)
{
    const struct definition *d = catalog_find(catalog, DEFINITION_WORKFLOW, "roadmap-item");
    json_t *input =
        json_loads("{\"title\":\"Т\",\"responsible\":[\"kopo_lo\"],\"controller\":\"c\","
                   "\"window\":{\"from\":\"2023-01-01\",\"to\":\"2023-01-31\"},"
                   "\"result\":null,\"policy\":\"default\"}",
                   0, NULL);

    cr_assert_eq(d->workflow.step_count, 1);
    cr_assert_eq(d->workflow.steps[0].kind, STEP_ASSIGNMENT);
    json_t *with =
        program_run_plain(d->workflow.program, d->workflow.steps[0].with, input, NULL, NULL);
    cr_assert_not_null(with);
    cr_assert(json_equal(json_object_get(with, "due"), json_object_get(input, "window")));
    cr_assert_str_eq(json_string_value(json_object_get(with, "title")), "Т");
    json_decref(with);
    json_decref(input);
}

/* --- the manual ------------------------------------------------------------------------------- */

/* The next fenced block of YAML after `at`, or none. */
static struct bytes next_block(const char **at)
{
    const char *start = strstr(*at, "```yaml\n");

    if (start == NULL) {
        return (struct bytes){NULL, 0};
    }
    start += strlen("```yaml\n");
    const char *end = strstr(start, "```");
    cr_assert_not_null(end);
    *at = end + 3;
    return (struct bytes){start, (size_t)(end - start)};
}

/* All examples of a page; *kinds gets a bit for each kind that was there. */
static void read_examples(const char *page, unsigned *kinds)
{
    char path[512];
    int count = 0;

    snprintf(path, sizeof path, "%s/%s", SOURCE_DIR, page);
    struct buffer manual = file_bytes(path);
    buffer_append(&manual, "", 1);
    const char *at = (const char *)manual.data;
    for (struct bytes block = next_block(&at); block.data != NULL; block = next_block(&at)) {
        struct error err = ERROR_INIT;
        struct definition *d = NULL;
        bool good = document_parse(page, block, catalog, &d, &err);
        count++;
        cr_assert(good, "example %d, line %d: %s", count, err.line, err.text);
        *kinds |= 1u << d->kind;
        definition_destroy(d);
    }
    buffer_fini(&manual);
}

Test(bundled, every_example_of_the_manual_is_read)
{
    unsigned kinds = 0;

    read_examples("docs/language.md", &kinds);
    cr_assert_eq(kinds, (1u << DEFINITION_KIND_COUNT) - 1, "one for each kind");
    read_examples("docs/authors.md", &kinds);
}
