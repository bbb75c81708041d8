/* reference_test.c - the bundled plans and bodies against the transcription of their documents
 *
 * Item by item and body by body: numbers, titles, executors, results, audiences, words about terms,
 * and what the terms mean. The transcription is not part of the project: where it does not lie
 * beside the source tree, these tests are skipped.
 */
#include "language/document.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REFERENCE SOURCE_DIR "/../shared/reference"

static const struct {
    const char *plan;
    const char *file; /* of the transcription */
    uint32_t items;
} plans[] = {{"lo-2021", "lo-2021-roadmap", 13},
             {"lo-2021-events", "lo-2021-events", 25},
             {"dubna-2022", "dubna-2022-roadmap", 4},
             {"aleksandrovsk-2021", "aleksandrovsk-2021-2024", 11},
             {"lo-2023", "lo-2023-roadmap", 46}};

static struct catalog *catalog;
static json_t *phrases;

/* --- documents -------------------------------------------------------------------------------- */

static void load(const char *name)
{
    static char text[1 << 20];
    struct error err = ERROR_INIT;
    struct definition *d = NULL;
    char path[512];

    snprintf(path, sizeof path, "%s/workflows/%s.yaml", SOURCE_DIR, name);
    FILE *f = fopen(path, "rb");
    cr_assert_not_null(f, "%s", path);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    bool good = document_parse(path, bytes_of(text), catalog, &d, &err);
    cr_assert(good, "%s:%d:%d: %s", name, err.line, err.column, err.text);
    catalog_add(catalog, &d, catalog_next_number(catalog), 1);
}

static json_t *transcription(const char *file)
{
    char path[512];

    snprintf(path, sizeof path, REFERENCE "/%s.json", file);
    if (access(path, R_OK) != 0) {
        cr_skip_test("the transcription of the documents is not here");
    }
    json_t *json = json_load_file(path, 0, NULL);
    cr_assert_not_null(json, "%s", path);
    return json;
}

static void set_up(void)
{
    static const char *const documents[] = {
        "bodies/federal",   "bodies/lo",        "bodies/dubna", "bodies/aleksandrovsk",
        "policies/default", "policies/lo-2021", "roadmap-item"};
    char name[64];

    catalog = catalog_create();
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        load(documents[i]);
    }
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        snprintf(name, sizeof name, "roadmaps/%s", plans[i].plan);
        load(name);
    }
}

static void tear_down(void)
{
    json_decref(phrases);
    catalog_destroy(catalog);
}

TestSuite(reference, .init = set_up, .fini = tear_down);

/* --- items ------------------------------------------------------------------------------------ */

/* Where the comparison stands: "lo-2023-roadmap:1.4". */
static char place[64];

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void same_text(const char *got, const json_t *object, const char *key)
{
    const char *expected = text_of(object, key);

    cr_assert_eq(got == NULL, expected == NULL, "%s %s", place, key);
    if (got != NULL && expected != NULL) {
        cr_assert_str_eq(got, expected, "%s %s", place, key);
    }
}

static void same_list(char **got, uint32_t count, const json_t *object, const char *key)
{
    const json_t *list = json_object_get(object, key);

    cr_assert_eq(count, json_array_size(list), "%s %s", place, key);
    for (uint32_t i = 0; i < count; i++) {
        cr_assert_str_eq(got[i], json_string_value(json_array_get(list, i)), "%s %s", place, key);
    }
}

static void same_section(const struct roadmap *roadmap, const struct roadmap_item *item,
                         const json_t *expected)
{
    char full[1024];

    if (item->section == SECTION_NONE) {
        same_text(NULL, expected, "section");
        return;
    }
    snprintf(full, sizeof full, "%s. %s", roadmap->sections[item->section].no,
             roadmap->sections[item->section].title);
    same_text(full, expected, "section");
}

