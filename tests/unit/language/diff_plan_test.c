/* diff_plan_test.c - how plans differ by meaning, and what is no difference */
#include "tests/unit/language/differing.h"

#include <criterion/criterion.h>

/* A plan with two sections; what follows is its items. */
#define PLAN                                                                                       \
    "document: {kind: roadmap, name: p, version: '1'}\n"                                           \
    "period: {from: 2023-01-01, to: 2023-12-31}\n"                                                 \
    "controller: boss\n"                                                                           \
    "policy: default\n"                                                                            \
    "sections: [{no: 1, title: One}, {no: 2, title: Two}]\n"                                       \
    "items:\n"
#define DUE "due: {phrase: сентябрь, kind: window, windows: [{from: 2023-09-01, to: 2023-09-30}]}"
#define ITEM(no, title)                                                                            \
    "  - {no: " no ", section: 1, title: " title ", responsible: [a], " DUE "}\n"

Test(diff_plan, words_in_another_order_comments_and_spacing_are_no_difference)
{
    differ(PLAN "  - {no: 1.1, section: 1, title: T, responsible: [a, b, c], " DUE
                "}\n" ITEM("1.2", "U"),
           "# План\n"
           "items:\n"
           "  - no: '1.2'\n"
           "    section: 1\n"
           "    title: >-\n"
           "      U\n"
           "    responsible:\n"
           "      - a\n"
           "    workflow: roadmap-item # as it is when it is not written\n"
           "    due:\n"
           "      windows: [{to: 2023-09-30, from: 2023-09-01}]\n"
           "      kind: window\n"
           "      phrase: \"сентябрь\"\n"
           "  - {no: 1.1, section: 1, title: T, responsible: [a, c, b], " DUE "}\n"
           "sections: [{no: 2, title: Two}, {title: One, no: '1'}]\n"
           "policy: default\n"
           "controller: boss\n"
           "period: {from: 2023-01-01, to: 2023-12-31}\n"
           "document: {kind: roadmap, name: p, version: '2'}\n",
           "");
}

Test(diff_plan, each_field_of_a_plan_is_told)
{
    differ(PLAN ITEM("1.1", "T"),
           "document: {kind: roadmap, name: q, version: '1', title: План}\n"
           "period: {from: 2023-01-01, to: 2024-12-31}\n"
           "controller: chief\n"
           "policy: strict\n"
           "sections: [{no: 1, title: First}, {no: 3, title: Two}]\n"
           "items:\n" ITEM("1.1", "T"),
           "changed document name \"p\" \"q\"\n"
           "changed document title \"p\" \"План\"\n"
           "changed document period [[\"2023-01-01\",\"2023-12-31\"]] "
           "[[\"2023-01-01\",\"2024-12-31\"]]\n"
           "changed document controller \"boss\" \"chief\"\n"
           "changed document policy \"default\" \"strict\"\n"
           "changed section 1 title \"One\" \"First\"\n"
           "renamed section 3 \"2\" \"3\"\n");
}

/* A term means its windows: written out or worked out from the phrase, they are the same. */
Test(diff_plan, a_phrase_and_the_windows_that_it_means_are_no_difference)
{
    differ(PLAN ITEM("1.1", "T"),
           PLAN "  - {no: 1.1, section: 1, title: T, responsible: [a], due: сентябрь}\n", "");
}

Test(diff_plan, act_period_without_end_audience_order_and_reasons_are_told)
{
    differ(PLAN "  - {no: 1.1, section: 1, title: T, responsible: [a], " DUE "}\n" ITEM("1.2", "U"),
           "document: {kind: roadmap, name: p, version: '1'}\n"
           "act: {number: 17-р, date: 2023-01-16}\n"
           "period: {from: 2023-01-01}\n"
           "controller: boss\n"
           "policy: default\n"
           "sections: [{no: 1, title: One}, {no: 2, title: Two}]\n"
           "items:\n"
           "  - {no: 1.1, title: T, responsible: [a], audience: школы, after: ['1.2'],\n"
           "     due: {phrase: сентябрь, kind: window, why: так,\n"
           "           windows: [{from: 2023-09-01, to: 2023-09-30}]}}\n" ITEM("1.2", "U"),
           "changed document act.number - \"17-р\"\n"
           "changed document act.date - \"2023-01-16\"\n"
           "changed document period [[\"2023-01-01\",\"2023-12-31\"]] "
           "[[\"2023-01-01\",\"2024-12-31\"]]\n"
           "changed document open_ended - true\n"
           "changed item 1.1 due.why - \"так\"\n"
           "changed item 1.1 audience - \"школы\"\n"
           "changed item 1.1 after - [\"1.2\"]\n"
           "changed item 1.1 section \"1\" -\n");
}

