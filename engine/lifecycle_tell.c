/* lifecycle_tell.c - the events of the DSL: their topics, names and envelopes
 *
 * Owns:    the list of topics, and the qualified name of an instance (protocol §4.2).
 * In:      lifecycle.c, with a record and what is to be told of it.
 * Always:  nothing is made for nobody.
 */
#include "engine/lifecycle_part.h"
#include "engine/publish.h"
#include "engine/rows.h"

#include <stdio.h>
#include <string.h>

#define PREFIX "io.serverlessworkflow."

/* Every topic there is, without prefix and version. */
static const char *const topics[] = {
    "workflow.started",
    "workflow.suspended",
    "workflow.resumed",
    "workflow.cancelled",
    "workflow.faulted",
    "workflow.completed",
    "workflow.status-changed",
    "workflow.correlation-started",
    "workflow.correlation-completed",
    "task.created",
    "task.started",
    "task.suspended",
    "task.resumed",
    "task.retried",
    "task.cancelled",
    "task.faulted",
    "task.completed",
    "task.status-changed",
};

static bool is_topic_wanted(const struct server *server, const char *name,
                            char topic[PUBLISH_TOPIC_MAX])
{
    snprintf(topic, PUBLISH_TOPIC_MAX, PREFIX "%s.v1", name);
    return server_is_subscribed(server, topic);
}

bool lifecycle_is_wanted(const struct server *server)
{
    char topic[PUBLISH_TOPIC_MAX];

    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        if (is_topic_wanted(server, topics[i], topic)) {
            return true;
        }
    }
    return false;
}

/* --- names ---------------------------------------------------------------------------------- */

#define LABEL_MAX     63 /* of a part of a DNS name (RFC 1035 §2.3.4) */
#define QUALIFIED_MAX (2 * LABEL_MAX + 32)

/* Letters, digits and hyphens; anything else becomes a hyphen. */
static void put_label(const char *text, size_t size_max, char *out)
{
    size_t size = strlen(text) < size_max ? strlen(text) : size_max;

    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        out[i] = fine ? (char)c : '-';
    }
    out[size] = '\0';
}

/* "teacher-cycle-17.lo": workflow, instance, namespace. */
static void qualified_name(const struct definition *d, uint64_t id, char buf[QUALIFIED_MAX])
{
    char number[24];
    char name[LABEL_MAX + 1];
    char space[LABEL_MAX + 1];
    int size = snprintf(number, sizeof number, "-%llu", (unsigned long long)id);

    put_label(d->name, LABEL_MAX - (size_t)size, name);
    put_label(d->namespace != NULL ? d->namespace : "default", LABEL_MAX, space);
    snprintf(buf, QUALIFIED_MAX, "%s%s.%s", name, number, space);
}

/* --- telling ------------------------------------------------------------------------------------
 */

const struct instance *lifecycle_look(const struct lifecycle *l, uint64_t id)
{
    return turn_look(&l->engine->turn, l->txn, id);
}

/* One event: {name | workflow+task, MOMENTAt, …}. more is taken. */
void lifecycle_tell(struct lifecycle *l, const struct record *r, const char *topic_name,
                    const char *moment, const struct known_task *task, json_t *more)
{
    const struct instance *i = lifecycle_look(l, r->instance);
    const struct definition *d =
        i != NULL ? catalog_find_number(l->engine->catalog, i->definition) : NULL;
    char topic[PUBLISH_TOPIC_MAX];
    char id[128];
    char name[QUALIFIED_MAX];

    if (d == NULL || d->kind != DEFINITION_WORKFLOW ||
        !is_topic_wanted(l->engine->server, topic_name, topic)) {
        json_decref(more);
        return;
    }
    qualified_name(d, i->id, name);
    snprintf(id, sizeof id, "%llu-%llu.%u-%s", (unsigned long long)r->seq,
             (unsigned long long)r->instance, task != NULL ? task->seq : 0, topic_name);
    json_t *data = json_object();
    json_object_set_new(data, task != NULL ? "workflow" : "name", json_string(name));
    if (task != NULL) {
        d = catalog_find_number(l->engine->catalog, task->definition);
        json_object_set_new(data, "task", json_string(d->workflow.steps[task->step].pointer));
    }
    json_object_set_new(data, moment, rows_time_json(r->time_ms));
    json_object_update(data, more);
    json_decref(more);
    publish_send(l->engine,
                 &(struct publication){.topic = topic, .id = id, .subject = name, .seq = r->seq},
                 data);
}

json_t *lifecycle_one(const char *field, struct bytes json)
{
    json_t *value =
        json_loadb(json.data ? json.data : "", json.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

    return value != NULL ? json_pack("{so}", field, value) : NULL;
}

void lifecycle_tell_status(struct lifecycle *l, const struct record *r,
                           const struct known_task *task, enum status status)
{
    lifecycle_tell(l, r, task != NULL ? "task.status-changed" : "workflow.status-changed",
                   "updatedAt", task, json_pack("{ss}", "status", status_name(status)));
}
