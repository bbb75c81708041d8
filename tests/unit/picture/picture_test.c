/* picture_test.c - documents as pictures: what is drawn, and what strangers wrote in them */
#include "language/document.h"
#include "picture/picture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "document: {dsl: '1.0.3', namespace: t, name: picture, version: '1'}\n"

static struct definition *parse(const char *yaml)
{
    struct definition *definition;
    struct error err;

    cr_assert(document_parse("t.yaml", bytes_of(yaml), NULL, &definition, &err), "%d:%d: %s",
              err.line, err.column, err.text);
    return definition;
}

/* The document in this format; yours. */
static char *print_course(const char *yaml, enum picture_format format,
                          const struct picture_course *course)
{
    struct definition *definition = parse(yaml);
    struct buffer out = BUFFER_INIT;
    struct picture *picture;
    struct error err;

    cr_assert(picture_draw(definition, course, &picture, &err), "%s", err.text);
    cr_assert(picture_print(picture, format, &out, &err), "%s", err.text);
    picture_destroy(picture);
    definition_destroy(definition);
    char *text = bytes_strdup(buffer_bytes(&out));
    buffer_fini(&out);
    return text;
}

static char *print_with(const char *yaml, enum picture_format format, picture_state_fn *state)
{
    return print_course(yaml, format, &(struct picture_course){state, NULL, NULL});
}

static char *print(const char *yaml, enum picture_format format)
{
    return print_course(yaml, format, NULL);
}

static void expect_parts(const char *yaml, enum picture_format format, const char *const parts[])
{
    char *text = print(yaml, format);

    for (; *parts != NULL; parts++) {
        cr_expect(strstr(text, *parts) != NULL, "no %s in\n%s", *parts, text);
    }
    free(text);
}

Test(picture, every_way_of_a_workflow_is_a_line)
{
    static const char yaml[] = HEAD "do:\n"
                                    "- ask: {call: work}\n"
                                    "- choose:\n"
                                    "    switch:\n"
                                    "    - yes: {when: .good, then: end}\n"
                                    "    - no: {then: ask}\n";
    static const char *const parts[] = {"n0 [id=n0,label=\"begin\"",
                                        "n1 [id=n1,label=\"end\"",
                                        "label=\"ask\\nservice: work\"",
                                        "label=\"choose\",shape=diamond",
                                        "n0 -> n2 [",
                                        "n2 -> n3 [label=\"\"]",
                                        "n3 -> n1 [label=\"yes\\n.good\"]",
                                        "n3 -> n2 [label=\"no\",constraint=false]",
                                        NULL};

    expect_parts(yaml, PICTURE_DOT, parts);
}

Test(picture, steps_that_hold_others_are_frames)
{
    static const char yaml[] =
        HEAD "do:\n"
             "- all: {do: [{in: {wait: PT1H}}]}\n"
             "- each: {for: {each: x, in: .l}, do: [{turn: {call: work}}]}\n"
             "- both: {fork: {branches: [{left: {call: work}}, {right: {call: work}}]}}\n"
             "- careful:\n"
             "    try: [{risky: {call: work}}]\n"
             "    catch: {errors: {with: {status: 500}}, retry: {delay: PT1S}, do: [{mend: {call: "
             "work}}]}\n";
    static const char *const parts[] = {"subgraph cluster_0 {\nlabel=\"all\"",
                                        "label=\"in\\nwait for PT1H\"",
                                        "label=\"each\\nfor each x of .l\",shape=hexagon",
                                        "label=\"both\"",
                                        "label=\"on error\"",
                                        "[label=\"again\",style=dashed]",
                                        "label=\"mend\\nservice: work\"",
                                        NULL};

    expect_parts(yaml, PICTURE_DOT, parts);
}

