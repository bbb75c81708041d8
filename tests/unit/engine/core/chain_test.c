/* chain_test.c - who is above whom by the chains of a policy, in letters, deeds and decisions */
#include "people_fixture.h"

#include "engine/core/chain.h"
#include "engine/core/recipients.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(chains, .init = people_fixture_init, .fini = fixture_fini);

/* In the bodies documents: school, district, committee, region; inspector, chief. */
#define POLICY(version, rungs, chains)                                                             \
    "document: {kind: policy, name: default, version: '" version "'}\n"                            \
    "at: '09:00'\nsoon: 3\nletters: on any day\ndigest: false\n"                                   \
    "chains: " chains "\nladder:\n" rungs

#define CLIMB                                                                                      \
    "  - {escalate: 1 day after, to: parent}\n"                                                    \
    "  - {escalate: 2 days after, to: 2 levels up}\n"                                              \
    "  - {escalate: 3 days after, to: 3 levels up}\n"                                              \
    "  - {escalate: 4 days after, to: controller}\n"

/* Whom its escalations so far went to, in their order: "district committee". */
static const char *told(void)
{
    static char text[1024];

    text[0] = '\0';
    for (size_t i = 0; i < fx.record_count; i++) {
        const struct record *r = &fx.records[i];
        if (r->instance == id && r->kind == RECORD_ASSIGNMENT_NOTICED &&
            r->other == LETTER_ESCALATED) {
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%.*s", *text ? " " : "",
                     (int)r->text.size, (const char *)r->text.data);
        }
    }
    return text;
}

static void run_late(void)
{
    static const char *const days[] = {"2023-01-21", "2023-01-22", "2023-01-23", "2023-01-24"};

    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        at(days[i], 9);
    }
}

Test(chains, without_them_lateness_goes_to_the_body_above)
{
    fixture_deploy(POLICY("2", CLIMB, "[]"));
    start("2023-01-09", "2023-01-20");
    run_late();
    cr_assert_str_eq(told(), "district committee region inspector");
}

Test(chains, of_the_policy_come_before_the_bodies_documents)
{
    fixture_deploy(POLICY("2", CLIMB, "[[district, kld, alone]]"));
    start("2023-01-09", "2023-01-20");
    run_late();
    cr_assert_str_eq(told(), "district kld alone inspector");
}

Test(chains, end_where_the_bodies_documents_would_go_on)
{
    fixture_deploy(POLICY("2", CLIMB, "[[school, district]]"));
    start("2023-01-09", "2023-01-20");
    run_late();
    cr_assert_str_eq(told(), "district inspector inspector inspector");
}

Test(chains, go_on_in_one_another)
{
    fixture_deploy(POLICY("2", CLIMB, "[[school, kld], [kld, kam], [kam, alone]]"));
    start("2023-01-09", "2023-01-20");
    run_late();
    cr_assert_str_eq(told(), "kld kam alone inspector");
}

Test(chains, of_a_new_policy_hold_for_what_is_given_already)
{
    fixture_deploy(POLICY("2", CLIMB, "[]"));
    start("2023-01-09", "2023-01-20");
    at("2023-01-21", 9);
    fixture_deploy(POLICY("3", CLIMB, "[[school, kld, kam]]"));
    run_late();
    cr_assert_str_eq(told(), "district kam inspector inspector");
    fixture_assert_replay();
}

Test(chains, say_who_decides_in_place_of_the_controller)
{
    start("2023-01-09", "2023-01-20");
    act(ACTION_PAUSE, "chief");
    act(ACTION_RESUME, "chief");
    fixture_deploy(POLICY("2", CLIMB, "[[inspector, kld]]"));
    assert_refused(ACTION_PAUSE, "chief", ERROR_REFUSED);
    act(ACTION_PAUSE, "kld");
}

Test(chains, say_who_hears_what_the_controller_has_reported_itself)
{
    fixture_deploy(POLICY("2", CLIMB, "[[inspector, kld]]"));
    id = fixture_start("ask",
                       "{\"responsible\":[\"inspector\"],\"controller\":\"inspector\"," DUE "}");
    act(ACTION_REPORT, "inspector");
    cr_assert_eq(letters_of(LETTER_REPORTED, "kld"), 1);
    assert_refused(ACTION_ACCEPT, "chief", ERROR_REFUSED);
    act(ACTION_ACCEPT, "kld");
}

Test(chains, say_to_whom_a_rung_gives_the_work)
{
    fixture_deploy(POLICY("2", "  - {reassign: 1 day after, to: parent}\n", "[[school, kld]]"));
    start("2023-01-09", "2023-01-20");
    at("2023-01-21", 9);
    cr_assert(text_is(assignment()->people[0], "kld"));
}

Test(chains, say_to_whom_nothing_is_delegated)
{
    fixture_deploy(POLICY("2", CLIMB, "[[school, alone]]"));
    start("2023-01-09", "2023-01-20");
    struct assignment_command c = command(ACTION_DELEGATE, "school");
    c.to = bytes_of("alone");
    assert_refuses(&c, ERROR_REFUSED, "above");
    c.to = bytes_of("committee");
    give(&c);
}