/* What the transcription says about the phrase of the item at `place`. */
static const json_t *meaning(void)
{
    const json_t *phrase;
    const json_t *user;
    size_t i;
    size_t j;

    json_array_foreach(json_object_get(phrases, "phrases"), i, phrase)
    {
        json_array_foreach(json_object_get(phrase, "used_by"), j, user)
        {
            if (strcmp(json_string_value(user), place) == 0) {
                return json_object_get(phrase, "meaning");
            }
        }
    }
    cr_assert_fail("nothing is said about the term of %s", place);
    return NULL;
}

static bool same_day(civil_day day, const json_t *window, const char *key)
{
    char text[CIVIL_TEXT_MAX];

    civil_print(day, text);
    return strcmp(text, text_of(window, key)) == 0;
}

static bool same_window(struct window got, const json_t *expected)
{
    return same_day(got.from, expected, "from") && same_day(got.to, expected, "to");
}

/* The windows of a reading; a plan without an end has some of those that the transcription puts
 * beyond it. */
static bool same_windows(const struct roadmap_item *item, const json_t *windows,
                         const json_t *beyond)
{
    size_t count = json_array_size(windows);

    if (item->window_count < count || item->window_count > count + json_array_size(beyond)) {
        return false;
    }
    for (uint32_t i = 0; i < item->window_count; i++) {
        const json_t *expected =
            i < count ? json_array_get(windows, i) : json_array_get(beyond, i - count);
        if (!same_window(item->windows[i], expected)) {
            return false;
        }
    }
    return true;
}

/* The reading that was chosen there, or another where the phrase is not beyond doubt. */
static bool same_reading(const struct roadmap *roadmap, const struct roadmap_item *item,
                         const json_t *meant)
{
    const json_t *windows = json_object_get(meant, "windows");
    const json_t *beyond =
        roadmap->open_ended ? json_object_get(meant, "next_beyond_period") : NULL;
    const json_t *other;
    size_t i;

    if (json_array_size(windows) == 0) {
        return item->bounded && item->window_count == 1 &&
               same_window(item->windows[0], json_object_get(meant, "bounds"));
    }
    bool same = !item->bounded && same_windows(item, windows, beyond);
    json_array_foreach(json_object_get(meant, "alternatives"), i, other)
    {
        same |= same_windows(item, json_object_get(other, "windows"), beyond);
    }
    return same;
}

static void same_item(const struct roadmap *roadmap, const struct roadmap_item *item,
                      const json_t *expected)
{
    same_text(item->no, expected, "no");
    same_text(item->title, expected, "title");
    same_section(roadmap, item, expected);
    same_list(item->bullets, item->bullet_count, expected, "bullets");
    same_list(item->responsible, item->responsible_count, expected, "responsible_ids");
    same_text(item->audience, expected, "audience");
    same_text(item->result, expected, "result");
    same_text(item->due_phrase, expected, "due_phrase");
    cr_expect_str_eq(due_kind_name(item->due_kind), text_of(meaning(), "kind"), "%s", place);
    cr_expect(same_reading(roadmap, item, meaning()), "%s: «%s» is read otherwise, from %d windows",
              place, item->due_phrase, (int)item->window_count);
}

static void same_document(const struct definition *d, const json_t *expected)
{
    const struct roadmap *roadmap = &d->roadmap;
    char day[CIVIL_TEXT_MAX] = "";

    same_text(d->title, expected, "document");
    same_text(roadmap->act_number, expected, "number");
    if (roadmap->signed_day != CIVIL_DAY_NONE) {
        civil_print(roadmap->signed_day, day);
    }
    same_text(roadmap->signed_day != CIVIL_DAY_NONE ? day : NULL, expected, "date");
    cr_assert_eq(roadmap->section_count, json_array_size(json_object_get(expected, "sections")));
    for (uint32_t i = 0; i < roadmap->section_count; i++) {
        const json_t *section = json_array_get(json_object_get(expected, "sections"), i);
        same_text(roadmap->sections[i].no, section, "no");
        same_text(roadmap->sections[i].title, section, "title");
    }
}

