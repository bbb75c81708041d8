/* diff_test.c - how documents differ by meaning, and what is no difference
 *
 * Each change is told in one line: change, part and path, what, before and after as JSON. The other
 * way round there are as many differences, with before and after exchanged.
 */
#include "language/diff.h"
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_json(struct buffer *out, const json_t *json)
{
    char *text = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT);

    buffer_text(out, text ? text : "-");
    free(text);
}

/* "changed item 3.2 due.windows [..] [..]" */
static char *told(const struct difference *d)
{
    struct buffer out = BUFFER_INIT;

    buffer_text(&out, change_name(d->change));
    buffer_text(&out, " ");
    buffer_text(&out, part_kind_name(d->part));
    buffer_text(&out, d->path[0] != '\0' ? " " : "");
    buffer_text(&out, d->path);
    if (d->change == CHANGE_VALUE || d->change == CHANGE_MOVED || d->change == CHANGE_RENAMED) {
        buffer_text(&out, d->what != NULL ? " " : "");
        buffer_text(&out, d->what != NULL ? d->what : "");
        buffer_text(&out, " ");
        print_json(&out, d->before);
        buffer_text(&out, " ");
        print_json(&out, d->after);
    }
    char *text = bytes_strdup(buffer_bytes(&out));
    buffer_fini(&out);
    return text;
}

static void check_mirror(const struct definition *before, const struct definition *after,
                         const struct differences *there)
{
    struct differences back;
    uint32_t added[2] = {0, 0};
    uint32_t removed[2] = {0, 0};

    diff_definitions(after, before, &back);
    cr_assert_eq(back.count, there->count);
    for (uint32_t i = 0; i < back.count; i++) {
        added[0] += there->items[i].change == CHANGE_ADDED;
        removed[0] += there->items[i].change == CHANGE_REMOVED;
        added[1] += back.items[i].change == CHANGE_ADDED;
        removed[1] += back.items[i].change == CHANGE_REMOVED;
    }
    cr_assert_eq(added[0], removed[1]);
    cr_assert_eq(removed[0], added[1]);
    differences_fini(&back);
}

/* lines: what is told, a line each with "\n" at its end; "" = nothing differs. */
static void differ(const char *before, const char *after, const char *lines)
{
    struct definition *old = parsed(before);
    struct definition *new = parsed(after);
    struct differences differences;
    struct buffer out = BUFFER_INIT;

    diff_definitions(old, new, &differences);
    for (uint32_t i = 0; i < differences.count; i++) {
        char *text = told(&differences.items[i]);
        buffer_text(&out, text);
        buffer_text(&out, "\n");
        free(text);
    }
    char *all = bytes_strdup(buffer_bytes(&out));
    cr_assert_str_eq(all, lines, "\n%s\n%s", all, lines);
    check_mirror(old, new, &differences);
    free(all);
    buffer_fini(&out);
    differences_fini(&differences);
    definition_destroy(old);
    definition_destroy(new);
}

/* --- roadmaps ------------------------------------------------------------------------------------
 */

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

Test(diff, words_in_another_order_comments_and_spacing_are_no_difference)
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

Test(diff, each_field_of_a_plan_is_told)
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
Test(diff, a_phrase_and_the_windows_that_it_means_are_no_difference)
{
    differ(PLAN ITEM("1.1", "T"),
           PLAN "  - {no: 1.1, section: 1, title: T, responsible: [a], due: сентябрь}\n", "");
}

Test(diff, act_period_without_end_audience_order_and_reasons_are_told)
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

Test(diff, each_field_of_an_item_is_told)
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

Test(diff, parts_with_terms_of_their_own_are_compared)
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

Test(diff, items_are_added_removed_and_renumbered)
{
    differ(PLAN ITEM("1.1", "A") ITEM("1.2", "B") ITEM("1.3", "C"),
           PLAN ITEM("1.1", "A") ITEM("1.2", "N") ITEM("1.3", "B"),
           "added item 1.2\n"
           "renamed item 1.3 \"1.2\" \"1.3\"\n"
           "removed item 1.3\n");
    differ(PLAN ITEM("1.1", "A") ITEM("1.2", "A"), PLAN ITEM("1.3", "A") ITEM("1.4", "A"),
           "added item 1.3\nadded item 1.4\nremoved item 1.1\nremoved item 1.2\n");
}

