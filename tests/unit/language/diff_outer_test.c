/* diff_outer_test.c - how bodies, policies, calendars, routes and indicators differ by meaning */
#include "tests/unit/language/differing.h"

#include <criterion/criterion.h>

#define BODIES "document: {kind: bodies, name: b, version: '1'}\ntimezone: Europe/Moscow\nbodies:\n"

Test(diff_outer, bodies_are_added_removed_renamed_and_change)
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

Test(diff_outer, ids_of_bodies_are_for_good)
{
    differ(BODIES "  - {id: a, name: A}\n  - {id: b, name: B}\n",
           BODIES "  - {id: a, name: B}\n  - {id: b, name: A}\n",
           "changed body a name \"A\" \"B\"\n"
           "changed body b name \"B\" \"A\"\n");
}

Test(diff_outer, rungs_of_a_ladder_are_compared)
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

Test(diff_outer, what_else_a_policy_says_is_compared)
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

Test(diff_outer, the_days_of_a_calendar_are_compared)
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

Test(diff_outer, the_school_year_of_a_calendar_is_compared)
{
    differ(CALENDAR "school: {year: {from: 09-01, to: 05-31}, terms: [{from: 09-01, to: 12-30}]}\n",
           CALENDAR "school: {year: {from: 09-01, to: 05-26}}\n",
           "changed document school.year.to \"05-31\" \"05-26\"\n"
           "changed document school.terms [{\"from\":\"09-01\",\"to\":\"12-30\"}] -\n");
}

Test(diff_outer, rules_of_routes_are_compared_with_their_order)
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

Test(diff_outer, indicators_are_compared)
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