Test(reference, the_five_plans_say_what_the_approved_documents_say)
{
    phrases = transcription("due-phrases");
    for (size_t p = 0; p < sizeof plans / sizeof *plans; p++) {
        const struct definition *d = catalog_find(catalog, DEFINITION_ROADMAP, plans[p].plan);
        json_t *document = transcription(plans[p].file);
        const json_t *items = json_object_get(document, "items");
        snprintf(place, sizeof place, "%s", plans[p].file);
        same_document(d, document);
        cr_assert_eq(d->roadmap.item_count, plans[p].items, "%s", place);
        cr_assert_eq(json_array_size(items), plans[p].items, "%s", place);
        for (uint32_t i = 0; i < plans[p].items; i++) {
            const struct roadmap_item *item = &d->roadmap.items[i];
            snprintf(place, sizeof place, "%s:%s", plans[p].file, item->no);
            same_item(&d->roadmap, item, json_array_get(items, i));
        }
        json_decref(document);
    }
}

/* --- bodies ----------------------------------------------------------------------------------- */

/* Where the chains of control lead elsewhere than the first link that the transcription gives: the
 * bodies documents say why. */
static const char *const decided[][2] = {
    {"kopo_lo", "kopo_lo_pervyj_zam_predsedatelya"},
    {"kopo_lo_nachalnik_sektora", "kopo_lo_zam_predsedatelya"},
    {"kopo_lo_pervyj_zam_predsedatelya", NULL},
    {"giefpt_lo", "kopo_lo"},
    {"mms_lo", "cnppm_lo"},
    {"oo_mun_lo", "mms_lo"},
    {"pedagogi_lo", "metodsovet_oo_lo"},
    {"goruno_dubna", "goruno_nachalnik"},
    {"goruno_nachalnik", "admin_dubna"},
    {"cro_dubna", "cro_direktor"},
    {"cro_direktor", "goruno_zam_nachalnika"},
    {"admin_aleksandrovsk", "glava_aleksandrovsk"},
    {"glava_aleksandrovsk", NULL},
    {"upravlenie_obrazovaniya_aleksandrovsk", "zam_glavy_socpolitika_aleksandrovsk"},
    {"rukovoditeli_oo_aleksandrovsk", "upravlenie_obrazovaniya_aleksandrovsk"},
    {"oo_aleksandrovsk", "rukovoditeli_oo_aleksandrovsk"}};

static const char *expected_parent(const json_t *actor)
{
    for (size_t i = 0; i < sizeof decided / sizeof *decided; i++) {
        if (strcmp(decided[i][0], text_of(actor, "id")) == 0) {
            return decided[i][1];
        }
    }
    return text_of(json_object_get(actor, "parent"), "id");
}

static uint32_t count_bodies(void)
{
    uint32_t count = 0;

    for (uint32_t i = 0; catalog_at(catalog, i) != NULL; i++) {
        const struct definition *d = catalog_at(catalog, i);
        count += d->kind == DEFINITION_BODIES ? d->bodies.body_count : 0;
    }
    return count;
}

Test(reference, the_bodies_are_those_of_the_documents)
{
    json_t *actors = transcription("actors");
    const json_t *actor;
    size_t i;

    json_array_foreach(json_object_get(actors, "actors"), i, actor)
    {
        const struct body *body = catalog_find_body(catalog, text_of(actor, "id"));
        const char *parent = expected_parent(actor);
        snprintf(place, sizeof place, "%s", text_of(actor, "id"));
        cr_assert_not_null(body, "%s", place);
        same_text(body->name, actor, "name");
        cr_assert_eq(body->parent == NULL, parent == NULL, "%s", place);
        cr_assert(parent == NULL || strcmp(body->parent, parent) == 0, "%s: %s", place,
                  body->parent);
    }
    cr_assert_eq(count_bodies(), json_array_size(json_object_get(actors, "actors")));
    json_decref(actors);
}