Test(diff, a_counted_item_is_compared_by_what_it_counts)
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

/* --- bodies, policies, calendars, routes, indicators
 * ---------------------------------------------- */

#define BODIES "document: {kind: bodies, name: b, version: '1'}\ntimezone: Europe/Moscow\nbodies:\n"

Test(diff, bodies_are_added_removed_renamed_and_change)
{
    differ(BODIES "  - {id: top, name: Комитет}\n"
                  "  - {id: a, name: Школа А, parent: top, email: a@example.org}\n"
                  "  - {id: b, name: Школа Б, parent: top}\n"
                  "  - {id: c, name: Школа В}\n",
           BODIES "  - {id: top, name: Комитет}\n"
                  "  - {id: a, name: Школа А, short: А, email: a2@example.org, timezone: "
                  "Asia/Omsk, calendar: ru-six-day}\n"
                  "  - {id: b2, name: Школа Б, parent: top}\n"
                  "  - {id: d, name: Школа Г}\n",
           "changed body a short - \"А\"\n"
           "changed body a email \"a@example.org\" \"a2@example.org\"\n"
           "changed body a timezone \"Europe/Moscow\" \"Asia/Omsk\"\n"
           "changed body a calendar - \"ru-six-day\"\n"
           "changed body a parent \"top\" -\n"
           "renamed body b2 \"b\" \"b2\"\n"
           "added body d\n"
           "removed body c\n");
}

Test(diff, numbers_of_items_change_but_ids_of_bodies_are_for_good)
{
    differ(BODIES "  - {id: a, name: A}\n  - {id: b, name: B}\n",
           BODIES "  - {id: a, name: B}\n  - {id: b, name: A}\n",
           "changed body a name \"A\" \"B\"\n"
           "changed body b name \"B\" \"A\"\n");
    differ(PLAN ITEM("1.1", "A") ITEM("1.2", "B"), PLAN ITEM("1.1", "B") ITEM("1.2", "A"),
           "renamed item 1.1 \"1.2\" \"1.1\"\n"
           "renamed item 1.2 \"1.1\" \"1.2\"\n");
}

Test(diff, rungs_of_a_ladder_are_compared)
{
    differ("document: {kind: policy, name: p, version: '1'}\nat: '09:00'\nsoon: 10\nladder:\n"
           "  - remind: 3 days before\n  - escalate: 1 day after\n    to: parent\n"
           "  - escalate: 5 days after\n    to: controller\n",
           "document: {kind: policy, name: p, version: '1'}\nat: '10:30'\nsoon: 5\nladder:\n"
           "  - remind: 2 days before\n  - escalate: 1 day after\n    to: 2 levels up\n"
           "  - escalate: 5 days after\n    to: controller\n    critical: true\n",
           "changed document at \"09:00\" \"10:30\"\n"
           "changed document soon \"10 days\" \"5 days\"\n"
           "added rung remind -2\n"
           "added rung escalate +1 to 2\n"
           "removed rung remind -3\n"
           "removed rung escalate +1 to 1\n"
           "changed rung escalate +5 to 0 critical - true\n");
}