Test(picture, other_formats_show_the_same)
{
    static const char yaml[] = HEAD "do:\n- ask: {call: work, then: end}\n";
    static const char *const mermaid[] = {"flowchart TD\n", "n2[\"ask<br/>service#58; work\"]",
                                          "n2 --> n1\n", NULL};
    static const char *const svg[] = {"<svg", "ask</text>", "service: work</text>", "</svg>", NULL};

    expect_parts(yaml, PICTURE_MERMAID, mermaid);
    expect_parts(yaml, PICTURE_SVG, svg);
}

Test(picture, a_name_of_a_stranger_is_a_name_in_every_format)
{
    static const char yaml[] = HEAD "do:\n"
                                    "- '\"]; evil [label=\"\\N &lt;<script>alert(1)</script>': "
                                    "{call: work, if: '.a == \"x\"'}\n";
    static const char *const dot[] = {
        "label=\"\\\"]; evil [label=\\\"\\\\N\\n&amp;lt;<script>alert(1)</script>\\n"
        "service: work\\nonly if .a == \\\"x\\\"\"",
        NULL};
    static const char *const mermaid[] = {
        "n2[\"#34;#93;#59; evil #91;label=#34;#92;N<br/>#38;lt#59;#60;script#62;alert#40;1#41;#60;"
        "#47;script#62;<br/>service#58; work<br/>only if .a == #34;x#34;\"]",
        NULL};
    static const char *const svg[] = {"&lt;script&gt;alert(1)&lt;/script&gt;</text>", NULL};

    expect_parts(yaml, PICTURE_DOT, dot);
    expect_parts(yaml, PICTURE_MERMAID, mermaid);
    expect_parts(yaml, PICTURE_SVG, svg);
    char *text = print(yaml, PICTURE_SVG);
    cr_expect(strstr(text, "<script>") == NULL);
    free(text);
}

static enum picture_state state_of(void *context, const struct step *step, uint32_t index)
{
    (void)context;
    (void)index;
    return strcmp(step->pointer, "/do/0/a") == 0          ? PICTURE_DONE
           : strcmp(step->pointer, "/do/1/b") == 0        ? PICTURE_OPEN
           : strcmp(step->pointer, "/do/1/b/do/0/c") == 0 ? PICTURE_INCIDENT
                                                          : PICTURE_NONE;
}

/* Of the work that the call of a function is. */
static enum picture_state state_of_call(void *context, const struct step *step, uint32_t index)
{
    (void)context;
    (void)index;
    return strcmp(step->name, "give") == 0 ? PICTURE_OPEN : PICTURE_NONE;
}

Test(picture, states_of_an_instance_are_colours_and_words)
{
    static const char yaml[] =
        HEAD "do:\n- a: {call: work}\n- b: {do: [{c: {call: work}}]}\n- d: {call: work}\n";
    char *dot = print_with(yaml, PICTURE_DOT, state_of);
    char *mermaid = print_with(yaml, PICTURE_MERMAID, state_of);

    cr_expect(strstr(dot, "label=\"a\\nservice: work\\n[done]\",shape=box,fillcolor=\"#cdeccd\""));
    cr_expect(strstr(dot, "label=\"b\\n[in work]\"\nstyle=\"rounded,filled\""));
    cr_expect(strstr(dot, "\\n[needs an operator]\""));
    cr_expect(strstr(dot, "label=\"d\\nservice: work\",shape=box]"));
    cr_expect(strstr(mermaid, "class n2 done\n"));
    cr_expect(strstr(mermaid, "class f0 open\n"));
    free(dot);
    free(mermaid);
}

#define TITLED                                                                                        \
    HEAD "use: {functions: {give: {call: work, with: {x: '${ .x }'}}}}\n"                             \
         "do:\n- any: {switch: [{нет: {when: '.x == []', then: exit}}, {есть: {then: ask}}], " \
         "metadata: {title: Есть ли дефициты}}\n"                                       \
         "- ask: {call: give, if: .x, metadata: {title: Согласование}}\n"