/* From one level of a chain to the next: the next is somewhere above. */
static const struct body *climb(const struct body *body, const char *to)
{
    while (body != NULL && strcmp(body->id, to) != 0) {
        body = body->parent != NULL ? catalog_find_body(catalog, body->parent) : NULL;
    }
    return body;
}

Test(reference, who_is_told_of_a_delay_follows_the_chains_of_the_documents)
{
    json_t *actors = transcription("actors");
    const json_t *chain;
    const json_t *level;
    size_t i;
    size_t j;

    json_array_foreach(json_object_get(actors, "escalation_chains"), i, chain)
    {
        const struct body *body = NULL;
        json_array_foreach(json_object_get(chain, "chain"), j, level)
        {
            const char *id = json_string_value(level);
            if (strcmp(id, "item responsible") == 0) {
                continue; /* the next level is who controls the plan */
            }
            if (strcmp(id, "akademiya_minprosveshcheniya") == 0) {
                break; /* bodies/lo.yaml: it agrees with the Committee, and does not command it */
            }
            body = body == NULL ? catalog_find_body(catalog, id) : climb(body, id);
            cr_assert_not_null(body, "chain %zu: %s is not above", i + 1, id);
        }
    }
    json_decref(actors);
}

/* The first chain of the transcription, from the level above "item responsible" on, stands above
 * the Committee in the plans of that order, and nowhere else. */
Test(reference, the_chain_of_control_of_2021_is_that_of_its_plans_alone)
{
    static const char *const of_2021[] = {"lo-2021", "lo-2021-events"};
    json_t *actors = transcription("actors");
    const json_t *first = json_array_get(json_object_get(actors, "escalation_chains"), 0);
    const json_t *levels = json_object_get(first, "chain");
    const char *at = "kopo_lo";

    for (size_t i = 0; i < sizeof of_2021 / sizeof *of_2021; i++) {
        const struct definition *plan = catalog_find(catalog, DEFINITION_ROADMAP, of_2021[i]);
        cr_assert_str_eq(plan->roadmap.policy, "lo-2021");
    }
    const struct policy *own = &catalog_find(catalog, DEFINITION_POLICY, "lo-2021")->policy;
    const struct policy *usual = &catalog_find(catalog, DEFINITION_POLICY, "default")->policy;
    for (size_t i = 1; i < json_array_size(levels); i++) {
        at = policy_above(own, at);
        cr_assert_str_eq(at, json_string_value(json_array_get(levels, i)));
    }
    cr_assert_null(policy_above(own, at));
    cr_assert_eq(usual->chain_count, 0);
    json_decref(actors);
}

/* It is a copy of the usual one: what is changed in one of them is to be looked at in the other. */
Test(reference, the_policy_of_2021_differs_from_the_usual_one_by_its_chain_alone)
{
    const struct definition *own = catalog_find(catalog, DEFINITION_POLICY, "lo-2021");
    const struct definition *usual = catalog_find(catalog, DEFINITION_POLICY, "default");
    const char *rest = strstr(usual->source, "\nat: ");

    cr_assert_not_null(rest);
    cr_assert_not_null(strstr(own->source, rest), "from `at` to the end of the ladder");
}

static void controls(const char *plan, const char *body)
{
    cr_assert_str_eq(catalog_find(catalog, DEFINITION_ROADMAP, plan)->roadmap.controller, body);
}

Test(reference, the_controllers_are_those_whom_the_acts_name)
{
    controls("lo-2021", "kopo_lo_nachalnik_sektora");
    controls("lo-2021-events", "kopo_lo_nachalnik_sektora");
    controls("dubna-2022", "goruno_nachalnik");
    controls("aleksandrovsk-2021", "zam_glavy_socpolitika_aleksandrovsk");
    controls("lo-2023", "kopo_lo_pervyj_zam_predsedatelya");
}