Test(diff, what_else_a_policy_says_is_compared)
{
    differ("document: {kind: policy, name: p, version: '1'}\nat: '09:00'\nsoon: 10\n"
           "shift: {to: previous, source: L}\n"
           "urgent: [{word: срочно, within: 3 working days, source: O}]\nladder:\n"
           "  - {reassign: 10 working days after, to: deputy}\n",
           "document: {kind: policy, name: p, version: '1'}\nat: '09:00'\nsoon: 10 days\n"
           "letters: on any day\ndigest: false\nshift: {to: next, source: L}\n"
           "urgent:\n  - {word: сегодня, within: the same day, source: O}\n"
           "  - {word: срочно, within: 3 days, source: O}\n"
           "extension: {ask: 3 working days before, at_most: 2}\n"
           "report: {decide_within: 5 working days}\nchains: [[a, b], [b, c]]\nladder:\n"
           "  - {remind: 1 day after, every: 1 day, until: 9 working days after}\n"
           "  - {reassign: 10 days after, to: deputy}\n",
           "changed document letters - \"on any day\"\n"
           "changed document digest - \"false\"\n"
           "changed document shift.to \"previous\" \"next\"\n"
           "changed document urgent.сегодня - {\"within\":\"the same day\",\"source\":\"O\"}\n"
           "changed document urgent.срочно.within \"3 working days\" \"3 days\"\n"
           "changed document extension - {\"ask\":\"3 working days before\",\"at_most\":2}\n"
           "changed document report - {\"decide_within\":\"5 working days\"}\n"
           "changed document chains - {\"a\":\"b\",\"b\":\"c\",\"c\":null}\n"
           "added rung remind +1\n"
           "added rung reassign +10 to 0\n"
           "removed rung reassign +10 working to 0\n");
}

Test(diff, the_days_of_a_calendar_are_compared)
{
    differ("document: {kind: calendar, name: c, version: '1'}\nweek: five-day\n"
           "holidays: [{day: '01-07', title: Рождество}]\n"
           "years:\n"
           "  - {year: 2023, source: N, transfers: [{from: 2023-01-01, to: 2023-02-24}], short: "
           "[2023-02-22]}\n"
           "  - {year: 2024, source: M, holidays: [{day: 2024-12-31, title: Канун}]}\n",
           "document: {kind: calendar, name: c, version: '1'}\nweek: six-day\n"
           "holidays: [{day: '01-07', title: Рождество Христово}, {day: '05-09', title: День "
           "Победы, since: 1965}]\n"
           "years:\n"
           "  - {year: 2023, source: N2, transfers: [{from: 2023-01-08, to: 2023-02-24}], "
           "working: [2023-02-26]}\n",
           "changed document week \"five-day\" \"six-day\"\n"
           "changed holiday 01-07 title \"Рождество\" \"Рождество Христово\"\n"
           "added holiday 05-09\n"
           "changed year 2023 source \"N\" \"N2\"\n"
           "changed transfer 2023/2023-02-24 from \"2023-01-01\" \"2023-01-08\"\n"
           "added working-day 2023/2023-02-26\n"
           "removed short-day 2023/2023-02-22\n"
           "removed year 2024\n");
}

#define CALENDAR "document: {kind: calendar, name: c, version: '1'}\nweek: five-day\n"

Test(diff, the_school_year_of_a_calendar_is_compared)
{
    differ(CALENDAR "school: {year: {from: 09-01, to: 05-31}, terms: [{from: 09-01, to: 12-30}]}\n",
           CALENDAR "school: {year: {from: 09-01, to: 05-26}}\n",
           "changed document school.year.to \"05-31\" \"05-26\"\n"
           "changed document school.terms [{\"from\":\"09-01\",\"to\":\"12-30\"}] -\n");
}

Test(diff, rules_of_routes_are_compared_with_their_order)
{
    differ("document: {kind: routes, name: r, version: '1'}\nroutes:\n"
           "  - {name: a, on: {type: t}, start: {workflow: w, key: '${ .data.id }'}}\n"
           "  - {name: b, on: {type: t}, start: {workflow: v}}\n",
           "document: {kind: routes, name: r, version: '1'}\nroutes:\n"
           "  - {name: b, on: {type: t, source: s}, signal: {workflow: v, key: '${.data.id}'}}\n"
           "  - {name: a, on: {type: t}, start: {workflow: w, key: '${  .data.id }'}}\n",
           "moved route b \"a\" null\n"
           "changed route b on.source - \"s\"\n"
           "changed route b signal - {\"workflow\":\"v\",\"key\":\"${ .data.id }\"}\n"
           "changed route b start {\"workflow\":\"v\"} -\n");
}

