/* documents.h - what the simulated world runs: every kind of step, short windows, quick retries */
#ifndef TESTS_SIMULATION_DOCUMENTS_H
#define TESTS_SIMULATION_DOCUMENTS_H

#define WORKFLOW(name)                                                                             \
    "document: {dsl: '1.0.3', namespace: test, name: " name ", version: '1'}\ndo:\n"
/* One that can be another at any time: where terms go, when they are reminded of. */
#define POLICY(shift, before)                                                                      \
    "document: {kind: policy, name: default, version: '1'}\n"                                      \
    "at: '09:00'\n"                                                                                \
    "soon: 3\n"                                                                                    \
    "shift: {to: " shift ", source: test}\n"                                                       \
    "extension: {ask: 1 days before, at_most: 2}\n"                                                \
    "report: {decide_within: 2 working days}\n"                                                    \
    "ladder:\n"                                                                                    \
    "  - remind: " before " before\n"                                                              \
    "  - remind: on the day\n"                                                                     \
    "  - remind: 1 day after\n"                                                                    \
    "    every: 2 working days\n"                                                                  \
    "    until: 9 days after\n"                                                                    \
    "  - {escalate: 1 day after, to: parent}\n"                                                    \
    "  - {escalate: 2 days after, to: 2 levels up}\n"                                              \
    "  - {reassign: 3 days after, to: parent}\n"                                                   \
    "  - {escalate: 4 days after, to: controller, critical: true}\n"

#define RETRY "metadata: {marshrut: {retry: {attempts: 3, delay: PT4M, jitter: 50}}}"

static const char *const documents[] = {
    "document: {kind: bodies, name: test, version: '1'}\n"
    "timezone: Europe/Moscow\n"
    "bodies:\n"
    "  - {id: region, name: Регион}\n"
    "  - {id: district, name: Район, parent: region}\n"
    "  - id: school\n"
    "    name: Школа\n"
    "    parent: district\n"
    "    deputy: lyceum\n"
    "    absences: [{from: 2023-01-16, to: 2023-01-18}, {from: 2023-02-01, to: 2023-02-10}]\n"
    "  - {id: lyceum, name: Лицей, parent: district}\n"
    "  - {id: kam, name: Камчатка, timezone: Asia/Kamchatka}\n"
    "  - id: inspector\n"
    "    name: Контроль\n"
    "    parent: chief\n"
    "    deputy: kam\n"
    "    absences: [{from: 2023-01-12, to: 2023-01-16}, {from: 2023-01-30, to: 2023-02-02}]\n"
    "  - {id: chief, name: Начальник}\n",

    POLICY("keep", "2 days"),

    WORKFLOW("five") "  - a: {call: work.a, " RETRY "}\n"
                     "  - s: {set: {kept: '${ .n }'}}\n"
                     "  - b: {call: work.b, with: {n: '${ .kept }'}, " RETRY "}\n"
                     "  - w: {wait: PT5H}\n"
                     "  - c: {call: work.a, " RETRY "}\n",

    WORKFLOW("paper") "  - draft: {call: work.b, " RETRY "}\n"
                      "  - ask: {call: assignment, with: {title: Приказ, controller: inspector,\n"
                      "          responsible: '${ .who }', co_executors: '${ .others }',\n"
                      "          result: '${ .result }', due: '${ .due }'}}\n"
                      "  - file: {call: work.a, " RETRY "}\n",

    WORKFLOW("signed") "  - l: {listen: {to: {one: {with: {type: org.signed, "
                       "subject: '${ .key }'}}}}}\n"
                       "  - a: {call: work.a, " RETRY "}\n"
                       "  - any: {listen: {to: {one: {with: {type: org.closed}}}}}\n",

    WORKFLOW("fragile") "  - a: {call: work.a, with: {n: '${ .n.deeper }'}}\n",

    WORKFLOW("item") "  - ask: {call: assignment, with: {title: '${ .title }',\n"
                     "          responsible: '${ .responsible }', due: '${ .window }',\n"
                     "          controller: '${ .controller }', policy: '${ .policy }'}}\n",

    WORKFLOW("scopes") "  - f:\n"
                       "      fork:\n"
                       "        branches:\n"
                       "          - a: {call: work.a, " RETRY "}\n"
                       "          - t:\n"
                       "              try:\n"
                       "                - b: {call: work.b}\n"
                       "                - w: {wait: PT1H}\n"
                       "              catch:\n"
                       "                retry: {delay: PT1M, limit: {attempt: {count: 1}}}\n"
                       "                do: [{c: {set: {caught: 1}}}]\n"
                       "          - d:\n"
                       "              do:\n"
                       "                - l:\n"
                       "                    listen:\n"
                       "                      to: {any: [{with: {type: org.signed}}],\n"
                       "                           until: length > 1}\n"
                       "                    foreach:\n"
                       "                      do: [{e: {call: work.b}}]\n"
                       "              timeout: {after: PT5H}\n"
                       "      metadata: {marshrut: {join: {count: 2, rest: continue}}}\n"
                       "  - m:\n"
                       "      for: {each: x, in: '[1, 2, 3]'}\n"
                       "      do:\n"
                       "        - ask: {call: assignment, with: {title: t, controller: inspector,\n"
                       "                responsible: [school],\n"
                       "                due: {from: 2023-01-10, to: 2023-01-20}}}\n"
                       "      metadata: {marshrut: {parallel: 2, join: {count: 2, rest: cancel}}}\n"
                       "  - say: {emit: {event: {with: {source: /sim, type: org.closed}}}}\n"
                       "  - r: {run: {workflow: {namespace: test, name: five, version: '1'}}}\n",

    "document: {kind: roadmap, name: plan, version: '1'}\n"
    "period: {from: 2023-01-01, to: 2023-12-31}\n"
    "controller: inspector\n"
    "policy: default\n"
    "sections: [{no: '1', title: Раздел}]\n"
    "items:\n"
    "  - {no: '1.1', section: '1', title: Первый, responsible: [school, district],\n"
    "     workflow: item, due: {phrase: зимой, kind: recurring, windows: [\n"
    "       {from: 2023-01-01, to: 2023-01-12}, {from: 2023-01-20, to: 2023-02-06}]}}\n"
    "  - {no: '1.2', section: '1', title: Второй, responsible: [kam], workflow: item,\n"
    "     due: {phrase: сразу, kind: date, windows: [{from: 2023-01-10, to: 2023-01-10}]}}\n"};