/* --- the five chains of the documents ----------------------------------------------------------
 */

#define REFERENCE SOURCE_DIR "/../shared/reference/actors.json"

static const struct {
    const char *document; /* in the transcription */
    const char *plan;
} plans[] = {{"lo-2021", "lo-2021"},
             {"lo-2023", "lo-2023"},
             {"dubna-2022", "dubna-2022"},
             {"aleksandrovsk-2021", "aleksandrovsk-2021"}};

static const struct policy *policy_of_plan(const char *document)
{
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        if (strcmp(plans[i].document, document) == 0) {
            const struct definition *d =
                catalog_find(fx.catalog, DEFINITION_ROADMAP, plans[i].plan);
            return &catalog_find(fx.catalog, DEFINITION_POLICY, d->roadmap.policy)->policy;
        }
    }
    cr_assert_fail("%s", document);
    return NULL;
}

/* A policy with the chains of this one, which goes up a level a day. */
static void deploy_walk(const struct policy *policy)
{
    char text[4096] = "document: {kind: policy, name: walk, version: '1'}\n"
                      "at: '09:00'\nsoon: 3\nletters: on any day\ndigest: false\nchains:";
    size_t size = strlen(text);

    size += (size_t)snprintf(text + size, sizeof text - size, policy->chain_count ? "\n" : " []\n");
    for (uint32_t i = 0; i < policy->chain_count; i++) {
        size += (size_t)snprintf(text + size, sizeof text - size, "  - [%s",
                                 policy->chains[i].bodies[0]);
        for (uint32_t j = 1; j < policy->chains[i].count; j++) {
            size += (size_t)snprintf(text + size, sizeof text - size, ", %s",
                                     policy->chains[i].bodies[j]);
        }
        size += (size_t)snprintf(text + size, sizeof text - size, "]\n");
    }
    size += (size_t)snprintf(text + size, sizeof text - size, "ladder:\n");
    for (int n = 1; n <= 9; n++) {
        size += (size_t)snprintf(text + size, sizeof text - size,
                                 "  - {escalate: %d days after, to: %d levels up}\n", n, n);
    }
    cr_assert_lt(size, sizeof text);
    fixture_deploy(text);
}

/* An item of this body is late for nine days. */
static void be_late(const char *responsible)
{
    char input[512];
    char day[CIVIL_TEXT_MAX];

    fixture_now("2023-01-09", 9 * 60);
    snprintf(input, sizeof input,
             "{\"responsible\":[\"%s\"],\"controller\":\"kopo_lo\",\"policy\":\"walk\"," DUE "}",
             responsible);
    id = fixture_start("ask", input);
    for (civil_day d = day_of("2023-01-21"); d < day_of("2023-01-30"); d++) {
        civil_print(d, day);
        at(day, 9);
    }
}

/* The bodies of the chain from its second on, each further up than the one before it. What "item
 * responsible" means is the Committee, which is above all others of its plans. */
static void follows(const json_t *chain, const char *document)
{
    const char *first = json_string_value(json_array_get(chain, 0));
    bool any = strcmp(first, "item responsible") == 0;
    char found[1024];
    const json_t *level;
    size_t n;

    deploy_walk(policy_of_plan(document));
    be_late(any ? "kopo_lo" : first);
    snprintf(found, sizeof found, " %s ", told());
    const char *at = found;
    json_array_foreach(chain, n, level)
    {
        char word[LIMIT_NAME_BYTES + 3];
        snprintf(word, sizeof word, " %s ", json_string_value(level));
        if (strcmp(word, " akademiya_minprosveshcheniya ") == 0) {
            break; /* bodies/lo.yaml: it agrees with the Committee, and does not command it */
        }
        at = n == 0 ? at : strstr(at, word);
        cr_assert_not_null(at, "%s: no%sin%s", document, word, found);
        cr_assert(!any || n != 1 || at == found, "%s: first comes%s", document, found);
    }
}

Test(chains, of_the_documents_are_followed_when_an_item_is_late)
{
    static const char *const files[] = {
        "bodies/federal.yaml",      "bodies/lo.yaml",
        "bodies/dubna.yaml",        "bodies/aleksandrovsk.yaml",
        "policies/lo-2021.yaml",    "roadmap-item.yaml",
        "roadmaps/lo-2021.yaml",    "roadmaps/lo-2023.yaml",
        "roadmaps/dubna-2022.yaml", "roadmaps/aleksandrovsk-2021.yaml"};
    json_t *actors = json_load_file(REFERENCE, 0, NULL);
    char path[512];
    const json_t *chain;
    size_t i;

    if (actors == NULL) {
        cr_skip_test("the transcription of the documents is not here");
    }
    for (size_t n = 0; n < sizeof files / sizeof *files; n++) {
        snprintf(path, sizeof path, SOURCE_DIR "/workflows/%s", files[n]);
        fixture_deploy_file(path);
    }
    cr_assert_eq(json_array_size(json_object_get(actors, "escalation_chains")), 5);
    json_array_foreach(json_object_get(actors, "escalation_chains"), i, chain)
    {
        follows(json_object_get(chain, "chain"),
                json_string_value(json_object_get(chain, "document")));
    }
    json_decref(actors);
}