Test(diff_plan, each_field_of_an_item_is_told)
{
    differ(PLAN "  - {no: 1.1, section: 1, title: T, bullets: [x], responsible: [a, b, c], " DUE
                ", result: приказ}\n",
           PLAN "  - no: 1.1\n"
                "    section: 2\n"
                "    title: T2\n"
                "    bullets: [x, y]\n"
                "    responsible: [b, c, d]\n"
                "    due: {phrase: октябрь, kind: recurring, windows: [{from: 2023-10-01, to: "
                "2023-10-31}]}\n"
                "    note: важно\n"
                "    workflow: other\n",
           "changed item 1.1 section \"1\" \"2\"\n"
           "changed item 1.1 title \"T\" \"T2\"\n"
           "changed item 1.1 bullets [\"x\"] [\"x\",\"y\"]\n"
           "changed item 1.1 due.windows [[\"2023-09-01\",\"2023-09-30\"]] "
           "[[\"2023-10-01\",\"2023-10-31\"]]\n"
           "changed item 1.1 due.phrase \"сентябрь\" \"октябрь\"\n"
           "changed item 1.1 due.kind \"window\" \"recurring\"\n"
           "changed item 1.1 responsible \"a\" \"b\"\n"
           "changed item 1.1 co_executors [\"b\",\"c\"] [\"c\",\"d\"]\n"
           "changed item 1.1 note - \"важно\"\n"
           "changed item 1.1 workflow \"roadmap-item\" \"other\"\n"
           "changed item 1.1 result \"приказ\" -\n");
}

Test(diff_plan, parts_with_terms_of_their_own_are_compared)
{
    differ(PLAN "  - {no: 1.1, section: 1, title: T, " DUE ", responsible: [a, b, c]}\n",
           PLAN "  - {no: 1.1, section: 1, title: T, " DUE
                ", responsible: [a, {body: c}, {body: b, days_before: 5}]}\n",
           "changed item 1.1 parts - {\"b\":\"5 days before\"}\n");
    differ(PLAN "  - {no: 1.1, section: 1, title: T, " DUE
                ", responsible: [a, {body: b, days_before: 5}]}\n",
           PLAN "  - {no: 1.1, section: 1, title: T, " DUE
                ", responsible: [a, {body: b, to: 2023-09-10}]}\n",
           "changed item 1.1 parts.b \"5 days before\" \"2023-09-10\"\n");
}

Test(diff_plan, items_are_added_removed_and_renumbered)
{
    differ(PLAN ITEM("1.1", "A") ITEM("1.2", "B") ITEM("1.3", "C"),
           PLAN ITEM("1.1", "A") ITEM("1.2", "N") ITEM("1.3", "B"),
           "added item 1.2\n"
           "renamed item 1.3 \"1.2\" \"1.3\"\n"
           "removed item 1.3\n");
    differ(PLAN ITEM("1.1", "A") ITEM("1.2", "A"), PLAN ITEM("1.3", "A") ITEM("1.4", "A"),
           "added item 1.3\nadded item 1.4\nremoved item 1.1\nremoved item 1.2\n");
}

Test(diff_plan, numbers_of_items_may_change)
{
    differ(PLAN ITEM("1.1", "A") ITEM("1.2", "B"), PLAN ITEM("1.1", "B") ITEM("1.2", "A"),
           "renamed item 1.1 \"1.2\" \"1.1\"\n"
           "renamed item 1.2 \"1.1\" \"1.2\"\n");
}

Test(diff_plan, a_counted_item_is_compared_by_what_it_counts)
{
    differ(PLAN "  - {no: 1.1, section: 1, title: T, responsible: [a], " DUE
                ", computed: {of: {workflow: w}, done: {workflow: w, state: [completed], where: "
                "'.a==1'}, target: {at_least: 80 %}}}\n",
           PLAN "  - {no: 1.1, section: 1, title: T, responsible: [a], " DUE
                ", computed: {of: {workflow: w}, done: {workflow: w, state: [completed], where: "
                "'.a == 2'}, target: {at_least: 85 %}}}\n",
           "changed item 1.1 computed.done.where \"${ .a==1 }\" \"${ .a == 2 }\"\n"
           "changed item 1.1 computed.target.at_least 80.0 85.0\n");
}