Test(picture, what_leads_back_is_a_line_that_moves_nothing)
{
    static const char yaml[] = HEAD "do:\n- a: {call: work}\n- b: {call: work, if: .x, then: a}\n"
                                    "- c: {switch: [{on: {when: .y, then: d}}, {off: {then: b}}]}\n"
                                    "- d: {call: work}\n";
    static const char *const parts[] = {"n3 -> n2 [label=\"\",constraint=false]",
                                        "n4 -> n3 [label=\"off\",constraint=false]",
                                        "n4 -> n5 [label=\"on\\n.y\"]", NULL};

    expect_parts(yaml, PICTURE_DOT, parts);
}

Test(picture, a_document_shows_titles_and_what_authors_need)
{
    static const char *const parts[] = {
        "label=\"Есть ли дефициты\\nany\",shape=diamond", "[label=\"нет\\n.x == []\"]",
        "label=\"Согласование\\nask\\nonly if .x\"", "label=\"give\\nservice: work\"", NULL};

    expect_parts(TITLED, PICTURE_DOT, parts);
}

Test(picture, an_instance_shows_titles_alone_and_names_to_who_points_at_them)
{
    char *dot = print_with(TITLED, PICTURE_DOT, state_of_call);
    char *svg = print_with(TITLED, PICTURE_SVG, state_of_call);

    cr_expect(strstr(dot, "label=\"Есть ли дефициты\",tooltip=\"any\",shape=diamond"), "%s", dot);
    cr_expect(strstr(dot, "[label=\"нет\"]"), "%s", dot);
    cr_expect(strstr(dot, "label=\"Согласование\\n[in work]\",tooltip=\"ask\",shape=box"), "%s",
              dot);
    cr_expect_null(strstr(dot, "give"));
    cr_expect(strstr(svg, "xlink:title=\"ask\""));
    free(dot);
    free(svg);
}

Test(picture, a_roadmap_shows_its_sections_and_items)
{
    static const char yaml[] =
        "document: {kind: roadmap, name: plan, version: '1', title: План}\n"
        "period: {from: 2023-01-01, to: 2023-12-31}\n"
        "controller: c\npolicy: p\n"
        "sections: [{no: '1', title: Первый}, {no: '2', title: Пустой}]\n"
        "items:\n"
        "- {no: '1.1', section: '1', title: Приказ, responsible: [a, b, c],\n"
        "   due: {phrase: май, kind: window, windows: [{from: 2023-05-01, to: 2023-05-31}]}}\n"
        "- {no: '1.2', section: '1', title: План, responsible: [a],\n"
        "   due: {phrase: июнь, kind: window, windows: [{from: 2023-06-01, to: 2023-06-30}]}}\n";
    static const char *const parts[] = {"label=\"План\"", "label=\"1. Первый\"",
                                        "label=\"1.1. Приказ\\ndue: май\\na and 2 more\"", NULL};

    expect_parts(yaml, PICTURE_DOT, parts);
}

/* Of its first item only. */
static void know_item(void *context, const struct roadmap_item *item, struct picture_item *ret_item)
{
    (void)context;
    if (strcmp(item->no, "1.1") == 0) {
        *ret_item = (struct picture_item){PICTURE_INCIDENT, "late \"]", "Школа"};
    }
}

