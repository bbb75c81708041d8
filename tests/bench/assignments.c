/* assignments.c - filling an engine with assignments
 *
 * Owns:    the documents that they need.
 * Always:  an assignment is as large as one of a real plan: a title, a number, two bodies, a ladder
 *          of the bundled policy's length.
 */
#include "tests/bench/assignments.h"

#include "base/must.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WINDOW    2048 /* starts without an answer */
#define BODY_MAX  80
#define INPUT_MAX 512
#define DAY_MS    86400000

static const char workflow[] =
    "document: {dsl: '1.0.3', namespace: bench, name: bench-ask, version: '1.0.0'}\n"
    "do:\n"
    "  - ask:\n"
    "      call: assignment\n"
    "      with: {title: '${ .title }', no: '${ .no }', responsible: '${ .responsible }',\n"
    "             controller: " ASSIGNMENTS_CONTROLLER ", due: '${ .due }', policy: bench}\n";

static const char policy[] =
    "document: {kind: policy, name: bench, version: '1'}\n"
    "at: '%02d:%02d'\n"
    "soon: 10 working days\n"
    "letters: on any day\n"
    "digest: %s\n"
    "ladder:\n"
    "  - remind: 10 working days before\n"
    "  - remind: 3 working days before\n"
    "  - remind: on the day\n"
    "  - {remind: 1 working day after, every: 5 working days, until: 30 "
    "working days after}\n"
    "  - {escalate: 1 working day after, to: parent}\n"
    "  - {escalate: 5 working days after, to: controller, critical: true}\n";

static bool deploy(struct rig *rig, const char *text, struct error *err)
{
    json_t *answer;

    if (!rig_ask(rig, "DEPLOY", json_pack("{ss ss}", "file", "bench.yaml", "text", text), &answer,
                 err)) {
        return false;
    }
    json_decref(answer);
    return true;
}

static bool deploy_bodies(struct rig *rig, struct error *err)
{
    size_t room = (ASSIGNMENTS_BODIES + 4) * BODY_MAX;
    char *text = xmalloc(room);
    size_t size = (size_t)snprintf(text, room,
                                   "document: {kind: bodies, name: bench, version: '1'}\n"
                                   "timezone: Europe/Moscow\nbodies:\n"
                                   "  - {id: " ASSIGNMENTS_CONTROLLER ", name: Control}\n");

    for (unsigned i = 0; i < ASSIGNMENTS_BODIES; i++) {
        size += (size_t)snprintf(text + size, room - size,
                                 "  - {id: b-%04u, name: School %u, parent: %s}\n", i, i,
                                 ASSIGNMENTS_CONTROLLER);
        must(size < room);
    }
    bool ok = deploy(rig, text, err);
    free(text);
    return ok;
}

bool assignments_deploy(struct rig *rig, int minute, bool digest, struct error *err)
{
    char text[sizeof policy + 32];

    snprintf(text, sizeof text, policy, minute / 60, minute % 60, digest ? "true" : "false");
    return deploy_bodies(rig, err) && deploy(rig, text, err) && deploy(rig, workflow, err);
}

static bool start_one(struct load *load, const char *from, const char *to, struct error *err)
{
    char text[INPUT_MAX];
    struct mr_error reason;
    uint64_t request;
    int size =
        snprintf(text, sizeof text,
                 "{\"no\":\"%" PRIu64 "\",\"title\":\"Разработка и утверждение плана "
                 "методической работы на учебный год, %" PRIu64
                 "\",\"responsible\":\"b-%04u\",\"due\":{\"from\":\"%s\",\"to\":\"%s\"}}",
                 load->sent, load->sent, (unsigned)(load->sent % ASSIGNMENTS_BODIES), from, to);

    must(size > 0 && size < INPUT_MAX);
    if (!mr_client_start(load->client, "bench-ask", NULL, 5, text, (size_t)size, &request,
                         &reason)) {
        return rig_refuse(err, &reason, "START");
    }
    load->sent++;
    return true;
}

bool assignments_start(struct load *load, uint64_t total, const char *from, const char *to,
                       struct error *err)
{
    while (load->answered < total) {
        while (load->sent < total && load->sent - load->answered < WINDOW) {
            if (!start_one(load, from, to, err)) {
                return false;
            }
        }
        uint64_t before = load->answered;
        if (!load_take(load, RIG_ANSWER_MS, err)) {
            return false;
        }
        if (load->answered == before) {
            return error_set(err, ERROR_TIMEOUT, "the engine gave no answer in %d s",
                             RIG_ANSWER_MS / 1000);
        }
        if (before / 100000 != load->answered / 100000) {
            bench_progress("%" PRIu64 " of %" PRIu64 " assignments given", load->answered, total);
        }
    }
    return true;
}

void assignments_moment(int64_t utc_ms, char ret_day[CIVIL_TEXT_MAX], int *ret_minute)
{
    int64_t local_ms = utc_ms + ASSIGNMENTS_ZONE_MS;

    civil_print((civil_day)(local_ms / DAY_MS), ret_day);
    *ret_minute = (int)(local_ms % DAY_MS / 60000);
}
