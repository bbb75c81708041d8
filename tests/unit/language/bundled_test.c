/* bundled_test.c - the documents in workflows/ and docs/language.md, read as an engine reads them
 *
 * The roadmap is compared with its transcription when that lies beside the source tree; the
 * transcription is not part of the project, so elsewhere that test is skipped.
 */
#include "language/document.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REFERENCE SOURCE_DIR "/../shared/reference"

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
    load(SOURCE_DIR "/workflows/bodies/lo.yaml");
    load(SOURCE_DIR "/workflows/policies/default.yaml");
    load(SOURCE_DIR "/workflows/calendars/ru.yaml");
    load(SOURCE_DIR "/workflows/roadmap-item.yaml");
    load(SOURCE_DIR "/workflows/roadmaps/lo-2023.yaml");
    load(SOURCE_DIR "/workflows/indicators/lo.yaml");
    load(SOURCE_DIR "/workflows/indicators/dubna.yaml");
}

static void tear_down(void)
{
    catalog_destroy(catalog);
}

TestSuite(bundled, .init = set_up, .fini = tear_down);

static const struct roadmap *plan(void)
{
    return &catalog_find(catalog, DEFINITION_ROADMAP, "lo-2023")->roadmap;
}

Test(bundled, the_documents_load_in_their_order)
{
    cr_assert_eq(catalog_next_number(catalog), 8);
    cr_assert_eq(plan()->item_count, 46);
    cr_assert_eq(plan()->section_count, 6);
    cr_assert_str_eq(catalog_find_body(catalog, "cnppm_lo")->short_name, "ЦНППМ");
}

Test(bundled, every_responsible_body_has_somebody_above_it)
{
    for (uint32_t i = 0; i < plan()->item_count; i++) {
        const struct body *body = catalog_find_body(catalog, plan()->items[i].responsible[0]);
        cr_assert_not_null(body->parent, "%s", body->id);
        cr_assert_not_null(body->email, "%s", body->id);
    }
    cr_assert_str_eq(catalog_find_body(catalog, "kopo_lo")->parent, plan()->controller);
}

Test(bundled, no_letter_can_reach_a_real_address)
{
    const struct definition *d = catalog_find(catalog, DEFINITION_BODIES, "lo");

    for (uint32_t i = 0; i < d->bodies.body_count; i++) {
        const char *email = d->bodies.bodies[i].email;
        cr_assert(email == NULL || strstr(email, "@lo.invalid") != NULL, "%s", email);
    }
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

/* --- the transcription ------------------------------------------------------------------------ */

static void same_text(const char *got, const json_t *object, const char *key, const char *no)
{
    const char *expected = json_string_value(json_object_get(object, key));

    cr_assert_eq(got == NULL, expected == NULL, "%s %s", no, key);
    if (got != NULL && expected != NULL) {
        cr_assert_str_eq(got, expected, "%s %s", no, key);
    }
}

static void same_list(char **got, uint32_t count, const json_t *object, const char *key,
                      const char *no)
{
    const json_t *list = json_object_get(object, key);

    cr_assert_eq(count, json_array_size(list), "%s %s", no, key);
    for (uint32_t i = 0; i < count; i++) {
        cr_assert_str_eq(got[i], json_string_value(json_array_get(list, i)), "%s %s", no, key);
    }
}

/* What the transcription says about the phrase of an item of this plan. */
static const json_t *meaning_of(const json_t *phrases, const char *no)
{
    char wanted[64];

    snprintf(wanted, sizeof wanted, "lo-2023-roadmap:%s", no);
    for (size_t i = 0; i < json_array_size(phrases); i++) {
        const json_t *phrase = json_array_get(phrases, i);
        const json_t *used_by = json_object_get(phrase, "used_by");
        for (size_t j = 0; j < json_array_size(used_by); j++) {
            if (strcmp(json_string_value(json_array_get(used_by, j)), wanted) == 0) {
                return json_object_get(phrase, "meaning");
            }
        }
    }
    return NULL;
}

static void same_day(civil_day got, const json_t *window, const char *key, const char *no)
{
    char text[CIVIL_TEXT_MAX];

    civil_print(got, text);
    cr_assert_str_eq(text, json_string_value(json_object_get(window, key)), "%s", no);
}

static void same_due(const struct roadmap_item *item, const json_t *meaning)
{
    const json_t *windows = json_object_get(meaning, "windows");

    cr_assert_str_eq(due_kind_name(item->due_kind),
                     json_string_value(json_object_get(meaning, "kind")), "%s", item->no);
    if (json_array_size(windows) == 0) { /* bounded only: 1.7 */
        const json_t *bounds = json_object_get(meaning, "bounds");
        cr_assert_eq(item->window_count, 1);
        same_day(item->windows[0].from, bounds, "from", item->no);
        same_day(item->windows[0].to, bounds, "to", item->no);
        return;
    }
    cr_assert_eq(item->window_count, json_array_size(windows), "%s", item->no);
    for (uint32_t i = 0; i < item->window_count; i++) {
        same_day(item->windows[i].from, json_array_get(windows, i), "from", item->no);
        same_day(item->windows[i].to, json_array_get(windows, i), "to", item->no);
    }
}

static void same_item(const struct roadmap_item *item, const json_t *expected,
                      const json_t *phrases)
{
    const struct roadmap_section *section = &plan()->sections[item->section];
    char *full = NULL;
    size_t size = strlen(section->no) + strlen(section->title) + 3;

    same_text(item->no, expected, "no", item->no);
    same_text(item->title, expected, "title", item->no);
    same_text(item->result, expected, "result", item->no);
    same_text(item->note, expected, "note", item->no);
    same_text(item->due_phrase, expected, "due_phrase", item->no);
    same_list(item->bullets, item->bullet_count, expected, "bullets", item->no);
    same_list(item->responsible, item->responsible_count, expected, "responsible_ids", item->no);
    full = malloc(size);
    snprintf(full, size, "%s. %s", section->no, section->title);
    same_text(full, expected, "section", item->no);
    free(full);
    same_due(item, meaning_of(phrases, item->no));
}

Test(bundled, the_roadmap_says_what_the_approved_document_says)
{
    if (access(REFERENCE "/lo-2023-roadmap.json", R_OK) != 0) {
        cr_skip_test("the transcription of the document is not here");
    }
    json_t *document = json_load_file(REFERENCE "/lo-2023-roadmap.json", 0, NULL);
    json_t *due = json_load_file(REFERENCE "/due-phrases.json", 0, NULL);
    const json_t *items = json_object_get(document, "items");

    cr_assert_not_null(due);
    same_text(catalog_find(catalog, DEFINITION_ROADMAP, "lo-2023")->title, document, "document",
              "title");
    cr_assert_eq(plan()->item_count, json_array_size(items));
    for (uint32_t i = 0; i < plan()->item_count; i++) {
        same_item(&plan()->items[i], json_array_get(items, i), json_object_get(due, "phrases"));
    }
    json_decref(document);
    json_decref(due);
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