Test(picture, items_of_a_plan_have_their_colours_words_and_bodies)
{
    static const char yaml[] =
        "document: {kind: roadmap, name: plan, version: '1', title: План}\n"
        "period: {from: 2023-01-01, to: 2023-12-31}\n"
        "controller: c\npolicy: p\n"
        "items:\n"
        "- {no: '1.1', title: Приказ, responsible: [a, b],\n"
        "   due: {phrase: май, kind: window, windows: [{from: 2023-05-01, to: 2023-05-31}]}}\n"
        "- {no: '1.2', title: План, responsible: [a],\n"
        "   due: {phrase: июнь, kind: window, windows: [{from: 2023-06-01, to: 2023-06-30}]}}\n";
    const struct picture_course course = {NULL, know_item, NULL};
    char *dot = print_course(yaml, PICTURE_DOT, &course);
    char *mermaid = print_course(yaml, PICTURE_MERMAID, &course);

    cr_expect(strstr(dot, "Школа and 1 more\\n[late \\\"]]\",shape=box,style=\"rounded,filled\","
                          "fillcolor=\"#ffd0cc\""),
              "%s", dot);
    cr_expect(strstr(dot, "due: июнь\\na\",shape=box"), "%s", dot);
    cr_expect(strstr(mermaid, "<br/>late #34;#93;\")"), "%s", mermaid);
    cr_expect(strstr(mermaid, "class n0 incident\n"));
    free(dot);
    free(mermaid);
}

Test(picture, a_plan_grows_downwards_in_rows_of_three)
{
    struct buffer yaml = BUFFER_INIT;
    char line[256];

    buffer_text(&yaml, "document: {kind: roadmap, name: plan, version: '1', title: План}\n"
                       "period: {from: 2023-01-01, to: 2023-12-31}\n"
                       "controller: c\npolicy: p\n"
                       "sections: [{no: '1', title: А}, {no: '2', title: Пустой}, "
                       "{no: '3', title: Б}]\nitems:\n");
    for (int i = 0; i < 8; i++) {
        snprintf(line, sizeof line,
                 "- {no: '%d', section: '%d', title: Приказ, responsible: [a], due: {phrase: май, "
                 "kind: window, windows: [{from: 2023-05-01, to: 2023-05-31}]}}\n",
                 i, i < 5 ? 1 : 3);
        buffer_text(&yaml, line);
    }
    buffer_append(&yaml, "", 1);
    char *dot = print((const char *)yaml.data, PICTURE_DOT);
    static const char *const lines[] = {"n0 -> n3 [label=\"\",style=invis,weight=50]",
                                        "n1 -> n4 ",
                                        "n3 -> n4 [label=\"\",style=invis,constraint=false]",
                                        "n2 -> n7 ",
                                        "n4 -> n5 ",
                                        "n4 -> n7 [label=\"\",style=invis]"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        cr_expect(strstr(dot, lines[i]), "no %s in\n%s", lines[i], dot);
    }
    cr_expect_null(strstr(dot, "n2 -> n3 "), "a row ends with its third");
    free(dot);
    buffer_fini(&yaml);
}

Test(picture, bodies_are_a_tree)
{
    static const char yaml[] =
        "document: {kind: bodies, name: b, version: '1'}\n"
        "timezone: UTC\n"
        "bodies:\n- {id: z, name: Министерство}\n- {id: a, name: Школа, parent: z}\n";
    static const char *const parts[] = {"n1 -> n0", "label=\"Министерство\"", NULL};

    expect_parts(yaml, PICTURE_DOT, parts);
}

Test(picture, of_a_policy_there_is_none)
{
    struct definition *definition = parse(
        "document: {kind: policy, name: p, version: '1'}\nat: '09:00'\nsoon: 1\nladder: []\n");
    struct picture *picture;
    struct error err;

    cr_expect_not(picture_draw(definition, NULL, &picture, &err));
    cr_expect_eq(err.code, ERROR_UNSUPPORTED);
    definition_destroy(definition);
}

Test(picture, a_workflow_of_a_thousand_steps_is_drawn)
{
    struct buffer yaml = BUFFER_INIT;
    char line[64];

    buffer_text(&yaml, HEAD "do:\n");
    for (int i = 0; i < 1000; i++) {
        snprintf(line, sizeof line, "- s%d: {call: work}\n", i);
        buffer_text(&yaml, line);
    }
    buffer_append(&yaml, "", 1);
    char *text = print((const char *)yaml.data, PICTURE_SVG);
    cr_expect(strstr(text, "s999</text>") != NULL);
    free(text);
    buffer_fini(&yaml);
}