Test(diff, indicators_are_compared)
{
    differ("document: {kind: indicators, name: i, version: '1'}\nindicators:\n"
           "  - {id: a, title: A, unit: шт., formula: F, period: year, value: {count: {workflow: "
           "w}}}\n",
           "document: {kind: indicators, name: i, version: '1'}\nindicators:\n"
           "  - {id: a, title: A, unit: шт., formula: F2, period: quarter, value: {reported: "
           "ЦРО}}\n",
           "changed indicator a formula \"F\" \"F2\"\n"
           "changed indicator a period \"year\" \"quarter\"\n"
           "changed indicator a value.reported - \"ЦРО\"\n"
           "changed indicator a value.count {\"workflow\":\"w\"} -\n");
}

/* --- workflows -----------------------------------------------------------------------------------
 */

#define HEADED(words)                                                                              \
    "document: {dsl: '1.0.3', namespace: m, name: w, version: '1.0.0'}\n" words "do:\n"

Test(diff, formatting_of_steps_and_expressions_is_no_difference)
{
    differ(
        HEADED(
            "use: {errors: {bad: {type: https://example.org/bad, status: 400}}}\n") "  - a: {call: "
                                                                                    "s, with: {x: "
                                                                                    "'${ .a+1 }', "
                                                                                    "y: [1, {k: "
                                                                                    "'${ \"t\" "
                                                                                    "}'}]}, then: "
                                                                                    "b}\n"
                                                                                    "  - b: {if: "
                                                                                    ".x==1, wait: "
                                                                                    "PT60S}\n"
                                                                                    "  - c: "
                                                                                    "{raise: "
                                                                                    "{error: "
                                                                                    "bad}}\n",
        HEADED("") "  - a:\n"
                   "      with:\n"
                   "        y: [1, {k: t}]\n"
                   "        x: |\n"
                   "          ${ # a comment\n"
                   "            .a + 1 }\n"
                   "      call: s\n"
                   "  - b: {wait: {minutes: 1}, if: '${ .x == 1 }'}\n"
                   "  - c: {raise: {error: {type: https://example.org/bad, status: 400}}}\n",
        "");
}

Test(diff, steps_are_added_removed_and_moved_by_path)
{
    differ(HEAD
           "  - a: {call: s}\n  - b: {call: s}\n  - c: {call: s}\n  - d: {do: [e: {call: s}, f: "
           "{call: s}]}\n",
           HEAD "  - c: {call: s}\n  - a: {call: s}\n  - g: {do: [h: {call: s}]}\n  - d: {do: [f: "
                "{call: s}, b: {call: s}]}\n",
           "moved step do/c \"b\" null\n"
           "added step do/g\n"
           "removed step do/d/do/e\n"
           "renamed step do/d/do/b \"do/b\" \"do/d/do/b\"\n");
}

Test(diff, a_step_that_does_something_else_is_one_difference)
{
    differ(HEAD "  - a: {call: s, with: {x: 1}}\n", HEAD "  - a: {wait: PT1S}\n",
           "changed step do/a kind \"call\" \"wait\"\n");
}

#define GATE "  - z: {switch: [x: {when: .q, then: b}, y: {then: a}]}\n"

Test(diff, each_field_of_a_call_is_told)
{
    differ(HEAD GATE "  - a: {call: s, with: {x: 1, y: {z: 2}}, then: c}\n"
                     "  - b: {call: s}\n"
                     "  - c: {call: s}\n",
           HEAD GATE "  - a:\n"
                     "      call: t\n"
                     "      with: {y: {z: '${ .z }'}, n: true}\n"
                     "      if: .x\n"
                     "      timeout: {after: PT5S}\n"
                     "      input: {from: .i}\n"
                     "      output: {as: .o}\n"
                     "      export: {as: .e}\n"
                     "      then: end\n"
                     "      metadata: {title: T, marshrut: {retry: {attempts: 2}}}\n"
                     "  - b: {call: s}\n"
                     "  - c: {call: s}\n",
           "changed step do/a title - \"T\"\n"
           "changed step do/a if - \"${ .x }\"\n"
           "changed step do/a input - \"${ .i }\"\n"
           "changed step do/a call \"s\" \"t\"\n"
           "changed step do/a retry.attempts 5 2\n"
           "changed step do/a with.y.z 2 \"${ .z }\"\n"
           "changed step do/a with.n - true\n"
           "changed step do/a with.x 1 -\n"
           "changed step do/a timeout - \"PT5S\"\n"
           "changed step do/a output - \"${ .o }\"\n"
           "changed step do/a export - \"${ .e }\"\n"
           "changed step do/a then \"c\" \"end\"\n");
}