/* Inputs and outputs alike: some do not fit what the next step wants. */
static const char *const inputs[] = {
    "{\"n\":{\"deeper\":1},\"key\":\"12-р\",\"who\":[\"school\",\"district\"],"
    "\"due\":{\"from\":\"2023-01-10\",\"to\":\"2023-01-20\"}}",
    "{\"n\":{\"deeper\":1},\"key\":\"12-р\",\"who\":\"school\",\"result\":\"Приказ\","
    "\"others\":[{\"body\":\"lyceum\",\"days_before\":3},\"kam\"],\"due\":{\"days\":9}}",
    "{\"n\":2,\"key\":\"13-р\",\"who\":[\"kam\"],"
    "\"due\":{\"from\":\"2023-02-01\",\"to\":\"2023-02-03\"}}",
    "{\"n\":[3],\"key\":14,\"who\":[\"nobody\"],\"due\":{\"from\":\"2023-01-10\"}}",
    "{\"who\":[\"school\"],\"key\":\"12-р\",\"n\":null,"
    "\"due\":{\"from\":\"2022-12-01\",\"to\":\"2022-12-20\"}}"};

static const char *const events[] = {"{\"type\":\"org.signed\",\"subject\":\"12-р\",\"data\":{"
                                     "\"n\":{\"deeper\":1},\"key\":\"12-р\"}}",
                                     "{\"type\":\"org.signed\",\"subject\":\"13-р\",\"data\":5}",
                                     "{\"type\":\"org.closed\"}",
                                     "{\"type\":\"org.other\",\"subject\":\"12-р\"}"};

/* Policies that take the place of the first, in the middle of a world. */
static const char *const policies[] = {POLICY("previous", "3 working days"),
                                       POLICY("next", "2 days"), POLICY("keep", "4 days")};

#endif