#define SWITCH HEAD "  - s:\n      switch:\n        - first: {when: .m, then: a}\n"
#define AFTER  "  - a: {call: x}\n  - b: {call: x}\n"

Test(diff, cases_of_a_switch_are_compared_with_their_order)
{
    differ(SWITCH "        - one: {when: .a, then: b}\n"
                  "        - two: {when: .b, then: exit}\n"
                  "        - rest: {then: end}\n" AFTER,
           SWITCH "        - two: {when: .b, then: end}\n"
                  "        - one: {when: .c, then: b}\n"
                  "        - three: {when: .d, then: continue}\n" AFTER,
           "moved case do/s/switch/two \"one\" \"first\"\n"
           "changed case do/s/switch/two then \"exit\" \"end\"\n"
           "changed case do/s/switch/one when \"${ .a }\" \"${ .c }\"\n"
           "added case do/s/switch/three\n"
           "removed case do/s/switch/rest\n");
}

Test(diff, what_catches_loops_waits_and_branches_is_compared)
{
    differ(
        HEAD "  - t: {try: [a: {call: x}], catch: {errors: {with: {status: 503}}, retry: {delay: "
             "PT1S, limit: {attempt: {count: 3}}}, do: [b: {call: x}]}}\n"
             "  - f: {for: {each: i, in: .l}, do: [c: {call: x}]}\n"
             "  - k: {fork: {branches: [d: {call: x}]}}\n"
             "  - l: {listen: {to: {any: [with: {type: e}, with: {type: g}]}}}\n"
             "  - r: {run: {workflow: {namespace: m, name: v, version: '1.0.0'}}}\n",
        HEAD "  - t: {try: [a: {call: x}], catch: {errors: {with: {status: 500}}, as: e, retry: "
             "{delay: PT2S, backoff: {linear: {}}, limit: {attempt: {count: 3}}}, do: [b: {wait: "
             "PT1S}]}}\n"
             "  - f: {for: {each: i, in: .m}, while: .w, do: [c: {call: x}]}\n"
             "  - k: {fork: {compete: true, branches: [d: {call: x}]}}\n"
             "  - l: {listen: {to: {any: [with: {type: e}, with: {type: h, subject: s}]}, read: "
             "envelope}}\n"
             "  - r: {run: {await: false, workflow: {namespace: m, name: v, version: '2.0.0'}}}\n",
        "changed step do/t catch.errors.status 503 500\n"
        "changed step do/t catch.as \"error\" \"e\"\n"
        "changed step do/t catch.retry.delay \"PT1S\" \"PT2S\"\n"
        "changed step do/t catch.retry.backoff - \"linear\"\n"
        "changed step do/t/catch/b kind \"call\" \"wait\"\n"
        "changed step do/f in \"${ .l }\" \"${ .m }\"\n"
        "changed step do/f while - \"${ .w }\"\n"
        "changed step do/k compete - true\n"
        "changed step do/l to.any.2.with.type \"g\" \"h\"\n"
        "changed step do/l to.any.2.with.subject - \"s\"\n"
        "changed step do/l read - \"envelope\"\n"
        "changed step do/r run.version \"1.0.0\" \"2.0.0\"\n"
        "changed step do/r run.await - \"false\"\n");
}

Test(diff, a_function_that_is_called_twice_is_compared_once)
{
    differ(
        HEADED(
            "use: {functions: {f: {call: s, with: {n: 1}}}}\n") "  - a: {call: f}\n  - b: {call: "
                                                                "f}\n",
        HEADED(
            "use: {functions: {f: {call: s, with: {n: 2}}}}\n") "  - a: {call: f}\n  - b: {call: "
                                                                "f, with: {m: 1}}\n",
        "changed step use.functions/f with.n 1 2\n"
        "changed step do/b with - {\"m\":1}\n");
}

Test(diff, schedule_input_output_and_on_error_are_compared)
{
    differ(HEADED("schedule: {cron: '0 8 * * 1'}\ninput: {from: .a}\n") "  - a: {call: s}\n",
           "document: {dsl: '1.0.3', namespace: n, name: w, version: '1.0.1', title: W, metadata: "
           "{marshrut: {onError: fault}}}\n"
           "schedule: {cron: '0 9 * * 1', on: {one: {with: {type: t}}}}\noutput: {as: .b}\n"
           "do:\n  - a: {call: s}\n",
           "changed document namespace \"m\" \"n\"\n"
           "changed document title \"w\" \"W\"\n"
           "changed document output - \"${ .b }\"\n"
           "changed document onError - \"fault\"\n"
           "changed document schedule.cron \"0 8 * * 1\" \"0 9 * * 1\"\n"
           "changed document schedule.on - {\"one\":[{\"with\":{\"type\":\"t\"}}]}\n"
           "changed document input \"${ .a }\" -\n");
}

/* --- properties ----------------------------------------------------------------------------------
 */

static uint64_t random_state;

static unsigned below(unsigned n)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)((random_state >> 33) % n);
}

/* A flow list of steps with names of few letters, in any order, in lists in lists. */
static void draw_steps(struct buffer *out, int depth)
{
    bool taken[8] = {false};
    unsigned count = 1 + below(5);
    char text[64];

    buffer_text(out, "[");
    for (unsigned i = 0; i < count; i++) {
        unsigned name = below(8);
        if (taken[name] && i > 0) {
            continue;
        }
        taken[name] = true;
        snprintf(text, sizeof text, "%s%c: ", i > 0 ? ", " : "", (int)('a' + name));
        buffer_text(out, text);
        if (depth < 3 && below(3) == 0) {
            buffer_text(out, "{do: ");
            draw_steps(out, depth + 1);
            buffer_text(out, "}");
        } else {
            snprintf(text, sizeof text, "{call: s, with: {x: %u}}", below(3));
            buffer_text(out, text);
        }
    }
    buffer_text(out, "]");
}

static struct definition *drawn(unsigned seed)
{
    struct buffer out = BUFFER_INIT;

    random_state = seed;
    buffer_text(&out, "document: {dsl: '1.0.3', namespace: m, name: w, version: '1.0.0'}\ndo: ");
    draw_steps(&out, 0);
    char *text = bytes_strdup(buffer_bytes(&out));
    struct definition *d = parsed(text);
    free(text);
    buffer_fini(&out);
    return d;
}

Test(diff, any_steps_differ_as_much_in_either_direction)
{
    struct differences differences;

    for (unsigned seed = 1; seed < 100; seed++) {
        struct definition *old = drawn(seed);
        struct definition *same = drawn(seed);
        struct definition *new = drawn(seed + 1000);
        diff_definitions(old, same, &differences);
        cr_assert_eq(differences.count, 0, "seed %u", seed);
        differences_fini(&differences);
        diff_definitions(old, new, &differences);
        check_mirror(old, new, &differences);
        differences_fini(&differences);
        definition_destroy(old);
        definition_destroy(same);
        definition_destroy(new);
    }
}

static struct definition *bundled(const char *file)
{
    char path[256];
    static char text[1 << 20];

    snprintf(path, sizeof path, "%s/workflows/%s", SOURCE_DIR, file);
    FILE *f = fopen(path, "rb");
    cr_assert_not_null(f, "%s", path);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return parsed(text);
}

Test(diff, bundled_documents_do_not_differ_from_themselves)
{
    static const char *const files[] = {
        "bodies/lo.yaml",        "calendars/ru.yaml",     "cycles/teacher-cycle.yaml",
        "indicators/lo.yaml",    "policies/default.yaml", "roadmap-item.yaml",
        "roadmaps/lo-2023.yaml", "routes/teachers.yaml",  "policies/lo-2021.yaml"};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct differences differences;
        struct definition *old = bundled(files[i]);
        struct definition *new = bundled(files[i]);
        diff_definitions(old, new, &differences);
        cr_assert_eq(differences.count, 0, "%s", files[i]);
        differences_fini(&differences);
        definition_destroy(old);
        definition_destroy(new);
    }
}
